/**
 * Validates bodies by as much of JSON Schema as Trove's schemas use, and tells everything that is wrong, with
 * where. Upstream: trove/common/wsgi.py (Controller.validate_request, format_validation_msg) at 2014.2 over
 * jsonschema 2 (Draft4Validator).
 */
import {
  bytesRepr,
  dictOrder,
  IndexException,
  isObject,
  noAttribute,
  repr,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import { BadRequest } from "../../exception.js";

export interface Schema {
  readonly type?: "string" | "integer" | "object" | "array";
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly uniqueItems?: true;
  readonly oneOf?: readonly Schema[];
}

interface Problem {
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** What was wrong with each of several that might have been right. */
  readonly context: readonly string[];
}

/** @throws BadRequest; IndexError, as upstream stumbles over what is wrong with the whole body */
export function validate(schema: Schema, body: Json): void {
  const problems = [...problemsOf(schema, body, [])].sort(byPath);
  if (problems.length === 0) return;
  const words = problems.flatMap(({ path, message, context }) => {
    const [first, ...rest] = path;
    if (first === undefined) throw new IndexException("list index out of range");
    const where = rest.map(
      (part) => `[${typeof part === "number" ? String(part) : bytesRepr(part)}]`,
    );
    return [`${String(first)}${where.join("")} ${message}`, ...context];
  });
  throw new BadRequest({}, `Validation error: ${words.join("; ")}`);
}

/** A route's `check`: what its body is held to. */
export const heldTo =
  (schema: Schema) =>
  (body: Json): void => {
    validate(schema, body);
  };

/** Stands where upstream has `true` among the properties of a schema, and stumbles when it comes to it. */
export const NOT_A_SCHEMA: Schema = {};

function problemsOf(schema: Schema, value: Json, path: Problem["path"]): readonly Problem[] {
  if (schema === NOT_A_SCHEMA) throw noAttribute(true, "get");
  const plain = (message: string): Problem => ({ path, message, context: [] });
  return dictOrder(Object.keys(schema)).flatMap((keyword): readonly Problem[] => {
    switch (keyword) {
      case "properties":
      case "items":
        return membersOf(schema, keyword, value).flatMap(([part, of, member]) =>
          problemsOf(of, member, [...path, part]),
        );
      case "required":
        return (schema.required ?? [])
          .filter((name) => isObject(value) && !Object.hasOwn(value, name))
          .map((name) => plain(`${bytesRepr(name)} is a required property`));
      case "oneOf":
        return noneOf(schema.oneOf ?? [], value, path);
      default: {
        const message = messageOf(schema, keyword, value);
        return message === undefined ? [] : [plain(message)];
      }
    }
  });
}

type Member = readonly [string | number, Schema, Json];

function membersOf(
  schema: Schema,
  keyword: "properties" | "items",
  value: Json,
): readonly Member[] {
  const { properties = {}, items } = schema;
  if (keyword === "items") {
    if (items === undefined || !isList(value)) return [];
    return value.map((item, index): Member => [index, items, item]);
  }
  if (!isObject(value)) return [];
  return dictOrder(Object.keys(properties)).flatMap((name): Member[] => {
    const member = Object.hasOwn(value, name) ? value[name] : undefined;
    const of = properties[name];
    return member === undefined || of === undefined ? [] : [[name, of, member]];
  });
}

/** What is right by exactly one of them is right. */
function noneOf(
  schemas: readonly Schema[],
  value: Json,
  path: Problem["path"],
): readonly Problem[] {
  const all = schemas.map((schema) => problemsOf(schema, value, []));
  const right = all.filter((problems) => problems.length === 0).length;
  if (right === 1) return [];
  if (right > 1) {
    const more = schemas.filter((_schema, at) => all[at]?.length === 0).slice(1);
    const others = more.map((schema) => repr(schema as JsonObject, "")).join(", ");
    const message = `${repr(value)} is valid under each of ${others}`;
    return [{ path, message, context: [] }];
  }
  const message = `${repr(value)} is not valid under any of the given schemas`;
  const context = all.flatMap((problems) => problems.map((problem) => problem.message));
  return [{ path, message, context }];
}

/** What one keyword says of a value; undefined: nothing. */
function messageOf(schema: Schema, keyword: string, value: Json): string | undefined {
  const text = typeof value === "string" ? value : undefined;
  const { type, minLength = 0, maxLength = Infinity, pattern = "" } = schema;
  switch (keyword) {
    case "type":
      return type === undefined || isA(type, value)
        ? undefined
        : `${repr(value)} is not of type ${bytesRepr(type)}`;
    case "minLength":
      return text !== undefined && text.length < minLength
        ? `${repr(value)} is too short`
        : undefined;
    case "maxLength":
      return text !== undefined && text.length > maxLength
        ? `${repr(value)} is too long`
        : undefined;
    case "pattern":
      return text !== undefined && !new RegExp(pattern, "u").test(text)
        ? `${repr(value)} does not match ${bytesRepr(pattern)}`
        : undefined;
    case "minimum":
      return typeof value === "number" && value < (schema.minimum ?? 0)
        ? `${repr(value)} is less than the minimum of ${String(schema.minimum ?? 0)}`
        : undefined;
    case "maximum":
      return typeof value === "number" && value > (schema.maximum ?? Infinity)
        ? `${repr(value)} is greater than the maximum of ${String(schema.maximum)}`
        : undefined;
    case "minProperties":
      return isObject(value) && Object.keys(value).length < (schema.minProperties ?? 0)
        ? `${repr(value)} does not have enough properties`
        : undefined;
    case "uniqueItems":
      return isList(value) && new Set(value.map((item) => JSON.stringify(item))).size < value.length
        ? `${repr(value)} has non-unique elements`
        : undefined;
    default:
      return undefined;
  }
}

function isA(type: NonNullable<Schema["type"]>, value: Json): boolean {
  switch (type) {
    case "string":
      return typeof value === "string";
    case "integer":
      return typeof value === "number" && Number.isInteger(value);
    case "object":
      return isObject(value);
    case "array":
      return isList(value);
    default:
      return type satisfies never;
  }
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** As Python compares lists: number before text. */
function byPath(a: Problem, b: Problem): number {
  for (const [index, part] of a.path.entries()) {
    const other = b.path[index];
    if (other === undefined) return 1;
    if (part === other) continue;
    if (typeof part !== typeof other) return typeof part === "number" ? -1 : 1;
    return part < other ? -1 : 1;
  }
  return a.path.length - b.path.length;
}
