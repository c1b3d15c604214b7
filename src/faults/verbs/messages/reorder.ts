/** A message is overtaken by the next one that fits. */
import { between, seconds, type Duration } from "../../../kernel/index.js";
import type { MessageAim } from "../../aim.js";
import { halves, isWholeReply } from "../../../bus/message.js";
import { messageVerb } from "./message-verb.js";

export interface ReorderAim extends MessageAim {
  /** How long to wait for a message that overtakes; default 10 s. */
  readonly within?: Duration | undefined;
}

const OVERTAKEN_WITHIN = seconds(10);

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
    const lag = between(flight.kernel.now, flight.pass(ending));
    flight.hold(value)(lag);
  },
});
