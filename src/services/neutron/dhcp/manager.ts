/**
 * neutron-dhcp-agent's work: a port of its own on every network that it serves, where dnsmasq would
 * answer. What dnsmasq itself is told is not modelled, so a new port of a known network costs no
 * message. Upstream: neutron/agent/dhcp_agent.py.
 */
import { RpcClient, clientOf, endpoint, type Endpoint, type Serves } from "../../../bus/index.js";
import {
  adminContext,
  Manager,
  type FlagsOf,
  type RequestContext,
  type Env,
} from "../../../framework/index.js";
import type { NetworkNamespaces } from "../../../hardware/network-namespaces.js";
import { seconds, sleep, type Op, caught } from "../../../kernel/index.js";
import { type Exception, repr, type JsonObject } from "../../../python/index.js";
import { dhcpAgentFlags } from "../flags.js";
import { dhcpAgentApi, dhcpServerApi, type DhcpNetwork } from "../rpcapi.js";
import { DeviceManager } from "./device-manager.js";
import { DhcpNamespaces } from "./namespaces.js";
import { StateReports } from "../state-reports.js";
import { neutronSerializer } from "../context.js";

export class DhcpAgentManager
  extends Manager
  implements Serves<typeof dhcpAgentApi, RequestContext>
{
  readonly #flags: FlagsOf<typeof dhcpAgentFlags>;
  readonly #ctxt: RequestContext;
  readonly #server;
  readonly #devices: DeviceManager;
  readonly #namespaces: DhcpNamespaces;
  readonly #reports: StateReports;
  /** The networks that it serves, each with the subnets that dnsmasq answers for. */
  readonly #networks = new Map<string, readonly string[]>();
  #resyncing = false;
  #running = true;

  constructor(env: Env, namespaces: NetworkNamespaces) {
    super(env);
    this.#flags = env.flags.read(dhcpAgentFlags);
    this.#namespaces = new DhcpNamespaces(env, this.#flags, namespaces);
    this.#ctxt = adminContext(env);
    this.#server = clientOf(dhcpServerApi, new RpcClient(env.bus, neutronSerializer));
    this.#devices = new DeviceManager(this.#server, this.#ctxt, this.host);
    this.#reports = new StateReports(env, this.#ctxt, () => ({
      binary: "neutron-dhcp-agent",
      host: this.host,
      topic: dhcpAgentApi.topic,
      agent_type: "DHCP agent",
      configurations: {
        dhcp_driver: "neutron.agent.linux.dhcp.Dnsmasq",
        use_namespaces: true,
        dhcp_lease_duration: this.#flags.dhcp_lease_duration,
        networks: this.#networks.size,
      },
    }));
  }

  endpoints(): Endpoint<RequestContext>[] {
    return [endpoint(dhcpAgentApi, this)];
  }

  /** Known to the server first, then in step with it: it gives networks only to agents it knows. */
  override *post_start_hook(): Op<void> {
    this.env.spawn("run", this.#run(), { daemon: false });
  }

  override *cleanup_host(): Op<void> {
    this.stop();
  }

  stop(): void {
    this.#running = false;
    this.#reports.stop();
  }

  *network_create_end(
    _ctxt: RequestContext,
    { payload }: { payload: { network: JsonObject } },
  ): Op<void> {
    yield* this.#enable(payload.network["id"] as string);
  }

  *network_update_end(
    _ctxt: RequestContext,
    { payload }: { payload: { network: JsonObject } },
  ): Op<void> {
    const id = payload.network["id"] as string;
    if (payload.network["admin_state_up"] === true) yield* this.#enable(id);
    else yield* this.#disable(id);
  }

  *network_delete_end(
    _ctxt: RequestContext,
    { payload }: { payload: { network_id: string } },
  ): Op<void> {
    yield* this.#disable(payload.network_id);
  }

  *subnet_create_end(
    _ctxt: RequestContext,
    { payload }: { payload: { subnet: JsonObject } },
  ): Op<void> {
    yield* this.#enable(payload.subnet["network_id"] as string);
  }

  *subnet_update_end(ctxt: RequestContext, args: { payload: { subnet: JsonObject } }): Op<void> {
    yield* this.subnet_create_end(ctxt, args);
  }

  *subnet_delete_end(
    _ctxt: RequestContext,
    { payload }: { payload: { subnet_id: string } },
  ): Op<void> {
    for (const [id, subnets] of this.#networks) {
      if (!subnets.includes(payload.subnet_id)) continue;
      yield* this.#enable(id);
      return;
    }
  }

  /** Somebody has enabled or disabled this agent: it asks for everything again. */
  *agent_updated(
    _ctxt: RequestContext,
    { payload }: { payload: { admin_state_up: boolean } },
  ): Op<void> {
    this.#resyncSoon();
    this.env.log("info", `agent_updated by server side ${repr(payload)}!`);
  }

  /** dnsmasq is told of the new host. */
  *port_create_end(): Op<void> {
    return;
  }

  *port_update_end(): Op<void> {
    return;
  }

  *port_delete_end(): Op<void> {
    return;
  }

  *#run(): Op<void> {
    yield* this.#reports.start(this.#flags.agent_report_interval);
    yield* this.#syncState();
  }

  /** Ask for every network there is to serve. */
  *#syncState(): Op<void> {
    try {
      const networks = yield* this.#server.get_active_networks_info(this.#ctxt, {
        host: this.host,
      });
      const gone = [...this.#networks.keys()].filter((id) => !networks.some((n) => n.id === id));
      for (const id of gone) yield* this.#disable(id);
      for (const network of networks) yield* this.#configure(network);
    } catch (error) {
      this.#failed("Unable to sync network state", yield* caught(error));
    }
  }

  *#enable(id: string): Op<void> {
    try {
      const network = yield* this.#server.get_network_info(this.#ctxt, {
        network_id: id,
        host: this.host,
      });
      if (network !== null) yield* this.#configure(network);
    } catch (error) {
      this.#failed(`Network ${id} info call failed`, yield* caught(error));
    }
  }

  *#disable(id: string): Op<void> {
    if (!this.#networks.delete(id)) return;
    this.#namespaces.disabled(id);
    try {
      yield* this.#devices.release(id);
    } catch (error) {
      this.#failed(`Unable to disable dhcp for ${id}`, yield* caught(error));
    }
  }

  /** See to it that there is a port with an address of each subnet. */
  *#configure(network: DhcpNetwork): Op<void> {
    if (!network.admin_state_up) return;
    const { id } = network;
    const served = network.subnets.filter((subnet) => subnet["enable_dhcp"] === true);
    if (served.length === 0) {
      yield* this.#disable(id);
      return;
    }
    const runs = this.#networks.has(id);
    // dnsmasq is not started for IPv6 alone.
    if (!runs && !served.some((subnet) => subnet["ip_version"] === 4)) return;
    const subnets = served.map((subnet) => subnet["id"] as string);
    const port = yield* this.#devices.setup(network, subnets);
    this.#namespaces.configured(network, port);
    // Only at its first: who is told of changes later has dnsmasq read its files anew.
    if (!runs) this.#namespaces.enabled(network);
    this.#networks.set(id, subnets);
  }

  /** Something went wrong that asking for everything may put right. */
  #failed(what: string, error: Exception): void {
    this.env.log("error", `${what}: ${error.message}`);
    this.#resyncSoon();
  }

  /** Ask for everything again in a while, once. */
  #resyncSoon(): void {
    if (this.#resyncing || !this.#running) return;
    this.#resyncing = true;
    this.env.spawn("periodic_resync", this.#resyncLater(), { daemon: true });
  }

  *#resyncLater(): Op<void> {
    yield* sleep(seconds(this.#flags.resync_interval));
    this.#resyncing = false;
    if (this.#running) yield* this.#syncState();
  }
}
