/**
 * What a method did to an object: the fields that are not as they were sent. Upstream:
 * nova/conductor/manager.py (object_action), which compares a clone field by field.
 */
import type { Json, JsonObject } from "../../../python/index.js";

/**
 * Fields of `after` that differ from those of `before`. Objects have no equality upstream, so a
 * field that is one is told of each time.
 */
export function updatesBetween(
  before: JsonObject,
  after: JsonObject,
  objectFields: readonly string[],
): Record<string, Json> {
  const updates: Record<string, Json> = {};
  for (const [name, value] of Object.entries(after)) {
    const object = objectFields.includes(name) && value !== null && !Array.isArray(value);
    if (object || !Object.hasOwn(before, name) || !same(before[name], value)) updates[name] = value;
  }
  return updates;
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a as JsonObject, b as JsonObject];
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && same(left[name], right[name]))
  );
}
