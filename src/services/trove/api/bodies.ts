/**
 * Bodies of requests, read as upstream reads them: by the first of their keys, in the order of a dictionary.
 * Upstream: the `get_action_schema` of trove/instance/service.py and of the controllers of trove/extensions at
 * 2014.2.
 */
import {
  asDict,
  dictOrder,
  get,
  IndexException,
  isObject,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import { validate, type Schema } from "./schemas/validator.js";

/** `body.keys()`. @throws AttributeError */
export const keysIn = (body: Json): readonly string[] =>
  dictOrder(Object.keys(asDict(body, "keys")));

/** `body.keys()[0]`. @throws AttributeError, IndexError */
export function firstKey(body: Json): string {
  const [first] = keysIn(body);
  if (first === undefined) throw new IndexException("list index out of range");
  return first;
}

/** A route's `check`: the schema is that of the first key; what has none passes. */
export const heldByFirstKey =
  (schemas: Readonly<Record<string, Schema>>) =>
  (body: Json): void => {
    const key = firstKey(body);
    const schema = Object.hasOwn(schemas, key) ? schemas[key] : undefined;
    if (schema !== undefined) validate(schema, body);
  };

/** The member of a body that its schema has seen. */
export const memberOf = (body: Json, key: string): JsonObject => {
  const member = isObject(body) ? get(body, key) : null;
  return isObject(member) ? member : {};
};
