/** neutron-server with the plugins of L3 and load balancing, and agents of load balancing when asked for. */
import { NetworkNamespaces } from "../../../../src/hardware/network-namespaces.js";
import { milliseconds } from "../../../../src/kernel/index.js";
import type { FlagValues } from "../../../../src/framework/flags/index.js";
import type { Env, Process } from "../../../../src/framework/index.js";
import type { JsonObject } from "../../../../src/python/index.js";
import { lbaasAgent } from "../../../../src/services/neutron/lbaas/agent.js";
import type { TestBedOptions } from "../../bed.js";
import { RoutingBed } from "../routing/bed.js";

export interface Agent {
  readonly process: Process;
  readonly env: Env;
  readonly id: string;
}

export class LoadBalancingBed extends RoutingBed {
  readonly namespaces = new NetworkNamespaces();

  constructor(options: TestBedOptions = {}) {
    super({ ...options, flags: { service_plugins: ["router", "lbaas"], ...options.flags } });
  }

  /** An agent of load balancing that has reported. */
  agent(host = "net1", flags: FlagValues = {}): Agent {
    const env = this.env("neutron-lbaas-agent", { host, exchange: "neutron", flags });
    const span = { min: milliseconds(100), max: milliseconds(200) };
    const process = this.start(lbaasAgent(env, span, this.namespaces));
    this.kernel.settle();
    const { uuid } = this.database.agents.first({ host, agent_type: "Loadbalancer agent" })!;
    return { process, env, id: uuid };
  }

  pool(values: JsonObject = {}): string {
    return this.made("pools", {
      name: "pool1",
      protocol: "HTTP",
      lb_method: "ROUND_ROBIN",
      subnet_id: this.ownSubnet,
      ...values,
    });
  }

  vip(pool_id: string, values: JsonObject = {}): string {
    return this.made("vips", {
      name: "vip1",
      protocol: "HTTP",
      protocol_port: 80,
      subnet_id: this.ownSubnet,
      pool_id,
      ...values,
    });
  }

  member(pool_id: string, address: string, values: JsonObject = {}): string {
    return this.made("members", { pool_id, address, protocol_port: 80, ...values });
  }

  monitor(values: JsonObject = {}): string {
    return this.made("health_monitors", {
      type: "TCP",
      delay: 30,
      timeout: 10,
      max_retries: 3,
      ...values,
    });
  }

  /** What demo gets for `POST /v2.0/lb/...`: its id. */
  made(collection: string, values: JsonObject): string {
    return this.make(`lb/${collection}`, { [collection.slice(0, -1)]: values }).id;
  }

  /** What demo is answered. */
  told(method: string, path: string, body?: JsonObject): string {
    return this.saidToDemo(method, `lb/${path}`, body);
  }

  look(path: string): JsonObject {
    return this.show(`lb/${path}`);
  }

  status(path: string): unknown {
    return this.look(path)["status"];
  }

  /** What was cast to agents of load balancing: `create_pool net1`. */
  casts(): string[] {
    return this.of<Cast>("rpc.cast")
      .filter(({ topic }) => topic === "n-lbaas_agent")
      .map(({ method, server }) => `${method} ${server ?? ""}`);
  }

  /** What processes have written into their logs. */
  logged(level: string): string[] {
    return this.of<Log>("log")
      .filter((line) => line.level === level)
      .map(({ message }) => message);
  }
}

interface Log {
  readonly kind: "log";
  readonly level: string;
  readonly message: string;
}

interface Cast {
  readonly kind: string;
  readonly method: string;
  readonly topic: string;
  readonly server?: string;
}
