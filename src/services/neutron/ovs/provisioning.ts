/**
 * The networks that have ports on a host: each has a VLAN within `br-int`, and flows to where it goes on.
 * The flows are not modelled; that a network leads nowhere is, since nobody but the agent's log says so.
 * Upstream: provision_local_vlan, reclaim_local_vlan, port_bound, port_unbound of
 * neutron/plugins/openvswitch/agent/ovs_neutron_agent.py at 2014.2.
 */
import type { Env } from "../../../framework/index.js";
import type { DeviceDetails } from "../rpcapi.js";

interface LocalVlan {
  readonly vlan: number;
  /** Its ports here. */
  readonly ports: Set<string>;
}

export class Provisioning {
  readonly #env: Env;
  readonly #mappings: ReadonlyMap<string, string>;
  readonly #hasTunnels: boolean;
  /** By network. */
  readonly #networks = new Map<string, LocalVlan>();

  /** @param mappings bridges by physical network */
  constructor(env: Env, mappings: ReadonlyMap<string, string>, hasTunnels: boolean) {
    this.#env = env;
    this.#mappings = mappings;
    this.#hasTunnels = hasTunnels;
  }

  /** @returns the VLAN that its tap is to have */
  bind(details: DeviceDetails): number {
    const network = details.network_id ?? "";
    const { vlan, ports } = this.#networks.get(network) ?? this.#provision(network, details);
    ports.add(details.device);
    return vlan;
  }

  unbind(device: string): void {
    for (const [network, { ports }] of this.#networks) {
      if (ports.delete(device) && ports.size === 0) this.#networks.delete(network);
    }
  }

  /** The network is gone. */
  reclaim(network: string): void {
    this.#networks.delete(network);
  }

  /** Ports with another VLAN than they were given: their taps went and came (`check_changed_vlans`). */
  lost(vlanOf: (device: string) => number | undefined): ReadonlySet<string> {
    const lost = new Set<string>();
    for (const { vlan, ports } of this.#networks.values()) {
      for (const port of ports) if (vlanOf(port) !== vlan) lost.add(port);
    }
    return lost;
  }

  /** The lowest that is free; that four thousand networks have used them up is left out. */
  #provision(network: string, details: DeviceDetails): LocalVlan {
    const taken = new Set([...this.#networks.values()].map(({ vlan }) => vlan));
    let vlan = 1;
    while (taken.has(vlan)) vlan += 1;
    const local: LocalVlan = { vlan, ports: new Set() };
    this.#networks.set(network, local);
    this.#lead(network, details);
    return local;
  }

  /** Flows to where it goes on. */
  #lead(network: string, { network_type = "", physical_network = null }: DeviceDetails): void {
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
