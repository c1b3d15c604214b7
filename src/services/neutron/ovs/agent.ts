/**
 * neutron-openvswitch-agent: wires the taps of its host. Upstream polls every two seconds and does
 * nothing unless the ovsdb monitor saw a change; here the loop sleeps until there is something to
 * do, and then acts at the same beat. Upstream:
 * neutron/plugins/openvswitch/agent/ovs_neutron_agent.py (OVSNeutronAgent.rpc_loop).
 */
import { endpoint } from "../../../bus/index.js";
import {
  RpcProcess,
  adminContext,
  type Env,
  type FlagsOf,
  type Process,
  type RequestContext,
  type ServedTopic,
  type Work,
} from "../../../framework/index.js";
import { seconds, sleep, type Op, type Span } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import { ovsAgentFlags } from "../flags.js";
import {
  networkDeleteApi,
  portUpdateApi,
  securityGroupUpdateApi,
  tunnelUpdateApi,
} from "../rpcapi.js";
import { StateReports } from "../state-reports.js";
import { Beat } from "./beat.js";
import type { IntegrationBridge } from "../../../hardware/integration-bridge.js";
import { memberNews, portNews } from "./news.js";
import { Tunnels } from "./tunnels.js";
import { Wiring } from "./wiring.js";
import { neutronSerializer } from "../context.js";

class OvsAgent implements Work {
  readonly #env: Env;
  readonly #flags: FlagsOf<typeof ovsAgentFlags>;
  readonly #ctxt: RequestContext;
  readonly #bridge: IntegrationBridge;
  /** Bridges by physical network. */
  readonly #mappings: ReadonlyMap<string, string>;
  readonly #wiring: Wiring;
  readonly #tunnels: Tunnels;
  readonly #reports: StateReports;
  readonly topics: readonly ServedTopic[];
  readonly serializer = neutronSerializer;
  #unwatch: () => void = () => undefined;
  readonly #beat: Beat;
  readonly #memberNews = memberNews();
  readonly #portNews = portNews();
  /** There is something to look at. */
  #called = false;
  #looping = false;
  #running = false;

  constructor(env: Env, bridge: IntegrationBridge, wirePort: Span) {
    this.#env = env;
    this.#flags = env.flags.read(ovsAgentFlags);
    this.#ctxt = adminContext(env);
    this.#bridge = bridge;
    this.#beat = new Beat(env.kernel, seconds(this.#flags.polling_interval));
    this.#tunnels = new Tunnels(env, this.#flags);
    this.#mappings = new Map(
      this.#flags.bridge_mappings.map((each) => {
        const [network = "", name = ""] = each.split(":", 2);
        return [network.trim(), name.trim()] as const;
      }),
    );
    this.#wiring = new Wiring(env, this.#ctxt, {
      bridge,
      mappings: this.#mappings,
      tunnels: this.#tunnels,
      wirePort,
      filter: this.#flags.enable_security_group,
      regrouped: () => {
        this.#listen();
      },
    });
    this.#reports = new StateReports(env, this.#ctxt, () => ({
      binary: "neutron-openvswitch-agent",
      host: env.host,
      topic: "N/A",
      agent_type: "Open vSwitch agent",
      configurations: this.#configurations(),
    }));
    this.topics = [
      {
        topic: portUpdateApi.topic,
        endpoints: [endpoint(portUpdateApi, this)],
        selector: this.#portNews,
      },
      { topic: networkDeleteApi.topic, endpoints: [endpoint(networkDeleteApi, this)] },
      // Upstream listens to these in any case, and without tunnels passes over what comes.
      ...(this.#tunnels.types.length === 0
        ? []
        : [{ topic: tunnelUpdateApi.topic, endpoints: [endpoint(tunnelUpdateApi, this)] }]),
      {
        topic: securityGroupUpdateApi.topic,
        endpoints: [endpoint(securityGroupUpdateApi, this)],
        selector: this.#memberNews,
      },
    ];
  }

  *begin(): Op<void> {
    const env = this.#env;
    this.#running = true;
    this.#unwatch = this.#bridge.watch(() => {
      this.#portNews.take(this.#bridge.ports());
      this.#call();
    });
    this.#portNews.take(this.#bridge.ports());
    // No two agents were started at the same instant, so they do not beat as one.
    this.#beat.start(env.stream("polling phase"));
    env.spawn("report_state", this.#reports.start(this.#flags.agent_report_interval), {
      daemon: false,
    });
    this.#listen();
    if (this.#bridge.ports().length > 0 || this.#tunnels.outOfStep) this.#call();
  }

  end(): void {
    this.#running = false;
    this.#unwatch();
    this.#reports.stop();
  }

  port_update({ port }: { port: JsonObject }): void {
    if (this.#wiring.portUpdated(port["id"] as string)) this.#call();
  }

  /** Its ports' taps go by themselves. */
  network_delete({ network_id }: { network_id: string }): void {
    this.#wiring.provisioning.reclaim(network_id);
  }

  tunnel_update({ tunnel_ip, tunnel_type }: { tunnel_ip: string; tunnel_type: string }): void {
    this.#tunnels.updated(tunnel_ip, tunnel_type);
  }

  security_groups_rule_updated({ security_groups }: { security_groups: readonly string[] }): void {
    this.#wiring.firewall.rulesUpdated(security_groups);
    this.#callIfStale();
  }

  security_groups_member_updated({
    security_groups,
  }: {
    security_groups: readonly string[];
  }): void {
    this.#wiring.firewall.membersUpdated(security_groups);
    this.#callIfStale();
  }

  security_groups_provider_updated(): void {
    this.#wiring.firewall.providerUpdated();
    this.#callIfStale();
  }

  #callIfStale(): void {
    if (this.#wiring.firewall.refreshNeeded) this.#call();
  }

  /**
   * News of members that no device lets in comes to nothing, unless there is something to refresh and the loop is
   * to look once more for it.
   */
  #listen(): void {
    const { refreshNeeded, memberGroups } = this.#wiring.firewall;
    const calledFor = this.#called && this.#looping;
    if (refreshNeeded && !calledFor) this.#memberNews.takeAll();
    else this.#memberNews.take(memberGroups);
  }

  /** There is something to do at the next beat. */
  #call(): void {
    this.#called = true;
    if (!this.#looping && this.#running) this.#loopOn(false);
  }

  /** In the foreground, since a run is not over before its ports are wired. */
  #loopOn(daemon: boolean): void {
    const { kernel, actor } = this.#env;
    this.#looping = true;
    kernel.spawn(this.#loop(), {
      name: "rpc_loop",
      actor,
      daemon,
      detail: "flow",
      request: this.#ctxt.request_id,
    });
  }

  *#loop(): Op<void> {
    const { kernel } = this.#env;
    while (this.#called) {
      yield* sleep(this.#beat.wait());
      if (!this.#running) return;
      this.#called = false;
      this.#listen();
      const began = kernel.now;
      if (this.#tunnels.outOfStep) yield* this.#wiring.syncTunnels();
      const ok = yield* this.#wiring.pass();
      this.#listen();
      this.#beat.passed(began);
      if (!ok) {
        this.#env.log("info", "Agent out of sync with plugin!");
        this.#wiring.forget();
      }
      if (!ok || this.#tunnels.outOfStep) {
        // It may go wrong for as long as the server is away: nothing that a run has to wait for.
        this.#called = true;
        this.#loopOn(true);
        return;
      }
    }
    this.#looping = false;
  }

  #configurations(): JsonObject {
    return {
      bridge_mappings: Object.fromEntries(this.#mappings),
      tunnel_types: this.#tunnels.types,
      tunneling_ip: this.#tunnels.localIp,
      l2_population: false,
      arp_responder_enabled: false,
      enable_distributed_routing: false,
      devices: this.#bridge.ports().length,
    };
  }
}

/**
 * The L2 agent of a host over that host's bridge.
 * @param wirePort how long it takes to wire one port
 */
export const ovsAgent = (env: Env, bridge: IntegrationBridge, wirePort: Span): Process =>
  new RpcProcess(env, new OvsAgent(env, bridge, wirePort));
