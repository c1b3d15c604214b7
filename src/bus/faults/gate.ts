/**
 * Stands before a consumer once any fault has been declared, and sees each message that the broker
 * gives it. What it holds is not acknowledged: it goes back if the consumer goes. Upstream: the
 * socket's buffers.
 */
import { Ring, type Kernel, type Micros } from "../../kernel/index.js";
import type { Connection } from "../connection.js";
import type { Message } from "../message.js";
import type { Consumer, Delivery, Queue } from "../queue.js";
import type { Declared } from "./declared.js";
import type { Passage } from "./passage.js";

/** Does to a message at this gate what faults want; otherwise lets it pass. */
export type AtGate = (gate: Gate, delivery: Delivery, passage: Passage) => void;

export class Gate implements Consumer {
  readonly connection: Connection;
  readonly consumer: Consumer;
  readonly #arriving: AtGate;
  /** Faults that let nothing pass. */
  readonly #closedBy = new Set<Declared>();
  readonly #held = new Ring<Delivery>();
  /** Kept back one by one, to arrive later. */
  readonly #kept = new Set<Delivery>();

  constructor(connection: Connection, consumer: Consumer, arriving: AtGate) {
    this.connection = connection;
    this.consumer = consumer;
    this.#arriving = arriving;
  }

  get kernel(): Kernel {
    return this.connection.kernel;
  }

  deliver(message: Message, queue: Queue): void {
    const [first] = this.#closedBy;
    if (first === undefined) {
      this.#arriving(this, { message, queue }, this.#passage(queue));
      return;
    }
    first.struck(message);
    this.#held.push({ message, queue });
  }

  close(by: Declared): void {
    this.#closedBy.add(by);
  }

  /** One fault less; with the last, all that was held arrives, in order. */
  open(by: Declared): void {
    if (!this.#closedBy.delete(by) || this.#closedBy.size > 0) return;
    for (let next = this.#held.shift(); next !== undefined; next = this.#held.shift()) {
      this.deliver(next.message, next.queue);
    }
  }

  *unacknowledged(): Iterable<Delivery> {
    yield* this.#held.toArray();
    yield* this.#kept;
  }

  disconnected(): readonly Delivery[] {
    const all = [...this.unacknowledged()];
    this.#held.clear();
    this.#kept.clear();
    return all;
  }

  #passage(queue: Queue): Passage {
    const { kernel, consumer } = this;
    const kept = this.#kept;
    return {
      kernel,
      go(message): Micros {
        consumer.deliver(message, queue);
        return kernel.now;
      },
      keep(message) {
        const delivery = { message, queue };
        kept.add(delivery);
        return (delay) => {
          kernel.after(delay, () => {
            if (kept.delete(delivery)) consumer.deliver(message, queue);
          });
        };
      },
    };
  }
}
