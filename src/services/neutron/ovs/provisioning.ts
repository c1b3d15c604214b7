/**
 * The networks that have ports on a host: each has a VLAN within `br-int`, and flows to where it goes on.
 * Those are not modelled; that a network leads nowhere is, since nobody but the agent's log says so.
 * Upstream: provision_local_vlan, reclaim_local_vlan, port_bound, port_unbound of
 * neutron/plugins/openvswitch/agent/ovs_neutron_agent.py at 2014.2.
 */
import type { Env } from "../../../framework/index.js";
import type { DeviceDetails } from "../rpcapi.js";

export class Provisioning {
  readonly #env: Env;
  readonly #mappings: ReadonlyMap<string, string>;
  readonly #hasTunnels: boolean;
  /** By network: its ports here. */
  readonly #ports = new Map<string, Set<string>>();

  /** @param mappings bridges by physical network */
  constructor(env: Env, mappings: ReadonlyMap<string, string>, hasTunnels: boolean) {
    this.#env = env;
    this.#mappings = mappings;
    this.#hasTunnels = hasTunnels;
  }

  bind(details: DeviceDetails): void {
    const network = details.network_id ?? "";
    let ports = this.#ports.get(network);
    if (ports === undefined) {
      this.#ports.set(network, (ports = new Set()));
      this.#provision(network, details);
    }
    ports.add(details.device);
  }

  unbind(device: string): void {
    for (const [network, ports] of this.#ports) {
      if (ports.delete(device) && ports.size === 0) this.#ports.delete(network);
    }
  }

  /** The network is gone. */
  reclaim(network: string): void {
    this.#ports.delete(network);
  }

  #provision(network: string, { network_type = "", physical_network = null }: DeviceDetails): void {
    const why = this.#obstacle(network_type, physical_network ?? "");
    if (why === undefined) return;
    const { what, reason } = why;
    this.#env.log("error", `Cannot provision ${what} for net-id=${network}${reason}`);
  }

  #obstacle(type: string, physical: string): { what: string; reason: string } | undefined {
    switch (type) {
      case "local":
        return undefined;
      case "gre":
      case "vxlan":
        if (this.#hasTunnels) return undefined;
        return { what: `${type} network`, reason: " - tunneling disabled" };
      case "flat":
      case "vlan": {
        if (this.#mappings.has(physical)) return undefined;
        const name = type === "vlan" ? "VLAN" : "flat";
        const reason = ` - no bridge for physical_network ${physical}`;
        return { what: `${name} network`, reason };
      }
      default:
        return { what: `unknown network type ${type}`, reason: "" };
    }
  }
}
