/**
 * Sends requests: call, cast and fanout, aimed by a target. Not the typed client that services hold
 * (`client-of.ts`), which stands on this. Upstream: oslo.messaging `rpc/client.py`; messaging §A2.
 */
import type { Duration, Op } from "../../kernel/index.js";
import { toJson, type JsonObject } from "../../python/index.js";
import type { Connection } from "../connection.js";
import { InvalidTarget } from "../errors.js";
import { deserializeFailure } from "./failure.js";
import type { Request } from "../message.js";
import type { RpcSent } from "../observations.js";
import { requestOf, type Serializer } from "./serializer.js";
import { queueGetFor, type Target } from "../target.js";

/** A target, with how long to wait for a reply from there. */
export interface CallTarget extends Target {
  /** Default: `rpc_response_timeout` of the process. */
  readonly timeout?: Duration | undefined;
  /**
   * How often to try again while the broker is away; left out or -1, for ever, and 0 is once in all.
   */
  readonly retry?: number | undefined;
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

/**
 * Sends requests: call, cast and fanout, aimed by a target. `clientOf` makes a typed client of one.
 *
 * @example
 * ```ts
 * import {
 *   Cloud,
 *   Manager,
 *   RpcClient,
 *   call,
 *   clientOf,
 *   contextSerializer,
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
 * const connection = cloud.bus.connect({ actor: "reader@desk", exchange: "nova" });
 * const board = clientOf(boardApi, new RpcClient(connection, contextSerializer));
 * const ctxt = cloud.user("admin").adminContext();
 * console.log(cloud.run(board.get_notes(ctxt, {}))); // [ 'hello' ]
 * ```
 */
export class RpcClient<C> {
  readonly #connection: Connection;
  readonly #serializer: Serializer<C>;

  constructor(connection: Connection, serializer: Serializer<C>) {
    this.#connection = connection;
    this.#serializer = serializer;
  }

  /**
   * Send, and wait for the answer. How the timeout is counted: `reply-waiters.ts`. Of a fanout, the
   * first answer is taken (RPC-50).
   * @param version what goes on the wire unless the target says otherwise
   * @throws MessagingTimeout, the server's exception or RemoteError; InvalidTarget without a topic;
   * MessageDeliveryFailure if `retry` is used up
   */
  call(target: CallTarget, ctxt: C, method: string, args: object, version?: string): Op<unknown> {
    return this.converse({ kind: "rpc.call", target, ctxt, method, args, version });
  }

  /** Send, and go on. @throws InvalidTarget, MessageDeliveryFailure */
  *cast(target: CallTarget, ctxt: C, method: string, args: object, version?: string): Op<void> {
    const { tap } = this.#connection.bus;
    if (tap !== undefined) yield* tap.ready(this.#connection, topicOf(target), target.retry);
    const outgoing: Outgoing<C> = { kind: castKind(target), target, ctxt, method, args, version };
    const delivery = this.publish(target, this.request(outgoing, undefined));
    if (delivery !== undefined) yield* delivery;
  }

  /** @internal Publish a request. Whoever gives a `replyQueue` of its own takes the replies itself. */
  send(outgoing: Outgoing<C>, replyQueue: string | undefined): Request {
    const request = this.request(outgoing, replyQueue);
    this.#give(outgoing.target, request);
    return request;
  }

  /** Send, and wait for the answer, as for a call. */
  protected *converse(outgoing: Outgoing<C>): Op<unknown> {
    const { target, ctxt } = outgoing;
    const connection = this.#connection;
    const { bus, replies, responseTimeout, allowedModules } = connection;
    if (bus.tap !== undefined) yield* bus.tap.ready(connection, topicOf(target), target.retry);
    const request = this.request(outgoing, replies.queue);
    const delivery = this.publish(target, request);
    const waiting = replies.expect(request, target.timeout ?? responseTimeout);
    try {
      if (delivery !== undefined) yield* delivery;
      const reply = yield* waiting.answered.wait();
      if (reply.failure !== undefined) throw deserializeFailure(reply.failure, allowedModules);
      return this.#serializer.deserializeEntity(ctxt, reply.result);
    } finally {
      replies.forget(waiting);
    }
  }

  /** Give `request` to the connection. @returns what is still to be waited for, if anything is */
  protected publish(target: CallTarget, request: Request): Op<void> | undefined {
    this.#give(target, request);
    return undefined;
  }

  #give(target: CallTarget, request: Request): void {
    const connection = this.#connection;
    connection.publish(exchangeOf(target, connection), keyOf(target), request);
  }

  /** Make a request, and publish that it is being sent. */
  protected request(outgoing: Outgoing<C>, replyQueue: string | undefined): Request {
    const { kind, target, method } = outgoing;
    const { topic, server, namespace, version = outgoing.version } = target;
    if (topic === undefined) {
      throw new InvalidTarget("A topic is required to send", { ...target, version });
    }
    const connection = this.#connection;
    const { kernel, actor } = connection;
    const exchange = target.exchange ?? connection.exchange;
    const context = this.#serializer.serializeContext(outgoing.ctxt);
    const args = toJson(outgoing.args) as JsonObject;
    const id = connection.bus.nextId();
    const { daemon, detail } = kernel.behalf;
    const request = requestOf(context);
    const cause = kernel.observeAs<RpcSent>(() => ({
      kind,
      actor,
      request,
      id,
      ...(replyQueue !== undefined && { msg_id: connection.ids.call(id) }),
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
      daemon,
      detail,
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

/** What a cast aimed like that is recorded as. */
export const castKind = ({ fanout }: CallTarget): "rpc.fanout" | "rpc.cast" =>
  fanout === true ? "rpc.fanout" : "rpc.cast";

/** A fanout has an exchange of its own for each topic, whatever the control exchange (RPC-10). */
export function exchangeOf(
  { topic = "", exchange, fanout }: CallTarget,
  connection: Connection,
): string {
  return fanout === true ? `${topic}_fanout` : (exchange ?? connection.exchange);
}

/** What the driver's log calls the place that a message goes to. */
const topicOf = (target: CallTarget): string =>
  target.fanout === true ? (target.topic ?? "") : keyOf(target);

export function keyOf({ topic = "", server, fanout }: CallTarget): string {
  if (fanout === true) return "";
  return server === undefined ? topic : queueGetFor(topic, server);
}
