/**
 * What the fields of objects take: each turns what it is given into a value of its type, or raises.
 * Nova's own code assigns what the compiler has checked; objects out of unchecked messages come
 * through here. Upstream: nova/objects/fields.py at 2014.2, whose dates are strings here.
 */
import {
  asciiText,
  AttributeError,
  PythonTypeError,
  ValueError,
  bytesRepr,
  isIpv4,
  isIpv6,
  isMapping,
  loads,
  objectOf,
  repr,
  str,
  subscript,
  truth,
  typeName,
  type Json,
} from "../../../../python/index.js";
import { isObject } from "../base/versioned-object.js";
import { datetime } from "../wire/field-types.js";

/** `Field`: `name` is what a text about it says. */
export interface Field {
  readonly coerce: (name: string, value: unknown) => unknown;
  /** What None becomes; without one, None is refused. */
  readonly none?: Json;
}

/** A field that may be None. */
export const nullable = (field: Field): Field => ({ ...field, none: null });

/** `from_primitive`, then assignment. @throws ValueError, TypeError, AttributeError */
export function fieldValue({ coerce, none }: Field, name: string, value: unknown): unknown {
  if (value !== null) return coerce(name, value);
  if (none === undefined) throw new ValueError(`Field \`${name}' cannot be None`);
  return none;
}

const isPlain = (value: unknown): value is string | number | boolean =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";

export const string: Field = {
  coerce: (_name, value) => {
    if (isPlain(value)) return str(value);
    throw new ValueError(`A string is required here, not ${typeName(value)}`);
  },
};

/** Upstream does not look whether it is one. */
export const uuid: Field = {
  coerce: (_name, value) => asciiText(str(value as Json)),
};

/** `int(value)`. @throws ValueError, TypeError */
export function int(value: unknown): number {
  if (typeof value === "number") return Math.trunc(value);
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "string") {
    if (/^\s*[+-]?\d+\s*$/.test(value)) return Number(value);
    throw new ValueError(`invalid literal for int() with base 10: ${bytesRepr(value)}`);
  }
  throw new PythonTypeError(
    `int() argument must be a string or a number, not '${typeName(value)}'`,
  );
}

export const integer: Field = { coerce: (_name, value) => int(value) };

export const float: Field = {
  coerce: (_name, value) => {
    if (typeof value === "number" || typeof value === "boolean") return Number(value);
    if (typeof value !== "string") {
      throw new PythonTypeError("float() argument must be a string or a number");
    }
    if (/^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value)) return Number(value);
    throw new ValueError(`could not convert string to float: ${value}`);
  },
};

/** `bool(value)`. */
export const boolean: Field = { coerce: (_name, value) => isTrue(value) };

const isTrue = (value: unknown): boolean => isObject(value) || truth(value as Json);

const DATE = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

export const dateTime: Field = {
  coerce: (_name, value) => {
    if (typeof value !== "string")
      throw new ValueError(`Expecting a string ${repr(value as Json)}`);
    if (!DATE.test(value)) throw new ValueError(`Unable to parse date string ${repr(value)}`);
    return datetime.fromWire(value);
  },
};

const address =
  (is: (text: string) => boolean, wrong: (value: Json) => string): Field["coerce"] =>
  (_name, value) => {
    const text = str(value as Json);
    if (!isIpv4(text) && !isIpv6(text)) {
      throw new ValueError(`failed to detect a valid IP address from ${repr(value as Json)}`);
    }
    if (is(text)) return text;
    throw new ValueError(wrong(text));
  };

const notValid = (value: Json): string => `Network "${str(value)}" is not valid`;

export const ipAddress: Field = { coerce: address(() => true, notValid) };
export const ipV4Address: Field = { coerce: address(isIpv4, notValid) };
export const ipV6Address: Field = { coerce: address(isIpv6, notValid) };

export const listOf = (element: Field): Field => ({
  coerce: (name, value) => {
    const items = typeof value === "string" ? Array.from(value) : value;
    if (!Array.isArray(items)) throw new PythonTypeError(`${objectOf(value)} is not iterable`);
    return items.map((item: unknown, at) => fieldValue(element, `${name}[${String(at)}]`, item));
  },
});

export const dictOf = (element: Field): Field => ({
  coerce: (name, value) => {
    if (!isMapping(value) || isObject(value)) {
      throw new AttributeError(`${objectOf(value)} has no attribute 'items'`);
    }
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        fieldValue(element, `${name}["${key}"]`, item),
      ]),
    );
  },
});

/** An object of class `objname`, which has been made already. */
export const object = (objname: string): Field => ({
  coerce: (_name, value) => {
    if (isObject(value)) {
      if (value.objname === objname) return value;
      throw new ValueError(`An object of type ${objname} is required here`);
    }
    // What is no object would be made into one, out of what it says of itself.
    return subscript(value, "nova_object.namespace");
  },
});

/** Items of `List` are objects of any class. */
export const anObject: Field = {
  coerce: (_name, value) => (isObject(value) ? value : subscript(value, "nova_object.namespace")),
};

/** `NetworkInfo.hydrate`: the text of a list of VIFs, each a dictionary. */
export const networkModel: Field = {
  coerce: (_name, text) => {
    if (typeof text !== "string") throw new PythonTypeError("expected string or buffer");
    const value = loads(text);
    if (!Array.isArray(value)) throw new PythonTypeError(`${objectOf(value)} is not iterable`);
    for (const vif of value as readonly unknown[]) {
      if (isMapping(vif)) continue;
      throw new PythonTypeError(
        `type object argument after ** must be a mapping, not ${typeName(vif)}`,
      );
    }
    return value as unknown;
  },
};
