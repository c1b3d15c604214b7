/**
 * Where a message is when a fault strikes it: on its way to the broker, or from there to a consumer.
 * What a fault does to it is the same in both places.
 */
import type { Kernel, Micros } from "../../kernel/index.js";
import type { Connection } from "../connection.js";
import type { Message } from "../message.js";

export interface Passage {
  readonly kernel: Kernel;
  /** Let it go its way. @returns when it arrives */
  go(message: Message): Micros;
  /** Keep it back for now. @returns what lets it arrive after a delay, unless it is gone by then */
  keep(message: Message): (delay: Micros) => void;
}

/** From a process to the broker. */
export class WayOut implements Passage {
  readonly #connection: Connection;
  readonly #exchange: string;
  readonly #key: string;

  constructor(connection: Connection, exchange: string, key: string) {
    this.#connection = connection;
    this.#exchange = exchange;
    this.#key = key;
  }

  get kernel(): Kernel {
    return this.#connection.kernel;
  }

  go(message: Message): Micros {
    return this.#connection.transmit(this.#exchange, this.#key, message);
  }

  keep(message: Message): (delay: Micros) => void {
    return (delay) => {
      this.#connection.arrive(delay, this.#exchange, this.#key, message);
    };
  }
}
