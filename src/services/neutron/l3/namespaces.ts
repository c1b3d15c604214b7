/**
 * The namespace of each router on the agent's host, with its interfaces and the proxy for metadata, which is started
 * once and killed with the router. Namespaces are deleted, though upstream leaves them empty
 * (`router_delete_namespaces`). Upstream: neutron/agent/l3_agent.py (_router_added, _router_removed,
 * _cleanup_namespaces, metadata_nat_rules) at 2014.2.
 */
import type { Env, FlagsOf } from "../../../framework/index.js";
import type { NetworkNamespaces } from "../../../hardware/network-namespaces.js";
import { textOf, type JsonObject } from "../../../python/index.js";
import type { l3AgentFlags } from "../flags.js";
import { routerNamespace } from "../guest-route.js";
import { METADATA_IP, NamespaceProxy } from "../metadata-proxy/namespace-proxy.js";
import type { SyncedRouter } from "../routing/rpcapi.js";

export class RouterNamespaces {
  readonly #env: Env;
  readonly #flags: FlagsOf<typeof l3AgentFlags>;
  readonly #namespaces: NetworkNamespaces;

  constructor(env: Env, flags: FlagsOf<typeof l3AgentFlags>, namespaces: NetworkNamespaces) {
    this.#env = env;
    this.#flags = flags;
    this.#namespaces = namespaces;
  }

  /** A router is new to this agent. A proxy that an earlier life of it has started goes on. */
  added(id: string): void {
    const namespace = this.#namespaces.ensure(this.#env.host, routerNamespace(id));
    const {
      enable_metadata_proxy,
      metadata_port: port,
      metadata_proxy_socket: socket,
    } = this.#flags;
    if (!enable_metadata_proxy) return;
    namespace.redirects.set(METADATA_IP, port);
    const header = "x-neutron-router-id";
    namespace.daemon ??= new NamespaceProxy(this.#env, { namespace, port, socket, header, id });
  }

  processed({ id, gw_port, _interfaces = [] }: SyncedRouter): void {
    const namespace = this.#namespaces.at(this.#env.host, routerNamespace(id));
    if (namespace === undefined) return;
    namespace.gateway = gw_port !== undefined;
    namespace.interfaces = _interfaces.map((port) => ({
      network: textOf(port, "network_id"),
      addresses: ((port["fixed_ips"] ?? []) as readonly JsonObject[]).map((ip) =>
        textOf(ip, "ip_address"),
      ),
    }));
  }

  removed(id: string): void {
    this.#namespaces.delete(this.#env.host, routerNamespace(id));
  }

  /** After a start: those of routers that are no longer this agent's. */
  clean(ids: readonly string[]): void {
    const { host } = this.#env;
    const kept = new Set(ids.map(routerNamespace));
    for (const { host: where, name } of this.#namespaces.all) {
      const stale = where === host && name.startsWith(routerNamespace("")) && !kept.has(name);
      if (stale) this.#namespaces.delete(host, name);
    }
  }
}
