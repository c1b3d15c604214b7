/**
 * Attributes of complex types: which there are, which must be there, what a bad value is answered with. One that
 * was not sent is undefined; what else was sent is passed over. Upstream: WSME 0.6 `wsme/types.py` (wsattr,
 * wsproperty), `wsme/rest/json.py` (fromjson); ceilometer/api/controllers/v2.py (AdvEnum) at 2014.2.
 */
import {
  contains,
  isObject,
  item,
  PythonTypeError,
  ValueError,
  type Json,
} from "../../../../python/index.js";
import { InvalidInput } from "./errors.js";
import { WrongValue, type DataType } from "./types.js";

export interface Attribute<T> {
  readonly type: DataType<T>;
  readonly mandatory: boolean;
  /** A property of Python's: what it refuses is the server's own error, and so is None. */
  readonly property: boolean;
}

export const attribute = <T>(type: DataType<T>): Attribute<T> => ({
  type,
  mandatory: false,
  property: false,
});

export const mandatory = <T>(type: DataType<T>): Attribute<T> => ({
  type,
  mandatory: true,
  property: false,
});

export const property = <T>(type: DataType<T>, isMandatory = false): Attribute<T> => ({
  type,
  mandatory: isMandatory,
  property: true,
});

type Attributes = Readonly<Record<string, Attribute<unknown>>>;

export type ReadOf<A extends Attributes> = {
  readonly [K in keyof A]: A[K] extends Attribute<infer T> ? T | null | undefined : never;
};

/** @throws InvalidInput; what Python raises where the value is no dictionary */
export function readAttributes<A extends Attributes>(attributes: A, value: Json): ReadOf<A> {
  const read: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(attributes)) read[name] = readOne(name, spec, value);
  return read as ReadOf<A>;
}

function readOne(name: string, spec: Attribute<unknown>, value: Json): unknown {
  if (!contains(value, name)) {
    if (spec.mandatory) throw new InvalidInput(name, null, "Mandatory field missing.");
    return undefined;
  }
  if (!isObject(value)) {
    throw new PythonTypeError(
      typeof value === "string"
        ? "string indices must be integers"
        : "list indices must be integers, not str",
    );
  }
  const member = item(value, name);
  if (member === null && !spec.property) return null;
  try {
    // None is not among the words of a property.
    return spec.type(member ?? "");
  } catch (error) {
    if (!(error instanceof WrongValue)) throw error;
    // Not even the attribute that it is part of makes the client's error of it.
    if (spec.property) throw new ValueError(error.message);
    throw new InvalidInput(name, member, error.message);
  }
}
