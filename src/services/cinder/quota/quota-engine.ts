/**
 * Limits of projects, and reservations against them. Usage is counted from the tables when a project
 * first asks for a resource and is added up from then on. Upstream: cinder/quota.py (DbQuotaDriver),
 * cinder/db/sqlalchemy/api.py (quota_reserve, reservation_commit, reservation_rollback) at 2014.2.
 */
import type { Env, FlagsOf, RequestContext, Row } from "../../../framework/index.js";
import { seconds, type Stream } from "../../../kernel/index.js";
import type { CinderDatabase } from "../db/database.js";
import type { QuotaUsageRow } from "../db/schema.js";
import { OverQuota, type Usage } from "../exception.js";
import { quotaFlags } from "./flags.js";
import { PER_TYPE, quotaResources, type Resource } from "./resources.js";

/** By resource: `{ volumes: 1, gigabytes: 20 }`. */
export type Deltas = Readonly<Record<string, number>>;

export interface ProjectQuota extends Usage {
  readonly limit: number;
}

type UsageRow = Row<QuotaUsageRow>;

const DAY = 86_400;

export class QuotaEngine {
  readonly #db: CinderDatabase;
  readonly #flags: FlagsOf<typeof quotaFlags>;
  readonly #ids: Stream;

  constructor(env: Env, db: CinderDatabase) {
    this.#db = db;
    this.#flags = env.flags.read(quotaFlags);
    this.#ids = env.stream("reservation");
  }

  get resources(): ReadonlyMap<string, Resource> {
    return quotaResources(this.#db, this.#flags);
  }

  /** Whether the sizes of snapshots count as gigabytes. */
  get countsSnapshots(): boolean {
    return !this.#flags.no_snapshot_gb_quota;
  }

  /** `get_defaults`: those of class `default`, else those of the flags. */
  defaults(): Record<string, number> {
    const ofClass = this.#flags.use_default_quota_class ? this.classQuotas("default", false) : {};
    const entries = [...this.resources.values()].map(
      (resource) => [resource.name, ofClass[resource.name] ?? resource.default] as const,
    );
    return Object.fromEntries(entries);
  }

  /** @param defaults whether what the class does not say is filled in */
  classQuotas(class_name: string, defaults = true): Record<string, number> {
    const rows = this.#db.quota_classes.find({ class_name });
    const own = Object.fromEntries(rows.map(({ resource, hard_limit }) => [resource, hard_limit]));
    if (!defaults) return own;
    const usual = this.#db.quota_classes.find({ class_name: "default" });
    const entries = [...this.resources.values()].map((resource) => {
      const given = usual.find((row) => row.resource === resource.name)?.hard_limit;
      return [resource.name, own[resource.name] ?? given ?? resource.default] as const;
    });
    return Object.fromEntries(entries);
  }

  /** `get_project_quotas`, with what is used. */
  projectQuotas(project_id: string): Record<string, ProjectQuota> {
    const limits = this.limits(project_id);
    const usages = this.#usages(project_id);
    const quotas = Object.entries(limits).map(([resource, limit]) => {
      const { in_use = 0, reserved = 0 } = usages.get(resource) ?? {};
      return [resource, { limit, in_use, reserved }] as const;
    });
    return Object.fromEntries(quotas);
  }

  /** What administrators say of a project. */
  setLimit(project_id: string, resource: string, hard_limit: number): void {
    const { quotas } = this.#db;
    const row = quotas.first({ project_id, resource });
    if (row === undefined) quotas.insert({ project_id, resource, hard_limit });
    else quotas.update(row.id, { hard_limit });
  }

  /** What they say of a class. */
  setClassLimit(class_name: string, resource: string, hard_limit: number): void {
    const { quota_classes } = this.#db;
    const row = quota_classes.first({ class_name, resource });
    if (row === undefined) quota_classes.insert({ class_name, resource, hard_limit });
    else quota_classes.update(row.id, { hard_limit });
  }

  limits(project_id: string): Record<string, number> {
    const limits = this.defaults();
    for (const { resource, hard_limit } of this.#db.quotas.find({ project_id })) {
      if (Object.hasOwn(limits, resource)) limits[resource] = hard_limit;
    }
    return limits;
  }

  /** `add_volume_type_opts`: the same for the type, which may have been deleted since. */
  withType(deltas: Deltas, volume_type_id: string | null): Deltas {
    if (volume_type_id === null) return deltas;
    const name = this.#db.volume_types.getAny(volume_type_id)?.name ?? "";
    const ofType = PER_TYPE.filter((part) => Object.hasOwn(deltas, part)).map(
      (part) => [`${part}_${name}`, deltas[part] ?? 0] as const,
    );
    return { ...deltas, ...Object.fromEntries(ofType) };
  }

  /** Reserve all of `deltas` or nothing. @throws OverQuota */
  reserve(ctxt: RequestContext, deltas: Deltas, project = ctxt.project_id ?? ""): string[] {
    const db = this.#db;
    const limits = this.limits(project);
    const usages = this.#freshUsages(project, Object.keys(deltas));
    const overs = Object.entries(deltas)
      .filter(([resource, delta]) => {
        const limit = limits[resource] ?? -1;
        return limit >= 0 && delta >= 0 && limit < delta + totalOf(usages.get(resource));
      })
      .map(([resource]) => resource)
      .sort();
    if (overs.length > 0) throw new OverQuota({ overs, quotas: limits, usages: shown(usages) });
    const expire = db.kernel.now + seconds(this.#flags.reservation_expire);
    return Object.entries(deltas).map(([resource, delta]) => {
      const usage = usages.get(resource);
      const uuid = this.#ids.uuid();
      db.reservations.insert({
        uuid,
        usage_id: usage?.id ?? 0,
        project_id: project,
        resource,
        delta,
        expire: db.kernel.calendar.stamp(expire),
      });
      if (usage !== undefined && delta > 0) {
        db.quota_usages.update(usage.id, { reserved: usage.reserved + delta });
      }
      return uuid;
    });
  }

  /** The change has happened: what was reserved is in use. */
  commit(ctxt: RequestContext, uuids: readonly string[], project = ctxt.project_id ?? ""): void {
    this.#end(project, uuids, (row, delta) => ({
      in_use: row.in_use + delta,
      reserved: row.reserved - Math.max(0, delta),
    }));
  }

  /** The change will not happen: what was reserved is free again. */
  rollback(ctxt: RequestContext, uuids: readonly string[], project = ctxt.project_id ?? ""): void {
    this.#end(project, uuids, (row, delta) => ({ reserved: row.reserved - Math.max(0, delta) }));
  }

  /** Limits, usages and reservations of a project; what it uses is counted anew when it next asks. */
  destroyAll(project_id: string): void {
    const { quotas, quota_usages, reservations } = this.#db;
    for (const { id } of quotas.find({ project_id })) quotas.softDelete(id);
    for (const { id } of quota_usages.find({ project_id })) quota_usages.softDelete(id);
    for (const { uuid } of reservations.find({ project_id })) reservations.softDelete(uuid);
  }

  #end(
    project: string,
    uuids: readonly string[],
    change: (usage: UsageRow, delta: number) => Partial<QuotaUsageRow>,
  ): void {
    const { quota_usages, reservations } = this.#db;
    for (const uuid of uuids) {
      const reservation = reservations.get(uuid);
      if (reservation === undefined) continue;
      const usage = this.#usages(project).get(reservation.resource);
      if (usage !== undefined) quota_usages.update(usage.id, change(usage, reservation.delta));
      reservations.softDelete(uuid);
    }
  }

  #usages(project_id: string): Map<string, UsageRow> {
    const rows = this.#db.quota_usages.find({ project_id });
    return new Map(rows.map((row) => [row.resource, row]));
  }

  #freshUsages(project_id: string, names: readonly string[]): Map<string, UsageRow> {
    const { quota_usages } = this.#db;
    const usages = this.#usages(project_id);
    const { resources } = this;
    const until_refresh = this.#flags.until_refresh === 0 ? null : this.#flags.until_refresh;
    for (const resource of names) {
      const row = usages.get(resource);
      if (row !== undefined && !this.#isStale(row, usages)) continue;
      const in_use = resources.get(resource)?.count(project_id) ?? 0;
      const fresh =
        row === undefined
          ? quota_usages.insert({ project_id, resource, in_use, reserved: 0, until_refresh })
          : quota_usages.update(row.id, { in_use, until_refresh });
      if (fresh !== undefined) usages.set(resource, fresh);
    }
    return usages;
  }

  /** Each look at a row that counts down is one step of it. */
  #isStale(row: UsageRow, usages: Map<string, UsageRow>): boolean {
    const { kernel, quota_usages } = this.#db;
    if (row.in_use < 0) return true;
    if (row.until_refresh !== null) {
      const until_refresh = row.until_refresh - 1;
      usages.set(row.resource, quota_usages.update(row.id, { until_refresh }) ?? row);
      return until_refresh <= 0;
    }
    const { max_age } = this.#flags;
    if (max_age === 0 || row.updated_at === null) return false;
    // The difference is taken the wrong way round, so that its seconds count down from a day.
    const age = Math.floor((kernel.now - kernel.calendar.parse(row.updated_at)) / 1_000_000);
    return (DAY - (age % DAY)) % DAY >= max_age;
  }
}

const totalOf = (row: UsageRow | undefined): number =>
  row === undefined ? 0 : row.in_use + row.reserved;

const shown = (usages: ReadonlyMap<string, UsageRow>): Record<string, Usage> =>
  Object.fromEntries(
    [...usages].map(([resource, { in_use, reserved }]) => [resource, { in_use, reserved }]),
  );
