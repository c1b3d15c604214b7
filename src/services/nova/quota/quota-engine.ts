/**
 * Limits of projects and of their users: what they are, whether a request stays within them, and
 * reservations against them. Upstream: nova/quota.py (QuotaEngine, DbQuotaDriver) at 2014.2; nova §1.3,
 * §8.5.
 */
import type { FlagsOf, RequestContext, Env } from "../../../framework/index.js";
import type { Stream } from "../../../kernel/index.js";
import type { NovaDatabase } from "../db/database.js";
import {
  classLimits,
  limitsOfUsers,
  projectLimits,
  usages,
  userLimits,
  type Usage,
} from "../db/quota/quotas.js";
import { reserve, type Deltas, type OverQuotaDetails } from "../db/quota/reservations.js";
import { OverQuota } from "../exception.js";
import { quotaFlags } from "./flags.js";
import { RESOURCES, defaultLimits, type Limits, type Resource } from "./resources.js";

/** Whose quota it is. */
export interface QuotaOwner {
  readonly project_id: string;
  readonly user_id: string;
}

/** Between what a limit may be set; a maximum of -1 is none. */
export interface SettableRange {
  readonly minimum: number;
  readonly maximum: number;
}

const NOTHING: Usage = { in_use: 0, reserved: 0 };
const UNLIMITED = -1;

export class QuotaEngine {
  readonly #db: NovaDatabase;
  readonly #flags: FlagsOf<typeof quotaFlags>;
  readonly #ids: Stream;
  readonly #configured: Limits;

  constructor(env: Env, db: NovaDatabase) {
    this.#db = db;
    this.#flags = env.flags.read(quotaFlags);
    this.#ids = env.stream("reservation");
    this.#configured = defaultLimits(this.#flags);
  }

  /** What holds for whoever has no limits of their own: those of class `default`, else the flags. */
  get defaults(): Limits {
    return this.classLimits("default");
  }

  /** `get_class_quotas`: what a class does not say is as the flags have it. */
  classLimits(className: string): Limits {
    return { ...this.#configured, ...classLimits(this.#db, className) };
  }

  /** Of a project, or of a user of it, who has the project's where they have none of their own. */
  limits(projectId: string, userId?: string): Limits {
    const db = this.#db;
    const ofUser = userId === undefined ? {} : userLimits(db, projectId, userId);
    return { ...this.defaults, ...projectLimits(db, projectId), ...ofUser };
  }

  /**
   * Whether `values` themselves are within the limits of the caller's project and of the caller.
   * @throws OverQuota with `overs` and `quotas`
   */
  limitCheck(ctxt: RequestContext, values: Readonly<Partial<Record<Resource, number>>>): void {
    const quotas = this.limits(ctxt.project_id ?? "");
    const userQuotas = this.limits(ctxt.project_id ?? "", ctxt.user_id ?? "");
    const overs = RESOURCES.filter((resource) => {
      const value = values[resource];
      if (value === undefined) return false;
      return [quotas, userQuotas].some(
        (limits) => limits[resource] >= 0 && value > limits[resource],
      );
    });
    if (overs.length > 0) throw new OverQuota({ overs, quotas });
  }

  /** Reserve all of `deltas` or nothing. @throws OverQuota, whose kwargs are OverQuotaDetails */
  reserve({ project_id, user_id }: QuotaOwner, deltas: Deltas): string[] {
    const resources = Object.keys(deltas) as (keyof Deltas)[];
    const among = (limits: Limits) =>
      Object.fromEntries(resources.map((resource) => [resource, limits[resource]]));
    const { reservation_expire: expire, until_refresh, max_age } = this.#flags;
    return reserve(this.#db, {
      project_id,
      user_id,
      deltas,
      quotas: among(this.limits(project_id)),
      userQuotas: among(this.limits(project_id, user_id)),
      expire,
      refresh: { until_refresh, max_age },
      ids: this.#ids,
    });
  }

  /** What a project uses of a resource, all of its users together. */
  usage(projectId: string, resource: Resource): Usage {
    return usages(this.#db, projectId)[resource] ?? NOTHING;
  }

  /**
   * `get_settable_quotas`: a project may not have less than it uses and than its users were given, a
   * user not less than they use nor more than is left of the project's.
   */
  settable(projectId: string, userId?: string): Readonly<Record<Resource, SettableRange>> {
    const db = this.#db;
    const limits = this.limits(projectId);
    const given = limitsOfUsers(db, projectId);
    const used = usages(db, projectId, userId);
    const own = userId === undefined ? {} : userLimits(db, projectId, userId);
    const range = (resource: Resource): SettableRange => {
      const { in_use, reserved } = used[resource] ?? NOTHING;
      const limit = limits[resource];
      const remains = limit - (given[resource] ?? 0);
      if (userId === undefined) {
        const ofUsers = difference(limit, remains);
        return { minimum: Math.max(ofUsers, in_use + reserved), maximum: UNLIMITED };
      }
      return { minimum: in_use + reserved, maximum: sum(remains, own[resource] ?? 0) };
    };
    return Object.fromEntries(RESOURCES.map((resource) => [resource, range(resource)])) as Record<
      Resource,
      SettableRange
    >;
  }
}

/** With what is unlimited the result is unlimited too. */
const sum = (a: number, b: number): number =>
  a <= UNLIMITED || b <= UNLIMITED ? UNLIMITED : a + b;

const difference = (a: number, b: number): number =>
  a <= UNLIMITED || b <= UNLIMITED ? UNLIMITED : a - b;

/** What is left of each resource, as a refused reservation tells. */
export function headroom(details: OverQuotaDetails, deltas: Deltas): Record<string, number> {
  const left: Record<string, number> = {};
  for (const [resource, limit] of Object.entries(details.quotas)) {
    const { in_use, reserved } = details.usages[resource] ?? NOTHING;
    left[resource] = limit - (in_use + reserved);
  }
  // Unlimited cores and memory follow from how many instances there may still be.
  for (const resource of ["cores", "ram"] as const) {
    if (details.quotas[resource] !== -1) continue;
    const share = Math.floor((deltas[resource] ?? 0) / (deltas.instances ?? 1));
    left[resource] = (left["instances"] ?? 0) * Math.max(1, share);
  }
  return left;
}
