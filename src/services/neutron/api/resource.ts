/**
 * What the controller needs to know of a resource: its names, its attributes, and the plugin's
 * methods for it. A method that a resource does not have leads to no route.
 */
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import { FloatingIPNotFound } from "../errors.js";
import type { Plugin } from "../plugin/index.js";
import type { Filters } from "../plugin/port-query.js";
import * as attributes from "./attributes.js";

export interface Resource {
  /** `security_group_rule`: the key of one in a body, and in the names of events and rules. */
  readonly member: string;
  readonly collection: string;
  /** `security-group-rules`. */
  readonly path: string;
  readonly attributes: attributes.Attributes;
  /** Only admins may do anything with it. */
  readonly adminOnly?: boolean;
  /** All that a tenant has, as it is shown there: kept ready, for those who ask for nothing less. */
  readonly ofTenant?: (tenantId: string) => readonly JsonObject[];
  readonly list: (ctxt: RequestContext, filters: Filters) => JsonObject[];
  readonly get: (ctxt: RequestContext, id: string) => JsonObject;
  readonly create?: (ctxt: RequestContext, attrs: JsonObject) => Op<JsonObject>;
  readonly update?: (ctxt: RequestContext, id: string, attrs: JsonObject) => Op<JsonObject>;
  readonly delete?: (ctxt: RequestContext, id: string) => Op<void>;
}

interface Managed {
  list(ctxt: RequestContext, filters: Filters): JsonObject[];
  get(ctxt: RequestContext, id: string): JsonObject;
  create?(ctxt: RequestContext, attrs: JsonObject): Op<JsonObject>;
  update?(ctxt: RequestContext, id: string, attrs: JsonObject): Op<JsonObject>;
  delete?(ctxt: RequestContext, id: string): Op<void>;
}

/** The methods that `managed` has, as a resource needs them. */
function methodsOf(
  managed: Managed,
): Pick<Resource, "list" | "get" | "create" | "update" | "delete"> {
  return {
    list: (ctxt, filters) => managed.list(ctxt, filters),
    get: (ctxt, id) => managed.get(ctxt, id),
    ...(managed.create && { create: managed.create.bind(managed) }),
    ...(managed.update && { update: managed.update.bind(managed) }),
    ...(managed.delete && { delete: managed.delete.bind(managed) }),
  };
}

export function resourcesOf(plugin: Plugin): Resource[] {
  return [
    {
      member: "network",
      collection: "networks",
      path: "networks",
      attributes: attributes.networkAttributes,
      ...methodsOf(plugin.networks),
    },
    {
      member: "subnet",
      collection: "subnets",
      path: "subnets",
      attributes: attributes.subnetAttributes,
      ...methodsOf(plugin.subnets),
    },
    {
      member: "port",
      collection: "ports",
      path: "ports",
      attributes: attributes.portAttributes,
      ofTenant: (tenantId) => plugin.ports.ofTenant(tenantId),
      ...methodsOf(plugin.ports),
    },
    {
      member: "security_group",
      collection: "security_groups",
      path: "security-groups",
      attributes: attributes.securityGroupAttributes,
      ...methodsOf(plugin.securityGroups),
    },
    {
      member: "security_group_rule",
      collection: "security_group_rules",
      path: "security-group-rules",
      attributes: attributes.securityGroupRuleAttributes,
      ...methodsOf(plugin.securityGroupRules),
    },
    {
      member: "agent",
      collection: "agents",
      path: "agents",
      attributes: attributes.agentAttributes,
      adminOnly: true,
      ...methodsOf(plugin.agents),
    },
    {
      // Without routers there can be none: the collection is there, and empty, for those who look.
      member: "floatingip",
      collection: "floatingips",
      path: "floatingips",
      attributes: attributes.floatingIpAttributes,
      list: () => [],
      get: (_ctxt, id) => {
        throw new FloatingIPNotFound({ floatingip_id: id });
      },
    },
  ];
}
