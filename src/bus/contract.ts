/**
 * One contract per topic, from which both ends are derived: what a manager must implement, and what
 * a caller holds. In OpenStack nothing makes rpcapi.py and manager.py agree; here the compiler does.
 * A contract is data as well: the dispatcher exposes exactly the methods that it lists.
 */
import type { Duration, Op } from "../kernel/index.js";
import type { Binding, Takes, Signature } from "./signature.js";
import type { Target } from "./target.js";

/**
 * A method whose caller waits for a result. The types exist for the compiler alone: what it is
 * given, what its caller gets, and what its manager returns if that is something else.
 */
export interface CallSpec<A, R, V = R> {
  readonly kind: "call";
  /** The version that the client puts on the wire, if it is not the contract's own. */
  readonly version: string | undefined;
  /** What its manager takes; where none is written, anything is bound. */
  readonly signature?: Signature | undefined;
  readonly types?: (args: A) => R;
  readonly answer?: () => V;
}

/** A method whose caller does not wait. */
export interface CastSpec<A> {
  readonly kind: "cast";
  readonly version: string | undefined;
  readonly signature?: Signature | undefined;
  readonly types?: (args: A) => void;
}

/**
 * A cast that its server takes note of at once, with nothing to wait for. Every host may be told of
 * every change in the cloud, so what is told costs no greenthread, no copy and no context.
 */
export interface TellSpec<A> extends CastSpec<A> {
  readonly told: true;
}

export type MethodSpec = CallSpec<never, unknown, unknown> | CastSpec<never>;
export type Methods = Readonly<Record<string, MethodSpec>>;

/**
 * A method whose caller waits for a result: `call<Arguments, Result>()`.
 *
 * @param parameters what messages from elsewhere are bound to
 * @param binding how, where it is not as plain as a `def` that names them all
 *
 * @example
 * ```ts
 * import {
 *   Cloud,
 *   Manager,
 *   call,
 *   defineRpcApi,
 *   endpoint,
 *   type Endpoint,
 *   type Op,
 *   type RequestContext,
 * } from "novasim";
 *
 * const boardApi = defineRpcApi({
 *   topic: "board",
 *   version: "1.0",
 *   methods: { get_notes: call<Record<string, never>, readonly string[]>() },
 * });
 * class BoardManager extends Manager {
 *   *get_notes(): Op<readonly string[]> {
 *     return ["hello"];
 *   }
 *   endpoints(): Endpoint<RequestContext>[] {
 *     return [endpoint(boardApi, this)];
 *   }
 * }
 * const cloud = new Cloud();
 * cloud.add({ binary: "nova-board", manager: BoardManager });
 * const admin = cloud.user("admin");
 * const asked = admin.rpc.call(admin.adminContext(), "board", { method: "get_notes" });
 * console.log(cloud.run(asked)); // [ 'hello' ]
 * ```
 */
export const call = <A, R, V = R>(
  version?: string,
  parameters?: Takes<A>,
  binding?: Binding,
): CallSpec<A, R, V> => ({ kind: "call", version, signature: signatureOf(parameters, binding) });

/**
 * A method whose caller does not wait: `cast<Arguments>()`.
 *
 * @example
 * ```ts
 * import {
 *   Cloud,
 *   Manager,
 *   cast,
 *   defineRpcApi,
 *   endpoint,
 *   type Endpoint,
 *   type Op,
 *   type RequestContext,
 * } from "novasim";
 *
 * const boardApi = defineRpcApi({
 *   topic: "board",
 *   version: "1.0",
 *   methods: { write_note: cast<{ text: string }>() },
 * });
 * class BoardManager extends Manager {
 *   *write_note(_ctxt: RequestContext, { text }: { text: string }): Op<void> {
 *     this.env.log("info", text);
 *   }
 *   endpoints(): Endpoint<RequestContext>[] {
 *     return [endpoint(boardApi, this)];
 *   }
 * }
 * const cloud = new Cloud();
 * cloud.add({ binary: "nova-board", manager: BoardManager });
 * const admin = cloud.user("admin");
 * const note = { method: "write_note", args: { text: "hello" } };
 * cloud.run(admin.rpc.cast(admin.adminContext(), "board", note));
 * cloud.settle();
 * console.log(cloud.timeline.entries.some(({ kind }) => kind === "log")); // true
 * ```
 */
export const cast = <A>(
  version?: string,
  parameters?: Takes<A>,
  binding?: Binding,
): CastSpec<A> => ({ kind: "cast", version, signature: signatureOf(parameters, binding) });

/**
 * A cast that its server takes note of at once, with nothing to wait for and no context.
 *
 * @example
 * ```ts
 * import { defineRpcApi, tell } from "novasim";
 *
 * const api = defineRpcApi({
 *   topic: "board",
 *   version: "1.0",
 *   methods: { host_is_up: tell<{ host: string }>() },
 * });
 * console.log(api.methods.host_is_up.kind); // cast
 * ```
 */
export const tell = <A>(
  version?: string,
  parameters?: Takes<A>,
  binding?: Binding,
): TellSpec<A> => ({ ...cast<A>(version, parameters, binding), told: true });

const signatureOf = (
  parameters: Signature["parameters"] | undefined,
  binding: Binding = {},
): Signature | undefined => parameters && { parameters, ...binding };

/** A contract. `version` is the highest that its server implements. */
export interface RpcApi<M extends Methods = Methods> {
  readonly topic: string;
  readonly namespace?: string;
  readonly version: string;
  /** What a client sends when a method names no version of its own; default: `version`. */
  readonly clientVersion?: string;
  readonly methods: M;
}

/**
 * A contract: the methods of a topic, from which both its ends are typed.
 *
 * @example
 * ```ts
 * import { call, cast, defineRpcApi, type ArgsOf } from "novasim";
 *
 * const boardApi = defineRpcApi({
 *   topic: "board",
 *   version: "1.0",
 *   methods: {
 *     write_note: cast<{ text: string }>(),
 *     get_notes: call<Record<string, never>, readonly string[]>(),
 *   },
 * });
 * const note: ArgsOf<typeof boardApi.methods.write_note> = { text: "hello" };
 * console.log(boardApi.topic, note.text); // board hello
 * ```
 */
export const defineRpcApi = <const M extends Methods>(api: RpcApi<M>): RpcApi<M> => api;

/** The arguments of a method, as a caller gives them and a manager gets them. */
export type ArgsOf<S> =
  S extends CallSpec<infer A, unknown, unknown> ? A : S extends CastSpec<infer A> ? A : never;

/** The same by name: `ArgsIn<typeof computeApi, "shelve_instance">`. */
export type ArgsIn<Api extends RpcApi, M extends keyof Api["methods"]> = ArgsOf<Api["methods"][M]>;

/** What a caller of a method gets back. */
export type ResultOf<S> = S extends CallSpec<never, infer R, unknown> ? R : void;

/** What a manager gives back. */
type AnswerOf<S> = S extends CallSpec<never, unknown, infer V> ? V : void;

/**
 * What a manager implements to serve `Api`, named as on the wire: for each method a greenthread, or
 * a plain function for what it is told.
 */
export type Serves<Api, C> =
  Api extends RpcApi<infer M>
    ? {
        [K in keyof M]: M[K] extends { readonly told: true }
          ? (args: ArgsOf<M[K]>) => void
          : (ctxt: C, args: ArgsOf<M[K]>) => Op<AnswerOf<M[K]>>;
      }
    : never;

type Sends<Api, C> =
  Api extends RpcApi<infer M>
    ? { [K in keyof M]: (ctxt: C, args: ArgsOf<M[K]>) => Op<ResultOf<M[K]>> }
    : never;

/** How a caller may aim its messages: `prepare` of oslo.messaging. */
export interface Aim extends Pick<Target, "topic" | "server" | "fanout" | "version"> {
  /** How long to wait for a reply. */
  readonly timeout?: Duration | undefined;
}

/** What a caller of `Api` holds: the same methods, and `prepare` to aim them. */
export type ClientOf<Api, C> = Omit<Sends<Api, C>, "prepare"> & {
  prepare(aim: Aim): ClientOf<Api, C>;
};
