/**
 * Finds the method that a request asks for: the first endpoint of the right namespace and a
 * compatible version that has it. Only what a contract lists can be called, so `constructor`,
 * `__proto__` and private methods are not reachable (Juno would call them, RPC-67; refusing them
 * is the fix of later releases, RPC-68). Upstream: oslo.messaging `rpc/dispatcher.py`; messaging §A6.
 */
import type { Op } from "../../kernel/index.js";
import { Exception } from "../../python/index.js";
import type { MethodSpec, Methods, RpcApi, Serves } from "../contract.js";
import { NoSuchMethod, UnsupportedVersion } from "../errors.js";
import { bindOutside, type Signature } from "../signature.js";
import type { Request } from "../message.js";
import { versionIsCompatible } from "./version.js";

/** A method that takes a greenthread, and the manager that has it. */
export interface Handler<C> {
  readonly kind: "handler";
  readonly method: string;
  readonly signature: Signature | undefined;
  readonly manager: Handlers<C>;
}

/** A manager that takes note of a request at once. */
export interface Listener {
  readonly kind: "listener";
  readonly method: string;
  readonly signature: Signature | undefined;
  readonly manager: Listeners;
}

/** Nobody serves the request: NoSuchMethod if an endpoint matched, UnsupportedVersion if none did. */
export interface Refusal {
  readonly kind: "refusal";
  readonly error: Exception;
}

type Handle<C> = (ctxt: C, args: object) => Op<unknown>;
type Handlers<C> = Readonly<Record<string, Handle<C>>>;
type Listeners = Readonly<Record<string, (args: object) => void>>;

/**
 * A contract and who serves it. Of each host it holds the manager alone: what is made for every method
 * is made 60 times for each of 1,000 hosts.
 */
export interface Endpoint<C> {
  readonly namespace: string | undefined;
  readonly version: string;
  /** The contract, which all hosts share. */
  readonly methods: Methods;
  readonly manager: Handlers<C> & Listeners;
}

/**
 * `manager` serves `api`; the compiler has checked that it can.
 *
 * @example
 * ```ts
 * import { call, defineRpcApi, done, endpoint } from "novasim";
 *
 * const api = defineRpcApi({
 *   topic: "board",
 *   version: "1.0",
 *   methods: { get_notes: call<Record<string, never>, readonly string[]>() },
 * });
 * console.log(endpoint(api, { get_notes: () => done(["hello"]) }).version); // 1.0
 * ```
 */
export function endpoint<Api extends RpcApi, C>(api: Api, manager: Serves<Api, C>): Endpoint<C> {
  const { namespace, version, methods } = api;
  return { namespace, version, methods, manager: manager as unknown as Endpoint<C>["manager"] };
}

/** Begin what `handler` does with a request. */
export const handle = <C>({ manager, method }: Handler<C>, ctxt: C, args: object): Op<unknown> =>
  (manager[method] as Handle<C>).call(manager, ctxt, args);

/** Arguments that no compiler has compared with what the method takes. @throws TypeError */
export const bound = <C>({ method, signature }: Handler<C> | Listener, args: object): object =>
  signature === undefined ? args : bindOutside(method, signature, args);

const isTell = (spec: MethodSpec): boolean => "told" in spec;

/** What decides who does it. */
type Asked = Pick<Request, "method" | "namespace" | "version">;

/** Who does what `request` asks for: the first endpoint that fits and has the method. */
export function find<C>(
  endpoints: readonly Endpoint<C>[],
  request: Asked,
): Handler<C> | Listener | Refusal {
  try {
    return firstThatFits(endpoints, request);
  } catch (error) {
    if (!(error instanceof Exception)) throw error;
    return { kind: "refusal", error };
  }
}

/** @throws ValueError, IndexError for a version that is none */
function firstThatFits<C>(
  endpoints: readonly Endpoint<C>[],
  { method, namespace, version = "1.0" }: Asked,
): Handler<C> | Listener | Refusal {
  let matched = false;
  for (const candidate of endpoints) {
    if (candidate.namespace !== namespace) continue;
    if (!versionIsCompatible(candidate.version, version)) continue;
    matched = true;
    const { methods, manager } = candidate;
    const spec = Object.hasOwn(methods, method) ? methods[method] : undefined;
    if (spec === undefined) continue;
    const { signature } = spec;
    return { kind: isTell(spec) ? "listener" : "handler", method, signature, manager };
  }
  const error = matched
    ? new NoSuchMethod(`Endpoint does not support RPC method ${method}`, { method })
    : new UnsupportedVersion(`Endpoint does not support RPC version ${version}`, { version });
  return { kind: "refusal", error };
}
