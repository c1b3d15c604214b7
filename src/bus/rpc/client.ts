/**
 * Sends requests: call, cast and fanout, aimed by a target. Not the typed client that services hold
 * (`client-of.ts`), which stands on this. Upstream: oslo.messaging `rpc/client.py`; messaging §A2.
 */
import type { Op } from "../../kernel/index.js";
import { toJson, type JsonObject } from "../../python/index.js";
import type { Connection } from "../connection.js";
import { InvalidTarget, RPCVersionCapError } from "../errors.js";
import { deserializeFailure } from "./failure.js";
import type { Request } from "../message.js";
import type { RpcSent } from "../observations.js";
import { requestOf, type Serializer } from "./serializer.js";
import { queueGetFor, type Target } from "../target.js";
import { versionIsCompatible } from "./version.js";

/** A target, with how long to wait for a reply from there. */
export interface CallTarget extends Target {
  /** Microseconds; default: `rpc_response_timeout` of the process. */
  readonly timeout?: number | undefined;
  /**
   * How often to try again while the broker is away; left out or -1, for ever, and 0 is once in all.
   */
  readonly retry?: number | undefined;
  /** Whether to be told at once that no queue takes it; not for a fanout. Since oslo.messaging 6. */
  readonly atLeastOnce?: boolean | undefined;
}

/** A message that is to be sent, before it is a request. */
export interface Outgoing<C> {
  readonly kind: RpcSent["kind"];
  readonly target: CallTarget;
  readonly ctxt: C;
  readonly method: string;
  readonly args: object;
  /** What goes on the wire unless the target says otherwise. */
  readonly version: string | undefined;
}

export interface RpcClientOptions {
  /** The newest version that may be sent: `[upgrade_levels]` of a half-upgraded deployment. */
  readonly versionCap?: string | undefined;
  /** A cast waits for its handler and raises what that raised: the CastAsCall fixture of Nova's tests. */
  readonly castAsCall?: boolean | undefined;
}

export class RpcClient<C> {
  readonly #connection: Connection;
  readonly #serializer: Serializer<C>;
  readonly #versionCap: string | undefined;
  readonly #castAsCall: boolean;

  constructor(connection: Connection, serializer: Serializer<C>, options: RpcClientOptions = {}) {
    this.#connection = connection;
    this.#serializer = serializer;
    this.#versionCap = options.versionCap;
    this.#castAsCall = options.castAsCall ?? false;
  }

  /** Whether a message of that version may be sent; without a cap, any may (RPC-74). */
  canSendVersion(version: string | undefined): boolean {
    const cap = this.#versionCap;
    if (cap === undefined) return true;
    return version !== undefined && versionIsCompatible(cap, version);
  }

  /**
   * Send, and wait for the answer. The timeout is total (oslo.messaging 1.5).
   * @param version what goes on the wire unless the target says otherwise
   * @throws MessagingTimeout, the server's exception or RemoteError; InvalidTarget without a topic;
   * RPCVersionCapError; MessageDeliveryFailure if `retry` is used up; MessageUndeliverable
   */
  call(target: CallTarget, ctxt: C, method: string, args: object, version?: string): Op<unknown> {
    return this.#await({ kind: "rpc.call", target, ctxt, method, args, version });
  }

  /**
   * Send, and go on.
   * @throws InvalidTarget, RPCVersionCapError, MessageDeliveryFailure, MessageUndeliverable
   */
  *cast(target: CallTarget, ctxt: C, method: string, args: object, version?: string): Op<void> {
    const kind = target.fanout === true ? "rpc.fanout" : "rpc.cast";
    const outgoing: Outgoing<C> = { kind, target, ctxt, method, args, version };
    if (this.#castAsCall) {
      yield* this.#await(outgoing);
      return;
    }
    const { bus } = this.#connection;
    if (bus.tap !== undefined) yield* bus.tap.ready(this.#connection, target.retry);
    if (target.atLeastOnce === true && kind !== "rpc.fanout") {
      yield* this.#publishMandatory(target, this.#request(outgoing, undefined));
    } else this.send(outgoing, undefined);
  }

  *#await(outgoing: Outgoing<C>): Op<unknown> {
    const { kind, target, ctxt } = outgoing;
    if (kind === "rpc.call" && target.fanout === true) {
      throw new InvalidTarget("A call cannot be used with fanout", { target });
    }
    const connection = this.#connection;
    const { bus, replies, responseTimeout, allowedModules } = connection;
    if (bus.tap !== undefined) yield* bus.tap.ready(connection, target.retry);
    const mandatory = target.atLeastOnce === true && target.fanout !== true;
    const request = mandatory
      ? this.#request(outgoing, replies.queue)
      : this.send(outgoing, replies.queue);
    const waiting = replies.expect(request, target.timeout ?? responseTimeout);
    try {
      if (mandatory) yield* this.#publishMandatory(target, request);
      const reply = yield* waiting.answered.wait();
      if (reply.failure !== undefined) throw deserializeFailure(reply.failure, allowedModules);
      return this.#serializer.deserializeEntity(ctxt, reply.result);
    } finally {
      replies.forget(waiting);
    }
  }

  #publishMandatory(target: CallTarget, request: Request): Op<void> {
    const connection = this.#connection;
    return connection.publishMandatory(exchangeOf(target, connection), keyOf(target), request);
  }

  /** @internal Publish a request. Whoever gives a `replyQueue` of its own takes the replies itself. */
  send(outgoing: Outgoing<C>, replyQueue: string | undefined): Request {
    const request = this.#request(outgoing, replyQueue);
    const connection = this.#connection;
    const { target } = outgoing;
    connection.publish(exchangeOf(target, connection), keyOf(target), request);
    return request;
  }

  /** Make a request, and publish that it is being sent. */
  #request(outgoing: Outgoing<C>, replyQueue: string | undefined): Request {
    const { kind, target, method } = outgoing;
    const { topic, server, namespace, version = outgoing.version } = target;
    if (topic === undefined) throw new InvalidTarget("A topic is required", { target });
    if (!this.canSendVersion(version)) {
      const cap = this.#versionCap ?? "";
      throw new RPCVersionCapError(
        `Requested message version, ${version ?? "none"} is incompatible. It needs to be equal ` +
          `in major version and less than or equal in minor version as the specified version cap ${cap}.`,
        { version, version_cap: cap },
      );
    }
    const connection = this.#connection;
    const { kernel, actor } = connection;
    const exchange = target.exchange ?? connection.exchange;
    const context = this.#serializer.serializeContext(outgoing.ctxt);
    const args = toJson(outgoing.args) as JsonObject;
    const id = connection.bus.nextId();
    const request = requestOf(context);
    const cause = kernel.observeAs<RpcSent>(() => ({
      kind,
      actor,
      request,
      id,
      from: actor,
      exchange,
      topic,
      server,
      namespace,
      version,
      method,
      args,
    }));
    return {
      kind: "request",
      id,
      from: actor,
      daemon: kernel.daemon,
      detail: kernel.detail,
      cause,
      request,
      topic,
      method,
      args,
      namespace,
      version,
      context,
      replyQueue,
    };
  }
}

/** A fanout has an exchange of its own for each topic, whatever the control exchange (RPC-10). */
function exchangeOf({ topic = "", exchange, fanout }: CallTarget, connection: Connection): string {
  return fanout === true ? `${topic}_fanout` : (exchange ?? connection.exchange);
}

function keyOf({ topic = "", server, fanout }: CallTarget): string {
  if (fanout === true) return "";
  return server === undefined ? topic : queueGetFor(topic, server);
}
