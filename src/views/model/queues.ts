/**
 * What waits in each queue of the bus at any entry. A message waits from when it is sent until it is
 * taken or lost; in which queue, the entry that takes it says, and until then where it was sent to.
 */
import type { Entry, Messages, RpcSentEntry } from "../../timeline/index.js";

/** A message in a queue. */
export interface Waiting {
  readonly seq: number;
  readonly id: number;
}

export interface QueueAt {
  readonly name: string;
  readonly waiting: readonly Waiting[];
  /** How many have been taken so far. */
  readonly taken: number;
}

interface Stay {
  readonly seq: number;
  readonly id: number;
  queue: string;
  /** The entry that took it or lost it; Infinity while it waits. */
  until: number;
  taken: boolean;
}

export class Queues {
  readonly #messages: Messages;
  /** In the order in which they were sent; a fanout has one for each who took it. */
  readonly #stays: Stay[] = [];
  readonly #open = new Map<number, Stay>();

  constructor(messages: Messages) {
    this.#messages = messages;
  }

  /** To be called with each entry in order. */
  add(entry: Entry): void {
    switch (entry.kind) {
      case "rpc.call":
      case "rpc.cast":
      case "rpc.fanout": {
        const { seq, id } = entry;
        const stay = { seq, id, queue: addressOf(entry), until: Infinity, taken: false };
        this.#stays.push(stay);
        this.#open.set(id, stay);
        break;
      }
      case "rpc.delivered":
        this.#leave(entry.id, entry.seq, entry.queue);
        break;
      case "rpc.lost": {
        const stay = this.#open.get(entry.id);
        if (stay !== undefined) stay.until = entry.seq;
        this.#open.delete(entry.id);
        break;
      }
      default:
    }
  }

  /** Every queue that had had a message once entry `seq` had happened, in order of their first. */
  at(seq: number): readonly QueueAt[] {
    const queues = new Map<string, { name: string; waiting: Waiting[]; taken: number }>();
    for (const stay of this.#stays) {
      if (stay.seq > seq) continue;
      const queue = queues.get(stay.queue) ?? { name: stay.queue, waiting: [], taken: 0 };
      queues.set(stay.queue, queue);
      if (stay.until > seq) queue.waiting.push({ seq: stay.seq, id: stay.id });
      else if (stay.taken) queue.taken += 1;
    }
    return [...queues.values()];
  }

  /** Further deliveries of one message are those of a fanout: a queue for each. */
  #leave(id: number, seq: number, queue: string): void {
    const open = this.#open.get(id);
    const sent = this.#messages.rpc.get(id)?.sent;
    if (open === undefined) {
      if (sent !== undefined) {
        this.#stays.push({ seq: sent.seq, id, queue, until: seq, taken: true });
      }
      return;
    }
    open.queue = queue;
    open.until = seq;
    open.taken = true;
    this.#open.delete(id);
  }
}

/** `compute.compute-2`, `conductor`: what a message is sent to, while nobody has said more. */
function addressOf({ topic, server }: RpcSentEntry): string {
  return typeof server === "string" && server !== "" ? `${topic}.${server}` : topic;
}
