/** A consumer takes nothing, though it is there: what the broker gives it waits. */
import { isOn } from "../../aim.js";
import type { FaultVerb } from "../../verb.js";
import { stand, windowText, type Window } from "../../window.js";

export interface StallAim extends Window {
  /** A process or a host; without it, whoever serves the topic. */
  readonly host?: string | undefined;
  readonly topic?: string | undefined;
}

export const stall: FaultVerb<{ readonly stall: StallAim }> = {
  key: "stall",
  kind: "message",
  text: ({ stall: aim }) =>
    `stall ${aim.host ?? "all"}${aim.topic === undefined ? "" : ` on ${aim.topic}`}${windowText(aim)}`,
  places: ({ stall: { host } }) => (host === undefined ? [] : [host]),
  inject({ stall: aim }, fault, injectors) {
    const bus = injectors.bus();
    stand(injectors.kernel, fault, aim, () => {
      bus.block(fault, {
        stops: (actor, consumer) =>
          (aim.host === undefined || isOn(actor, aim.host)) &&
          consumer.serves?.(aim.topic) === true,
        stopsSender: () => false,
        cutsOff: () => false,
      });
    });
  },
};
