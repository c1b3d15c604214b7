/**
 * The way to one guest: whatever goes wrong on it or in the guest is one error, a time-out too. Upstream:
 * trove/guestagent/api.py (API._call, API._cast) at 2014.2.
 */
import {
  MessagingTimeout,
  RemoteError,
  RpcClient,
  clientOf,
  originalMessage,
  type ClientOf,
} from "../../../bus/index.js";
import type { Env, FlagsOf, RequestContext } from "../../../framework/index.js";
import { caught, seconds, type Op } from "../../../kernel/index.js";
import { TimedOut, type Exception } from "../../../python/index.js";
import { troveSerializer, type TroveContext } from "../context.js";
import { GuestError, GuestTimeout } from "../exception.js";
import { remoteFlags } from "../flags.js";
import { GUEST_TOPIC, guestApi } from "../guestagent/rpcapi.js";

export type GuestClient = ClientOf<typeof guestApi, RequestContext>;

/** What the ways to all guests of an application have in common. */
export class GuestLines {
  readonly env: Env;
  readonly flags: FlagsOf<typeof remoteFlags>;
  readonly rpc: GuestClient;
  readonly sender: RpcClient<RequestContext>;

  constructor(env: Env) {
    this.env = env;
    this.flags = env.flags.read(remoteFlags);
    this.sender = new RpcClient(env.bus, troveSerializer);
    this.rpc = clientOf(guestApi, this.sender);
  }
}

export class GuestLine {
  protected readonly guests: GuestLines;
  protected readonly ctxt: TroveContext;
  protected readonly id: string;

  constructor(guests: GuestLines, ctxt: TroveContext, id: string) {
    this.guests = guests;
    this.ctxt = ctxt;
    this.id = id;
  }

  get queue(): string {
    return `${GUEST_TOPIC}.${this.id}`;
  }

  protected low<T>(method: string, ask: (rpc: GuestClient) => Op<T>): Op<T> {
    return this.call(method, this.guests.flags.agent_call_low_timeout, ask);
  }

  protected high<T>(method: string, ask: (rpc: GuestClient) => Op<T>): Op<T> {
    return this.call(method, this.guests.flags.agent_call_high_timeout, ask);
  }

  protected *call<T>(method: string, timeout: number, ask: (rpc: GuestClient) => Op<T>): Op<T> {
    const { rpc } = this.guests;
    try {
      return yield* ask(rpc.prepare({ server: this.id, timeout: seconds(timeout) }));
    } catch (thrown) {
      if (thrown instanceof TimedOut) throw new GuestTimeout({});
      throw this.#failed(method, yield* caught(thrown));
    }
  }

  protected *cast(method: string, send: (rpc: GuestClient) => Op<void>): Op<void> {
    try {
      yield* send(this.guests.rpc.prepare({ server: this.id }));
    } catch (thrown) {
      throw this.#failed(method, yield* caught(thrown));
    }
  }

  #failed(method: string, error: Exception): GuestError {
    this.guests.env.log("error", `Error calling ${method}`);
    return new GuestError({ original_message: this.#words(method, error) });
  }

  #words(method: string, error: Exception): string {
    if (error instanceof RemoteError) return error.value;
    // A builtin comes back with the traceback of the guest behind it, which is left out here.
    if (!(error instanceof MessagingTimeout)) return originalMessage(error);
    const what = `topic: "${this.queue}", RPC method: "${method}" info: "<unknown>"`;
    return `Timeout while waiting on RPC response - ${what}`;
  }
}
