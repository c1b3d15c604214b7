/**
 * What neutron-server answers on `q-plugin`: wiring details and status from L2 agents, security
 * groups, DHCP, and agents' reports. Upstream: plugins/ml2/rpc.py (RpcCallbacks),
 * api/rpc/handlers/, db/agents_db.py (AgentExtRpcCallback).
 */
import { endpoint, type Endpoint, type Serves } from "../../../bus/index.js";
import { Manager, type RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { Plugin } from "../plugin/index.js";
import {
  agentStateApi,
  dhcpServerApi,
  pluginApi,
  securityGroupServerApi,
  type AgentState,
  type DeviceDetails,
  type SecurityGroupInfo,
} from "../rpcapi.js";
import { DhcpCallbacks } from "./dhcp-callbacks.js";
import { SecurityGroupInfos } from "./security-group-info.js";

interface DeviceArgs {
  readonly device: string;
  readonly agent_id: string;
  readonly host: string;
}

export class PluginManager
  extends Manager
  implements
    Serves<typeof pluginApi, RequestContext>,
    Serves<typeof securityGroupServerApi, RequestContext>,
    Serves<typeof agentStateApi, RequestContext>
{
  readonly #plugin: Plugin;
  readonly #groupInfos: SecurityGroupInfos;
  /** Reports from before this moment are old news. */
  readonly #startTime: number;

  constructor(plugin: Plugin) {
    super(plugin.app.env);
    this.#plugin = plugin;
    this.#groupInfos = new SecurityGroupInfos(plugin.app.database, plugin.app.env);
    this.#startTime = plugin.app.env.kernel.now;
  }

  endpoints(): Endpoint<RequestContext>[] {
    return [
      endpoint(pluginApi, this),
      endpoint(securityGroupServerApi, this),
      endpoint(dhcpServerApi, new DhcpCallbacks(this.#plugin)),
      endpoint(agentStateApi, this),
    ];
  }

  *get_device_details(_ctxt: RequestContext, { device }: DeviceArgs): Op<DeviceDetails> {
    return this.#details(device);
  }

  *get_devices_details_list(
    _ctxt: RequestContext,
    { devices }: { devices: readonly string[] },
  ): Op<DeviceDetails[]> {
    return devices.map((device) => this.#details(device));
  }

  *update_device_up(_ctxt: RequestContext, { device, host }: DeviceArgs): Op<void> {
    const { ports } = this.#plugin;
    if (ports.isBoundTo(device, host)) ports.setStatus(device, "ACTIVE");
  }

  *update_device_down(
    _ctxt: RequestContext,
    { device, host }: DeviceArgs,
  ): Op<{ device: string; exists: boolean }> {
    const { app, ports } = this.#plugin;
    // A host that the port is not bound to has no say, but is told that the port exists.
    if (app.database.ports.get(device) !== undefined && !ports.isBoundTo(device, host)) {
      return { device, exists: true };
    }
    return { device, exists: ports.setStatus(device, "DOWN") };
  }

  *tunnel_sync(
    ctxt: RequestContext,
    { tunnel_ip, tunnel_type }: { tunnel_ip: string; tunnel_type: string },
  ): Op<{ tunnels: readonly JsonObject[] }> {
    return { tunnels: yield* this.#plugin.tunnels.sync(ctxt, tunnel_ip, tunnel_type) };
  }

  *security_group_info_for_devices(
    _ctxt: RequestContext,
    { devices }: { devices: readonly string[] },
  ): Op<SecurityGroupInfo> {
    return this.#groupInfos.of(devices);
  }

  *report_state(
    _ctxt: RequestContext,
    { agent_state, time }: { agent_state: { agent_state: AgentState }; time: string },
  ): Op<void> {
    const { kernel } = this.env;
    if (kernel.calendar.parse(time) < this.#startTime) return;
    this.#plugin.agents.report(agent_state.agent_state);
  }

  /** The port is being wired now: BUILD, whatever it was, if it is meant to be up. */
  #details(device: string): DeviceDetails {
    const { app, ports } = this.#plugin;
    const port = app.database.ports.get(device);
    if (port === undefined) return { device };
    // A port that is still unbound is bound now, if it can be.
    ports.bindings.bindIfNeeded(port);
    const segment = ports.bindings.segmentOf(device);
    if (segment === undefined) return { device };
    ports.setStatus(device, port.admin_state_up ? "BUILD" : "DOWN");
    const { network_type, segmentation_id, physical_network } = segment;
    return {
      device,
      network_id: port.network_id,
      port_id: device,
      mac_address: port.mac_address,
      admin_state_up: port.admin_state_up,
      network_type,
      segmentation_id,
      physical_network,
      fixed_ips: ports.addressesOf(device),
      device_owner: port.device_owner,
    };
  }
}
