/** JSON that must hold other JSON: what is missing, in words, and parts found by a path. */
import { isObject, type Json } from "../../python/index.js";

const LONGEST = 300;

/**
 * What `actual` lacks of `expected`, in words that begin with where it is; undefined if nothing.
 * Of mappings only the keys that `expected` has are looked at; lists must agree item by item.
 */
export function lacking(expected: Json, actual: Json, at: string): string | undefined {
  if (isObject(expected)) {
    if (!isObject(actual)) return `${at} is ${shown(actual)}, and not a mapping`;
    for (const [key, value] of Object.entries(expected)) {
      const here = `${at}.${key}`;
      const found = Object.hasOwn(actual, key) ? actual[key] : undefined;
      if (found === undefined) {
        return `${here} is not there; there are ${Object.keys(actual).join(", ") || "no keys"}`;
      }
      const lack = lacking(value, found, here);
      if (lack !== undefined) return lack;
    }
    return undefined;
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return `${at} is ${shown(actual)}, and not a list`;
    if (actual.length !== expected.length) {
      return `${at} has ${String(actual.length)} items instead of ${String(expected.length)}: ${shown(actual)}`;
    }
    for (const [index, item] of (expected as readonly Json[]).entries()) {
      const lack = lacking(item, actual[index] as Json, `${at}.${String(index)}`);
      if (lack !== undefined) return lack;
    }
    return undefined;
  }
  return expected === actual
    ? undefined
    : `${at} is ${shown(actual)} instead of ${shown(expected)}`;
}

/** `ports.0.id`: the part of `value` there, if there is one. */
export function memberAt(value: Json, path: string): Json | undefined {
  let here: Json | undefined = value;
  for (const part of path.split(".")) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, part)) return undefined;
    here = (here as { readonly [key: string]: Json })[part];
  }
  return here;
}

/** `value` in one line that is not too long. */
export function shown(value: Json): string {
  const text = JSON.stringify(value);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
