/**
 * Finds the method that a request asks for: the first endpoint of the right namespace and a
 * compatible version that has it. Only what a contract lists can be called, so `constructor`,
 * `__proto__` and private methods are not reachable (Juno would call them, RPC-67; refusing them
 * is the fix of later releases, RPC-68). Upstream: oslo.messaging `rpc/dispatcher.py`; messaging A6.
 */
import type { Op } from "../kernel/index.js";
import type { MethodSpec, RpcApi, Serves } from "./contract.js";
import { NoSuchMethod, UnsupportedVersion } from "./errors.js";
import { versionIsCompatible } from "./version.js";

type Handler<C> = (ctxt: C, args: object) => Op<unknown>;
type Listener = (args: object) => void;

/** A contract and who serves it. */
export interface Endpoint<C> {
  readonly namespace: string | undefined;
  readonly version: string;
  readonly handlers: ReadonlyMap<string, Handler<C>>;
  /** For what it is told. */
  readonly listeners: ReadonlyMap<string, Listener>;
}

/** `manager` serves `api`; the compiler has checked that it can. */
export function endpoint<Api extends RpcApi, C>(api: Api, manager: Serves<Api, C>): Endpoint<C> {
  const methods = manager as unknown as Record<string, Handler<C> | Listener>;
  const handlers = new Map<string, Handler<C>>();
  const listeners = new Map<string, Listener>();
  for (const [name, spec] of Object.entries<MethodSpec>(api.methods)) {
    const method = methods[name];
    if ("told" in spec) listeners.set(name, (args) => (method as Listener).call(manager, args));
    else handlers.set(name, (ctxt, args) => (method as Handler<C>).call(manager, ctxt, args));
  }
  return { namespace: api.namespace, version: api.version, handlers, listeners };
}

/** Who takes note of a request at once; undefined if it needs a handler, or nobody serves it. */
export function findListener(
  endpoints: readonly Endpoint<never>[],
  method: string,
  namespace: string | undefined,
  version = "1.0",
): Listener | undefined {
  for (const each of endpoints) {
    const listener = each.listeners.get(method);
    if (listener === undefined || each.namespace !== namespace) continue;
    if (versionIsCompatible(each.version, version)) return listener;
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
