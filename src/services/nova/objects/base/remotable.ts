/**
 * The methods of objects that need the database, as values that both ends name: who asks for one, and the store that answers, at
 * the database or through the conductor. Upstream: nova/objects/base.py (remotable, remotable_classmethod) at 2014.2; nova §0.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { argumentsOf, type Signature } from "../wire/arguments.js";
import type { AnyObject, ObjectStore } from "./versioned-object.js";

/**
 * A method of an object that needs the database, as a value that both ends name: the object when it
 * asks, a store when it answers. `@remotable`.
 */
export interface ObjectMethod<O, A extends object> extends Signature<A> {
  readonly of: ClassOf<O>;
}

type ClassOf<O> = (abstract new (...args: never) => O) & { readonly objname: string };

export const objectMethod =
  <A extends object = object>(signature: Omit<Signature<A>, "method"> = {}) =>
  <O>(of: ClassOf<O>, method: string): ObjectMethod<O, A> => ({ of, method, ...signature });

/** Look-ups, and what needs no object yet. `@remotable_classmethod`. */
export interface ClassMethod<A extends object, R> extends Signature<A> {
  readonly objname: string;
  /** For the compiler alone. */
  readonly types?: (values: A) => R;
}

export const classMethod = <A extends object, R = void>(
  objname: string,
  method: string,
  signature: Omit<Signature<A>, "method">,
): ClassMethod<A, R> => ({ objname, method, ...signature });

/** Call a method of `object`, wherever its store runs it; the fields are brought up to date. */
export function* callMethod<O extends AnyObject, A extends object>(
  ctxt: RequestContext,
  object: O,
  method: ObjectMethod<O, A>,
  values: A,
): Op<unknown> {
  return yield* object.store.action(ctxt, object, method.method, argumentsOf(method, values));
}

/** Call a class method, wherever `store` runs it. */
export function* callClass<A extends object, R>(
  store: ObjectStore,
  ctxt: RequestContext,
  method: ClassMethod<A, R>,
  values: A,
): Op<R> {
  const given = argumentsOf(method, values);
  return (yield* store.classAction(ctxt, method.objname, method.method, given)) as R;
}
