/** The table of shapes that tools/nova-api-shapes.mjs makes of Nova's API samples, and what an answer has otherwise. */
import fs from "node:fs";
import path from "node:path";
import type { Json } from "../../../../../src/python/index.js";

export type Shape = string | readonly Shape[] | { readonly [key: string]: Shape };

export const shapes = JSON.parse(
  fs.readFileSync(path.join(import.meta.dirname, "shapes-2014.2.json"), "utf8"),
) as Record<string, Shape>;

const isList = (shape: Shape): shape is readonly Shape[] => Array.isArray(shape);

/**
 * What differs, a line each: `.host[0].resource.cpu: num, not str`.
 * @param more keys that other extensions add
 */
export function differences(shape: Shape, value: Json, more: readonly string[], at = ""): string[] {
  if (typeof shape === "string") return scalar(shape, value, at);
  if (isList(shape)) {
    if (!Array.isArray(value)) return [`${at}: a list, not ${kindOf(value)}`];
    const [item] = shape;
    if (item === undefined) return [];
    return (value as readonly Json[]).flatMap((one, index) =>
      differences(item, one, more, `${at}[${String(index)}]`),
    );
  }
  if (kindOf(value) !== "object") return [`${at}: an object, not ${kindOf(value)}`];
  const members = value as Readonly<Record<string, Json>>;
  const found = Object.entries(shape).flatMap(([key, inner]) => {
    const name = key.replace(/\?$/u, "");
    const member = members[name];
    if (member !== undefined) return differences(inner, member, more, `${at}.${name}`);
    return key.endsWith("?") ? [] : [`${at}.${name}: missing`];
  });
  const known = new Set(Object.keys(shape).map((key) => key.replace(/\?$/u, "")));
  const extra = Object.keys(members).filter((key) => !known.has(key) && !more.includes(key));
  return [...found, ...extra.map((key) => `${at}.${key}: too much`)];
}

/** null fits every scalar, since whether there is one depends on what happened. */
function scalar(shape: string, value: Json, at: string): string[] {
  const kind = kindOf(value);
  if (shape === "any" || kind === "null" || (shape === "null" && kind !== "object")) return [];
  return kind === shape ? [] : [`${at}: ${shape}, not ${kind}`];
}

function kindOf(value: Json): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  switch (typeof value) {
    case "string":
      return "str";
    case "number":
      return "num";
    case "boolean":
      return "bool";
    default:
      return "object";
  }
}
