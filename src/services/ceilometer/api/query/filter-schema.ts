/**
 * The grammar of complex queries: one key for each level, which is an operator, over one field or over more
 * conditions. What does not fit is told as the library jsonschema tells it. Upstream:
 * ceilometer/api/controllers/v2.py (ValidatedComplexQuery.__init__) at 2014.2; jsonschema 2.4.
 */
import { isObject, repr, ValueError, type Json } from "../../../../python/index.js";
import type { Comparison, Condition, Order } from "../../storage/complex-query.js";

/** A condition as it was written: times are texts yet. */
export type Expression = Condition;

/** Which fields a query may name. */
export interface Fields {
  readonly names: readonly string[];
  /** `metadata.<key>` too. */
  readonly metadata: boolean;
}

const COMPARISONS: ReadonlyMap<string, Comparison> = new Map([
  ["=", "="],
  ["!=", "!="],
  ["<", "<"],
  [">", ">"],
  ["<=", "<="],
  ["=<", "<="],
  [">=", ">="],
  ["=>", ">="],
]);

/** @throws ValueError */
export function readFilter(filter: Json, fields: Fields): Expression {
  const expression = expressionOf(filter, fields);
  if (expression !== undefined) return expression;
  throw new ValueError(`${repr(filter)} is not valid under any of the given schemas`);
}

/** The one member of an object. */
function single(value: Json): readonly [string, Json] | undefined {
  if (!isObject(value)) return undefined;
  const [first, more] = Object.entries(value);
  return more === undefined ? first : undefined;
}

function expressionOf(value: Json, fields: Fields): Expression | undefined {
  const [operator, operand] = single(value) ?? [];
  if (operator === undefined || operand === undefined) return undefined;
  const word = operator.toLowerCase();
  if (word === "and" || word === "or") return several(word, operand, fields);
  if (word === "not") {
    const of = expressionOf(operand, fields);
    return of && { kind: "not", of };
  }
  const [field, content] = single(operand) ?? [];
  if (field === undefined || content === undefined || !isField(field, fields)) return undefined;
  if (word === "in") {
    const isList = content !== null && typeof content === "object" && !isObject(content);
    if (!isList || content.length === 0) return undefined;
    if (!content.every((each) => typeof each === "string" || typeof each === "number")) {
      return undefined;
    }
    return { kind: "in", field, values: content };
  }
  const op = COMPARISONS.get(word);
  if (op === undefined || content === null || typeof content === "object") return undefined;
  return { kind: "compare", op, field, value: content };
}

function several(kind: "and" | "or", operand: Json, fields: Fields): Expression | undefined {
  if (operand === null || typeof operand !== "object" || isObject(operand)) return undefined;
  if (operand.length < 2) return undefined;
  const of = operand.flatMap((each) => expressionOf(each, fields) ?? []);
  return of.length === operand.length ? { kind, of } : undefined;
}

const isField = (field: string, { names, metadata }: Fields): boolean =>
  names.includes(field) || (metadata && /^metadata\.\S+$/.test(field));

/** @throws ValueError */
export function readOrderBy(orderby: Json, names: readonly string[]): readonly Order[] {
  if (orderby === null || typeof orderby !== "object" || isObject(orderby)) {
    throw new ValueError(`${repr(orderby)} is not of type 'array'`);
  }
  return orderby.map((each) => {
    if (!isObject(each)) throw new ValueError(`${repr(each)} is not of type 'object'`);
    const extras = Object.keys(each).filter((name) => !names.includes(name));
    if (extras.length > 0) {
      const which = `${extras.map((name) => repr(name)).join(", ")} ${extras.length === 1 ? "was" : "were"}`;
      throw new ValueError(`Additional properties are not allowed (${which} unexpected)`);
    }
    const [first, more] = Object.entries(each);
    if (more !== undefined) throw new ValueError(`${repr(each)} has too many properties`);
    if (first === undefined) throw new ValueError(`${repr(each)} does not have enough properties`);
    const [field, direction] = first;
    if (typeof direction !== "string") {
      throw new ValueError(`${repr(direction)} is not of type 'string'`);
    }
    if (!/^asc$|^desc$/i.test(direction)) {
      throw new ValueError(`${repr(direction)} does not match '(?i)^asc$|^desc$'`);
    }
    return { field, descending: direction.toLowerCase() === "desc" };
  });
}
