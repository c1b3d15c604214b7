/** neutron-server with the L3 plugin, an external network, and a tenant's network that routers can join. */
import type { JsonObject } from "../../../../src/python/index.js";
import { seedNetwork } from "../../../../src/services/neutron/seed.js";
import type { TestBedOptions } from "../../bed.js";
import { NeutronBed } from "../bed.js";

interface Made {
  readonly id: string;
}

export class RoutingBed extends NeutronBed {
  /** The external network and its subnet. */
  readonly external: string;
  readonly externalSubnet: string;
  /** A network of demo's, `10.0.0.0/24`. */
  readonly own: string;
  readonly ownSubnet: string;

  constructor(options: TestBedOptions = {}) {
    super({ ...options, flags: { service_plugins: ["router"], ...options.flags } });
    const admin = this.login("admin").project;
    const world = seedNetwork(this.database, {
      name: "ext",
      cidr: "172.24.4.0/28",
      tenantId: admin,
      shared: false,
      external: true,
      enableDhcp: false,
    });
    const own = seedNetwork(this.database, {
      name: "own",
      cidr: "10.0.0.0/24",
      tenantId: this.demo.project,
      shared: false,
    });
    this.external = world.network.uuid;
    this.externalSubnet = world.subnet.uuid;
    this.own = own.network.uuid;
    this.ownSubnet = own.subnet.uuid;
  }

  /** What demo is answered. */
  saidToDemo(method: string, path: string, body?: JsonObject): string {
    return this.said(method, path, body, this.demo.token);
  }

  /** The object that demo, or whose token it is, made. */
  make(path: string, body: JsonObject, token = this.demo.token): JsonObject & Made {
    const response = this.ask("POST", `/v2.0/${path}`, token, body);
    if (response.status !== 201) throw new Error(JSON.stringify(response.body));
    const [object] = Object.values(response.body as Record<string, JsonObject & Made>);
    return object as JsonObject & Made;
  }

  router(values: JsonObject = {}): string {
    return this.make("routers", { router: { name: "r", ...values } }).id;
  }

  /** A router of demo's with a gateway and an interface on its network. */
  connected(): string {
    const id = this.router({ external_gateway_info: { network_id: this.external } });
    this.put(`routers/${id}/add_router_interface`, { subnet_id: this.ownSubnet });
    return id;
  }

  /** What demo, or whose token it is, got back for a change. */
  put(path: string, body: JsonObject, token = this.demo.token): JsonObject {
    const response = this.ask("PUT", `/v2.0/${path}`, token, body);
    if (response.status !== 200) throw new Error(JSON.stringify(response.body));
    return response.body as JsonObject;
  }

  /** A server's port of demo's on its own network. */
  serverPort(values: JsonObject = {}): string {
    const port = { network_id: this.own, device_owner: "compute:None", ...values };
    return this.make("ports", { port }).id;
  }

  floatingIp(values: JsonObject = {}): JsonObject & Made {
    return this.make("floatingips", {
      floatingip: { floating_network_id: this.external, ...values },
    });
  }

  show(path: string, token = this.demo.token): JsonObject {
    const { body } = this.ask("GET", `/v2.0/${path}`, token);
    const [object] = Object.values(body as Record<string, JsonObject>);
    return object as JsonObject;
  }

  /** What was sent to L3 agents: `routers_updated net1`. */
  toAgents(): string[] {
    return this.of<Cast>("rpc.cast")
      .concat(this.of<Cast>("rpc.fanout"))
      .filter(({ topic }) => topic === "l3_agent")
      .map(({ method, server }) => (server === undefined ? method : `${method} ${server}`));
  }
}

interface Cast {
  readonly kind: string;
  readonly method: string;
  readonly topic: string;
  readonly server?: string;
}
