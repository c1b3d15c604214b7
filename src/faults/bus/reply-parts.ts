/** Which of the two messages that a reply is in Juno a fault strikes; they travel as one otherwise. */
import { halves, isWholeReply } from "../../bus/message.js";
import { observeLost } from "../../bus/observations.js";
import type { MessageBlow } from "./message-fault.js";

export type ReplyPart = "value" | "ending";

/** Lose a message, or one of the two that it is. */
export function drop({ message, flight, cause }: MessageBlow, part: ReplyPart | undefined): void {
  if (part === undefined || !isWholeReply(message)) {
    observeLost(flight.kernel, message, "a fault on the wire", cause);
    return;
  }
  const [value, ending] = halves(message);
  // Whoever waits for an object is answered null.
  flight.kernel.unchecked.admit();
  flight.pass(part === "value" ? ending : value);
}
