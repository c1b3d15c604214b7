/** What Neutron takes to make one of a kind, for programs. Upstream: neutron/api/v2/attributes.py at 2014.2. */

/**
 * What makes one, by the names of the API.
 *
 * @example
 * ```ts
 * import { Cloud, type NewNeutronNetwork } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const demo = cloud.user("demo");
 * const wanted: NewNeutronNetwork = { name: "back" };
 * cloud.run(demo.neutron.networks.create(wanted)).status; // → "ACTIVE"
 * ```
 */
export interface NewNeutronNetwork {
  readonly name?: string;
  readonly admin_state_up?: boolean;
  readonly shared?: boolean;
  readonly "router:external"?: boolean;
  readonly tenant_id?: string;
}

/**
 * What makes one, by the names of the API.
 *
 * @example
 * ```ts
 * import { Cloud, type NewNeutronSubnet } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const demo = cloud.user("demo");
 * const { id } = cloud.run(demo.neutron.networks.create({ name: "back" }));
 * const wanted: NewNeutronSubnet = { network_id: id, cidr: "10.9.0.0/24", ip_version: 4 };
 * cloud.run(demo.neutron.subnets.create(wanted)).gateway_ip; // → "10.9.0.1"
 * ```
 */
export interface NewNeutronSubnet {
  /** The id of its network. */
  readonly network_id: string;
  readonly cidr: string;
  readonly ip_version: 4 | 6;
  readonly name?: string;
  readonly gateway_ip?: string | null;
  readonly enable_dhcp?: boolean;
  readonly dns_nameservers?: readonly string[];
}

/**
 * What makes one, by the names of the API.
 *
 * @example
 * ```ts
 * import { Cloud, type NewNeutronPort } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const demo = cloud.user("demo");
 * const wanted: NewNeutronPort = { network_id: cloud.id("network", "private") ?? "", name: "p1" };
 * cloud.run(demo.neutron.ports.create(wanted)).status; // → "DOWN"
 * ```
 */
export interface NewNeutronPort {
  /** The id of its network. */
  readonly network_id: string;
  readonly name?: string;
  readonly admin_state_up?: boolean;
  readonly device_id?: string;
  readonly device_owner?: string;
  readonly security_groups?: readonly string[];
  readonly fixed_ips?: readonly { readonly subnet_id?: string; readonly ip_address?: string }[];
}

/**
 * What makes one, by the names of the API.
 *
 * @example
 * ```ts
 * import { Cloud, type NewNeutronRouter } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["neutron-l3-agent"] });
 * const demo = cloud.user("demo");
 * const wanted: NewNeutronRouter = { name: "edge" };
 * cloud.run(demo.neutron.routers.create(wanted)).status; // → "ACTIVE"
 * ```
 */
export interface NewNeutronRouter {
  readonly name?: string;
  readonly admin_state_up?: boolean;
  readonly external_gateway_info?: { readonly network_id: string } | null;
}

/**
 * What makes one, by the names of the API.
 *
 * @example
 * ```ts
 * import { type NewNeutronFloatingIp } from "novasim";
 *
 * const wanted: NewNeutronFloatingIp = { floating_network_id: "no-such-network" };
 * wanted.port_id === undefined; // → true
 * ```
 */
export interface NewNeutronFloatingIp {
  /** The id of an external network. */
  readonly floating_network_id: string;
  readonly port_id?: string | null;
  readonly fixed_ip_address?: string;
}

/**
 * What makes one, by the names of the API.
 *
 * @example
 * ```ts
 * import { Cloud, type NewNeutronSecurityGroupRule } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const demo = cloud.user("demo");
 * const { id } = cloud.run(demo.neutron.securityGroups.create({ name: "web" }));
 * const wanted: NewNeutronSecurityGroupRule = {
 *   security_group_id: id,
 *   direction: "ingress",
 *   protocol: "tcp",
 *   port_range_min: 80,
 *   port_range_max: 80,
 * };
 * cloud.run(demo.neutron.securityGroupRules.create(wanted)).protocol; // → "tcp"
 * ```
 */
export interface NewNeutronSecurityGroupRule {
  readonly security_group_id: string;
  readonly direction: "ingress" | "egress";
  readonly ethertype?: "IPv4" | "IPv6";
  readonly protocol?: string;
  readonly port_range_min?: number;
  readonly port_range_max?: number;
  readonly remote_ip_prefix?: string;
  readonly remote_group_id?: string;
}
