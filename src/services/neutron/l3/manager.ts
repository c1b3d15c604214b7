/**
 * neutron-l3-agent's work: it asks for each router that it is told of, and for all of its routers when
 * it is out of step, which it looks at now and then. DVR, HA and FWaaS are not modelled, nor is what
 * is left of a router on the host of a dead agent, but for its namespace. Upstream: neutron/agent/l3_agent.py (L3NATAgent,
 * L3NATAgentWithStateReport) at 2014.2.
 */
import {
  endpoint,
  MessagingTimeout,
  RemoteError,
  RpcClient,
  clientOf,
  type Endpoint,
  type Serves,
} from "../../../bus/index.js";
import {
  adminContext,
  FixedIntervalLoopingCall,
  Manager,
  PeriodicTasks,
  serviceFlags,
  type Env,
  type FlagsOf,
  type RequestContext,
} from "../../../framework/index.js";
import {
  aloud,
  caught,
  quietly,
  seconds,
  type Micros,
  type Op,
  type Span,
} from "../../../kernel/index.js";
import type { NetworkNamespaces } from "../../../hardware/network-namespaces.js";
import { repr } from "../../../python/index.js";
import { l3AgentFlags } from "../flags.js";
import { l3AgentApi, l3PluginApi } from "../routing/rpcapi.js";
import { StateReports } from "../state-reports.js";
import { ConfiguredRouters } from "./routers.js";
import { BY_FULL_SYNC, BY_MESSAGE, RouterUpdates, type RouterUpdate } from "./updates.js";
import { neutronSerializer } from "../context.js";

/** How often a new agent asks which plugins there are, if nobody answers. */
const TRIES = 5;

export class L3AgentManager extends Manager implements Serves<typeof l3AgentApi, RequestContext> {
  readonly #flags: FlagsOf<typeof l3AgentFlags>;
  readonly #ctxt: RequestContext;
  readonly #server;
  readonly #routers: ConfiguredRouters;
  readonly #updates: RouterUpdates;
  readonly #reports: StateReports;
  readonly #tasks: PeriodicTasks;
  readonly #ticks: FixedIntervalLoopingCall;
  /** It does not know all of its routers. */
  #fullSync = true;
  /** What an earlier life has left behind is to be looked at. */
  #cleansNamespaces = true;

  constructor(env: Env, configureRouter: Span, namespaces: NetworkNamespaces) {
    super(env);
    const flags = env.flags.read(l3AgentFlags);
    this.#flags = flags;
    this.#ctxt = adminContext(env);
    this.#server = clientOf(l3PluginApi, new RpcClient(env.bus, neutronSerializer));
    const [server, ctxt] = [this.#server, this.#ctxt];
    this.#routers = new ConfiguredRouters(env, {
      server,
      ctxt,
      flags,
      configureRouter,
      namespaces,
    });
    this.#updates = new RouterUpdates(env, (update) => this.#process(update));
    this.#reports = new StateReports(env, ctxt, () => ({
      binary: "neutron-l3-agent",
      host: this.host,
      topic: l3AgentApi.topic,
      agent_type: "L3 agent",
      configurations: {
        agent_mode: "legacy",
        use_namespaces: true,
        router_id: "",
        handle_internal_only_routers: flags.handle_internal_only_routers,
        external_network_bridge: flags.external_network_bridge,
        gateway_external_network_id: flags.gateway_external_network_id,
        interface_driver: "neutron.agent.linux.interface.OVSInterfaceDriver",
        ...this.#routers.counts(),
      },
    }));
    // Without a spacing of its own it is due after a minute, at the next tick.
    this.#tasks = new PeriodicTasks(env, [
      { name: "periodic_sync_routers_task", run: () => this.#syncRouters() },
    ]);
    this.#ticks = new FixedIntervalLoopingCall(env, "periodic_tasks", () => this.#tick());
  }

  endpoints(): Endpoint<RequestContext>[] {
    return [endpoint(l3AgentApi, this)];
  }

  /** @throws MessagingTimeout if nobody answers, five times */
  override *init_host(): Op<void> {
    for (let left = TRIES - 1; ; left--) {
      try {
        yield* this.#server.get_service_plugin_list(this.#ctxt, {});
        break;
      } catch (error) {
        if (error instanceof RemoteError) {
          this.env.log(
            "warning",
            `l3-agent cannot check service plugins enabled at the neutron server when startup due to RPC error. It happens when the server does not support this RPC API. If the error is UnsupportedVersion you can ignore this warning. Detail message: ${error.message}`,
          );
          break;
        }
        if (!(error instanceof MessagingTimeout) || left === 0) throw error;
        this.env.log(
          "warning",
          `l3-agent cannot check service plugins enabled on the neutron server. Retrying. Detail message: ${error.message}`,
        );
      }
    }
    const reports = this.#reports.start(this.#flags.agent_report_interval);
    this.env.spawn("report_state", reports, { daemon: false });
  }

  override *post_start_hook(): Op<void> {
    const { periodic_fuzzy_delay } = this.env.flags.read(serviceFlags);
    const fuzz = this.env.stream("periodic fuzz").int(0, Math.min(periodic_fuzzy_delay, FUZZ));
    this.#ticks.start(seconds(this.#flags.periodic_interval), {
      initialDelay: seconds(fuzz),
      daemon: true,
    });
    this.env.log("info", "L3 agent started");
  }

  override *cleanup_host(): Op<void> {
    this.stop();
  }

  stop(): void {
    this.#reports.stop();
    this.#ticks.stop();
  }

  *routers_updated(_ctxt: RequestContext, { routers }: { routers: readonly string[] }): Op<void> {
    for (const id of routers) this.#add(id);
  }

  *router_added_to_agent(
    _ctxt: RequestContext,
    { payload }: { payload: readonly string[] },
  ): Op<void> {
    for (const id of payload) this.#add(id);
  }

  *router_removed_from_agent(
    _ctxt: RequestContext,
    { payload }: { payload: { router_id: string } },
  ): Op<void> {
    this.#add(payload.router_id, "delete");
  }

  *router_deleted(_ctxt: RequestContext, { router_id }: { router_id: string }): Op<void> {
    this.#add(router_id, "delete");
  }

  /** Somebody has enabled or disabled this agent: it will ask for everything again. */
  *agent_updated(
    _ctxt: RequestContext,
    { payload }: { payload: { admin_state_up: boolean } },
  ): Op<void> {
    this.#fullSync = true;
    this.env.log("info", `agent_updated by server side ${repr(payload)}!`);
  }

  #add(id: string, act?: "delete"): void {
    const at = this.env.kernel.now;
    this.#updates.add({
      id,
      priority: BY_MESSAGE,
      at,
      ...(act === "delete" ? { deletes: true } : {}),
    });
  }

  /** @returns since when the data that it used are known */
  *#process({ id, at, deletes, router: known }: RouterUpdate): Op<Micros | undefined> {
    if (known !== undefined) {
      yield* this.#routers.configure(known);
      return at;
    }
    const now = this.env.kernel.now;
    let router;
    if (deletes !== true) {
      try {
        const args = { host: this.host, router_ids: [id] };
        [router] = yield* this.#server.sync_routers(this.#ctxt, args);
      } catch (thrown) {
        const { name, message } = yield* caught(thrown);
        const what = `Failed to fetch router information for '${id}'`;
        this.env.log("error", `${what}: ${name}: ${message}`);
        this.#fullSync = true;
        return undefined;
      }
    }
    if (router === undefined) {
      yield* this.#routers.remove(id);
      return undefined;
    }
    yield* this.#routers.configure(router);
    return now;
  }

  *#tick(): Op<void> {
    yield* quietly(this.#tasks.run(this.#ctxt));
  }

  *#syncRouters(): Op<void> {
    if (this.#fullSync) yield* aloud(this.#syncAll());
  }

  *#syncAll(): Op<void> {
    const before = this.#routers.ids();
    const at = this.env.kernel.now;
    try {
      const args = { host: this.host, router_ids: null };
      const routers = yield* this.#server.sync_routers(this.#ctxt, args);
      for (const router of routers) {
        this.#updates.add({ id: router.id, priority: BY_FULL_SYNC, at, router });
      }
      this.#fullSync = false;
      if (this.#cleansNamespaces) this.#routers.cleanNamespaces(routers.map(({ id }) => id));
      this.#cleansNamespaces = false;
      for (const id of before.filter((known) => !routers.some((router) => router.id === known))) {
        this.#updates.add({ id, priority: BY_FULL_SYNC, at, deletes: true });
      }
    } catch (thrown) {
      const error = yield* caught(thrown);
      const rpc = error instanceof RemoteError || error instanceof MessagingTimeout;
      const what = `Failed synchronizing routers${rpc ? " due to RPC error" : ""}`;
      this.env.log("error", `${what}: ${error.name}: ${error.message}`);
      this.#fullSync = true;
    }
  }
}

/** `periodic_fuzzy_delay` of neutron.conf. */
const FUZZ = 5;
