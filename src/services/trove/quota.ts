/**
 * Limits of tenants, and reservations against them. Nothing holds two requests apart, and only what grows is
 * compared with the limit. Upstream: trove/quota/quota.py (DbQuotaDriver, run_with_quotas) at 2014.2.
 */
import type { Env, Row } from "../../framework/index.js";
import type { Op } from "../../kernel/index.js";
import type { TroveDatabase } from "./db/database.js";
import type { QuotaUsageRow } from "./db/schema.js";
import { QuotaExceeded, QuotaResourceUnknown } from "./exception.js";
import { troveQuotaFlags } from "./flags.js";

export const RESOURCES = ["instances", "backups", "volumes"] as const;

export type Resource = (typeof RESOURCES)[number];

export type Deltas = Readonly<Partial<Record<Resource, number>>>;

interface Reservation {
  /** Of its row. */
  readonly id: number;
  readonly usage: number;
  readonly delta: number;
}

export class Quotas {
  readonly #db: TroveDatabase;
  readonly #defaults: Readonly<Record<Resource, number>>;

  constructor(env: Env, db: TroveDatabase) {
    const flags = env.flags.read(troveQuotaFlags);
    this.#db = db;
    this.#defaults = {
      instances: flags.max_instances_per_user,
      backups: flags.max_backups_per_user,
      volumes: flags.max_volumes_per_user,
    };
  }

  limit(tenant_id: string, resource: Resource): number {
    const own = this.#db.quotas.first({ tenant_id, resource });
    return own?.hard_limit ?? this.#defaults[resource];
  }

  limits(tenant: string): Readonly<Record<Resource, number>> {
    const of = (resource: Resource) => this.limit(tenant, resource);
    return { instances: of("instances"), backups: of("backups"), volumes: of("volumes") };
  }

  /** What is called so. @throws QuotaResourceUnknown */
  resource(name: string): Resource {
    const known = RESOURCES.find((one) => one === name);
    if (known !== undefined) return known;
    throw new QuotaResourceUnknown({ unknown: name });
  }

  setLimit(tenant_id: string, resource: Resource, hard_limit: number): void {
    const row = this.#db.quotas.first({ tenant_id, resource });
    if (row === undefined) this.#db.quotas.insert({ tenant_id, resource, hard_limit });
    else this.#db.quotas.update(row.id, { hard_limit });
  }

  /** Do `work`, and count it if it succeeds. @throws QuotaExceeded, and what `work` throws */
  *run<T>(tenant: string, deltas: Deltas, work: Op<T>): Op<T> {
    const reservations = this.#reserve(tenant, deltas);
    let result: T;
    try {
      result = yield* work;
    } catch (error) {
      this.#end(reservations, "Rolled Back");
      throw error;
    }
    this.#end(reservations, "Committed");
    return result;
  }

  #reserve(tenant: string, deltas: Deltas): readonly Reservation[] {
    this.check(tenant, deltas);
    return deltasIn(deltas)
      .toSorted((a, b) => (a.resource < b.resource ? -1 : 1))
      .map(({ resource, delta }) => {
        const usage = this.#usage(tenant, resource);
        this.#db.quota_usages.update(usage.id, { reserved: usage.reserved + delta });
        const { id } = this.#db.reservations.insert({
          ...{ usage_id: usage.id, delta, status: "Reserved" },
        });
        return { id, usage: usage.id, delta };
      });
  }

  /** `check_quotas`: nothing is reserved. @throws QuotaExceeded */
  check(tenant: string, deltas: Deltas): void {
    const asked = deltasIn(deltas);
    const overs = asked.filter(({ resource, delta }) => {
      const { in_use, reserved } = this.#usage(tenant, resource);
      return delta > 0 && in_use + reserved + delta > this.limit(tenant, resource);
    });
    if (overs.length > 0) {
      // The names are those of the code, which are no unicode.
      const names = overs.map(({ resource }) => `'${resource}'`).sort();
      throw new QuotaExceeded({ overs: `[${names.join(", ")}]` });
    }
  }

  #end(reservations: readonly Reservation[], status: "Committed" | "Rolled Back"): void {
    const { quota_usages, reservations: rows } = this.#db;
    for (const { id, usage, delta } of reservations) {
      const row = quota_usages.get(usage);
      if (row === undefined) continue;
      const reserved = row.reserved - delta;
      const in_use = status === "Committed" ? Math.max(0, row.in_use + delta) : row.in_use;
      quota_usages.update(usage, { in_use, reserved });
      rows.update(id, { status });
    }
  }

  #usage(tenant_id: string, resource: Resource): Row<QuotaUsageRow> {
    const { quota_usages } = this.#db;
    return (
      quota_usages.first({ tenant_id, resource }) ??
      quota_usages.insert({ tenant_id, resource, in_use: 0, reserved: 0 })
    );
  }
}

const deltasIn = (deltas: Deltas): readonly { resource: Resource; delta: number }[] =>
  RESOURCES.flatMap((resource) => {
    const delta = deltas[resource];
    return delta === undefined ? [] : [{ resource, delta }];
  });
