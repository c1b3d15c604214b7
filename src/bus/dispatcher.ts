/**
 * Finds the method that a request asks for: the first endpoint of the right namespace and a
 * compatible version that has it. Only what a contract lists can be called, so `constructor`,
 * `__proto__` and private methods are not reachable (Juno would call them, RPC-67; refusing them
 * is the fix of later releases, RPC-68). Upstream: oslo.messaging `rpc/dispatcher.py`; messaging §A6.
 */
import type { Op } from "../kernel/index.js";
import type { MethodSpec, Methods, RpcApi, Serves } from "./contract.js";
import { NoSuchMethod, UnsupportedVersion } from "./errors.js";
import { versionIsCompatible } from "./version.js";

type Handler<C> = (ctxt: C, args: object) => Op<unknown>;
type Listener = (args: object) => void;

/** A contract and who serves it. */
export interface Endpoint<C> {
  readonly namespace: string | undefined;
  readonly version: string;
  readonly handlers: ReadonlyMap<string, Handler<C>>;
  /** Whether it is told anything at all; most are not, and are asked for each request. */
  readonly listens: boolean;
  /**
   * For what it is told: the contract, which all hosts share, and the manager as it is. Finding a
   * listener among 1,000 hosts costs what is touched on each.
   */
  readonly methods: Methods;
  readonly manager: Readonly<Record<string, Listener>>;
}

/** `manager` serves `api`; the compiler has checked that it can. */
export function endpoint<Api extends RpcApi, C>(api: Api, manager: Serves<Api, C>): Endpoint<C> {
  const methods = manager as unknown as Record<string, Handler<C> & Listener>;
  const handlers = new Map<string, Handler<C>>();
  for (const [name, spec] of Object.entries<MethodSpec>(api.methods)) {
    if (isTold(spec)) continue;
    handlers.set(name, (ctxt, args) => (methods[name] as Handler<C>).call(manager, ctxt, args));
  }
  const { namespace, version } = api;
  const listens = Object.values<MethodSpec>(api.methods).some(isTold);
  return { namespace, version, handlers, listens, methods: api.methods, manager: methods };
}

const isTold = (spec: MethodSpec): boolean => "told" in spec;

/** Whose manager takes note of a request at once; undefined if it needs a handler, or nobody serves it. */
export function findListener<C>(
  endpoints: readonly Endpoint<C>[],
  method: string,
  namespace: string | undefined,
  version = "1.0",
): Endpoint<C> | undefined {
  for (const each of endpoints) {
    if (!each.listens) continue;
    const { methods } = each;
    if (!Object.hasOwn(methods, method) || !isTold(methods[method] as MethodSpec)) continue;
    if (each.namespace === namespace && versionIsCompatible(each.version, version)) return each;
  }
  return undefined;
}

/**
 * The handler for a request.
 * @throws NoSuchMethod if an endpoint matched but none has the method; UnsupportedVersion if none matched
 */
export function findHandler<C>(
  endpoints: readonly Endpoint<C>[],
  method: string,
  namespace: string | undefined,
  version = "1.0",
): Handler<C> {
  let matched = false;
  for (const each of endpoints) {
    if (each.namespace !== namespace || !versionIsCompatible(each.version, version)) continue;
    const handler = each.handlers.get(method);
    if (handler !== undefined) return handler;
    matched = true;
  }
  if (matched) {
    throw new NoSuchMethod(`Endpoint does not support RPC method ${method}`, { method });
  }
  throw new UnsupportedVersion(`Endpoint does not support RPC version ${version}`, { version });
}
