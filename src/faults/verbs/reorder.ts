/** A message is overtaken by the next one that fits. */
import type { Micros } from "../../kernel/index.js";
import type { MessageAim } from "../aim.js";
import { halves, isWholeReply } from "../bus/reply-parts.js";
import { messageVerb } from "./message-verb.js";

export interface ReorderAim extends MessageAim {
  /** How long to wait for a message that overtakes; default 10 s. */
  readonly within?: Micros | undefined;
}

const OVERTAKEN_WITHIN: Micros = 10_000_000;

export const reorder = messageVerb<"reorder", ReorderAim>({
  key: "reorder",
  text: (messages) => `reorder ${messages}`,
  strike({ message, flight, holdUntilOvertaken }, { within = OVERTAKEN_WITHIN }) {
    if (!isWholeReply(message)) {
      holdUntilOvertaken(within);
      return;
    }
    // A reply's two messages are there already: the second overtakes the first.
    const [value, ending] = halves(message);
    const lag = flight.pass(ending) - flight.kernel.now;
    flight.hold(value)(lag);
  },
});
