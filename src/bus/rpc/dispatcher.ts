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

/** A method that takes a greenthread, bound to its manager. */
export interface Handler<C> {
  readonly kind: "handler";
  readonly method: string;
  readonly signature: Signature | undefined;
  readonly handle: (ctxt: C, args: object) => Op<unknown>;
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

type Listeners = Readonly<Record<string, (args: object) => void>>;

/** A contract and who serves it. */
export interface Endpoint<C> {
  readonly namespace: string | undefined;
  readonly version: string;
  readonly handlers: ReadonlyMap<string, Handler<C>>;
  /** Whether any of its methods is a `tell`; of most endpoints none is. */
  readonly listens: boolean;
  /**
   * For those that are: the contract, which all hosts share, and the manager as it is. Finding a
   * listener among 1,000 hosts costs what is touched on each.
   */
  readonly methods: Methods;
  readonly manager: Listeners;
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
  const methods = manager as unknown as Record<string, Handler<C>["handle"] & Listeners[string]>;
  const handlers = new Map<string, Handler<C>>();
  for (const [name, spec] of Object.entries<MethodSpec>(api.methods)) {
    if (isTell(spec)) continue;
    const handle: Handler<C>["handle"] = (ctxt, args) =>
      (methods[name] as Handler<C>["handle"]).call(manager, ctxt, args);
    const { signature } = spec;
    handlers.set(name, { kind: "handler", method: name, signature, handle });
  }
  const { namespace, version } = api;
  const listens = Object.values<MethodSpec>(api.methods).some(isTell);
  return { namespace, version, handlers, listens, methods: api.methods, manager: methods };
}

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
    const { listens, methods, manager } = candidate;
    const spec = listens && Object.hasOwn(methods, method) ? methods[method] : undefined;
    if (spec !== undefined && isTell(spec)) {
      return { kind: "listener", method, signature: spec.signature, manager };
    }
    const handler = candidate.handlers.get(method);
    if (handler !== undefined) return handler;
  }
  const error = matched
    ? new NoSuchMethod(`Endpoint does not support RPC method ${method}`, { method })
    : new UnsupportedVersion(`Endpoint does not support RPC version ${version}`, { version });
  return { kind: "refusal", error };
}
