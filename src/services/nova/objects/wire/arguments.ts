/**
 * The arguments of remotable methods: what a caller gives by place and what by name is on the wire
 * as upstream's callers write it, and whoever runs the method binds both to its parameters as Python
 * does. Upstream: nova/objects/base.py (remotable, remotable_classmethod) at 2014.2.
 */
import { PythonTypeError } from "../../../../python/index.js";

/** `args` and `kwargs` of a call. */
export interface Arguments {
  readonly args: readonly unknown[];
  readonly kwargs: Readonly<Record<string, unknown>>;
}

/** A method's parameters after `self` or `cls` and the context. */
export interface Signature<A> {
  readonly method: string;
  /** Those without a default, which callers give by place. */
  readonly takes?: readonly (keyof A & string)[];
  /** Those with one, which callers give by name. */
  readonly options?: readonly (keyof A & string)[];
}

/** Both `self` or `cls` and the context are arguments to Python. */
const IMPLICIT = 2;

/** How a caller that has `values` calls the method. */
export function argumentsOf<A extends object>(
  { takes = [], options = [] }: Signature<A>,
  values: A,
): Arguments {
  const kwargs: Record<string, unknown> = {};
  for (const name of options) if (values[name] !== undefined) kwargs[name] = values[name];
  return { args: takes.map((name) => values[name]), kwargs };
}

/** What each parameter is bound to. @throws TypeError if they do not fit, in Python's words */
export function bind<A extends object>(
  { method, takes = [], options = [] }: Signature<A>,
  { args, kwargs }: Arguments,
): A {
  const names: readonly string[] = [...takes, ...options];
  const most = IMPLICIT + names.length;
  if (args.length > names.length) {
    const given = IMPLICIT + args.length + Object.keys(kwargs).length;
    throw miscounted(method, options.length > 0 ? "at most" : "exactly", most, given);
  }
  const bound: Record<string, unknown> = {};
  for (let at = 0; at < args.length; at++) bound[names[at] as string] = args[at];
  for (const name of Object.keys(kwargs)) {
    if (!names.includes(name)) {
      throw new PythonTypeError(`${method}() got an unexpected keyword argument '${name}'`);
    }
    if (Object.hasOwn(bound, name)) {
      throw new PythonTypeError(`${method}() got multiple values for keyword argument '${name}'`);
    }
    bound[name] = kwargs[name];
  }
  if (takes.some((name) => !Object.hasOwn(bound, name))) {
    const bounds = options.length > 0 ? "at least" : "exactly";
    throw miscounted(method, bounds, IMPLICIT + takes.length, IMPLICIT + Object.keys(bound).length);
  }
  return bound as A;
}

const miscounted = (method: string, bounds: string, takes: number, given: number): Error =>
  new PythonTypeError(
    `${method}() takes ${bounds} ${String(takes)} arguments (${String(given)} given)`,
  );
