/**
 * What waits in each queue of the bus at any entry. A message waits from when it is sent until it is
 * taken or lost; in which queue, the entry that takes it says, and until then where it was sent to.
 */
import type { Entry, Messages, RpcSentEntry } from "../../timeline/index.js";
import { Intervals } from "./intervals.js";

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
  /** The entry that sent it. */
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
  #index: Index | undefined;

  constructor(messages: Messages) {
    this.#messages = messages;
  }

  /** To be called with each entry in order. */
  add(entry: Entry): void {
    this.#index = undefined;
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
    this.#index ??= indexOf(this.#stays);
    const { waiting, queues } = this.#index;
    const found = new Map<string, { name: string; waiting: Waiting[]; taken: number }>();
    for (const [name, { first, taken }] of queues) {
      if (first <= seq) found.set(name, { name, waiting: [], taken: upTo(taken, seq) });
    }
    for (const stay of waiting.at(seq)) {
      found.get(stay.queue)?.waiting.push({ seq: stay.seq, id: stay.id });
    }
    return [...found.values()];
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

/** What is asked of stays at any entry, so that it need not be counted from the beginning. */
interface Index {
  readonly waiting: Intervals<Stay>;
  /** In the order of their first message. */
  readonly queues: ReadonlyMap<string, { readonly first: number; readonly taken: number[] }>;
}

function indexOf(stays: readonly Stay[]): Index {
  const queues = new Map<string, { first: number; readonly taken: number[] }>();
  for (const { queue, seq, until, taken } of stays) {
    const known = queues.get(queue) ?? { first: seq, taken: [] };
    queues.set(queue, known);
    known.first = Math.min(known.first, seq);
    if (taken) known.taken.push(until);
  }
  for (const { taken } of queues.values()) taken.sort((a, b) => a - b);
  const sorted = [...queues].sort(([, a], [, b]) => a.first - b.first);
  const waiting = new Intervals(stays, ({ seq, until }) => [seq, until]);
  return { waiting, queues: new Map(sorted) };
}

/** How many of `sorted` are not beyond `n`. */
function upTo(sorted: readonly number[], n: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? Infinity) <= n) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** `compute.compute-2`, `conductor`: what a message is sent to, while nobody has said more. */
function addressOf({ topic, server }: RpcSentEntry): string {
  return typeof server === "string" && server !== "" ? `${topic}.${server}` : topic;
}
