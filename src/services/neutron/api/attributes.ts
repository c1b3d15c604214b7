/**
 * The attributes of each resource: who may set them, who sees them, and what they are when nothing
 * is said. Upstream: api/v2/attributes.py (RESOURCE_ATTRIBUTE_MAP), extensions/, etc/policy.json.
 */
import type { Json } from "../../../python/index.js";

export interface Attribute {
  /** May be set at creation. */
  readonly post?: boolean;
  /** May be changed. */
  readonly put?: boolean;
  readonly required?: boolean;
  /** At creation, when nothing is said. */
  readonly default?: Json;
  readonly type?: "boolean" | "integer";
  /** Who may set it; everybody unless told. */
  readonly setter?: "admin" | "network owner";
  /** Only an admin sees it. */
  readonly adminOnly?: boolean;
}

export type Attributes = Readonly<Record<string, Attribute>>;

const READ_ONLY: Attribute = {};
const NAME: Attribute = { post: true, put: true, default: "" };
const TENANT: Attribute = { post: true };
const UP: Attribute = { post: true, put: true, default: true, type: "boolean" };
const BY_ADMIN: Attribute = { post: true, put: true, setter: "admin" };
const BINDING: Attribute = { ...BY_ADMIN, adminOnly: true };

export const networkAttributes: Attributes = {
  id: READ_ONLY,
  name: NAME,
  subnets: READ_ONLY,
  admin_state_up: UP,
  status: READ_ONLY,
  tenant_id: TENANT,
  shared: { ...BY_ADMIN, default: false, type: "boolean" },
  "router:external": { ...BY_ADMIN, default: false, type: "boolean" },
  "provider:network_type": BINDING,
  "provider:physical_network": BINDING,
  "provider:segmentation_id": { ...BINDING, type: "integer" },
};

export const subnetAttributes: Attributes = {
  id: READ_ONLY,
  name: NAME,
  ip_version: { post: true, required: true, type: "integer" },
  network_id: { post: true, required: true },
  cidr: { post: true, required: true },
  gateway_ip: { post: true, put: true },
  allocation_pools: { post: true },
  dns_nameservers: { post: true, put: true },
  host_routes: { post: true, put: true },
  tenant_id: TENANT,
  enable_dhcp: { post: true, put: true, default: true, type: "boolean" },
  ipv6_ra_mode: READ_ONLY,
  ipv6_address_mode: READ_ONLY,
};

export const portAttributes: Attributes = {
  id: READ_ONLY,
  name: NAME,
  network_id: { post: true, required: true },
  admin_state_up: UP,
  mac_address: { post: true, put: true, setter: "network owner" },
  fixed_ips: { post: true, put: true, setter: "network owner" },
  device_id: { post: true, put: true, default: "" },
  device_owner: { post: true, put: true, default: "" },
  tenant_id: TENANT,
  status: READ_ONLY,
  security_groups: { post: true, put: true },
  extra_dhcp_opts: { post: true, put: true },
  allowed_address_pairs: { post: true, put: true },
  "binding:host_id": BINDING,
  "binding:vnic_type": { post: true, put: true },
  "binding:profile": BINDING,
  "binding:vif_type": { adminOnly: true },
  "binding:vif_details": { adminOnly: true },
};

export const securityGroupAttributes: Attributes = {
  id: READ_ONLY,
  name: { post: true, put: true, required: true },
  description: { post: true, put: true, default: "" },
  tenant_id: TENANT,
  security_group_rules: READ_ONLY,
};

export const securityGroupRuleAttributes: Attributes = {
  id: READ_ONLY,
  security_group_id: { post: true, required: true },
  remote_group_id: { post: true, default: null },
  direction: { post: true, required: true },
  ethertype: { post: true, default: "IPv4" },
  protocol: { post: true, default: null },
  port_range_min: { post: true, default: null, type: "integer" },
  port_range_max: { post: true, default: null, type: "integer" },
  remote_ip_prefix: { post: true, default: null },
  tenant_id: TENANT,
};

export const agentAttributes: Attributes = {
  id: READ_ONLY,
  agent_type: READ_ONLY,
  binary: READ_ONLY,
  topic: READ_ONLY,
  host: READ_ONLY,
  admin_state_up: { put: true, type: "boolean" },
  created_at: READ_ONLY,
  started_at: READ_ONLY,
  heartbeat_timestamp: READ_ONLY,
  alive: READ_ONLY,
  configurations: READ_ONLY,
  description: { put: true },
};

export const floatingIpAttributes: Attributes = {
  id: READ_ONLY,
  floating_network_id: READ_ONLY,
  floating_ip_address: READ_ONLY,
  fixed_ip_address: READ_ONLY,
  port_id: READ_ONLY,
  router_id: READ_ONLY,
  status: READ_ONLY,
  tenant_id: READ_ONLY,
};
