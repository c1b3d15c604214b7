/**
 * The values of a method that has several, one by one as they come. The caller has a reply queue of
 * its own, as every call had in 2011, and the wait for each value is timed anew (RPC-30). A None
 * among the values is a value like any other (RPC-25). Upstream: nova/rpc/amqp.py (MulticallWaiter).
 */
import {
  Channel,
  self,
  withTimeout,
  type Cause,
  type Duration,
  type Op,
} from "../../kernel/index.js";
import { TimedOut, type Json } from "../../python/index.js";
import type { Connection } from "../../bus/connection.js";
import { deserializeFailure } from "../../bus/rpc/failure.js";
import type { Message, Reply } from "../../bus/message.js";
import type { RpcUndone } from "../../bus/observations.js";
import type { Consumer } from "../../bus/broker/queue.js";
import { observeReply, timedOut } from "../../bus/rpc/reply-waiters.js";

/** What Python's iterator protocol says with StopIteration. */
export type Next =
  { readonly done: false; readonly value: Json } | { readonly done: true; readonly value?: never };

/** A reply, and the entry that says that it came. */
interface Arrival {
  readonly reply: Reply;
  readonly cause: Cause;
}

export class Multicall implements Consumer {
  /** Where the replies go. */
  readonly queue: string;
  readonly #connection: Connection;
  readonly #timeout: Duration;
  readonly #replies = new Channel<Arrival>("a value of multicall");
  #id = 0;
  #ended = false;

  /** @internal `LooseRpc.multicall` makes these. @param timeout for each value */
  constructor(connection: Connection, timeout: Duration) {
    const { bus, actor } = connection;
    this.#connection = connection;
    this.#timeout = timeout;
    this.queue = bus.kernel.stream(actor, "multicall").uuidHex();
    const queue = connection.declare(this.queue, "", this.queue, { autoDelete: true });
    connection.consume(queue, this);
  }

  /** @internal The message that is answered. */
  sent(id: number): void {
    this.#id = id;
  }

  /**
   * The next value, when it is there.
   * @throws the server's exception or RemoteError; MessagingTimeout
   */
  *next(): Op<Next> {
    if (this.#ended) return { done: true };
    const { reply, cause } = yield* this.#take();
    (yield* self()).cause = cause;
    const { failure, part, result } = reply;
    if (part !== "value") this.close();
    if (failure !== undefined) throw deserializeFailure(failure, this.#connection.allowedModules);
    return part === "end" ? { done: true } : { done: false, value: result };
  }

  /** Every value that is still to come. */
  *all(): Op<Json[]> {
    const values: Json[] = [];
    for (let next = yield* this.next(); !next.done; next = yield* this.next()) {
      values.push(next.value);
    }
    return values;
  }

  /** Wait no more: what else is answered is lost. */
  close(): void {
    this.#ended = true;
    this.#connection.cancel(this);
  }

  deliver(message: Message): void {
    if (message.kind !== "reply") return;
    const { kernel, actor } = this.#connection;
    this.#replies.put({ reply: message, cause: observeReply(kernel, actor, message) });
  }

  *#take(): Op<Arrival> {
    try {
      return yield* withTimeout(this.#timeout, "multicall", this.#replies.take());
    } catch (error) {
      if (!(error instanceof TimedOut)) throw error;
      this.close();
      const why = `no value within ${this.#timeout / 1e6} s`;
      const { kernel, actor } = this.#connection;
      kernel.observe<RpcUndone>({ kind: "rpc.timeout", actor, id: this.#id, why });
      throw timedOut(this.#connection.ids.call(this.#id));
    }
  }
}
