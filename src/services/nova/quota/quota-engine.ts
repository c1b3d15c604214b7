/**
 * Limits of projects: what they are, whether a request stays within them, and reservations against
 * them. Limits per user are not simulated. Upstream: nova/quota.py (QuotaEngine, DbQuotaDriver) at
 * 2014.2; nova §1.3, §8.5.
 */
import type { FlagsOf, RequestContext, Env } from "../../../framework/index.js";
import type { Stream } from "../../../kernel/index.js";
import type { NovaDatabase } from "../db/database.js";
import { reserve, type Deltas, type OverQuotaDetails } from "../db/reservations.js";
import { OverQuota } from "../exception.js";
import { quotaFlags } from "./flags.js";
import { RESOURCES, defaultLimits, type Limits, type Resource } from "./resources.js";

export interface Usage {
  readonly in_use: number;
  readonly reserved: number;
}

/** Whose quota it is. */
export interface QuotaOwner {
  readonly project_id: string;
  readonly user_id: string;
}

export class QuotaEngine {
  readonly #db: NovaDatabase;
  readonly #flags: FlagsOf<typeof quotaFlags>;
  readonly #ids: Stream;
  /** What holds for whoever has no limits of their own. */
  readonly defaults: Limits;

  constructor(env: Env, db: NovaDatabase) {
    this.#db = db;
    this.#flags = env.flags.read(quotaFlags);
    this.#ids = env.stream("reservation");
    this.defaults = defaultLimits(this.#flags);
  }

  limits(projectId: string): Limits {
    const own = this.#db.quotas.find({ project_id: projectId });
    if (own.length === 0) return this.defaults;
    const changed = own.map(({ resource, hard_limit }) => [resource, hard_limit] as const);
    return { ...this.defaults, ...Object.fromEntries(changed) };
  }

  /**
   * Whether `values` themselves are within the limits of the caller's project.
   * @throws OverQuota with `overs` and `quotas`
   */
  limitCheck(ctxt: RequestContext, values: Readonly<Partial<Record<Resource, number>>>): void {
    const quotas = this.limits(ctxt.project_id ?? "");
    const overs = RESOURCES.filter((resource) => {
      const value = values[resource];
      return value !== undefined && quotas[resource] >= 0 && value > quotas[resource];
    });
    if (overs.length > 0) throw new OverQuota({ overs, quotas });
  }

  /** Reserve all of `deltas` or nothing. @throws OverQuota, whose kwargs are OverQuotaDetails */
  reserve({ project_id, user_id }: QuotaOwner, deltas: Deltas): string[] {
    const quotas = this.limits(project_id);
    const expire = this.#flags.reservation_expire;
    return reserve(this.#db, { project_id, user_id, deltas, quotas, expire, ids: this.#ids });
  }

  /** What a project uses of a resource, all of its users together. */
  usage(projectId: string, resource: Resource): Usage {
    let [in_use, reserved] = [0, 0];
    for (const row of this.#db.quota_usages.find({ project_id: projectId, resource })) {
      in_use += row.in_use;
      reserved += row.reserved;
    }
    return { in_use, reserved };
  }
}

/** What is left of each resource, as a refused reservation tells. */
export function headroom(details: OverQuotaDetails, deltas: Deltas): Record<string, number> {
  const left: Record<string, number> = {};
  for (const [resource, { in_use, reserved }] of Object.entries(details.usages)) {
    left[resource] = (details.quotas[resource] ?? -1) - (in_use + reserved);
  }
  // Unlimited cores and memory follow from how many instances there may still be.
  for (const resource of ["cores", "ram"] as const) {
    if (details.quotas[resource] !== -1) continue;
    const share = Math.floor((deltas[resource] ?? 0) / (deltas.instances ?? 1));
    left[resource] = (left["instances"] ?? 0) * Math.max(1, share);
  }
  return left;
}
