/**
 * What Python's operators and methods do with a value of any kind. Upstream reads bodies that nobody
 * has checked yet, and which error comes of a list where an object should be is seen by the client:
 * a TypeError becomes another answer than a KeyError. Upstream: CPython 2.7.
 */
import { AttributeError, KeyError, PythonTypeError } from "./exception.js";
import { isObject } from "./guards.js";
import type { Json, JsonObject } from "./json.js";
import { bytesRepr } from "./text/text.js";

/**
 * `type(value).__name__`, as error texts show it; of an object that was made out of what came, the name
 * that it gives. What JSON carries as a float is one only if it is no whole number.
 */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return "NoneType";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "string") return "unicode";
  if (typeof value === "number") return numberType(value);
  if (Array.isArray(value)) return "list";
  const { objname } = value as { readonly objname?: unknown };
  return typeof objname === "string" ? objname : "dict";
}

/** `sys.maxint` of a 64-bit machine, and one more. */
const LONG = 9_223_372_036_854_775_808;

function numberType(value: number): string {
  if (!Number.isInteger(value)) return "float";
  return Math.abs(value) < LONG ? "int" : "long";
}

/** `bool(value)`. */
export function truth(value: Json | undefined): boolean {
  if (value === null || value === undefined || typeof value !== "object") return Boolean(value);
  return (isObject(value) ? Object.keys(value) : value).length > 0;
}

/** `value[key]`. @throws KeyError, PythonTypeError */
export function item(value: Json, key: string): Json {
  if (isObject(value)) {
    if (Object.hasOwn(value, key)) return value[key] ?? null;
    throw new KeyError(bytesRepr(key));
  }
  if (typeof value === "string") {
    // A text out of JSON is unicode, which does not name the type (unicodeobject.c).
    throw new PythonTypeError("string indices must be integers");
  }
  if (value !== null && typeof value === "object") {
    throw new PythonTypeError("list indices must be integers, not str");
  }
  throw new PythonTypeError(`'${typeName(value)}' object has no attribute '__getitem__'`);
}

/** `value` where it becomes a key of a dictionary or a member of a set. @throws PythonTypeError */
export function hashable(value: Json): null | boolean | number | string {
  if (typeof value !== "object" || value === null) return value;
  throw new PythonTypeError(`unhashable type: '${typeName(value)}'`);
}

/** `value.get(key)`: null where nothing is. @throws AttributeError */
export function get(value: Json, key: string): Json {
  if (!isObject(value)) throw noAttribute(value, "get");
  return Object.hasOwn(value, key) ? (value[key] ?? null) : null;
}

/** `value` where a method of dictionaries is called on it. @throws AttributeError */
export function asDict(value: Json, method: string): JsonObject {
  if (isObject(value)) return value;
  throw noAttribute(value, method);
}

/** `key in value`. @throws PythonTypeError */
export function contains(value: Json, key: string): boolean {
  if (isObject(value)) return Object.hasOwn(value, key);
  if (typeof value === "string") return value.includes(key);
  if (value !== null && typeof value === "object") return value.includes(key);
  throw new PythonTypeError(`argument of type '${typeName(value)}' is not iterable`);
}

/** What `for x in value` goes through: the keys of an object, the characters of a text. @throws PythonTypeError */
export function iterate(value: Json): readonly Json[] {
  if (isObject(value)) return Object.keys(value);
  if (typeof value === "string") return Array.from(value);
  if (value !== null && typeof value === "object") return value;
  throw new PythonTypeError(`'${typeName(value)}' object is not iterable`);
}

/** `len(value)`. @throws PythonTypeError */
export function length(value: Json): number {
  if (value === null || typeof value === "number" || typeof value === "boolean") {
    throw new PythonTypeError(`object of type '${typeName(value)}' has no len()`);
  }
  return iterate(value).length;
}

export const noAttribute = (value: Json, name: string): AttributeError =>
  new AttributeError(`'${typeName(value)}' object has no attribute '${name}'`);
