/**
 * Makes the client that a contract promises: one method for each of the contract's, each a call or
 * a cast as the contract says. Upstream: the rpcapi.py that every OpenStack service writes by hand.
 */
import type { Op } from "../kernel/index.js";
import type { Aim, ClientOf, MethodSpec, Methods, RpcApi } from "./contract.js";
import type { CallTarget, RpcClient } from "./rpc/client.js";

type Sender<C> = (this: Prepared<C>, ctxt: C, args: object) => Op<unknown>;

/** What the generated methods stand on: where to send, and through what. */
class Prepared<C> {
  readonly rpc: RpcClient<C>;
  readonly target: CallTarget;

  constructor(rpc: RpcClient<C>, target: CallTarget) {
    this.rpc = rpc;
    this.target = target;
  }

  prepare(aim: Aim): Prepared<C> {
    const Same = this.constructor as new (rpc: RpcClient<C>, target: CallTarget) => Prepared<C>;
    return new Same(this.rpc, { ...this.target, ...aim });
  }
}

/** Clients by their contracts, which never change: every cloud of a process has the same methods. */
const CLIENTS = new WeakMap<object, typeof Prepared>();

/**
 * A client of `api` over `rpc`. The methods are made once, on a prototype, because `prepare` is
 * called for nearly every message. A contract's own method of that name is sent by `rpc` itself.
 *
 * @example
 * ```ts
 * import { Cloud, RpcClient, call, clientOf, contextSerializer, defineRpcApi } from "novasim";
 *
 * const baseApi = defineRpcApi({
 *   topic: "conductor",
 *   namespace: "baseapi",
 *   version: "1.1",
 *   methods: { ping: call<{ arg: string }, { service: string; arg: string }>() },
 * });
 * const cloud = new Cloud();
 * const connection = cloud.bus.connect({ actor: "me@desk", exchange: "nova" });
 * const conductor = clientOf(baseApi, new RpcClient(connection, contextSerializer));
 * const answer = cloud.run(conductor.ping(cloud.user("admin").adminContext(), { arg: "?" }));
 * console.log(answer.service); // conductor
 * ```
 */
export function clientOf<M extends Methods, C>(
  api: RpcApi<M>,
  rpc: RpcClient<C>,
): ClientOf<RpcApi<M>, C> {
  const Client = CLIENTS.get(api) ?? classOf(api);
  CLIENTS.set(api, Client);
  const target: CallTarget = { topic: api.topic, namespace: api.namespace };
  // The class has just what the type says; TypeScript cannot see through its loop.
  return new Client(rpc, target) as unknown as ClientOf<RpcApi<M>, C>;
}

function classOf(api: RpcApi): typeof Prepared {
  class Client<C> extends Prepared<C> {}
  for (const [name, spec] of Object.entries<MethodSpec>(api.methods)) {
    if (name === "prepare") continue;
    Object.defineProperty(Client.prototype, name, { value: sender(api, name, spec) });
  }
  return Client;
}

function sender(api: RpcApi, name: string, spec: MethodSpec): Sender<unknown> {
  const version = spec.version ?? api.clientVersion ?? api.version;
  if (spec.kind === "call") {
    return function (ctxt, args) {
      return this.rpc.call(this.target, ctxt, name, args, version);
    };
  }
  return function (ctxt, args) {
    return this.rpc.cast(this.target, ctxt, name, args, version);
  };
}
