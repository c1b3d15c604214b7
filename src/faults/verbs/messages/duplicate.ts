/** Messages come twice. */
import { anotherCopy } from "../../../bus/message.js";
import type { MessageAim } from "../../aim.js";
import { messageVerb } from "./message-verb.js";

export const duplicate = messageVerb<"duplicate", MessageAim>({
  key: "duplicate",
  text: (messages) => `duplicate ${messages}`,
  strike({ message, flight }) {
    const copy = anotherCopy(message);
    // Copies of a request share what is in it, and know that they do.
    flight.pass(message.kind === "request" ? copy : message);
    flight.pass(copy);
  },
});
