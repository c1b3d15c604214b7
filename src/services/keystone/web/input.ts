/**
 * Reads what a request's body holds as Keystone's Python does: without looking first. What has not
 * the type that a line takes for granted is a TypeError, which becomes a 400, or an AttributeError,
 * which becomes a 500. Upstream: the expressions `"x" in y`, `y["x"]`, `y.get("x")` and `len(y)`.
 */
import {
  AttributeError,
  isObject,
  KeyError,
  PythonTypeError,
  type Json,
  type JsonObject,
} from "../../../python/index.js";

/** `key in container`. @throws PythonTypeError */
export function contains(container: Json, key: string): boolean {
  if (isObject(container)) return Object.hasOwn(container, key);
  if (typeof container === "string") return container.includes(key);
  if (Array.isArray(container)) return (container as readonly Json[]).includes(key);
  throw new PythonTypeError(`argument of type '${typeName(container)}' is not iterable`);
}

/** `container[key]`. @throws PythonTypeError, KeyError */
export function itemOf(container: Json, key: string): Json {
  if (isObject(container)) {
    if (Object.hasOwn(container, key)) return container[key] ?? null;
    throw new KeyError(key);
  }
  if (typeof container === "string") throw new PythonTypeError("string indices must be integers");
  if (Array.isArray(container)) {
    throw new PythonTypeError("list indices must be integers, not str");
  }
  throw new PythonTypeError(`'${typeName(container)}' object has no attribute '__getitem__'`);
}

/** `container.get(key)`. @throws AttributeError */
export const valueOf = (container: Json, key: string): Json =>
  asDict(container, "get")[key] ?? null;

/** `container` where a method of dictionaries is called on it. @throws AttributeError */
export function asDict(container: Json, method: string): JsonObject {
  if (isObject(container)) return container;
  throw new AttributeError(`'${typeName(container)}' object has no attribute '${method}'`);
}

/** `len(value)`. @throws PythonTypeError */
export function lengthOf(value: Json): number {
  if (typeof value === "string") return Array.from(value).length;
  if (Array.isArray(value)) return value.length;
  if (isObject(value)) return Object.keys(value).length;
  throw new PythonTypeError(`object of type '${typeName(value)}' has no len()`);
}

/** Whether Python takes it for true. */
export function isTruthy(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return isObject(value) ? Object.keys(value).length > 0 : Boolean(value);
}

/** The type's name in Python 2. */
function typeName(value: Json): string {
  if (value === null) return "NoneType";
  switch (typeof value) {
    case "string":
      return "unicode";
    case "boolean":
      return "bool";
    case "number":
      return Number.isInteger(value) ? "int" : "float";
    default:
      return Array.isArray(value) ? "list" : "dict";
  }
}
