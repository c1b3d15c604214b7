/**
 * The resources of the API as data: their names, their attributes, and the plugin's methods for them.
 * A method that a resource does not have leads to no route.
 */
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import { FloatingIPNotFound } from "../errors.js";
import type { Plugin } from "../plugin/index.js";
import type { Filters } from "../plugin/port-query.js";
import * as attributes from "./attributes.js";

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
    | "floatingip";
  readonly collection: string;
  /** `security-group-rules`. */
  readonly path: string;
  readonly attributes: attributes.Attributes;
  /** All that a tenant has, as it is shown there: kept ready, for those who ask for nothing less. */
  readonly ofTenant?: (plugin: Plugin, tenantId: string) => readonly JsonObject[];
  readonly reads: (plugin: Plugin) => Reads;
  readonly creates?: (plugin: Plugin) => Creates;
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

/** Without routers there can be none: the collection is there, and empty, for those who look. */
const noFloatingIps: Reads = {
  list: () => [],
  get: (_ctxt, id) => {
    throw new FloatingIPNotFound({ floatingip_id: id });
  },
};

export const RESOURCES: readonly Resource[] = [
  {
    member: "network",
    collection: "networks",
    path: "networks",
    attributes: attributes.networkAttributes,
    ...all(({ networks }) => networks),
  },
  {
    member: "subnet",
    collection: "subnets",
    path: "subnets",
    attributes: attributes.subnetAttributes,
    ...all(({ subnets }) => subnets),
  },
  {
    member: "port",
    collection: "ports",
    path: "ports",
    attributes: attributes.portAttributes,
    ofTenant: ({ ports }, tenantId) => ports.ofTenant(tenantId),
    ...all(({ ports }) => ports),
  },
  {
    member: "security_group",
    collection: "security_groups",
    path: "security-groups",
    attributes: attributes.securityGroupAttributes,
    ...all(({ securityGroups }) => securityGroups),
  },
  {
    member: "security_group_rule",
    collection: "security_group_rules",
    path: "security-group-rules",
    attributes: attributes.securityGroupRuleAttributes,
    reads: ({ securityGroupRules }) => securityGroupRules,
    creates: ({ securityGroupRules }) => securityGroupRules,
    deletes: ({ securityGroupRules }) => securityGroupRules,
  },
  {
    member: "agent",
    collection: "agents",
    path: "agents",
    attributes: attributes.agentAttributes,
    reads: ({ agents }) => agents,
    updates: ({ agents }) => agents,
    deletes: ({ agents }) => agents,
  },
  {
    member: "floatingip",
    collection: "floatingips",
    path: "floatingips",
    attributes: attributes.floatingIpAttributes,
    reads: () => noFloatingIps,
  },
];
