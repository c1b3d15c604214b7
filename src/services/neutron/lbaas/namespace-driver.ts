/**
 * Balances by an HAProxy in a namespace for each pool, as soon as there are a pool and its address, both up; of every
 * change it asks for the whole again. Upstream: neutron/services/loadbalancer/drivers/haproxy/namespace_driver.py
 * (HaproxyNSDriver) at 2014.2.
 */
import type { Env } from "../../../framework/index.js";
import type { NetworkNamespaces } from "../../../hardware/network-namespaces.js";
import { sleep, type Op, type Span } from "../../../kernel/index.js";
import { isObject, textOf, truth, type JsonObject } from "../../../python/index.js";
import { isActivePending } from "../load-balancing/rows.js";
import type { LogicalDevice } from "../load-balancing/rpcapi.js";
import type { LbaasPlugin } from "./plugin.js";
import { Haproxy, haproxyIn } from "./haproxy.js";

const PREFIX = "qlbaas-";
const LOCK = "haproxy-driver";

const namespaceOf = (pool: string): string => `${PREFIX}${pool}`;

export interface DriverOptions {
  readonly plugin: LbaasPlugin;
  readonly namespaces: NetworkNamespaces;
  readonly deployInstance: Span;
}

export class HaproxyNSDriver {
  readonly #env: Env;
  readonly #options: DriverOptions;
  /** Of pools that this life of the agent has started something for. */
  readonly #ports = new Map<string, string>();

  constructor(env: Env, options: DriverOptions) {
    this.#env = env;
    this.#options = options;
  }

  /** Ask what a pool is by now, and have it so. */
  *refresh(pool: string): Op<void> {
    yield* this.deploy(yield* this.#options.plugin.getLogicalDevice(pool));
  }

  deploy(device: LogicalDevice): Op<void> {
    return this.#env.locks.synchronized(LOCK, this.#deploy(device));
  }

  *#deploy(device: LogicalDevice): Op<void> {
    const { pool, vip } = device;
    if (vip === undefined || !isWanted(vip) || !isWanted(pool)) return;
    const id = textOf(pool, "id");
    const port = isObject(vip["port"]) ? vip["port"] : {};
    const { deployInstance, namespaces, plugin } = this.#options;
    const portId = textOf(port, "id");
    if (!this.exists(id)) {
      yield* plugin.plugVipPort(portId);
      this.#plug(id, port);
    }
    yield* sleep(this.#env.stream("deploy instance").within(deployInstance));
    const namespace = namespaces.ensure(this.#env.host, namespaceOf(id));
    const haproxy = haproxyIn(namespace) ?? new Haproxy();
    haproxy.configure(device);
    namespace.daemon = haproxy;
    this.#ports.set(id, portId);
  }

  /** `_plug`: the address is in the namespace now, with a route if its subnet has one. */
  #plug(pool: string, port: JsonObject): void {
    const namespace = this.#options.namespaces.ensure(this.#env.host, namespaceOf(pool));
    const ips = (port["fixed_ips"] ?? []) as readonly JsonObject[];
    namespace.interfaces = [
      {
        network: textOf(port, "network_id"),
        addresses: ips.map((ip) => textOf(ip, "ip_address")),
      },
    ];
    const { subnet = null } = ips[0] ?? {};
    namespace.gateway = isObject(subnet) && truth(subnet["gateway_ip"] ?? null);
  }

  undeploy(pool: string): Op<void> {
    return this.#env.locks.synchronized(LOCK, this.#undeploy(pool));
  }

  *#undeploy(pool: string): Op<void> {
    const { namespaces, plugin } = this.#options;
    const namespace = namespaces.at(this.#env.host, namespaceOf(pool));
    namespace?.killDaemon();
    const port = this.#ports.get(pool);
    if (port !== undefined) yield* plugin.unplugVipPort(port);
    namespaces.delete(this.#env.host, namespaceOf(pool));
  }

  /** Whether its HAProxy answers. */
  exists(pool: string): boolean {
    const namespace = this.#options.namespaces.at(this.#env.host, namespaceOf(pool));
    return haproxyIn(namespace) !== undefined;
  }

  /** Undefined if there is no socket to ask at. */
  stats(pool: string): JsonObject | undefined {
    const namespace = this.#options.namespaces.at(this.#env.host, namespaceOf(pool));
    const haproxy = haproxyIn(namespace);
    if (haproxy === undefined) {
      this.#env.log("warning", `Stats socket not found for pool ${pool}`);
    }
    return haproxy?.stats();
  }

  /** What earlier lives of the agent have left behind of pools that are not its own any more. */
  *removeOrphans(known: readonly string[]): Op<void> {
    const { host } = this.#env;
    const all = this.#options.namespaces.all
      .filter((space) => space.host === host && space.name.startsWith(PREFIX))
      .map(({ name }) => name.slice(PREFIX.length));
    for (const pool of all.filter((id) => !known.includes(id))) {
      if (this.exists(pool)) yield* this.undeploy(pool);
    }
  }
}

const isWanted = (thing: JsonObject): boolean =>
  isActivePending(textOf(thing, "status")) && truth(thing["admin_state_up"] ?? null);
