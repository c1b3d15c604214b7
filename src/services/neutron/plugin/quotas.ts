/**
 * How many of each resource a tenant may have: a row if an admin set one, the configuration
 * otherwise. Upstream: neutron/db/quota_db.py, neutron/quota.py.
 */
import { dictOrder, type JsonObject } from "../../../python/index.js";
import { OverQuota } from "../errors.js";
import type { NeutronApp } from "./app.js";
import { DBError } from "./columns.js";

/** Of a column of whole numbers. */
const LARGEST = 2147483647;

/** What is counted. */
const COUNTED = [
  "network",
  "subnet",
  "port",
  "router",
  "floatingip",
  "security_group",
  "security_group_rule",
] as const;
/** What is counted besides, where the plugin is loaded. */
const OF_LOAD_BALANCING = ["vip", "pool", "member", "health_monitor"] as const;
export type QuotaResource = (typeof COUNTED | typeof OF_LOAD_BALANCING)[number];

export class Quotas {
  readonly #app: NeutronApp;
  /** The names of what is counted. */
  readonly resources: readonly QuotaResource[];

  constructor(app: NeutronApp) {
    this.#app = app;
    this.resources = app.hasLoadBalancers ? [...COUNTED, ...OF_LOAD_BALANCING] : COUNTED;
  }

  /** The limits of a tenant, -1 for none. */
  of(tenantId: string): Record<QuotaResource, number> {
    const { flags, database } = this.#app;
    const limits = Object.fromEntries(
      this.resources.map((resource) => [resource, flags[`quota_${resource}`]]),
    ) as Record<QuotaResource, number>;
    for (const { resource, limit } of database.quotas.find({ tenant_id: tenantId })) {
      if (this.isResource(resource)) limits[resource] = limit;
    }
    return limits;
  }

  isResource(name: string): name is QuotaResource {
    return (this.resources as readonly string[]).includes(name);
  }

  /** One after the other, as a dictionary has them. @throws DBError for more than a column holds */
  set(tenantId: string, limits: JsonObject): void {
    const { quotas } = this.#app.database;
    for (const resource of dictOrder(Object.keys(limits))) {
      const limit = limits[resource] as number;
      if (limit > LARGEST) throw new DBError("(DataError) Out of range value for column 'limit'");
      const known = quotas.first({ tenant_id: tenantId, resource });
      if (known === undefined) quotas.insert({ tenant_id: tenantId, resource, limit });
      else quotas.update(known.id, { limit });
    }
  }

  /** Back to the configuration. */
  reset(tenantId: string): void {
    const { quotas } = this.#app.database;
    for (const { id } of quotas.find({ tenant_id: tenantId })) quotas.remove(id);
  }

  /** Tenants for which an admin set something. */
  tenants(): string[] {
    return [...new Set(this.#app.database.quotas.find().map(({ tenant_id }) => tenant_id))];
  }

  /** Whether the tenant may have so many more. @throws OverQuota */
  check(resource: QuotaResource, tenantId: string, more: number): void {
    const limit = this.of(tenantId)[resource];
    if (limit >= 0 && this.#used(resource, tenantId) + more > limit) {
      throw new OverQuota({ overs: `['${resource}']` });
    }
  }

  #used(resource: QuotaResource, tenant_id: string): number {
    const { database } = this.#app;
    switch (resource) {
      case "network":
        return database.networks.count({ tenant_id });
      case "subnet":
        return database.subnets.count({ tenant_id });
      case "port":
        return database.ports.count({ tenant_id });
      case "security_group":
        return database.securityGroups.count({ tenant_id });
      case "security_group_rule":
        return database.securityGroupRules.count({ tenant_id });
      case "router":
        return database.routers.count({ tenant_id });
      case "floatingip":
        return database.floatingIps.count({ tenant_id });
      case "vip":
        return database.vips.count({ tenant_id });
      case "pool":
        return database.pools.count({ tenant_id });
      case "member":
        return database.members.count({ tenant_id });
      case "health_monitor":
        return database.healthMonitors.count({ tenant_id });
    }
  }
}
