/**
 * A condition as a tree, over rows of any kind, as SQL judges it: what is compared with NULL is neither true
 * nor false. Upstream: ceilometer/storage/sqlalchemy/utils.py (QueryTransformer) at 2014.2.
 */
import { sameText } from "../../../framework/index.js";
import type { Json } from "../../../python/index.js";
import { NotImplementedError } from "./errors.js";
import { metadataAt } from "./metadata.js";

export type Comparison = "=" | "!=" | "<" | ">" | "<=" | ">=";

/** For a query `timestamp`s in it are as rows have them. */
export type Condition =
  | { readonly kind: "and" | "or"; readonly of: readonly Condition[] }
  | { readonly kind: "not"; readonly of: Condition }
  | {
      readonly kind: "compare";
      readonly op: Comparison;
      readonly field: string;
      readonly value: Json;
    }
  | { readonly kind: "in"; readonly field: string; readonly values: readonly Json[] };

export interface Order {
  readonly field: string;
  readonly descending: boolean;
}

const METADATA = "resource_metadata.";

/** Of `rows` those that meet the condition, in order; newest first unless told. @throws NotImplementedError */
export function query<R extends object>(
  rows: readonly R[],
  { filter, orderby, limit }: ComplexQuery,
): R[] {
  if (limit === 0) return [];
  const order = orderby ?? [{ field: "timestamp", descending: true }];
  const found = rows.filter((row) => filter === undefined || judged(filter, row) === true);
  found.sort((a, b) => {
    for (const { field, descending } of order) {
      const way = ordered(valueIn(a, field), valueIn(b, field));
      if (way !== 0) return descending ? -way : way;
    }
    return 0;
  });
  return limit === undefined ? found : found.slice(0, limit);
}

export interface ComplexQuery {
  readonly filter?: Condition | undefined;
  readonly orderby?: readonly Order[] | undefined;
  readonly limit?: number | undefined;
}

/** null: unknown. */
function judged(condition: Condition, row: object): boolean | null {
  switch (condition.kind) {
    case "and":
    case "or": {
      const decisive = condition.kind === "or";
      const parts = condition.of.map((part) => judged(part, row));
      if (parts.includes(decisive)) return decisive;
      return parts.includes(null) ? null : !decisive;
    }
    case "not": {
      const inner = judged(condition.of, row);
      return inner === null ? null : !inner;
    }
    case "in": {
      const { field, values } = condition;
      if (field.startsWith(METADATA)) {
        throw new NotImplementedError("Metadata query with in operator is not implemented");
      }
      const value = valueIn(row, field);
      if (value === null) return null;
      return values.some((wanted) => ordered(value, wanted) === 0);
    }
    case "compare":
      return compared(condition, row);
  }
}

function compared(
  { op, field, value }: Extract<Condition, { readonly kind: "compare" }>,
  row: object,
): boolean | null {
  const held = field.startsWith(METADATA)
    ? metadataAt(valueIn(row, "resource_metadata"), field.slice(METADATA.length), value)
    : valueIn(row, field);
  if (held === null || value === null) return null;
  const way = ordered(held, value);
  switch (op) {
    case "=":
      return way === 0;
    case "!=":
      return way !== 0;
    case "<":
      return way < 0;
    case ">":
      return way > 0;
    case "<=":
      return way <= 0;
    case ">=":
      return way >= 0;
  }
}

const valueIn = (row: object, field: string): Json =>
  (Object.getOwnPropertyDescriptor(row, field)?.value as Json | undefined) ?? null;

/** As MySQL orders values: NULL first, numbers by size, texts without regard to case. */
function ordered(a: Json, b: Json): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  if (typeof a === "string" && typeof b === "string") {
    if (sameText(a, b)) return 0;
    return a.toLowerCase() < b.toLowerCase() ? -1 : 1;
  }
  return sign(numberOf(a) - numberOf(b));
}

const sign = (difference: number): number => (difference < 0 ? -1 : difference > 0 ? 1 : 0);

/** A text counts as the number that it begins with. */
function numberOf(value: Json): number {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return Number(value);
  const text = typeof value === "string" ? /^\s*-?\d+(?:\.\d+)?/.exec(value) : null;
  return text === null ? 0 : Number(text[0]);
}
