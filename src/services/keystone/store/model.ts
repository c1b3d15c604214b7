/**
 * Between a request's object and a row: what is a column is checked and stored as one, everything
 * else is kept in `extra` and comes back beside the columns. Upstream: keystone/common/sql/core.py
 * (DictBase.from_dict, to_dict, initialize_decorator).
 */
import type { Row, Table } from "../../../framework/index.js";
import {
  dictOrder,
  isObject,
  parseInteger,
  str,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import type { Entity } from "./rows.js";
import { Conflict, StringLengthExceeded, UnexpectedError } from "../exception.js";

/** A column: a text with a longest length or without, or a yes or no. */
export type Column =
  | { readonly kind: "text"; readonly length?: number; readonly required?: true }
  | { readonly kind: "boolean"; readonly otherwise?: boolean };

/** A table's columns without `id`, in the order of upstream's `attributes`. */
export interface Model<R extends Entity> {
  /** As a conflict calls it: `user`. */
  readonly type: string;
  readonly columns: Readonly<Record<Exclude<keyof R, keyof Entity> & string, Column>>;
  /** Longest id; 64 but for regions. */
  readonly idLength?: number;
}

/** The object as the API speaks of it. */
export function dictOf<R extends Entity>(model: Model<R>, row: Row<R>): JsonObject {
  const columns = Object.keys(model.columns).map((name) => [name, valueIn(row, name)]);
  return { ...row.extra, id: row.uuid, ...(Object.fromEntries(columns) as JsonObject) };
}

/** Stores a new object. @throws StringLengthExceeded, Conflict, UnexpectedError */
export function insert<R extends Entity>(
  model: Model<R>,
  table: Table<R>,
  ref: JsonObject & { readonly id: string },
): Row<R> {
  const values = { uuid: ref.id, ...columnsOf(model, ref) };
  if (table.get(ref.id) !== undefined) throw duplicate(model);
  return table.insert(rowOf<R>(values));
}

/** Changes an object; what is not named stays. @throws StringLengthExceeded, UnexpectedError */
export function change<R extends Entity>(
  model: Model<R>,
  table: Table<R>,
  row: Row<R>,
  changes: JsonObject,
): Row<R> {
  const merged = { ...dictOf(model, row), ...changes };
  return table.update(row.uuid, rowOf<R>(columnsOf(model, merged))) ?? row;
}

export const duplicate = ({ type }: { readonly type: string }): Conflict =>
  new Conflict({ type, details: "Duplicate Entry" });

function columnsOf<R extends Entity>(model: Model<R>, ref: JsonObject): Record<string, unknown> {
  const columns: Readonly<Record<string, Column>> = model.columns;
  const values: Record<string, unknown> = {};
  const extra: [string, Json][] = [];
  for (const name of dictOrder(Object.keys(ref))) {
    const value = ref[name] ?? null;
    if (name === "id") checkLength("id", value, model.idLength ?? 64);
    else if (!Object.hasOwn(columns, name)) {
      if (name !== "extra") extra.push([name, value]);
    } else values[name] = stored(name, value, columns[name] as Column);
  }
  for (const [name, column] of Object.entries(columns)) {
    if (Object.hasOwn(values, name)) continue;
    values[name] = column.kind === "boolean" ? (column.otherwise ?? true) : null;
    if (column.kind === "text" && column.required) throw new UnexpectedError();
  }
  return { ...values, extra: Object.fromEntries(extra) };
}

/** @throws UnexpectedError for what no column of that type can hold */
function stored(name: string, value: Json, column: Column): Json {
  if (column.kind === "boolean") {
    if (typeof value === "boolean") return value;
    const number = typeof value === "string" ? parseInteger(value) : value;
    if (typeof number !== "number") throw new UnexpectedError();
    return number !== 0;
  }
  checkLength(name, value, column.length);
  if (value === null) {
    if (column.required) throw new UnexpectedError();
    return null;
  }
  if (Array.isArray(value) || isObject(value)) throw new UnexpectedError();
  return typeof value === "boolean" ? String(Number(value)) : str(value);
}

function checkLength(name: string, value: Json, longest: number | undefined): void {
  const text = str(value);
  if (longest !== undefined && Array.from(text).length > longest) {
    throw new StringLengthExceeded({ string: text, type: name, length: longest });
  }
}

const valueIn = (row: object, name: string): Json =>
  (row as Readonly<Record<string, Json>>)[name] ?? null;

/** `columnsOf` has gone through every column of the model. */
const rowOf = <R>(values: Record<string, unknown>): R => values as R;
