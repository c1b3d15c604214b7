/**
 * The two messages that a reply is in Juno: the value, and a marker that ends it (RPC-43). They
 * travel as one here unless a fault parts them.
 */
import type { Message, Reply } from "../../bus/message.js";
import { observeLost } from "../../bus/observations.js";
import type { MessageBlow } from "./message-fault.js";

export type ReplyPart = "value" | "ending";

/** Whether `message` is a reply whose two messages travel as one. */
export const isWholeReply = (message: Message): message is Reply =>
  message.kind === "reply" && message.part === undefined;

/** A whole reply as its two messages. */
export function halves(reply: Reply): [value: Reply, ending: Reply] {
  return [
    { ...reply, part: "value" },
    { ...reply, part: "end", result: null, failure: undefined },
  ];
}

/** Lose a message, or one of the two that it is. */
export function drop({ message, flight, cause }: MessageBlow, part: ReplyPart | undefined): void {
  if (part === undefined || !isWholeReply(message)) {
    observeLost(flight.kernel, message, "a fault on the wire", cause);
    return;
  }
  const [value, ending] = halves(message);
  flight.pass(part === "value" ? ending : value);
}
