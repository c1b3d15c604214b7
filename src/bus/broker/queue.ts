/**
 * One queue of the broker. Consumers are served in turn, whatever their load, because the drivers
 * never set a prefetch limit (RPC-53); without a consumer, messages wait in order. O(1) at any length.
 */
import { CeilingReached, Ring } from "../../kernel/index.js";
import type { Exception } from "../../python/index.js";
import type { Methods } from "../contract.js";
import type { Message } from "../message.js";
import type { Selector } from "./selector.js";

/** A message that was pushed to a consumer, and the queue that it came from. */
export interface Delivery<M extends Message = Message> {
  readonly message: M;
  readonly queue: Queue;
}

/** A server of a topic, and the methods of each contract that it serves, as the contract lists them. */
export interface ServerReport {
  readonly topic: string;
  readonly server: string;
  /** How many requests it sees to at once. */
  readonly poolSize: number;
  readonly contracts: readonly Methods[];
}

/** Who takes messages from a queue. */
export interface Consumer {
  deliver(message: Message, queue: Queue): void;
  /** Whether it serves `topic`, or any topic at all. One that takes replies serves none. */
  serves?(topic: string | undefined): boolean;
  /** What it answers, if it is a server. */
  readonly answers?: ServerReport;
  /** What it was given and has not acknowledged, for who looks at queues. */
  unacknowledged?(): Iterable<Delivery>;
  /** What it has acknowledged and has no place for yet. */
  readonly parked?: Message | undefined;
  /** Its connection broke: what it has not acknowledged is no longer its own. */
  disconnected?(): readonly Delivery[];
  /** Its connection stands again. */
  reconnected?(): void;
  /** Its connection could not be made again as often as was to be tried. One without this tries on. */
  unreachable?(error: Exception): void;
  /** Whether somebody reads from its connection just now; it is read all the time unless it says so. */
  readonly drained?: boolean;
}

/** A queue grown past this is a runaway. */
export const QUEUE_CEILING = 5_000_000;

export interface QueueOptions {
  /** Gone when its last consumer goes: fanout and reply queues. */
  readonly autoDelete?: boolean;
  /** It and its messages outlive a restart of the broker: `amqp_durable_queues`. */
  readonly durable?: boolean;
  /** What its one reader takes, of a fanout that mostly concerns others. */
  readonly selector?: Selector | undefined;
}

/** Where a queue is bound: what is published there with that key comes to it. */
export interface Binding {
  readonly exchange: string;
  readonly key: string;
}

export class Queue {
  readonly name: string;
  readonly autoDelete: boolean;
  readonly durable: boolean;
  readonly selector: Selector | undefined;
  /** Where it was bound, the first one first. */
  readonly bindings: Binding[] = [];
  readonly #messages = new Ring<Message>();
  #consumers: Consumer[] = [];
  #turn = 0;

  constructor(name: string, options: QueueOptions = {}) {
    this.name = name;
    this.autoDelete = options.autoDelete ?? false;
    this.durable = options.durable ?? false;
    this.selector = options.selector;
  }

  /** Messages that wait because nobody consumes. */
  get depth(): number {
    return this.#messages.size;
  }

  get consumers(): number {
    return this.#consumers.length;
  }

  /** The messages that wait, first to last. */
  get waiting(): Message[] {
    return this.#messages.toArray();
  }

  isBound(exchange: string, key: string): boolean {
    return this.bindings.some((binding) => binding.exchange === exchange && binding.key === key);
  }

  put(message: Message): void {
    if (this.#consumers.length > 0) {
      this.#next().deliver(message, this);
      return;
    }
    if (this.#messages.size >= QUEUE_CEILING) {
      throw new CeilingReached(`queue ${this.name} holds ${String(QUEUE_CEILING)} messages`);
    }
    this.#messages.push(message);
  }

  /** Give back what a consumer took and did not acknowledge; it goes before all others. */
  requeue(unacknowledged: readonly Message[]): void {
    for (const message of [...unacknowledged].reverse()) this.#messages.unshift(message);
    this.#drain();
  }

  addConsumer(consumer: Consumer): void {
    this.#consumers.push(consumer);
    this.#drain();
  }

  removeConsumer(consumer: Consumer): void {
    const at = this.#consumers.indexOf(consumer);
    if (at < 0) return;
    this.#consumers.splice(at, 1);
    // The turn stays with whoever would have been next.
    if (at < this.#turn) this.#turn--;
  }

  /** Put `other` in the place of `consumer`, turn and all. */
  replaceConsumer(consumer: Consumer, other: Consumer): void {
    this.#consumers = this.#consumers.map((known) => (known === consumer ? other : known));
  }

  /** Every connection to the broker is gone, and with them all consumers. */
  removeConsumers(): void {
    this.#consumers = [];
    this.#turn = 0;
  }

  /** Forget everything that waits. */
  clear(): Message[] {
    const gone = this.waiting;
    this.#messages.clear();
    return gone;
  }

  #drain(): void {
    while (this.#consumers.length > 0) {
      const message = this.#messages.shift();
      if (message === undefined) return;
      this.#next().deliver(message, this);
    }
  }

  #next(): Consumer {
    if (this.#turn >= this.#consumers.length) this.#turn = 0;
    return this.#consumers[this.#turn++] as Consumer;
  }
}
