/** What Neutron answers and what it takes, for programs. Upstream: neutron/api/v2/attributes.py at 2014.2. */
import {
  anything,
  flag,
  list,
  maybe,
  nullable,
  number,
  object,
  record,
  text,
  type Shaped,
} from "./shape.js";

export const NETWORK = object({
  id: text,
  name: text,
  tenant_id: text,
  status: text,
  admin_state_up: flag,
  shared: flag,
  subnets: list(text),
  "router:external": flag,
  /** Administrators only. */
  "provider:network_type": maybe(text),
  "provider:physical_network": maybe(nullable(text)),
  "provider:segmentation_id": maybe(nullable(number)),
});

export const SUBNET = object({
  id: text,
  name: text,
  tenant_id: text,
  network_id: text,
  ip_version: number,
  cidr: text,
  gateway_ip: nullable(text),
  enable_dhcp: flag,
  allocation_pools: list(object({ start: text, end: text })),
  dns_nameservers: list(text),
  host_routes: list(object({ destination: text, nexthop: text })),
});

export const PORT = object({
  id: text,
  name: text,
  tenant_id: text,
  network_id: text,
  status: text,
  admin_state_up: flag,
  mac_address: text,
  fixed_ips: list(object({ subnet_id: text, ip_address: text })),
  device_id: text,
  device_owner: text,
  security_groups: list(text),
  "binding:vnic_type": text,
  /** Administrators only. */
  "binding:host_id": maybe(text),
  "binding:vif_type": maybe(text),
});

export const ROUTER = object({
  id: text,
  name: text,
  tenant_id: text,
  status: text,
  admin_state_up: flag,
  external_gateway_info: nullable(object({ network_id: text, enable_snat: maybe(flag) })),
  routes: list(object({ destination: text, nexthop: text })),
});

export const FLOATING_IP = object({
  id: text,
  tenant_id: text,
  status: text,
  floating_ip_address: text,
  floating_network_id: text,
  fixed_ip_address: nullable(text),
  port_id: nullable(text),
  router_id: nullable(text),
});

export const RULE = object({
  id: text,
  tenant_id: text,
  security_group_id: text,
  direction: text,
  ethertype: text,
  protocol: nullable(text),
  port_range_min: nullable(number),
  port_range_max: nullable(number),
  remote_ip_prefix: nullable(text),
  remote_group_id: nullable(text),
});

export const GROUP = object({
  id: text,
  name: text,
  tenant_id: text,
  description: text,
  security_group_rules: list(RULE),
});

export const AGENT = object({
  id: text,
  agent_type: text,
  binary: text,
  host: text,
  topic: text,
  alive: flag,
  admin_state_up: flag,
  heartbeat_timestamp: text,
  configurations: record(anything),
});

/**
 * A network, as `GET /v2.0/networks` answers it.
 *
 * @example
 * ```ts
 * import { Cloud, type NeutronNetwork } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const demo = cloud.user("demo");
 * const [network]: readonly NeutronNetwork[] = cloud.run(demo.neutron.networks.list());
 * network?.name; // → "private"
 * ```
 */
export type NeutronNetwork = Shaped<typeof NETWORK>;
/**
 * A subnet, as `GET /v2.0/subnets` answers it.
 *
 * @example
 * ```ts
 * import { Cloud, type NeutronSubnet } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const demo = cloud.user("demo");
 * const [subnet]: readonly NeutronSubnet[] = cloud.run(demo.neutron.subnets.list());
 * subnet?.enable_dhcp; // → true
 * ```
 */
export type NeutronSubnet = Shaped<typeof SUBNET>;
/**
 * A port, as `GET /v2.0/ports` answers it.
 *
 * @example
 * ```ts
 * import { Cloud, type NeutronPort } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const demo = cloud.user("demo");
 * const ports: readonly NeutronPort[] = cloud.run(demo.neutron.ports.list());
 * ports.length; // → 0
 * ```
 */
export type NeutronPort = Shaped<typeof PORT>;
/**
 * A router, as `GET /v2.0/routers` answers it.
 *
 * @example
 * ```ts
 * import { Cloud, type NeutronRouter } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["neutron-l3-agent"] });
 * const demo = cloud.user("demo");
 * const routers: readonly NeutronRouter[] = cloud.run(demo.neutron.routers.list());
 * routers.length; // → 0
 * ```
 */
export type NeutronRouter = Shaped<typeof ROUTER>;
/**
 * A floating address, as `GET /v2.0/floatingips` answers it.
 *
 * @example
 * ```ts
 * import { Cloud, type NeutronFloatingIp } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const demo = cloud.user("demo");
 * const addresses: readonly NeutronFloatingIp[] = cloud.run(demo.neutron.floatingIps.list());
 * addresses.length; // → 0
 * ```
 */
export type NeutronFloatingIp = Shaped<typeof FLOATING_IP>;
/**
 * A rule of a security group.
 *
 * @example
 * ```ts
 * import { Cloud, type NeutronSecurityGroupRule } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const demo = cloud.user("demo");
 * const rules: readonly NeutronSecurityGroupRule[] = cloud.run(demo.neutron.securityGroupRules.list());
 * rules.every(({ id }) => id !== ""); // → true
 * ```
 */
export type NeutronSecurityGroupRule = Shaped<typeof RULE>;
/**
 * A security group with its rules.
 *
 * @example
 * ```ts
 * import { Cloud, type NeutronSecurityGroup } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const demo = cloud.user("demo");
 * const group: NeutronSecurityGroup = cloud.run(demo.neutron.securityGroups.create({ name: "web" }));
 * group.name; // → "web"
 * ```
 */
export type NeutronSecurityGroup = Shaped<typeof GROUP>;
/**
 * An agent and when it last reported; for administrators.
 *
 * @example
 * ```ts
 * import { Cloud, type NeutronAgent } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const agents: readonly NeutronAgent[] = cloud.run(cloud.user("admin").neutron.agents.list());
 * agents.every(({ alive }) => alive); // → true
 * ```
 */
export type NeutronAgent = Shaped<typeof AGENT>;

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
