/**
 * RPC as code of 2011 wrote it: `rpc.call(context, topic, {"method": ..., "args": ...})`. The same
 * bus, queues and servers as everything else; only the typing of the message is loose. It behaves as
 * the Juno bus below it does (timeouts, remote exceptions, versions), and unlike upstream it leaves
 * the caller's dictionary as it was (RPC-85). Upstream: nova/rpc/__init__.py, 2011.3 to 2012.2.
 */
import type { Duration, Op } from "../../kernel/index.js";
import { toJson, type Json, type JsonObject } from "../../python/index.js";
import type { Bus } from "../../bus/bus.js";
import type { Connection } from "../../bus/connection.js";
import { MessageDeliveryFailure } from "../../bus/errors.js";
import { utcnowText } from "../../bus/notify/notifier.js";
import type { NotificationSent } from "../../bus/observations.js";
import { RpcClient, type CallTarget } from "../../bus/rpc/client.js";
import { requestOf, type Serializer } from "../../bus/rpc/serializer.js";
import { queueGetFor } from "../../bus/target.js";
import type { LooseMessage, LooseNotification, ServerParams } from "./message.js";
import { Multicall } from "./multicall.js";

export interface LooseRpcOptions {
  /** `control_exchange`; default: that of the connection. */
  readonly exchange?: string | undefined;
  /** Other brokers by host name, for `cast_to_server`. */
  readonly brokers?: ReadonlyMap<string, Bus>;
}

export class LooseRpc<C> {
  readonly #connection: Connection;
  readonly #serializer: Serializer<C>;
  readonly #options: LooseRpcOptions;
  readonly #client: RpcClient<C>;

  constructor(connection: Connection, serializer: Serializer<C>, options: LooseRpcOptions = {}) {
    this.#connection = connection;
    this.#serializer = serializer;
    this.#options = options;
    this.#client = new RpcClient(connection, serializer);
  }

  /**
   * Send to one consumer of `topic`, and wait for the result.
   * @param timeout default `rpc_response_timeout`
   * @throws the server's exception or RemoteError; MessagingTimeout
   */
  *call(ctxt: C, topic: string, msg: LooseMessage, timeout?: Duration): Op<Json> {
    this.#admit();
    const target = { ...this.#target(topic, msg), timeout };
    return (yield* this.#client.call(target, ctxt, msg.method, msg.args ?? {})) as Json;
  }

  /** Send to one consumer of `topic`; what becomes of it nobody is told. */
  *cast(ctxt: C, topic: string, msg: LooseMessage): Op<void> {
    this.#admit();
    yield* this.#client.cast(this.#target(topic, msg), ctxt, msg.method, msg.args ?? {});
  }

  /** Send to every consumer of `topic`. */
  *fanout_cast(ctxt: C, topic: string, msg: LooseMessage): Op<void> {
    this.#admit();
    const target: CallTarget = { ...this.#target(topic, msg), fanout: true };
    yield* this.#client.cast(target, ctxt, msg.method, msg.args ?? {});
  }

  /** Send as a call; the values come one by one, and a method that has only one gives that. */
  *multicall(ctxt: C, topic: string, msg: LooseMessage, timeout?: Duration): Op<Multicall> {
    const values = new Multicall(this.#connection, timeout ?? this.#connection.responseTimeout);
    const { method, args = {}, version } = msg;
    this.#admit();
    const target = this.#target(topic, msg);
    const { id } = this.#client.send(
      { kind: "rpc.call", target, ctxt, method, args, version },
      values.queue,
    );
    values.sent(id);
    return values;
  }

  /** The queue of one host: a string that can stand for a topic (CTX-01). */
  queue_get_for(_ctxt: C, topic: string, host: string): string {
    return queueGetFor(topic, host);
  }

  /**
   * Cast over another broker, on a connection that is closed after it (RPC-20).
   * @throws MessageDeliveryFailure if there is no broker at that host; upstream tries for ever
   */
  *cast_to_server(ctxt: C, server: ServerParams, topic: string, msg: LooseMessage): Op<void> {
    yield* this.#over(server).cast(ctxt, topic, msg);
  }

  /** Fanout over another broker; what 2012 sent as a plain cast by mistake (RPC-19) is a fanout here. */
  *fanout_cast_to_server(
    ctxt: C,
    server: ServerParams,
    topic: string,
    msg: LooseMessage,
  ): Op<void> {
    yield* this.#over(server).fanout_cast(ctxt, topic, msg);
  }

  /** Publish an event to the queue `topic` (`notifications.info`), which is declared first. */
  *notify(ctxt: C, topic: string, msg: LooseNotification): Op<void> {
    const connection = this.#connection;
    const { kernel, actor } = connection;
    const exchange = this.#options.exchange ?? connection.exchange;
    const context = this.#serializer.serializeContext(ctxt);
    const request = requestOf(context);
    const { publisher_id, event_type, priority } = msg;
    const body = toJson({
      message_id: kernel.stream(actor, "notification").uuid(),
      timestamp: utcnowText(kernel),
      ...msg,
    }) as JsonObject;
    connection.declare(topic, exchange, topic);
    const cause = kernel.observe<NotificationSent>({
      kind: "notification",
      actor,
      request,
      publisher_id,
      event_type,
      priority,
      payload: body["payload"],
      topic,
    });
    connection.publish(exchange, topic, {
      kind: "notification",
      id: connection.bus.nextId(),
      from: actor,
      daemon: kernel.daemon,
      detail: kernel.detail,
      cause,
      request,
      context,
      body,
      enveloped: false,
    });
  }

  #target(topic: string, { namespace, version }: LooseMessage): CallTarget {
    return { topic, exchange: this.#options.exchange, namespace, version };
  }

  /** No compiler has compared what is sent with what its method takes. */
  #admit(): void {
    this.#connection.kernel.unchecked.admit();
  }

  #over({ hostname }: ServerParams): LooseRpc<C> {
    if (hostname === undefined) return this;
    const bus = this.#options.brokers?.get(hostname);
    if (bus === undefined) {
      throw new MessageDeliveryFailure(`there is no broker at ${hostname}`, { hostname });
    }
    const { actor, exchange } = this.#connection;
    return new LooseRpc(bus.connect({ actor, exchange }), this.#serializer, this.#options);
  }
}
