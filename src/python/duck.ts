/**
 * Duck typing: what a value is to code that takes it for an object, a list or a dictionary. One that
 * is no such thing is handed on behind a stand-in, which goes over wires as the value itself and
 * raises, when it is used, what Python would raise there. For values from outside; what comes from
 * code that the compiler has checked needs none of it. Upstream: Python 2.7 (abstract.c, object.c).
 */
import { AttributeError, IndexException, KeyError, PythonTypeError } from "./exception.js";
import { isMapping } from "./guards.js";
import type { Json } from "./json.js";
import { item, iterate, typeName } from "./operations.js";
import { bytesRepr, str } from "./text/text.js";

/** Takes a value for something: itself if it is that, a stand-in otherwise. */
export type Use = (value: unknown) => unknown;

/** For what code may do with any value: store it, compare it, print it, hand it on. */
export const anything: Use = (value) => value;

/** Where None is as good. */
export const optional =
  (use: Use): Use =>
  (value) =>
    value === null ? null : use(value);

/**
 * An object of which attributes are read.
 * @param is whether a value is one
 * @param first the attribute that upstream reads first, if code here reads another
 */
export const objectLike =
  (is: (value: unknown) => boolean, first?: string): Use =>
  (value) =>
    is(value) ? value : standIn(value, (given, name) => AS_OBJECT(given, first ?? name));

type Members = Readonly<Record<string, Use>>;

/** A dictionary: of `members` by `[]`, so that they must be there, of `others` by `get`. */
export const dictLike =
  (members: Members = {}, others: Members = {}): Use =>
  (value) => {
    if (!isMapping(value) || isEntity(value)) return standIn(value, AS_DICT);
    const used = new Map<string, unknown>();
    for (const [name, use] of [...Object.entries(members), ...Object.entries(others)]) {
      if (Object.hasOwn(value, name)) used.set(name, use(value[name]));
    }
    const complete = Object.keys(members).every((name) => used.has(name));
    if (complete && [...used].every(([name, member]) => member === value[name])) return value;
    return new Proxy(value, {
      get: (dict, name) => {
        if (name === "toWire") return () => value;
        if (typeof name !== "string") return (dict as Record<symbol, unknown>)[name];
        if (used.has(name)) return used.get(name);
        if (Object.hasOwn(members, name)) throw missing(name);
        return dict[name];
      },
    });
  };

/** Something to be gone through, item by item. A text has characters, a dictionary keys. */
export const listLike =
  (use: Use = anything): Use =>
  (value) => {
    const items = itemsOf(value);
    if (items === undefined) return standIn(value, AS_LIST);
    const used = items.map(use);
    return used.every((item, at) => item === items[at]) ? items : used;
  };

/** What Python's `iter(value)` gives; undefined for what has no items. */
function itemsOf(value: unknown): readonly unknown[] | undefined {
  const iterable =
    typeof value === "string" || Array.isArray(value) || (isMapping(value) && !isEntity(value));
  return iterable ? iterate(value as Json) : undefined;
}

/** `value[key]` of what may be anything, an object with a class included. @throws as `item`; IndexError */
export function subscript(value: unknown, key: string | number): unknown {
  const given = asGiven(value);
  if (typeof key === "string") {
    if (isMapping(given) && isEntity(given)) return given[key];
    item(given as Json, key);
    return (value as Record<string, unknown>)[key];
  }
  if (!Array.isArray(given))
    throw new PythonTypeError(`${objectOf(given)} has no attribute '__getitem__'`);
  if (key >= given.length) throw new IndexException("list index out of range");
  return (value as readonly unknown[])[key];
}

/** `value[key]` of a dictionary that has no such key. */
export const missing = (key: string): KeyError => new KeyError(bytesRepr(key));

/** `'NoneType' object`: how Python's texts begin. */
export const objectOf = (value: unknown): string => `'${typeName(value)}' object`;

/** Of a class, and so no dictionary: it was made out of what came. */
function isEntity(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype !== Object.prototype && prototype !== null;
}

/** What is read of a stand-in. @throws always */
type Raise = (value: unknown, name: string) => never;

const AS_OBJECT: Raise = (value, name) => {
  throw new AttributeError(`${objectOf(value)} has no attribute '${name}'`);
};

const AS_DICT: Raise = (value, name) => {
  if (name === KEYS) throw new AttributeError(`${objectOf(value)} has no attribute 'iteritems'`);
  subscript(value, name);
  throw missing(name);
};

const AS_LIST: Raise = (value, name) => {
  if (name === "length")
    throw new PythonTypeError(`object of type '${typeName(value)}' has no len()`);
  if (/^\d+$/.test(name)) subscript(value, Number(name));
  throw new PythonTypeError(`${objectOf(value)} is not iterable`);
};

const KEYS = "iteritems";

/** `value`, which raises when it is used. */
function standIn(value: unknown, raise: Raise): unknown {
  return new Proxy(
    { toWire: () => value as Json, [GIVEN]: value },
    {
      get(target, name) {
        if (name === "toWire") return target.toWire;
        if (name === GIVEN) return value;
        if (name === Symbol.toPrimitive) return () => str(value as Json);
        // `asked by the language`: iteration, spreading, printing.
        return raise(value, typeof name === "string" ? name : "__iter__");
      },
      set: (_target, name) => AS_OBJECT(value, String(name)),
      has: () => {
        throw new PythonTypeError(`argument of type '${typeName(value)}' is not iterable`);
      },
      ownKeys: () => raise(value, KEYS),
      getOwnPropertyDescriptor: (target, name) =>
        name === GIVEN
          ? Reflect.getOwnPropertyDescriptor(target, name)
          : raise(value, String(name)),
    },
  );
}

const GIVEN = Symbol("given");

/** The value behind a stand-in; any other value itself. */
export const asGiven = (value: unknown): unknown =>
  typeof value === "object" && value !== null && isStandIn(value) ? value[GIVEN] : value;

const isStandIn = (value: object): value is { readonly [GIVEN]: unknown } =>
  Object.getOwnPropertyDescriptor(value, GIVEN) !== undefined;
