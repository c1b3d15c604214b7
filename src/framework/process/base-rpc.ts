/** What every RPC service answers beside its own methods. Upstream: nova/baserpc.py at 2014.2. */
import { call, defineRpcApi, required, type Serves } from "../../bus/index.js";
import type { Op } from "../../kernel/index.js";
import type { RequestContext } from "../request-context.js";

const methods = {
  ping: call<{ arg: string }, { service: string; arg: string }>("1.0", { arg: required() }),
  get_backdoor_port: call<Record<string, never>, number | null>("1.1", {}),
} as const;

/** The base contract of the services on `topic`. */
export const baseApi = (topic: string) =>
  defineRpcApi({ topic, namespace: "baseapi", version: "1.1", methods });

export class BaseRpc implements Serves<ReturnType<typeof baseApi>, RequestContext> {
  readonly #service: string;

  constructor(service: string) {
    this.#service = service;
  }

  *ping(_ctxt: RequestContext, { arg }: { arg: string }): Op<{ service: string; arg: string }> {
    return { service: this.#service, arg };
  }

  /** There is no eventlet backdoor here, so it is never listening. */
  *get_backdoor_port(): Op<number | null> {
    return null;
  }
}
