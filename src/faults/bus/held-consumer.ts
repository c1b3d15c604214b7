/**
 * A consumer as the broker sees it once there are faults: each message may be held before it, be
 * struck, or be a repetition. What is held is not acknowledged: it goes back if the consumer goes.
 * Upstream: the socket's buffers.
 */
import type { Consumer, Delivery, Queue } from "../../bus/broker/queue.js";
import type { ProcessLink } from "../../bus/index.js";
import type { Message } from "../../bus/message.js";
import { observeLost } from "../../bus/observations.js";
import { Ring, type Kernel, type Micros } from "../../kernel/index.js";
import type { Fault } from "../fault.js";
import type { InFlight } from "./in-flight.js";
import type { MessageIdCache } from "./message-id-cache.js";

/** Strikes a message that arrives, if a fault is aimed at it. @returns whether it is seen to */
export type StrikeArrival = (message: Message, actor: string, flight: InFlight) => boolean;

/** What a fault holds of what comes to that process. */
type Held = (message: Message, to: string) => boolean;

export class HeldConsumer implements Consumer {
  readonly link: ProcessLink;
  readonly consumer: Consumer;
  readonly #strike: StrikeArrival;
  readonly #taken: MessageIdCache;
  /** Faults that let nothing pass, or nothing of that kind. */
  readonly #heldBy = new Map<Fault, Held | undefined>();
  /** What they hold, in order. */
  readonly #held = new Ring<Delivery>();
  /** Held back one by one, to arrive later. */
  readonly #late = new Set<Delivery>();

  constructor(link: ProcessLink, consumer: Consumer, taken: MessageIdCache, strike: StrikeArrival) {
    this.link = link;
    this.consumer = consumer;
    this.#taken = taken;
    this.#strike = strike;
  }

  deliver(message: Message, queue: Queue): void {
    const fault = this.#holder(message);
    if (fault === undefined) this.#arrive(message, queue);
    else {
      fault.strike(message);
      this.#held.push({ message, queue });
    }
  }

  hold(by: Fault, only?: Held): void {
    this.#heldBy.set(by, only);
  }

  /** One fault less; what no other one holds arrives, in order. */
  release(by: Fault): void {
    if (!this.#heldBy.delete(by)) return;
    const held = this.#held.toArray();
    this.#held.clear();
    for (const delivery of held) {
      if (this.#holder(delivery.message) !== undefined) this.#held.push(delivery);
      else this.#arrive(delivery.message, delivery.queue);
    }
  }

  #holder(message: Message): Fault | undefined {
    for (const [fault, only] of this.#heldBy) {
      if (only === undefined || only(message, this.link.actor)) return fault;
    }
    return undefined;
  }

  #arrive(message: Message, queue: Queue): void {
    if (this.#strike(message, this.link.actor, this.#arriving(queue))) return;
    this.#handOver(message, queue);
  }

  *unacknowledged(): Iterable<Delivery> {
    yield* this.#held.toArray();
    yield* this.#late;
  }

  disconnected(): readonly Delivery[] {
    const all = [...this.unacknowledged()];
    this.#held.clear();
    this.#late.clear();
    return all;
  }

  get #kernel(): Kernel {
    return this.link.kernel;
  }

  #handOver(message: Message, queue: Queue): void {
    if (message.kind === "request" && this.#taken.repeats(message.id)) {
      const why = "a duplicate: its _unique_id was seen a short while ago";
      observeLost(this.#kernel, message, why);
    } else this.consumer.deliver(message, queue);
  }

  /** From the broker to the consumer. */
  #arriving(queue: Queue): InFlight {
    const kernel = this.#kernel;
    return {
      kernel,
      pass: (message): Micros => {
        this.#handOver(message, queue);
        return kernel.now;
      },
      hold: (message) => {
        const delivery = { message, queue };
        this.#late.add(delivery);
        return (delay) => {
          kernel.after(delay, () => {
            if (this.#late.delete(delivery)) this.#handOver(message, queue);
          });
        };
      },
    };
  }
}
