/**
 * What becomes of a value before it is looked at, in bodies and filters alike, as Python 2.7 converts.
 * Upstream: the `convert_*` functions of neutron/api/v2/attributes.py.
 */
import { dictOrder, isObject, parseInteger, str, type Json } from "../../../../python/index.js";
import { InvalidInput } from "../../errors.js";

const invalid = (error_message: string): InvalidInput => new InvalidInput({ error_message });

/** @throws InvalidInput */
export function toBoolean(value: Json): boolean {
  if (typeof value === "boolean") return value;
  const word = typeof value === "string" ? value.toLowerCase() : value;
  if (word === "true" || word === "1" || word === 1) return true;
  if (word === "false" || word === "0" || word === 0) return false;
  throw invalid(`'${str(value)}' cannot be converted to boolean`);
}

/** `int(value)`; undefined where that raises. */
export function integer(value: Json): number | undefined {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "number") return Math.trunc(value);
  if (typeof value !== "string") return undefined;
  return parseInteger(value) ?? (/^\s*[+-]?\d+\s*$/.test(value) ? Number(value) : undefined);
}

/** @throws InvalidInput */
export function toInteger(value: Json): number {
  const number = integer(value);
  if (number !== undefined) return number;
  throw invalid(`'${str(value)}' is not a integer`);
}

export const noneToEmptyDict = (value: Json): Json => value ?? {};

/** `convert_to_list`: texts have no `__iter__` in Python 2. */
export function toList(value: Json): Json {
  if (value === null) return [];
  if (Array.isArray(value)) return value as readonly Json[];
  return isObject(value) ? dictOrder(Object.keys(value)) : [value];
}

export const noneToEmptyList = (value: Json): Json => value ?? [];

/** `convert_kvp_list_to_dict`: `["a=1", "a=2"]` is `{a: ["1", "2"]}`. @throws InvalidInput */
export function keysAndValues(list: readonly string[]): Record<string, string[]> {
  const found = new Map<string, Set<string>>();
  // An option without a value.
  if (list.length === 1 && list[0] === "True") return {};
  for (const text of list) {
    const at = text.indexOf("=");
    const key = at < 0 ? "" : text.slice(0, at).trim();
    if (key === "") throw invalid(`'${text}' is not of the form <key>=[value]`);
    const values = found.get(key) ?? new Set();
    found.set(key, values.add(text.slice(at + 1).trim()));
  }
  return Object.fromEntries([...found].map(([key, values]) => [key, [...values]]));
}
