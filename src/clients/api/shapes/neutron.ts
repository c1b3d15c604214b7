/** What Neutron answers, for programs. Upstream: neutron/api/v2/attributes.py at 2014.2. */
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
} from "../shape.js";

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
