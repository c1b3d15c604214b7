/** Messages come late, and later ones may overtake them. */
import type { Duration } from "../../../kernel/index.js";
import type { MessageAim } from "../../aim.js";
import { timeText } from "../../window.js";
import { messageVerb } from "./message-verb.js";

export interface DelayAim extends MessageAim {
  readonly by: Duration;
}

export const delay = messageVerb<"delay", DelayAim>({
  key: "delay",
  text: (messages, { by }) => `delay ${messages} by ${timeText(by)}`,
  strike({ message, flight }, { by }) {
    const arrive = flight.hold(message);
    arrive(by);
  },
});
