/**
 * The callers of one process and its reply queue, `reply_<hex>`: each reply finds its caller by
 * number, whatever order replies come in (RPC-41); a reply that comes too late is thrown away. One of
 * the callers polls for all, and its timeout begins again with every message; those of the others
 * begin again when it ends. Upstream: oslo.messaging 1.4.1 `amqpdriver.py` (ReplyWaiter, ReplyWaiters).
 */
import {
  Signal,
  between,
  log,
  type Cause,
  type Duration,
  type Kernel,
  type Micros,
  type Timer,
} from "../../kernel/index.js";
import { repr, str, type Exception } from "../../python/index.js";
import type { Consumer, Queue, QueueOptions } from "../broker/queue.js";
import { wireMessage } from "../envelope.js";
import { MessagingTimeout } from "../errors.js";
import { halves, isWholeReply, type Message, type Reply, type Request } from "../message.js";
import type { Losses } from "../losses.js";
import type { MessageIds } from "../message-ids.js";
import type { RpcFailure, RpcReply, RpcUndone } from "../observations.js";

/** The link of the process that the callers are in. */
interface ReplyLink {
  readonly kernel: Kernel;
  readonly actor: string;
  readonly ids: MessageIds;
  readonly losses: Losses;
  declare(name: string, exchange: string, key: string, options: QueueOptions): Queue;
  consume(queue: Queue, consumer: Consumer): void;
  /** Somebody reads what comes to `consumer` from here on. */
  drained(consumer: Consumer): void;
}

/** One caller that waits. */
export interface Waiting {
  readonly request: Request;
  readonly answered: Signal<Reply>;
  readonly timeout: Duration;
  /** When it began to wait for what it waits for now. */
  since: Micros;
  timer: Timer;
  /** The latest of several values. */
  latest: Reply | undefined;
}

/** `_wrn_threshold` at the beginning; it doubles with every warning. */
const WARNING_THRESHOLD = 10;

export class ReplyWaiters implements Consumer {
  readonly #link: ReplyLink;
  readonly #waiting = new Map<number, Waiting>();
  /** Holds `conn_lock`: takes what comes, and hands on what is not its own. */
  #poller: Waiting | undefined;
  /** When the poller last took something. */
  #polled: Micros = -Infinity;
  /** When the last poller ended and woke all others. */
  #woken: Micros = -Infinity;
  /** The connection is broken, and the poller tries to connect again. */
  #reconnecting = false;
  /** Came while nobody polled, for callers that have gone. */
  #unread: Reply[] = [];
  #threshold = WARNING_THRESHOLD;
  #queue: string | undefined;

  constructor(link: ReplyLink) {
    this.#link = link;
  }

  /** The reply queue's name; it is declared at the first call. */
  get queue(): string {
    if (this.#queue === undefined) {
      const { kernel, actor } = this.#link;
      this.#queue = `reply_${kernel.stream(actor, "reply queue").uuidHex()}`;
      const queue = this.#link.declare(this.#queue, "", this.#queue, { autoDelete: true });
      this.#link.consume(queue, this);
    }
    return this.#queue;
  }

  /** How many callers wait. */
  get size(): number {
    return this.#waiting.size;
  }

  /** Nobody reads from the connection but a caller that waits. */
  get drained(): boolean {
    return this.#poller !== undefined;
  }

  /** Wait for the reply to `request`; the wait may fail with MessagingTimeout. */
  expect(request: Request, timeout: Duration): Waiting {
    const { kernel, actor } = this.#link;
    const answered = new Signal<Reply>(`the reply to ${request.method}`);
    const timer = kernel.after(timeout, () => {
      this.#timedOut(waiting);
    });
    const waiting: Waiting = {
      request,
      answered,
      timeout,
      since: kernel.now,
      timer,
      latest: undefined,
    };
    this.#waiting.set(request.id, waiting);
    if (this.#waiting.size > this.#threshold) {
      const many = `Number of call queues is greater than warning threshold: ${String(this.#threshold)}.`;
      log(kernel, actor, "warning", `${many} There could be a leak.`);
      this.#threshold *= 2;
    }
    if (this.#poller === undefined) this.#poll(waiting);
    return waiting;
  }

  /** The caller waits no more, for whatever reason. */
  forget(waiting: Waiting): void {
    waiting.timer.cancel();
    this.#ended(waiting);
  }

  deliver(message: Message): void {
    if (message.kind !== "reply") return;
    const { kernel, actor } = this.#link;
    const { id, request, detail } = message;
    const cause = observeReply(kernel, actor, message);
    this.#polled = kernel.now;
    const waiting = this.#waiting.get(id);
    if (waiting !== undefined) {
      waiting.since = kernel.now;
      if (message.part === "value") {
        waiting.latest = message;
        return;
      }
      // A call takes the last of several values (RPC-23).
      const { latest } = waiting;
      this.#ended(waiting);
      waiting.answered.send(message.part === "end" && latest ? latest : message, cause);
      return;
    }
    const why = "the caller has stopped waiting";
    kernel.observe<RpcUndone>({ kind: "rpc.lost", actor, request, id, why }, cause, detail);
    this.#unread.push(message);
    if (this.#poller !== undefined) this.#read();
  }

  /** What waits there was never acknowledged, but the queue goes with its connection. */
  disconnected(): readonly never[] {
    this.#reconnecting = true;
    return [];
  }

  /** The connection stands again, and the poller waits as long as ever from here on. */
  reconnected(): void {
    this.#reconnecting = false;
    this.#polled = this.#link.kernel.now;
    const poller = this.#poller;
    if (poller !== undefined && !poller.timer.pending) this.#arm(poller, poller.timeout);
  }

  /** Whoever polls is told, and the next one tries. */
  unreachable(error: Exception): void {
    const poller = this.#poller;
    if (poller === undefined) return;
    this.#ended(poller);
    poller.answered.sendError(error);
  }

  close(): void {
    this.#waiting.clear();
    this.#poller = undefined;
    this.#queue = undefined;
  }

  #poll(waiting: Waiting): void {
    this.#poller = waiting;
    this.#link.drained(this);
    if (!this.#reconnecting) this.#read();
  }

  #read(): void {
    const { kernel, actor, ids } = this.#link;
    for (const reply of this.#unread) {
      for (const part of isWholeReply(reply) ? halves(reply) : [reply]) {
        const { _msg_id, ...data } = wireMessage(part, ids);
        const words = `No calling threads waiting for msg_id : ${str(_msg_id ?? null)}, message : ${repr(data)}`;
        log(kernel, actor, "warning", words);
      }
    }
    this.#unread = [];
  }

  /** The oldest of those who are left polls next. */
  #ended(waiting: Waiting): void {
    this.#waiting.delete(waiting.request.id);
    if (this.#poller !== waiting) return;
    this.#poller = undefined;
    this.#woken = this.#link.kernel.now;
    const next = this.#waiting.values().next().value;
    if (next === undefined) return;
    this.#poll(next);
    if (!next.timer.pending && !this.#reconnecting) this.#arm(next, next.timeout);
  }

  #arm(waiting: Waiting, delay: Duration): void {
    waiting.timer = this.#link.kernel.after(delay, () => {
      this.#timedOut(waiting);
    });
  }

  /** Its time is over, unless it has begun again since. */
  #timedOut(waiting: Waiting): void {
    const { kernel } = this.#link;
    const polls = waiting === this.#poller;
    if (polls && this.#reconnecting) return;
    const since = Math.max(waiting.since, this.#woken, polls ? this.#polled : -Infinity);
    const left = since + waiting.timeout - kernel.now;
    if (left > 0) this.#arm(waiting, between(kernel.now, kernel.now + left));
    else this.#giveUp(waiting);
  }

  #giveUp(waiting: Waiting): void {
    const { request: message, answered, timeout } = waiting;
    const { id, from, method, request, cause, detail } = message;
    const why = `no reply to ${method} within ${timeout / 1e6} s`;
    const { kernel, ids, losses } = this.#link;
    losses.note(request);
    const struck = kernel.observe<RpcUndone>(
      { kind: "rpc.timeout", actor: from, request, id, why },
      cause,
      detail,
    );
    this.#ended(waiting);
    answered.sendError(timedOut(ids.call(id)), struck);
  }
}

/** What a caller is told who has waited in vain for the reply to that message. */
export const timedOut = (msgId: string): MessagingTimeout =>
  new MessagingTimeout(`Timed out waiting for a reply to message ID ${msgId}`);

/** Publish that `actor` got a reply. @returns what follows from it */
export function observeReply(kernel: Kernel, actor: string, message: Reply): Cause {
  if (!kernel.watched(message.detail)) return message.cause;
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
