/**
 * What an answer looks like, said once: a program's types are made of it, and each answer is held against it, so
 * that what the types promise is what came. Members that no shape names stay where they are.
 */
import { InvariantError } from "../../kernel/index.js";
import { isObject, type Json } from "../../python/index.js";

/** A value in words. */
const shown = (value: Json | undefined): string =>
  value === undefined ? "nothing" : JSON.stringify(value);

/** Whether a value is a `T`, and where it is not. */
export interface Shape<T> {
  /** Where `value`, which stands at `at`, is something else: `at name: a text, not 7`. */
  misfit(value: Json | undefined, at: string): string | undefined;
  /** Only its type counts. */
  readonly example?: T;
  /** The member may be missing. */
  readonly optional?: true;
}

/** What a shape stands for. */
export type Shaped<S> = S extends Shape<infer T> ? T : never;

const is = <T>(words: string, test: (value: Json | undefined) => boolean): Shape<T> => ({
  misfit: (value, at) => (test(value) ? undefined : `${at}: ${words}, not ${shown(value)}`),
});

export const text: Shape<string> = is("a text", (value) => typeof value === "string");
export const number: Shape<number> = is("a number", (value) => typeof value === "number");
export const flag: Shape<boolean> = is("true or false", (value) => typeof value === "boolean");
/** Whatever it is. */
export const anything: Shape<Json> = is("something", (value) => value !== undefined);

/** It may be null. */
export const nullable = <T>(shape: Shape<T>): Shape<T | null> => ({
  misfit: (value, at) => (value === null ? undefined : shape.misfit(value, at)),
});

/** One or the other. */
export const either = <A, B>(one: Shape<A>, other: Shape<B>): Shape<A | B> => ({
  misfit: (value, at) =>
    one.misfit(value, at) === undefined ? undefined : other.misfit(value, at),
});

export const list = <T>(shape: Shape<T>): Shape<readonly T[]> => ({
  misfit(value, at) {
    if (!Array.isArray(value)) return `${at}: a list, not ${shown(value)}`;
    for (const [index, item] of (value as readonly Json[]).entries()) {
      const misfit = shape.misfit(item, `${at}[${String(index)}]`);
      if (misfit !== undefined) return misfit;
    }
    return undefined;
  },
});

/** Members of any name. */
export const record = <T>(shape: Shape<T>): Shape<Readonly<Record<string, T>>> => ({
  misfit(value, at) {
    if (!isObject(value ?? null)) return `${at}: an object, not ${shown(value)}`;
    for (const [name, item] of Object.entries(value as Readonly<Record<string, Json>>)) {
      const misfit = shape.misfit(item, `${at}.${name}`);
      if (misfit !== undefined) return misfit;
    }
    return undefined;
  },
});

/** A member that may be missing. */
export const maybe = <T>(shape: Shape<T>): Shape<T> & { readonly optional: true } => ({
  misfit: (value, at) => (value === undefined ? undefined : shape.misfit(value, at)),
  optional: true,
});

type Members = Readonly<Record<string, Shape<unknown>>>;
type OptionalKey<M> = {
  [K in keyof M]: M[K] extends { readonly optional: true } ? K : never;
}[keyof M];
type Flat<T> = { readonly [K in keyof T]: T[K] };
type ObjectOf<M extends Members> = Flat<
  { [K in Exclude<keyof M, OptionalKey<M>>]: Shaped<M[K]> } & {
    [K in OptionalKey<M>]?: Shaped<M[K]>;
  }
>;

export const object = <M extends Members>(members: M): Shape<ObjectOf<M>> => ({
  misfit(value, at) {
    if (value === undefined || !isObject(value)) {
      return `${at}: an object, not ${shown(value)}`;
    }
    for (const [name, shape] of Object.entries(members)) {
      const misfit = shape.misfit(value[name], at === "" ? name : `${at}.${name}`);
      if (misfit !== undefined) return misfit;
    }
    return undefined;
  },
});

/** `value` as what it is said to be. @throws InvariantError if it is not: the shape is wrong then */
export function shaped<T>(shape: Shape<T>, value: Json | undefined, what: string): T {
  if (fits(shape, value, what)) return value;
  throw new InvariantError(`${what} is not what its type says`);
}

function fits<T>(shape: Shape<T>, value: unknown, what: string): value is T {
  const misfit = shape.misfit(value as Json | undefined, "");
  if (misfit !== undefined)
    throw new InvariantError(`${what} is not what its type says: ${misfit}`);
  return true;
}
