/**
 * What neutron-server answers on `q-plugin`: wiring details and status from L2 agents, security
 * groups, DHCP, and agents' reports. Upstream: plugins/ml2/rpc.py (RpcCallbacks),
 * api/rpc/handlers/, db/agents_db.py (AgentExtRpcCallback).
 */
import { endpoint, type Endpoint, type Serves } from "../../../bus/index.js";
import { Manager, type RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { str, type JsonObject } from "../../../python/index.js";
import type { PortStatus } from "../db/rows.js";
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
import { portOfDevice } from "./device-port.js";
import { DhcpCallbacks } from "./dhcp-callbacks.js";
import { SecurityGroupInfos } from "./security-group-info.js";

interface DeviceArgs {
  readonly device: string;
  readonly agent_id: string;
  /** Agents of before 1.3 do not say it. */
  readonly host: string | null;
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
      this.ofReports(),
    ];
  }

  /** What takes agents' reports, at whatever topic. */
  ofReports(): Endpoint<RequestContext> {
    return endpoint(agentStateApi, this);
  }

  *get_device_details(_ctxt: RequestContext, args: DeviceArgs): Op<DeviceDetails> {
    return this.#details(args);
  }

  *get_devices_details_list(
    _ctxt: RequestContext,
    { devices, ...agent }: { devices: readonly string[]; agent_id: string; host: string },
  ): Op<DeviceDetails[]> {
    return devices.map((device) => this.#details({ device, ...agent }));
  }

  *update_device_up(_ctxt: RequestContext, { device, host }: DeviceArgs): Op<void> {
    if (this.#mayTell(device, host)) this.#setStatus(device, "ACTIVE");
  }

  /** A host that the port is not bound to has no say; to it, a port that is gone exists as well. */
  *update_device_down(
    _ctxt: RequestContext,
    { device, host }: DeviceArgs,
  ): Op<{ device: string; exists: boolean }> {
    const exists = !this.#mayTell(device, host) || this.#setStatus(device, "DOWN");
    return { device, exists };
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
  #details({ device, agent_id }: DeviceArgs): DeviceDetails {
    const { app, ports } = this.#plugin;
    const port = portOfDevice(app.database, app.env, device);
    const requested = `Device ${str(device)} requested by agent ${str(agent_id)}`;
    if (port === undefined) {
      app.env.log("warning", `${requested} not found in database`);
      return { device };
    }
    const id = port.uuid;
    // A port that is still unbound is bound now, if it can be.
    ports.bindings.bindIfNeeded(port);
    const { profile = {}, vif_type } = ports.bindings.of(id) ?? {};
    const segment = ports.bindings.segmentOf(id);
    if (segment === undefined) {
      const where = `on network ${port.network_id} not bound, vif_type: ${vif_type ?? "unbound"}`;
      app.env.log("warning", `${requested} ${where}`);
      return { device };
    }
    ports.setStatus(id, port.admin_state_up ? "BUILD" : "DOWN");
    const { network_type, segmentation_id, physical_network } = segment;
    return {
      device,
      network_id: port.network_id,
      port_id: id,
      mac_address: port.mac_address,
      admin_state_up: port.admin_state_up,
      network_type,
      segmentation_id,
      physical_network,
      fixed_ips: ports.addressesOf(id),
      device_owner: port.device_owner,
      profile,
    };
  }

  /** Whether what `host` says of a device counts: of one that it does not name its host for, all does. */
  #mayTell(device: string, host: string | null): boolean {
    const { app, ports } = this.#plugin;
    if (host === null || host === "") return true;
    const port = portOfDevice(app.database, app.env, device);
    return port !== undefined && ports.isBoundTo(port.uuid, host);
  }

  /** @returns whether there is such a port */
  #setStatus(device: string, status: PortStatus): boolean {
    const { app, ports } = this.#plugin;
    const port = portOfDevice(app.database, app.env, device);
    if (port !== undefined) return ports.setStatus(port.uuid, status);
    app.env.log("warning", `Port ${str(device)} updated up by agent not found`);
    return false;
  }
}
