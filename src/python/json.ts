/**
 * What may leave a process: JSON. `toJson` makes the copy that goes over a wire, so that a receiver
 * never shares anything with its sender. A plain recursion, because `JSON.stringify` and back or
 * `structuredClone` cost four times as much for each message.
 */
import { Exception } from "./exception.js";

/** What may go over a wire: nothing that JSON cannot say. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
/** An object of JSON. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** A value that JSON cannot say, and where it was. */
export class UnserializableError extends Exception {
  override readonly name: string = "TypeError";
}

/** An object that knows its own form on the wire, as Nova's versioned objects do. */
interface OnTheWire {
  toWire(): Json;
}

/**
 * `json`, which nobody will ever change, to be sent as it is: a list of 10,000 ports that is asked
 * for again and again need not be copied each time. Only for sending; it cannot be read.
 */
export function unchanging<T extends object>(json: T): T {
  const sealed: OnTheWire = { toWire: () => json as unknown as Json };
  return sealed as unknown as T;
}

/**
 * A copy of `value` as JSON would carry it: undefined members are left out, undefined items become
 * null. An object with a `toWire` method gives its own form, which nobody will ever change and
 * which is therefore not copied.
 * @throws UnserializableError for functions, symbols, bigints, NaN and infinities, class instances
 */
export function toJson(value: unknown): Json {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      if (Number.isFinite(value)) return value;
      throw new UnserializableError(`${String(value)} is not JSON serializable`);
    case "undefined":
      return null;
    case "object":
      break;
    default:
      throw new UnserializableError(`a ${typeof value} is not JSON serializable`);
  }
  if (value === null) return null;
  if (Array.isArray(value)) {
    const items = new Array<Json>(value.length);
    for (let i = 0; i < value.length; i++) items[i] = toJson(value[i]);
    return items;
  }
  const { toWire } = value as Partial<OnTheWire>;
  if (typeof toWire === "function") return toWire.call(value);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new UnserializableError(`${value.constructor.name} is not JSON serializable`);
  }
  return toJsonObject(value as Record<string, unknown>);
}

function toJsonObject(members: Record<string, unknown>): JsonObject {
  // Member by member: what is sent has hundreds of shapes, and a clone of an object whose shape is
  // not expected costs twice as much. Plain objects inherit nothing that a loop would find.
  const copy: Record<string, Json> = {};
  for (const key in members) {
    const member = members[key];
    if (member === undefined) continue;
    if (key === "__proto__") setMember(copy, key, toJson(member));
    else copy[key] = typeof member === "string" ? member : toJson(member);
  }
  return copy;
}

/** `copy.__proto__ = x` would set the prototype; on the wire it is a key like any other. */
export function setMember(copy: object, key: string, value: unknown): void {
  Object.defineProperty(copy, key, { value, enumerable: true, writable: true, configurable: true });
}
