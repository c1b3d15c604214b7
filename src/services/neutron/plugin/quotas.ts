/**
 * How many of each resource a tenant may have: a row if an admin set one, the configuration
 * otherwise. Upstream: neutron/db/quota_db.py, neutron/quota.py.
 */
import type { Table } from "../../../framework/index.js";
import { OverQuota } from "../errors.js";
import type { NeutronApp } from "./app.js";

const RESOURCES = [
  "network",
  "subnet",
  "port",
  "router",
  "floatingip",
  "security_group",
  "security_group_rule",
] as const;
export type QuotaResource = (typeof RESOURCES)[number];

export class Quotas {
  readonly #app: NeutronApp;

  constructor(app: NeutronApp) {
    this.#app = app;
  }

  /** The limits of a tenant, -1 for none. */
  of(tenantId: string): Record<QuotaResource, number> {
    const { flags, database } = this.#app;
    const limits = Object.fromEntries(
      RESOURCES.map((resource) => [resource, flags[`quota_${resource}`]]),
    ) as Record<QuotaResource, number>;
    for (const { resource, limit } of database.quotas.find({ tenant_id: tenantId })) {
      limits[resource as QuotaResource] = limit;
    }
    return limits;
  }

  isResource(name: string): name is QuotaResource {
    return (RESOURCES as readonly string[]).includes(name);
  }

  set(tenantId: string, limits: ReadonlyMap<QuotaResource, number>): void {
    const { quotas } = this.#app.database;
    for (const [resource, limit] of limits) {
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

  /** Whether the tenant may have one more. @throws OverQuota */
  check(resource: QuotaResource, tenantId: string): void {
    const limit = this.of(tenantId)[resource];
    if (limit >= 0 && this.#used(resource, tenantId) + 1 > limit) {
      throw new OverQuota({ overs: `[u'${resource}']` });
    }
  }

  #used(resource: QuotaResource, tenant_id: string): number {
    const { database } = this.#app;
    const count = <R extends { readonly tenant_id: string }>(table: Table<R>): number =>
      table.find().filter((row) => row.tenant_id === tenant_id).length;
    switch (resource) {
      case "network":
        return count(database.networks);
      case "subnet":
        return count(database.subnets);
      case "port":
        return database.portsOf(tenant_id);
      case "security_group":
        return database.securityGroups.find({ tenant_id }).length;
      case "security_group_rule":
        return count(database.securityGroupRules);
      case "router":
      case "floatingip":
        // There are none yet.
        return 0;
    }
  }
}
