/**
 * The callers of one process and its reply queue, `reply_<hex>`: each reply finds its caller by
 * number, whatever order replies come in (RPC-41); a reply that comes too late is thrown away.
 * Upstream: oslo.messaging 1.4 `amqpdriver.py` (ReplyWaiters).
 */
import { Signal, type Op } from "../kernel/index.js";
import type { Connection } from "./connection.js";
import { MessagingTimeout } from "./errors.js";
import { deserializeFailure } from "./failure.js";
import type { Message, Reply, Request } from "./message.js";
import type { RpcFailure, RpcReply, RpcUndone } from "./observations.js";
import type { Consumer } from "./queue.js";

export class ReplyWaiters implements Consumer {
  readonly #connection: Connection;
  readonly #waiting = new Map<number, Signal<Reply>>();
  #queue: string | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The reply queue's name; it is declared at the first call. */
  get queue(): string {
    if (this.#queue === undefined) {
      const { bus, actor } = this.#connection;
      this.#queue = `reply_${bus.kernel.stream(actor, "reply queue").hex32()}`;
      const queue = bus.broker.declare(this.#queue, "", this.#queue, { autoDelete: true });
      this.#connection.consume(queue, this);
    }
    return this.#queue;
  }

  /** How many callers wait. */
  get size(): number {
    return this.#waiting.size;
  }

  /**
   * Wait for the reply to `request`. The timeout is total (oslo.messaging 1.5).
   * @throws MessagingTimeout; what the server raised, as far as it may be rebuilt
   */
  *wait(request: Request, destination: string, timeout: number): Op<unknown> {
    const { kernel, allowedModules } = this.#connection;
    const answered = new Signal<Reply>(`the reply of ${destination} to ${request.method}`);
    this.#waiting.set(request.id, answered);
    const timer = kernel.after(timeout, () => {
      const why = `no reply from ${destination} to ${request.method} within ${String(timeout / 1e6)} s`;
      const actor = request.from;
      kernel.observe<RpcUndone>(
        { kind: "rpc.timeout", actor, request: request.request, id: request.id, why },
        request.cause,
        request.detail,
      );
      this.#waiting.delete(request.id);
      answered.sendError(new MessagingTimeout("Timed out waiting for a reply", { destination }));
    });
    try {
      const reply = yield* answered.wait();
      if (reply.failure !== undefined) throw deserializeFailure(reply.failure, allowedModules);
      return reply.result;
    } finally {
      timer.cancel();
      this.#waiting.delete(request.id);
    }
  }

  deliver(message: Message): void {
    if (message.kind !== "reply") return;
    const { kernel, actor } = this.#connection;
    const { id, from, request, detail } = message;
    const cause = kernel.observe<RpcReply | RpcFailure>(
      message.failure === undefined
        ? { kind: "rpc.reply", actor, request, id, from, to: actor, result: message.result }
        : { kind: "rpc.failure", actor, request, id, from, to: actor, failure: message.failure },
      message.cause,
      detail,
    );
    const waiting = this.#waiting.get(id);
    if (waiting !== undefined) {
      this.#waiting.delete(id);
      waiting.send(message, cause);
      return;
    }
    const why = "the caller has stopped waiting";
    kernel.observe<RpcUndone>({ kind: "rpc.lost", actor, request, id, why }, cause, detail);
  }

  close(): void {
    this.#waiting.clear();
    this.#queue = undefined;
  }
}
