/**
 * A page out of a table: exact filters, an order, a marker and a limit, as SQLAlchemy makes them of what
 * users write. Times count by whole seconds, as MySQL keeps them. Upstream: heat/db/sqlalchemy/api.py
 * (_paginate_query, _events_paginate_query), heat/db/sqlalchemy/filters.py,
 * heat/openstack/common/db/sqlalchemy/utils.py at 2014.2.
 */
import {
  bytesRepr,
  KeyError,
  parseInteger,
  repr,
  str,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../python/index.js";

export interface Page {
  readonly limit: Json;
  readonly marker: Json;
  readonly sort_keys: Json;
  readonly sort_dir: Json;
}

export interface Sorting<R> {
  /** What users call columns that can be sorted by. */
  readonly keys: Readonly<Record<string, keyof R & string>>;
  /** The column that a marker names a row by. */
  readonly marker: keyof R & string;
  /** The column that decides between rows that are alike otherwise. */
  readonly last: keyof R & string;
}

/** `exact_filter`: each column has the value, or one of several. */
export const filtered = <R extends object>(
  rows: readonly R[],
  filters: JsonObject | null,
): readonly R[] =>
  rows.filter((row) =>
    Object.entries(filters ?? {}).every(([column, value]) => {
      const wanted: readonly Json[] = Array.isArray(value) ? (value as readonly Json[]) : [value];
      return wanted.some((one) => str(one) === str(cellOf(row, column)));
    }),
  );

const cellOf = (row: object, column: string): Json => {
  const value = (row as Readonly<Record<string, Json>>)[column] ?? null;
  return typeof value === "string" && column.endsWith("_at") ? value.slice(0, SECONDS) : value;
};

const SECONDS = "2014-09-18T04:03:09".length;

/** @param all among which the marker is looked for @throws KeyError, ValueError */
export function paged<R extends object>(
  rows: readonly R[],
  all: readonly R[],
  { limit, marker, sort_keys, sort_dir }: Page,
  { keys, marker: markerColumn, last }: Sorting<R>,
): readonly R[] {
  const given = Array.isArray(sort_keys) ? (sort_keys as readonly Json[]) : [sort_keys];
  const known = given.flatMap((key) =>
    typeof key === "string" && Object.hasOwn(keys, key) ? (keys[key] ?? []) : [],
  );
  const usual = known.length === 0;
  const direction = sort_dir ?? (usual ? "desc" : "asc");
  if (direction !== "asc" && direction !== "desc") throw new KeyError(repr(direction));
  const columns: readonly string[] = [...(usual ? ["created_at"] : known), last];
  const compare = (a: R, b: R): number => {
    for (const column of columns) {
      const order = ordered(cellOf(a, column), cellOf(b, column));
      if (order !== 0) return direction === "asc" ? order : -order;
    }
    return 0;
  };
  const from =
    marker === null ? undefined : all.find((row) => cellOf(row, markerColumn) === marker);
  const sorted = [...rows].sort(compare);
  const after = from === undefined ? sorted : sorted.filter((row) => compare(row, from) > 0);
  return limit === null ? after : after.slice(0, limitOf(limit));
}

/** Nothing comes before everything. */
function ordered(a: Json, b: Json): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? -1 : 1;
  return a < b ? -1 : 1;
}

/** `int(limit)`; below zero MySQL refuses it. @throws ValueError */
function limitOf(limit: Json): number {
  const number = typeof limit === "number" ? Math.trunc(limit) : parseInteger(str(limit).trim());
  if (number === undefined) {
    throw new ValueError(`invalid literal for int() with base 10: ${bytesRepr(str(limit))}`);
  }
  return Math.max(0, number);
}
