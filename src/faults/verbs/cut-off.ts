/** Nothing gets to or from a host, on the bus or by REST, and nobody is told. */
import { isOn } from "../aim.js";
import type { FaultVerb } from "../verb.js";
import { stand, windowText, type Window } from "../window.js";

/** From where to where nothing gets: `in` to the host, `out` of it. */
export type CutDirection = "in" | "out" | "both";
export const CUT_DIRECTIONS: readonly CutDirection[] = ["in", "out", "both"];

export interface CutAim extends Window {
  readonly host: string;
  readonly direction?: CutDirection | undefined;
}

const DIRECTION_TEXTS: Readonly<Record<CutDirection, string>> = {
  in: " one way, inwards",
  out: " one way, outwards",
  both: "",
};

export const cutOff: FaultVerb<{ readonly cut_off: CutAim }> = {
  key: "cut_off",
  text: ({ cut_off: aim }) =>
    `cut off ${aim.host}${DIRECTION_TEXTS[aim.direction ?? "both"]}${windowText(aim)}`,
  places: ({ cut_off: { host } }) => [host],
  inject({ cut_off: aim }, fault, injectors) {
    const { host, direction = "both" } = aim;
    const bus = injectors.bus();
    const rest = injectors.rest();
    stand(injectors.kernel, fault, aim, () => {
      bus.block(fault, {
        stops: (actor) => direction !== "out" && isOn(actor, host),
        stopsSender: (actor) => direction !== "in" && isOn(actor, host),
        cutsOff: (actor) => isOn(actor, host),
      });
      // TCP needs both ways, so that one way is enough to keep REST from the host.
      rest?.cutOff(fault, host);
    });
  },
};
