/**
 * A message where a fault strikes it: on its way to the broker, or from there to a consumer. What a
 * fault may do with it is the same in both places.
 */
import type { Departure, ProcessLink } from "../../bus/index.js";
import type { Message } from "../../bus/message.js";
import type { Duration, Kernel, Micros } from "../../kernel/index.js";

export interface InFlight {
  readonly kernel: Kernel;
  /** Let `message` go its way. @returns when it arrives */
  pass(message: Message): Micros;
  /** Hold it back for now. @returns what lets it arrive after a delay, unless it is gone by then */
  hold(message: Message): (delay: Duration) => void;
}

/** On its way from a process to the broker. */
export const leaving = (link: ProcessLink, { exchange, key }: Departure): InFlight => ({
  kernel: link.kernel,
  pass: (message) => link.transmit(exchange, key, message),
  hold: (message) => (delay) => {
    link.arrive(delay, exchange, key, message);
  },
});
