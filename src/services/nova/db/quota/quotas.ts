/**
 * Limits of projects, of single users and of classes, and what is used. Upstream: nova/db/sqlalchemy/api.py
 * (quota_get_all_by_project, quota_create, quota_usage_get_all_by_project, quota_destroy_all_by_project
 * and their likes for a user) at 2014.2.
 */
import type { Row } from "../../../../framework/index.js";
import type { NovaDatabase } from "../database.js";
import type { QuotaClassRow, QuotaUsageRow } from "../schema.js";

/** Resources that users have no limit and no usage of their own of. */
const PER_PROJECT_QUOTAS: readonly string[] = ["fixed_ips", "floating_ips", "networks"];

/** Whether a user of a project has `resource` for themselves. */
export const isPerUser = (resource: string): boolean => !PER_PROJECT_QUOTAS.includes(resource);

export interface Usage {
  readonly in_use: number;
  readonly reserved: number;
}

/** By resource; what is not named has its default. */
type OwnLimits = Readonly<Record<string, number>>;

export const projectLimits = (db: NovaDatabase, project_id: string): OwnLimits =>
  limitsIn(db.quotas.find({ project_id }));

export const userLimits = (db: NovaDatabase, project_id: string, user_id: string): OwnLimits =>
  limitsIn(db.project_user_quotas.find({ project_id, user_id }));

const limitsIn = (
  rows: readonly { readonly resource: string; readonly hard_limit: number }[],
): OwnLimits => Object.fromEntries(rows.map(({ resource, hard_limit }) => [resource, hard_limit]));

/** Of a class; `default` is the one that counts for everybody. */
export const classLimits = (db: NovaDatabase, class_name: string): OwnLimits =>
  limitsIn(db.quota_classes.find({ class_name }));

/** Make or change the limit of a class. */
export function setClassLimit(db: NovaDatabase, limit: QuotaClassRow): void {
  const { class_name, resource, hard_limit } = limit;
  const row = db.quota_classes.first({ class_name, resource });
  if (row === undefined) db.quota_classes.insert(limit);
  else db.quota_classes.update(row.id, { hard_limit });
}

/** What the users of a project that have limits of their own may have together. */
export function limitsOfUsers(db: NovaDatabase, project_id: string): OwnLimits {
  const sums: Record<string, number> = {};
  for (const { resource, hard_limit } of db.project_user_quotas.find({ project_id })) {
    sums[resource] = (sums[resource] ?? 0) + hard_limit;
  }
  return sums;
}

/** Make or change a limit, of a user if one is named and the resource is counted by user. */
export function setLimit(
  db: NovaDatabase,
  limit: { readonly project_id: string; readonly resource: string; readonly hard_limit: number },
  user_id: string | undefined,
): void {
  const { project_id, resource, hard_limit } = limit;
  if (user_id !== undefined && isPerUser(resource)) {
    const row = db.project_user_quotas.first({ project_id, user_id, resource });
    if (row === undefined) db.project_user_quotas.insert({ ...limit, user_id });
    else db.project_user_quotas.update(row.id, { hard_limit });
    return;
  }
  const row = db.quotas.first({ project_id, resource });
  if (row === undefined) db.quotas.insert(limit);
  else db.quotas.update(row.id, { hard_limit });
}

/** What a project uses by resource, or a user of it with what the project has in common. */
export function usages(
  db: NovaDatabase,
  project_id: string,
  user_id?: string,
): Readonly<Record<string, Usage>> {
  return sumsOf(
    db.quota_usages
      .find({ project_id })
      .filter((row) => user_id === undefined || row.user_id === null || row.user_id === user_id),
  );
}

/** By resource. */
export function sumsOf(rows: readonly Row<QuotaUsageRow>[]): Readonly<Record<string, Usage>> {
  const sums: Record<string, Usage> = {};
  for (const { resource, in_use, reserved } of rows) {
    const sum = sums[resource] ?? { in_use: 0, reserved: 0 };
    sums[resource] = { in_use: sum.in_use + in_use, reserved: sum.reserved + reserved };
  }
  return sums;
}

/** Limits, usages and reservations: what is used is counted anew when something is next reserved. */
export function destroyQuotas(db: NovaDatabase, project_id: string, user_id?: string): void {
  const whose = user_id === undefined ? { project_id } : { project_id, user_id };
  if (user_id === undefined) {
    for (const { id } of db.quotas.find({ project_id })) db.quotas.softDelete(id);
  }
  for (const { id } of db.project_user_quotas.find(whose)) db.project_user_quotas.softDelete(id);
  for (const { id } of db.quota_usages.find(whose)) db.quota_usages.softDelete(id);
  for (const { uuid } of db.reservations.find(whose)) db.reservations.softDelete(uuid);
}
