/**
 * Puts networks into the database when a cloud is built, as an operator does with provider networks.
 * Not a service: it runs before there is one. Ids come from streams named after the network.
 */
import type { Row } from "../../framework/index.js";
import type { NeutronDatabase } from "./db/database.js";
import { InvalidInput } from "./errors.js";
import { cidrOf, firstOf, ipNetworkText, ipText, parseIpNetwork } from "../../python/index.js";
import { defaultPools } from "./db/pools.js";
import type { Network, Subnet } from "./db/rows.js";

export interface SeedNetwork {
  readonly name: string;
  /** `192.168.1.0/24`. */
  readonly cidr: string;
  /** Whose it is. */
  readonly tenantId: string;
  /** Default true. */
  readonly shared?: boolean;
  /** Whether servers may not be put on it by tenants (`router:external`). Default false. */
  readonly external?: boolean;
  /** Default true. */
  readonly enableDhcp?: boolean;
  readonly dnsNameservers?: readonly string[];
  readonly physicalNetwork?: string;
}

const FIRST_VLAN = 1000;

/**
 * A VLAN network with one subnet, whose first address is the gateway's.
 * @throws InvalidInput if `cidr` is none
 */
export function seedNetwork(
  database: NeutronDatabase,
  spec: SeedNetwork,
): { readonly network: Row<Network>; readonly subnet: Row<Subnet> } {
  const { name, cidr: text, tenantId: tenant_id, shared = true, external = false } = spec;
  const parsed = text.includes("/") ? parseIpNetwork(text) : undefined;
  if (parsed === undefined) {
    throw new InvalidInput({ error_message: `'${text}' is not a valid IP subnet` });
  }
  const cidr = cidrOf(parsed);
  const { version } = cidr;
  const newId = (kind: string): string =>
    database.kernel.stream("neutron seed", `${kind} ${name}`).uuid();
  const gateway = ipText({ version, value: firstOf(cidr) + 1n });
  const network = database.networks.insert({
    uuid: newId("network"),
    tenant_id,
    name,
    status: "ACTIVE",
    admin_state_up: true,
    shared,
    router_external: external,
  });
  database.segments.insert({
    uuid: newId("segment"),
    network_id: network.uuid,
    network_type: "vlan",
    physical_network: spec.physicalNetwork ?? "physnet1",
    segmentation_id: FIRST_VLAN + database.segments.size,
  });
  const subnet = database.subnets.insert({
    uuid: newId("subnet"),
    tenant_id,
    name: `${name}-subnet`,
    network_id: network.uuid,
    ip_version: version,
    cidr: ipNetworkText(cidr),
    gateway_ip: gateway,
    enable_dhcp: spec.enableDhcp ?? true,
    shared,
    ipv6_ra_mode: null,
    ipv6_address_mode: null,
    dns_nameservers: spec.dnsNameservers ?? [],
    host_routes: [],
  });
  for (const { start, end } of defaultPools(cidr, gateway)) {
    const range = { first_ip: start, last_ip: end };
    const { uuid } = database.allocationPools.insert({
      uuid: newId(`allocation pool ${range.first_ip}`),
      subnet_id: subnet.uuid,
      ...range,
    });
    database.availabilityRanges.insert({
      allocation_pool_id: uuid,
      subnet_id: subnet.uuid,
      ...range,
    });
  }
  return { network, subnet };
}
