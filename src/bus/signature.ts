/**
 * What a method takes, as Python binds it: the names, what is taken for one that is left out, and
 * what each is used as. A message that typed code sends has been compared by the compiler; any other
 * is bound here. Upstream: the `def` lines of each manager.py; CPython 2.7 ceval.c (PyEval_EvalCodeEx).
 */
import {
  PythonTypeError,
  anything,
  dictOrder,
  missing,
  type Json,
  type Use,
} from "../python/index.js";

/** One parameter of a method. */
export interface Parameter {
  readonly use: Use;
  /** Its default; without one it must be given. */
  readonly otherwise?: Json;
}

/** The parameters after self and context, those that nobody here sends among them. */
export type Takes<A> = { readonly [K in keyof A]-?: Parameter } & Readonly<
  Record<string, Parameter>
>;

export interface Binding {
  /** What its `def` calls the context. Default: `context`. */
  readonly context?: string;
  /** `**kwargs`: it takes whatever it is given, and looks for what it needs (`kwargs['host']`). */
  readonly rest?: boolean;
  /**
   * The name of what stands around the method and takes anything: arguments are compared with the
   * parameters further in, where the method itself is called.
   */
  readonly within?: string;
}

export interface Signature extends Binding {
  readonly parameters: Readonly<Record<string, Parameter>>;
}

/**
 * A parameter that must be given.
 *
 * @example
 * ```ts
 * import { cast, defineRpcApi, required } from "novasim";
 *
 * const api = defineRpcApi({
 *   topic: "board",
 *   version: "1.0",
 *   methods: { write_note: cast<{ text: string }>("1.0", { text: required() }) },
 * });
 * console.log(Object.keys(api.methods.write_note.signature?.parameters ?? {})); // [ 'text' ]
 * ```
 */
export const required = (use: Use = anything): Parameter => ({ use });

/**
 * A parameter that may be left out: what is taken for it then.
 *
 * @example
 * ```ts
 * import { cast, defineRpcApi, otherwise, required } from "novasim";
 *
 * const api = defineRpcApi({
 *   topic: "board",
 *   version: "1.1",
 *   methods: {
 *     write_note: cast<{ text: string; colour?: string }>("1.1", {
 *       text: required(),
 *       colour: otherwise("yellow"),
 *     }),
 *   },
 * });
 * console.log(api.methods.write_note.signature?.parameters["colour"]?.otherwise); // yellow
 * ```
 */
export const otherwise = (value: Json, use: Use = anything): Parameter => ({
  use,
  otherwise: value,
});

/** self and the context, which no message names. */
const IMPLICIT = 2;

/** The arguments as they arrive at the method `name`, or at what stands around it. @throws TypeError */
export function bindOutside(name: string, signature: Signature, args: object): object {
  const { within } = signature;
  if (within === undefined) return bind(name, signature, args);
  refuseImplicit(within, {}, args);
  return args;
}

/**
 * The arguments as the method `name` itself gets them.
 * @throws TypeError in Python's words for those that do not go with its parameters; KeyError for
 * what it looks for among `kwargs`
 */
export function bind(name: string, signature: Signature, args: object): object {
  const { parameters, rest = false } = signature;
  refuseImplicit(name, signature, args);
  const given = Object.keys(args).filter((argument) => Object.hasOwn(parameters, argument));
  if (!rest) {
    const unknown = dictOrder(Object.keys(args)).find(
      (argument) => !Object.hasOwn(parameters, argument),
    );
    if (unknown !== undefined) {
      throw new PythonTypeError(`${name}() got an unexpected keyword argument '${unknown}'`);
    }
    refuseMissing(name, parameters, given);
  }
  const bound: Record<string, unknown> = { ...args };
  for (const [parameter, { use, otherwise: value }] of Object.entries(parameters)) {
    const given = Object.hasOwn(args, parameter);
    if (!given && value === undefined) throw missing(parameter);
    bound[parameter] = use(given ? bound[parameter] : value);
  }
  return bound;
}

/** @throws TypeError for an argument that has the name of what is passed anyway */
function refuseImplicit(name: string, { context = "context" }: Binding, args: object): void {
  const twice = ["self", context].find((argument) => Object.hasOwn(args, argument));
  if (twice === undefined) return;
  throw new PythonTypeError(`${name}() got multiple values for keyword argument '${twice}'`);
}

function refuseMissing(
  name: string,
  parameters: Signature["parameters"],
  given: readonly string[],
): void {
  const needed = Object.keys(parameters).filter((key) => parameters[key]?.otherwise === undefined);
  if (needed.every((parameter) => given.includes(parameter))) return;
  const exactly = needed.length === Object.keys(parameters).length ? "exactly" : "at least";
  const count = String(needed.length + IMPLICIT);
  throw new PythonTypeError(
    `${name}() takes ${exactly} ${count} arguments (${String(given.length + IMPLICIT)} given)`,
  );
}
