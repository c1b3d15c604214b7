/**
 * Serves a topic from one host: consumes the topic's, the host's and a fanout queue, and runs each
 * request in a greenthread of a pool. A request is acknowledged before it is dispatched, so a crash
 * loses it (RPC-51). A full pool stalls all three queues (RPC-54, RPC-55).
 * Upstream: oslo.messaging 1.4 `rpc/server.py`, `_executors/impl_eventlet.py`.
 */
import { Ring, Signal, type Cause, type Op } from "../../kernel/index.js";
import { setMember, type Exception, type Json, type JsonObject } from "../../python/index.js";
import type { Connection } from "../connection.js";
import {
  bound,
  find,
  handle,
  type Endpoint,
  type Handler,
  type Listener,
  type Refusal,
} from "./dispatcher.js";
import { ExpectedException } from "./expected.js";
import { ownArguments, type Message, type Request } from "../message.js";
import type { RpcDelivered, RpcWaits } from "../observations.js";
import type { Consumer, Delivery, Queue, ServerReport } from "../broker/queue.js";
import type { Selector } from "../broker/selector.js";
import { ReplyStream, reply, replyEach, replyFailure } from "./reply.js";
import type { Serializer } from "./serializer.js";
import { queueGetFor } from "../target.js";

export interface RpcServerOptions<C> {
  readonly topic: string;
  /** The host, `server` of the target. */
  readonly server: string;
  readonly endpoints: readonly Endpoint<C>[];
  readonly serializer: Serializer<C>;
  /** `rpc_thread_pool_size`. */
  readonly poolSize?: number;
  /** What it takes of its fanout. One whose endpoints only take note has nothing else to say of a message. */
  readonly selector?: Selector | undefined;
  /**
   * Told of an error that a handler raised, unless it was expected. Of a cast's nobody else hears, so
   * there is no server without it.
   */
  readonly onError: (error: Exception, request: Request) => void;
}

/** A delivery that was acknowledged, and the entry that it follows from. */
interface WaitingRequest {
  readonly message: Request;
  readonly queue: Queue;
  readonly cause: Cause;
}

/**
 * Serves a topic from one host. A `Manager` has one made for it; this is for who wants no manager.
 *
 * @example
 * ```ts
 * import { Cloud, RpcServer, call, contextSerializer, defineRpcApi, done, endpoint } from "novasim";
 *
 * const boardApi = defineRpcApi({
 *   topic: "board",
 *   version: "1.0",
 *   methods: { get_notes: call<Record<string, never>, readonly string[]>() },
 * });
 * const cloud = new Cloud();
 * const server = new RpcServer(cloud.bus.connect({ actor: "board@desk", exchange: "nova" }), {
 *   topic: "board",
 *   server: "desk",
 *   endpoints: [endpoint(boardApi, { get_notes: () => done(["hello"]) })],
 *   serializer: contextSerializer,
 *   onError: (error) => console.error(error),
 * });
 * server.start();
 * const admin = cloud.user("admin");
 * const asked = admin.rpc.call(admin.adminContext(), "board", { method: "get_notes" });
 * console.log(cloud.run(asked)); // [ 'hello' ]
 * ```
 */
export class RpcServer<C> implements Consumer {
  readonly #connection: Connection;
  readonly #options: RpcServerOptions<C>;
  readonly #poolSize: number;
  /** Pushed by the broker, not yet acknowledged. */
  readonly #unacknowledged = new Ring<Delivery<Request>>();
  /** Acknowledged and waiting for a place in the pool: the eventlet executor's one message. */
  #parked: WaitingRequest | undefined;
  #running = 0;
  #stopping: Signal<void> | undefined;

  constructor(connection: Connection, options: RpcServerOptions<C>) {
    this.#connection = connection;
    this.#options = options;
    this.#poolSize = options.poolSize ?? 64;
  }

  get answers(): ServerReport {
    const { topic, server, endpoints } = this.#options;
    const contracts = endpoints.map(({ methods }) => methods);
    return { topic, server, poolSize: this.#poolSize, contracts };
  }

  get parked(): Request | undefined {
    return this.#parked?.message;
  }

  /** Declare the queues and take what comes: topic, topic.host, fanout, in this order. */
  start(): void {
    const connection = this.#connection;
    const { kernel, exchange, actor, durableQueues: durable } = connection;
    const { topic, server, selector } = this.#options;
    const host = queueGetFor(topic, server);
    const fanout = `${topic}_fanout_${kernel.stream(actor, "fanout queue").uuidHex()}`;
    const queues = [
      connection.declare(topic, exchange, topic, { durable }),
      connection.declare(host, exchange, host, { durable }),
      connection.declare(fanout, `${topic}_fanout`, "", { autoDelete: true, selector }),
    ];
    for (const queue of queues) connection.consume(queue, this);
  }

  /** Take no more; what was not acknowledged goes back to its queue, in order. */
  stop(): void {
    this.#connection.cancel(this);
    const back = new Map<Queue, Message[]>();
    for (let next = this.#unacknowledged.shift(); next; next = this.#unacknowledged.shift()) {
      const messages = back.get(next.queue) ?? [];
      messages.push(next.message);
      back.set(next.queue, messages);
    }
    for (const [queue, messages] of back) queue.requeue(messages);
  }

  /** The process is gone: what it had acknowledged is lost, the rest goes back (RPC-51, RPC-52). */
  crash(): void {
    const parked = this.#parked;
    this.#parked = undefined;
    if (parked !== undefined) {
      const why = `${this.#connection.actor} ended while it waited for a place in its pool`;
      this.#connection.losses.lose(parked.message, why, parked.cause);
    }
    this.stop();
  }

  /** Wait until the handlers that run have ended; they may still reply (RPC-60). */
  *wait(): Op<void> {
    if (this.#running === 0) return;
    this.#stopping ??= new Signal<void>("running RPC handlers");
    yield* this.#stopping.wait();
  }

  /** How many handlers run. */
  get running(): number {
    return this.#running;
  }

  deliver(message: Message, queue: Queue): void {
    if (message.kind !== "request") return;
    // The usual case without a detour: nothing is before it.
    if (this.#parked === undefined && this.#unacknowledged.size === 0) {
      this.#accept(message, queue);
      return;
    }
    this.#unacknowledged.push({ message, queue });
    this.#pump();
  }

  serves(topic: string | undefined): boolean {
    return topic === undefined || topic === this.#options.topic;
  }

  unacknowledged(): readonly Delivery[] {
    return this.#unacknowledged.toArray();
  }

  disconnected(): readonly Delivery[] {
    const all = this.unacknowledged();
    this.#unacknowledged.clear();
    return all;
  }

  #pump(): void {
    while (this.#parked === undefined) {
      const delivery = this.#unacknowledged.shift();
      if (delivery === undefined) return;
      this.#accept(delivery.message, delivery.queue);
    }
  }

  /** Acknowledge, and run if there is a place: from here on, only this process knows of the message. */
  #accept(message: Request, queue: Queue): void {
    const { cause } = message;
    if (this.#running < this.#poolSize) this.#begin(message, queue, cause);
    else
      this.#parked = { message, queue, cause: this.#tellTaken("rpc.waits", message, queue, cause) };
  }

  #begin(message: Request, queue: Queue, cause: Cause): void {
    this.#run(message, this.#tellTaken("rpc.delivered", message, queue, cause));
  }

  /** @returns the entry that says that the message was taken */
  #tellTaken(
    kind: (RpcDelivered | RpcWaits)["kind"],
    { id, request, detail }: Request,
    queue: Queue,
    cause: Cause,
  ): Cause {
    const { kernel, actor } = this.#connection;
    if (!kernel.watched(detail)) return cause;
    return kernel.observe<RpcDelivered | RpcWaits>(
      { kind, actor, request, id, to: actor, queue: queue.name },
      cause,
      detail,
    );
  }

  #run(message: Request, cause: Cause): void {
    const { kernel, actor } = this.#connection;
    const { method: name, daemon, detail, request } = message;
    const found = find(this.#options.endpoints, message);
    if (found.kind === "listener") {
      this.#tell(found, message, cause);
      return;
    }
    this.#running++;
    kernel.spawn(this.#handle(message, found), { name, actor, daemon, detail, request, cause });
  }

  #tell(listener: Listener, message: Request, cause: Cause): void {
    const { method, args, daemon, detail } = message;
    const behalf = cause === message.cause ? message : { cause, daemon, detail };
    this.#connection.kernel.onBehalf(behalf, () => {
      try {
        listener.manager[method]?.(this.#unchecked ? bound(listener, args) : args);
        reply(this.#connection, message, null);
      } catch (error) {
        this.#failed(message, error);
      }
    });
  }

  *#handle(message: Request, served: Handler<C> | Refusal): Op<void> {
    const { serializer } = this.#options;
    try {
      if (served.kind === "refusal") throw served.error;
      const ctxt = serializer.deserializeContext(message.context);
      const args = this.#arguments(ctxt, ownArguments(message));
      const fitting = this.#unchecked ? bound(served, args) : args;
      const result = yield* handle(served, ctxt, fitting);
      if (result instanceof ReplyStream) yield* replyEach(this.#connection, message, result);
      else reply(this.#connection, message, result);
    } catch (error) {
      this.#failed(message, error);
    } finally {
      this.#ended();
    }
  }

  /** Whether there may be arguments that no compiler has seen. */
  get #unchecked(): boolean {
    return this.#connection.kernel.unchecked.admitted;
  }

  #failed(message: Request, thrown: unknown): void {
    const error = this.#connection.kernel.unchecked.caught(thrown);
    const expected = error instanceof ExpectedException ? error.expected : undefined;
    if (expected === undefined) this.#options.onError(error, message);
    replyFailure(this.#connection, message, expected ?? error, expected !== undefined);
  }

  #arguments(ctxt: C, args: JsonObject): object {
    const { serializer } = this.#options;
    let entities: Record<string, unknown> = args;
    for (const name of Object.keys(args)) {
      const value = args[name] as Json;
      const entity = serializer.deserializeEntity(ctxt, value);
      if (entity === value) continue;
      // Most arguments are the JSON they came as, and the message is the handler's alone.
      if (entities === args) entities = { ...args };
      setMember(entities, name, entity);
    }
    return entities;
  }

  #ended(): void {
    this.#running--;
    const parked = this.#parked;
    if (parked !== undefined) {
      this.#parked = undefined;
      this.#begin(parked.message, parked.queue, parked.cause);
    }
    this.#pump();
    if (this.#running === 0) {
      this.#stopping?.send(undefined);
      this.#stopping = undefined;
    }
  }
}
