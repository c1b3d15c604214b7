/**
 * Where a port is and who wires it. A port is bound when it has a host on which an Open vSwitch
 * agent is alive that reaches a segment of its network; otherwise the binding has failed, and in
 * Juno nobody tries again. Upstream: plugins/ml2/plugin.py (_process_port_binding, _bind_port),
 * plugins/ml2/drivers/mech_openvswitch.py; other-services §3.4.
 */
import type { Row } from "../../../../framework/index.js";
import { dumps, type Json, type JsonObject } from "../../../../python/index.js";
import { InvalidInput } from "../../errors.js";
import type { NetworkSegment, Port, PortBinding } from "../../db/rows.js";
import { OVS_AGENT, type Agents } from "../agents.js";
import type { NeutronApp } from "../app.js";
import { textColumn } from "../columns.js";

const UNBOUND = { vif_type: "unbound", vif_details: {}, driver: null, segment: null } as const;
const FAILED = { ...UNBOUND, vif_type: "binding_failed" } as const;
const BOUND = {
  vif_type: "ovs",
  vif_details: { port_filter: true, ovs_hybrid_plug: true },
  driver: "openvswitch",
} as const;

/** `BINDING_PROFILE_LEN` of plugins/ml2/models.py: so much of it as JSON fits into the column. */
const LONGEST_PROFILE = 4095;

export class Bindings {
  readonly #app: NeutronApp;
  readonly #agents: Agents;

  constructor(app: NeutronApp, agents: Agents) {
    this.#app = app;
    this.#agents = agents;
  }

  of(portId: string): Row<PortBinding> | undefined {
    return this.#app.database.portBindings.get(portId);
  }

  view(portId: string): JsonObject {
    const binding = this.of(portId);
    if (binding === undefined) return {};
    return {
      "binding:host_id": binding.host,
      "binding:vnic_type": binding.vnic_type,
      "binding:profile": binding.profile,
      "binding:vif_type": binding.vif_type,
      "binding:vif_details": binding.vif_details,
    };
  }

  add(portId: string): void {
    this.#app.database.portBindings.insert({
      port_id: portId,
      host: "",
      vnic_type: "normal",
      profile: {},
      ...UNBOUND,
    });
  }

  /** Whether what a request says of the binding can be stored. @throws InvalidInput */
  check(attrs: JsonObject): void {
    textColumn(attrs["binding:host_id"] ?? null);
    if (dumps(attrs["binding:profile"] ?? null).length <= LONGEST_PROFILE) return;
    throw new InvalidInput({ error_message: "binding:profile value too large" });
  }

  /**
   * Take over what a request says of the binding; a change of any of it unbinds the port. Null
   * changes nothing, neither for the host nor for the kind of interface.
   * @returns whether anything changed
   */
  process(portId: string, attrs: JsonObject): boolean {
    const binding = this.of(portId);
    if (binding === undefined) return false;
    const host = textColumn(attrs["binding:host_id"] ?? null) ?? binding.host;
    const vnic_type =
      (attrs["binding:vnic_type"] as string | null | undefined) ?? binding.vnic_type;
    const asked = attrs["binding:profile"] as JsonObject | null | undefined;
    const profile = asked === undefined ? binding.profile : (asked ?? {});
    const changed =
      host !== binding.host ||
      vnic_type !== binding.vnic_type ||
      JSON.stringify(profile) !== JSON.stringify(binding.profile);
    if (!changed) return false;
    this.#app.database.portBindings.update(portId, { host, vnic_type, profile, ...UNBOUND });
    return true;
  }

  /** Bind the port, if it has a host and is not bound. @returns whether it was bound now */
  bindIfNeeded(port: Port): boolean {
    const binding = this.of(port.uuid);
    if (binding === undefined || binding.host === "" || binding.vif_type !== "unbound") {
      return false;
    }
    const segment = this.#reachable(port.network_id, binding);
    const outcome = segment === undefined ? FAILED : { ...BOUND, segment: segment.uuid };
    this.#app.database.portBindings.update(port.uuid, outcome);
    if (segment === undefined) {
      this.#app.env.log("error", `Failed to bind port ${port.uuid} on host ${binding.host}`);
    }
    return segment !== undefined;
  }

  /** The segment that a bound port is on. */
  segmentOf(portId: string): Row<NetworkSegment> | undefined {
    const segment = this.of(portId)?.segment ?? null;
    return segment === null ? undefined : this.#app.database.segments.get(segment);
  }

  remove(portId: string): void {
    this.#app.database.portBindings.remove(portId);
  }

  #reachable(networkId: string, binding: PortBinding): Row<NetworkSegment> | undefined {
    if (!this.#app.flags.mechanism_drivers.includes(BOUND.driver)) return undefined;
    if (binding.vnic_type !== "normal") return undefined;
    const agent = this.#app.database.agentOn(binding.host, OVS_AGENT);
    if (agent === undefined || !this.#agents.isAlive(agent)) return undefined;
    const { bridge_mappings, tunnel_types } = agent.configurations;
    const mappings = (bridge_mappings ?? {}) as JsonObject;
    const tunnels = (tunnel_types ?? []) as readonly Json[];
    return this.#app.database.segments
      .find({ network_id: networkId })
      .find(({ network_type, physical_network }) => {
        if (network_type === "local" || tunnels.includes(network_type)) return true;
        if (network_type !== "vlan" && network_type !== "flat") return false;
        return physical_network !== null && Object.hasOwn(mappings, physical_network);
      });
  }
}
