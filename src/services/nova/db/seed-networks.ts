/**
 * What an operator of nova-network makes before the first instance: networks, and a pool of
 * floating addresses. Upstream: `nova-manage network create`, `nova-manage floating create`.
 */
import { addressAfter, addressesBetween, ipv4Network } from "../network-api/ipv4.js";
import type { NovaDatabase } from "./database.js";

export interface SeedNetwork {
  readonly label: string;
  readonly cidr: string;
  /** Null: a flat network. */
  readonly vlan?: number | null;
}

export function seedNovaNetwork(db: NovaDatabase, network: SeedNetwork): void {
  const { label, cidr, vlan = null } = network;
  const uuid = db.kernel.stream("nova-manage", "network").uuid();
  const { network: base, netmask, broadcast } = ipv4Network(cidr);
  db.networks.insert({
    ...{ uuid, label, cidr, vlan, netmask, broadcast },
    gateway: addressAfter(base, 1),
    dhcp_start: addressAfter(base, 2),
    bridge: vlan === null ? "br100" : `br${String(vlan)}`,
    bridge_interface: "eth0",
    project_id: null,
    host: null,
  });
}

/** Every host address of `cidr`, in pool `pool`. */
export function seedFloatingPool(db: NovaDatabase, cidr: string, pool = "nova"): void {
  const { network, broadcast } = ipv4Network(cidr);
  for (let i = 1; i < addressesBetween(network, broadcast); i++) {
    db.floating_ips.insert({
      address: addressAfter(network, i),
      pool,
      interface: "eth0",
      fixed_ip_id: null,
      project_id: null,
      host: null,
      auto_assigned: false,
    });
  }
}
