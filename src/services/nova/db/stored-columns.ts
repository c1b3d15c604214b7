/**
 * Columns as MySQL gives them back: a DATETIME has no fraction. Virtual time has one, and rows keep it,
 * so that what happened within a second stays in order. Upstream: nova/db/sqlalchemy/models.py over
 * MySQL 5.5; oslo.db models (TimestampMixin, SoftDeleteMixin).
 */
import type { BaseColumns } from "../../../framework/index.js";
import type { PersistentFields } from "../objects/base.js";

const UP_TO_SECONDS = "2014-09-18T04:03:09".length;

export function wholeSeconds(stamp: string): string;
export function wholeSeconds(stamp: string | null): string | null;
export function wholeSeconds(stamp: string | null): string | null {
  return stamp === null ? null : `${stamp.slice(0, UP_TO_SECONDS)}.000000`;
}

/** The columns that every table has, as an object has them. */
export const stored = ({ created_at, updated_at, deleted_at, deleted }: BaseColumns) =>
  ({
    created_at: wholeSeconds(created_at),
    updated_at: wholeSeconds(updated_at),
    deleted_at: wholeSeconds(deleted_at),
    deleted: deleted !== 0,
  }) satisfies PersistentFields;
