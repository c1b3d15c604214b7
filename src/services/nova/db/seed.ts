/**
 * What there is before the first instance: the flavors of a new database and, for nova-network, what
 * its operator makes. Upstream: nova/db/sqlalchemy/migrate_repo; `nova-manage network create`,
 * `nova-manage floating create`; nova §7, transcripts §T1.
 */
import { addressAfter, addressesBetween, ipv4Network } from "../network-api/ipv4.js";
import type { NovaDatabase } from "./database.js";
import type { InstanceTypeRow } from "./schema.js";

type FlavorSeed = Pick<InstanceTypeRow, "name" | "flavorid" | "memory_mb" | "vcpus" | "root_gb">;

/**
 * The five of migration 216, in the order in which Python 2 happened to insert them (so that internal
 * ids differ from flavor ids), and DevStack's m1.nano, which the transcripts use.
 */
export const DEFAULT_FLAVORS: readonly FlavorSeed[] = [
  { name: "m1.medium", flavorid: "3", memory_mb: 4096, vcpus: 2, root_gb: 40 },
  { name: "m1.tiny", flavorid: "1", memory_mb: 512, vcpus: 1, root_gb: 1 },
  { name: "m1.large", flavorid: "4", memory_mb: 8192, vcpus: 4, root_gb: 80 },
  { name: "m1.xlarge", flavorid: "5", memory_mb: 16384, vcpus: 8, root_gb: 160 },
  { name: "m1.small", flavorid: "2", memory_mb: 2048, vcpus: 1, root_gb: 20 },
  { name: "m1.nano", flavorid: "42", memory_mb: 64, vcpus: 1, root_gb: 0 },
];

export function seedFlavors(db: NovaDatabase, more: readonly FlavorSeed[] = []): void {
  for (const flavor of [...DEFAULT_FLAVORS, ...more]) {
    db.instance_types.insert({
      ...flavor,
      ephemeral_gb: 0,
      swap: 0,
      rxtx_factor: 1,
      vcpu_weight: null,
      disabled: false,
      is_public: true,
    });
  }
}

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
    uuid,
    label,
    cidr,
    vlan,
    netmask,
    broadcast,
    gateway: addressAfter(base, 1),
    dhcp_start: addressAfter(base, 2),
    bridge: vlan === null ? "br100" : `br${String(vlan)}`,
    bridge_interface: "eth0",
    vpn_public_address: null,
    vpn_public_port: null,
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
