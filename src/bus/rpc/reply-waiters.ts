/**
 * The callers of one process and its reply queue, `reply_<hex>`: each reply finds its caller by
 * number, whatever order replies come in (RPC-41); a reply that comes too late is thrown away.
 * Upstream: oslo.messaging 1.4 `amqpdriver.py` (ReplyWaiters).
 */
import { Signal, type Cause, type Duration, type Kernel, type Timer } from "../../kernel/index.js";
import { MessagingTimeout } from "../errors.js";
import type { Message, Reply, Request } from "../message.js";
import type { RpcFailure, RpcReply, RpcUndone } from "../observations.js";
import type { Consumer, Queue, QueueOptions } from "../broker/queue.js";

/** The link of the process that the callers are in. */
interface ReplyLink {
  readonly kernel: Kernel;
  readonly actor: string;
  declare(name: string, exchange: string, key: string, options: QueueOptions): Queue;
  consume(queue: Queue, consumer: Consumer): void;
}

/** One caller that waits. */
export interface Waiting {
  readonly id: number;
  readonly answered: Signal<Reply>;
  readonly timer: Timer;
  /** The latest of several values. */
  latest: Reply | undefined;
}

export class ReplyWaiters implements Consumer {
  readonly #link: ReplyLink;
  readonly #waiting = new Map<number, Waiting>();
  #queue: string | undefined;

  constructor(link: ReplyLink) {
    this.#link = link;
  }

  /** The reply queue's name; it is declared at the first call. */
  get queue(): string {
    if (this.#queue === undefined) {
      const { kernel, actor } = this.#link;
      this.#queue = `reply_${kernel.stream(actor, "reply queue").hex32()}`;
      const queue = this.#link.declare(this.#queue, "", this.#queue, { autoDelete: true });
      this.#link.consume(queue, this);
    }
    return this.#queue;
  }

  /** How many callers wait. */
  get size(): number {
    return this.#waiting.size;
  }

  /** Wait for the reply to `request`; after `timeout` the wait fails with MessagingTimeout. */
  expect(request: Request, timeout: Duration): Waiting {
    const answered = new Signal<Reply>(`the reply to ${request.method}`);
    const timer = this.#link.kernel.after(timeout, () => {
      this.#giveUp(request, answered, timeout);
    });
    const waiting: Waiting = { id: request.id, answered, timer, latest: undefined };
    this.#waiting.set(request.id, waiting);
    return waiting;
  }

  /** The caller waits no more, for whatever reason. */
  forget({ id, timer }: Waiting): void {
    timer.cancel();
    this.#waiting.delete(id);
  }

  deliver(message: Message): void {
    if (message.kind !== "reply") return;
    const { kernel, actor } = this.#link;
    const { id, request, detail } = message;
    const cause = observeReply(kernel, actor, message);
    const waiting = this.#waiting.get(id);
    if (waiting !== undefined) {
      if (message.part === "value") {
        waiting.latest = message;
        return;
      }
      this.#waiting.delete(id);
      // A call takes the last of several values (RPC-23).
      const { latest } = waiting;
      waiting.answered.send(message.part === "end" && latest ? latest : message, cause);
      return;
    }
    const why = "the caller has stopped waiting";
    kernel.observe<RpcUndone>({ kind: "rpc.lost", actor, request, id, why }, cause, detail);
  }

  close(): void {
    this.#waiting.clear();
    this.#queue = undefined;
  }

  #giveUp(message: Request, answered: Signal<Reply>, timeout: Duration): void {
    const { id, from, method, request, cause, detail } = message;
    const why = `no reply to ${method} within ${timeout / 1e6} s`;
    const { kernel } = this.#link;
    const struck = kernel.observe<RpcUndone>(
      { kind: "rpc.timeout", actor: from, request, id, why },
      cause,
      detail,
    );
    this.#waiting.delete(id);
    answered.sendError(
      new MessagingTimeout(`Timed out waiting for a reply to message ID ${id}`),
      struck,
    );
  }
}

/** Publish that `actor` got a reply. @returns what follows from it */
export function observeReply(kernel: Kernel, actor: string, message: Reply): Cause {
  const { id, from, request, result, failure, part } = message;
  const reply = { kind: "rpc.reply", actor, request, id, from, to: actor, result } as const;
  return kernel.observe<RpcReply | RpcFailure>(
    failure !== undefined
      ? { kind: "rpc.failure", actor, request, id, from, to: actor, failure }
      : part === undefined
        ? reply
        : { ...reply, part },
    message.cause,
    message.detail,
  );
}
