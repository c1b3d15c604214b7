/**
 * Schemas as v2 shows them and holds bodies to: what both have in common. The messages are jsonschema's, without
 * the lines behind them that repeat schema and instance. Upstream: glance/schema.py at 2014.2, jsonschema 2.
 */
import { bytesRepr, isObject, repr, type Json, type JsonObject } from "../../../../python/index.js";

export const UUID =
  "^([0-9a-fA-F]){8}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){12}$";

export const text = (description: string, more: JsonObject = {}): JsonObject => ({
  type: "string",
  description,
  ...more,
});

/** The schema of a list of things, page by page. Upstream: CollectionSchema. */
export const collection = (name: string, item: JsonObject, pages = true): JsonObject => ({
  name,
  properties: {
    [name]: { type: "array", items: item },
    ...(pages && { first: { type: "string" }, next: { type: "string" } }),
    schema: { type: "string" },
  },
  links: [
    ...(pages
      ? [
          { rel: "first", href: "{first}" },
          { rel: "next", href: "{next}" },
        ]
      : []),
    { rel: "describedby", href: "{schema}" },
  ],
});

/** What is wrong with a value, in jsonschema's words. */
export function fault(schema: JsonObject, value: Json): string | undefined {
  const { type, pattern, maxLength, enum: choices, items, properties, required } = schema;
  if (typeof type === "string" && !isOf(type, value)) {
    return `${repr(value)} is not of type ${bytesRepr(type)}`;
  }
  if (Array.isArray(choices) && !(choices as readonly Json[]).includes(value)) {
    return `${repr(value)} is not one of ${bytesRepr(choices)}`;
  }
  if (typeof value === "string") {
    if (typeof maxLength === "number" && Array.from(value).length > maxLength) {
      return `${repr(value)} is too long`;
    }
    if (typeof pattern === "string" && !new RegExp(pattern).test(value)) {
      return `${repr(value)} does not match ${bytesRepr(pattern)}`;
    }
  }
  if (Array.isArray(value) && items !== undefined) {
    return firstOf(value as readonly Json[], (item) => fault(items as JsonObject, item));
  }
  if (!isObject(value) || properties === undefined) return undefined;
  const missing = (required as readonly string[]).find((name) => !Object.hasOwn(value, name));
  if (missing !== undefined) return `${bytesRepr(missing)} is a required property`;
  return firstOf(Object.entries(properties as JsonObject), ([name, member]) =>
    Object.hasOwn(value, name) ? fault(member as JsonObject, value[name] ?? null) : undefined,
  );
}

function firstOf<T>(
  items: readonly T[],
  problem: (item: T) => string | undefined,
): string | undefined {
  for (const item of items) {
    const found = problem(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isOf(type: string, value: Json): boolean {
  switch (type) {
    case "integer":
      return typeof value === "number" && Number.isInteger(value);
    case "array":
      return Array.isArray(value);
    case "object":
      return isObject(value);
    default:
      return typeof value === type;
  }
}
