/**
 * The resources of the API as data: their names, their attributes, what the database knows of them,
 * and the plugin's methods for them. A method that a resource does not have leads to no route.
 */
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { AttributeError, type JsonObject } from "../../../python/index.js";
import type { Plugin } from "../plugin/index.js";
import type { Filters } from "../plugin/ports/port-query.js";
import * as attributes from "./attributes/index.js";

interface Reads {
  list(ctxt: RequestContext, filters: Filters): JsonObject[];
  get(ctxt: RequestContext, id: string): JsonObject;
}
interface Creates {
  create(ctxt: RequestContext, attrs: JsonObject): Op<JsonObject>;
}
interface Updates {
  update(ctxt: RequestContext, id: string, attrs: JsonObject): Op<JsonObject>;
}
interface Deletes {
  delete(ctxt: RequestContext, id: string): Op<void>;
}

export interface Resource {
  /** `security_group_rule`: the key of one in a body, and in the names of events and rules. */
  readonly member:
    | "network"
    | "subnet"
    | "port"
    | "security_group"
    | "security_group_rule"
    | "agent"
    | "router"
    | "floatingip"
    | "vip"
    | "pool"
    | "member"
    | "health_monitor"
    | "service_provider";
  readonly collection: string;
  /** `security-group-rules`, `lb/pools`. */
  readonly path: string;
  readonly attributes: attributes.Attributes;
  /** The database's name for it. */
  readonly table: string;
  /** What can be filtered and sorted by. */
  readonly columns: readonly string[];
  /** Names that are rows of other tables, which no query looks into. */
  readonly relations?: readonly string[];
  /** Whether several can be made at once, and whether lists come in pages and order. */
  readonly lists: "as configured" | "as configured, no bulk" | "always" | "never";
  /** All that a tenant has, as it is shown there: kept ready, for those who ask for nothing less. */
  readonly ofTenant?: (plugin: Plugin, tenantId: string) => readonly JsonObject[];
  readonly reads: (plugin: Plugin) => Reads;
  readonly creates?: (plugin: Plugin) => Creates;
  /** Several at once, where that is not one after the other. */
  readonly createsMany?: (
    plugin: Plugin,
  ) => (ctxt: RequestContext, objects: readonly JsonObject[]) => Op<JsonObject[]>;
  readonly updates?: (plugin: Plugin) => Updates;
  readonly deletes?: (plugin: Plugin) => Deletes;
}

/** What does all four. */
const all = (manager: (plugin: Plugin) => Reads & Creates & Updates & Deletes) => ({
  reads: manager,
  creates: manager,
  updates: manager,
  deletes: manager,
});

const OWNED = ["id", "tenant_id", "name"];

export const ROUTER: Resource = {
  member: "router",
  collection: "routers",
  path: "routers",
  attributes: attributes.routerAttributes,
  table: "routers",
  columns: [...OWNED, "status", "admin_state_up", "gw_port_id"],
  lists: "as configured, no bulk",
  ...all(({ l3 }) => l3.routers),
};

export const POOL: Resource = {
  member: "pool",
  collection: "pools",
  path: "lb/pools",
  attributes: attributes.poolAttributes,
  table: "pools",
  columns: [
    ...[...OWNED, "status", "status_description", "description", "vip_id", "subnet_id"],
    ...["protocol", "lb_method", "admin_state_up"],
  ],
  relations: ["members", "provider"],
  lists: "as configured, no bulk",
  ...all(({ loadBalancing }) => loadBalancing.pools),
};

export const HEALTH_MONITOR: Resource = {
  member: "health_monitor",
  collection: "health_monitors",
  path: "lb/health_monitors",
  attributes: attributes.healthMonitorAttributes,
  table: "healthmonitors",
  columns: [
    ...["id", "tenant_id", "type", "delay", "timeout", "max_retries", "http_method"],
    ...["url_path", "expected_codes", "admin_state_up"],
  ],
  relations: ["pools"],
  lists: "as configured, no bulk",
  ...all(({ loadBalancing }) => loadBalancing.healthMonitors),
};

const noSuchMethod = (act: string) => (): never => {
  throw new AttributeError(`'ServiceTypeManager' has no attribute '${act}_service_provider'`);
};

const LOAD_BALANCING: readonly Resource[] = [
  {
    member: "vip",
    collection: "vips",
    path: "lb/vips",
    attributes: attributes.vipAttributes,
    table: "vips",
    columns: [
      ...[...OWNED, "status", "status_description", "description", "port_id", "protocol_port"],
      ...["protocol", "pool_id", "admin_state_up", "connection_limit"],
    ],
    relations: ["session_persistence"],
    lists: "as configured, no bulk",
    ...all(({ loadBalancing }) => loadBalancing.vips),
  },
  POOL,
  {
    member: "member",
    collection: "members",
    path: "lb/members",
    attributes: attributes.memberAttributes,
    table: "members",
    columns: [
      ...["id", "tenant_id", "status", "status_description", "pool_id", "address"],
      ...["protocol_port", "weight", "admin_state_up"],
    ],
    lists: "as configured, no bulk",
    ...all(({ loadBalancing }) => loadBalancing.members),
  },
  HEALTH_MONITOR,
  {
    member: "service_provider",
    collection: "service_providers",
    path: "service-providers",
    attributes: attributes.serviceProviderAttributes,
    table: "service_providers",
    columns: ["service_type", "name", "default"],
    lists: "never",
    reads: ({ loadBalancing }) => loadBalancing.providers,
    creates: () => ({ create: noSuchMethod("create") }),
    updates: () => ({ update: noSuchMethod("update") }),
    deletes: () => ({ delete: noSuchMethod("delete") }),
  },
];

export const RESOURCES: readonly Resource[] = [
  {
    member: "network",
    collection: "networks",
    path: "networks",
    attributes: attributes.networkAttributes,
    table: "networks",
    columns: [...OWNED, "status", "admin_state_up", "shared"],
    relations: ["subnets"],
    lists: "as configured",
    ...all(({ networks }) => networks),
  },
  {
    member: "subnet",
    collection: "subnets",
    path: "subnets",
    attributes: attributes.subnetAttributes,
    table: "subnets",
    columns: [
      ...[...OWNED, "network_id", "ip_version", "cidr", "gateway_ip", "enable_dhcp", "shared"],
      ...["ipv6_ra_mode", "ipv6_address_mode"],
    ],
    relations: ["allocation_pools", "dns_nameservers"],
    lists: "as configured",
    ...all(({ subnets }) => subnets),
  },
  {
    member: "port",
    collection: "ports",
    path: "ports",
    attributes: attributes.portAttributes,
    table: "ports",
    columns: [
      ...[...OWNED, "network_id", "mac_address", "admin_state_up", "status"],
      ...["device_id", "device_owner"],
    ],
    relations: ["allowed_address_pairs", "security_groups"],
    lists: "as configured",
    ofTenant: ({ ports }, tenantId) => ports.ofTenant(tenantId),
    ...all(({ ports }) => ports),
  },
  {
    member: "security_group",
    collection: "security_groups",
    path: "security-groups",
    attributes: attributes.securityGroupAttributes,
    table: "securitygroups",
    columns: [...OWNED, "description"],
    lists: "always",
    ...all(({ securityGroups }) => securityGroups),
  },
  {
    member: "security_group_rule",
    collection: "security_group_rules",
    path: "security-group-rules",
    attributes: attributes.securityGroupRuleAttributes,
    table: "securitygrouprules",
    columns: [
      ...["id", "tenant_id", "security_group_id", "remote_group_id", "direction", "ethertype"],
      ...["protocol", "port_range_min", "port_range_max", "remote_ip_prefix"],
    ],
    lists: "always",
    reads: ({ securityGroupRules }) => securityGroupRules,
    creates: ({ securityGroupRules }) => securityGroupRules,
    createsMany:
      ({ securityGroupRules }) =>
      (ctxt, rules) =>
        securityGroupRules.createMany(ctxt, rules),
    // The route is there, and nothing behind it.
    updates: () => ({
      update: () => {
        throw new AttributeError("'Ml2Plugin' has no attribute 'update_security_group_rule'");
      },
    }),
    deletes: ({ securityGroupRules }) => securityGroupRules,
  },
  {
    member: "agent",
    collection: "agents",
    path: "agents",
    attributes: attributes.agentAttributes,
    table: "agents",
    columns: [
      ...["id", "agent_type", "binary", "topic", "host", "admin_state_up", "created_at"],
      ...["started_at", "heartbeat_timestamp", "description"],
    ],
    lists: "never",
    reads: ({ agents }) => agents,
    // No body gets as far: nothing of an agent may be said at its creation, not even whose it is.
    creates: ({ agents }) => agents,
    updates: ({ agents }) => agents,
    deletes: ({ agents }) => agents,
  },
  ROUTER,
  {
    member: "floatingip",
    collection: "floatingips",
    path: "floatingips",
    attributes: attributes.floatingIpAttributes,
    table: "floatingips",
    columns: [
      ...["id", "tenant_id", "floating_ip_address", "floating_network_id", "router_id"],
      ...["port_id", "fixed_ip_address", "status"],
    ],
    lists: "as configured, no bulk",
    ...all(({ l3 }) => l3.floatingIps),
  },
  ...LOAD_BALANCING,
];
