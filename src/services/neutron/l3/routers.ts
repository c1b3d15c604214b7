/**
 * The routers that an L3 agent has, as its host's namespaces would be: their interfaces, gateways and
 * floating IPs. What becomes of the floating IPs is told to the server. Packets are not modelled.
 * Upstream: neutron/agent/l3_agent.py (_process_routers, process_router, _router_removed) at 2014.2.
 */
import type { ClientOf } from "../../../bus/index.js";
import type { Env, FlagsOf, RequestContext } from "../../../framework/index.js";
import type { NetworkNamespaces } from "../../../hardware/network-namespaces.js";
import { caught, sleep, type Op, type Span } from "../../../kernel/index.js";
import { textOf, type JsonObject } from "../../../python/index.js";
import type { l3AgentFlags } from "../flags.js";
import type { FloatingIpStatus } from "../routing/rows.js";
import type { l3PluginApi, SyncedRouter } from "../routing/rpcapi.js";
import { RouterNamespaces } from "./namespaces.js";

/** One router as it is configured. */
interface RouterInfo {
  router: SyncedRouter;
  floatingIps: ReadonlySet<string>;
}

export interface RoutersOptions {
  readonly server: ClientOf<typeof l3PluginApi, RequestContext>;
  readonly ctxt: RequestContext;
  readonly flags: FlagsOf<typeof l3AgentFlags>;
  readonly namespaces: NetworkNamespaces;
  /** How long it takes to configure one router. */
  readonly configureRouter: Span;
}

export class ConfiguredRouters {
  readonly #env: Env;
  readonly #options: RoutersOptions;
  readonly #namespaces: RouterNamespaces;
  readonly #routers = new Map<string, RouterInfo>();
  /** The one external network of this agent, once it has asked. */
  #external: string | null = null;

  constructor(env: Env, options: RoutersOptions) {
    this.#env = env;
    this.#options = options;
    this.#namespaces = new RouterNamespaces(env, options.flags, options.namespaces);
  }

  /** @param ids all routers of this agent, as the server says at its first full sync */
  cleanNamespaces(ids: readonly string[]): void {
    this.#namespaces.clean(ids);
  }

  ids(): string[] {
    return [...this.#routers.keys()];
  }

  /** What it reports of them. */
  counts(): JsonObject {
    const all = [...this.#routers.values()].map(({ router }) => router);
    const sum = (count: (router: SyncedRouter) => number): number =>
      all.reduce((total, router) => total + count(router), 0);
    return {
      routers: all.length,
      ex_gw_ports: sum(({ gw_port }) => (gw_port === undefined ? 0 : 1)),
      interfaces: sum(({ _interfaces = [] }) => _interfaces.length),
      floating_ips: sum(({ _floatingips = [] }) => _floatingips.length),
    };
  }

  /** Have this router, if it is one for this agent. @throws what the server says of external networks */
  *configure(router: SyncedRouter): Op<void> {
    const { handle_internal_only_routers } = this.#options.flags;
    const mine = yield* this.#externalNetwork(false);
    const wanted = router.external_gateway_info?.["network_id"] ?? null;
    const known = this.#routers.get(router.id);
    if (wanted === null ? !handle_internal_only_routers : mine !== null && mine !== wanted) {
      // It may be another one by now.
      const isMine = wanted !== null && (yield* this.#externalNetwork(true)) === wanted;
      if (!isMine) {
        if (known !== undefined) yield* this.remove(router.id);
        return;
      }
    }
    const info: RouterInfo = known ?? { router, floatingIps: new Set() };
    info.router = router;
    this.#routers.set(router.id, info);
    if (known === undefined) this.#namespaces.added(router.id);
    try {
      yield* this.#process(info);
    } catch (thrown) {
      // In a greenthread of its own, which nobody asks how it went.
      const { name, message } = yield* caught(thrown);
      this.#env.log("error", `${name}: ${message}`);
    }
  }

  *remove(id: string): Op<void> {
    const info = this.#routers.get(id);
    if (info === undefined) {
      const message = `Info for router ${id} were not found. Skipping router removal`;
      this.#env.log("warning", message);
      return;
    }
    const { gw_port: _gone, _interfaces, _floatingips, ...rest } = info.router;
    info.router = { ...rest, id, external_gateway_info: null };
    yield* this.#process(info);
    this.#routers.delete(id);
    this.#namespaces.removed(id);
  }

  /** Plug what is new, unplug what is gone, and say which floating IPs are there now. */
  *#process(info: RouterInfo): Op<void> {
    const { ctxt, configureRouter, server } = this.#options;
    yield* sleep(this.#env.stream("configure router").within(configureRouter));
    this.#namespaces.processed(info.router);
    const { id, gw_port, _floatingips = [] } = info.router;
    const statuses: Record<string, FloatingIpStatus> = {};
    if (gw_port !== undefined) {
      const before = info.floatingIps;
      for (const floating of _floatingips) statuses[textOf(floating, "id")] = "ACTIVE";
      info.floatingIps = new Set(Object.keys(statuses));
      for (const gone of before) {
        if (!info.floatingIps.has(gone)) statuses[gone] = "DOWN";
      }
      const args = { router_id: id, fip_statuses: statuses };
      yield* server.update_floatingip_statuses(ctxt, args);
    }
  }

  /**
   * The id of the only external network that this agent serves; null if it serves any.
   * @throws TooManyExternalNetworks
   */
  *#externalNetwork(force: boolean): Op<string | null> {
    const { ctxt, flags, server } = this.#options;
    const { gateway_external_network_id: own, external_network_bridge: bridge } = flags;
    if (own !== "") return own;
    if (bridge === "") return null;
    if (!force && this.#external !== null) return this.#external;
    // That there are several is meant to be said in other words, to who gets a RemoteError; but of
    // neutron.common.exceptions the bus makes what they were.
    const found = yield* server.get_external_network_id(ctxt, { host: this.#env.host });
    return (this.#external = found);
  }
}
