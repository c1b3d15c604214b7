/**
 * Nothing gets to or from a process or host, on the bus or by REST, and nobody is told; or only
 * between it and one other, or between it and the broker.
 */
import type { Party } from "../../../http/index.js";
import { isOn } from "../../aim.js";
import type { Blockade } from "../../bus/blockades.js";
import type { Cut } from "../../rest-injector.js";
import type { FaultVerb } from "../../verb.js";
import { stand, windowText, type Window } from "../../window.js";

/** From where to where nothing gets: `in` to the host, `out` of it. */
export type CutDirection = "in" | "out" | "both";
export const CUT_DIRECTIONS: readonly CutDirection[] = ["in", "out", "both"];

/** What stands for the broker among peers. */
const BROKER = "broker";

export interface CutAim extends Window {
  readonly host: string;
  /** The only one that it is cut off from: a process, a host or `broker`. Default: everybody. */
  readonly peer?: string | undefined;
  readonly direction?: CutDirection | undefined;
}

const DIRECTION_TEXTS: Readonly<Record<CutDirection, string>> = {
  in: " one way, inwards",
  out: " one way, outwards",
  both: "",
};

export const cutOff: FaultVerb<{ readonly cut_off: CutAim }> = {
  key: "cut_off",
  kind: "connection",
  text: ({ cut_off: aim }) =>
    `cut off ${aim.host}${aim.peer === undefined ? "" : ` from ${aim.peer}`}` +
    `${DIRECTION_TEXTS[aim.direction ?? "both"]}${windowText(aim)}`,
  places: ({ cut_off: { host, peer = BROKER } }) => (peer === BROKER ? [host] : [host, peer]),
  inject({ cut_off: aim }, fault, injectors) {
    const bus = injectors.bus();
    const rest = injectors.rest();
    stand(injectors.kernel, fault, aim, () => {
      bus.block(fault, onBus(aim));
      rest?.cutOff(fault, onNetwork(aim));
    });
  },
};

/** Between two processes messages are stopped one by one: each has its own way to the broker. */
function onBus({ host, peer, direction = "both" }: CutAim): Blockade {
  if (peer === undefined || peer === BROKER) {
    return {
      stops: (actor) => direction !== "out" && isOn(actor, host),
      stopsSender: (actor) => direction !== "in" && isOn(actor, host),
      cutsOff: (actor) => isOn(actor, host),
    };
  }
  const away = (from: string, to: string): boolean =>
    direction !== "in" && isOn(from, host) && isOn(to, peer);
  const towards = (from: string, to: string): boolean =>
    direction !== "out" && isOn(from, peer) && isOn(to, host);
  return {
    stops: (actor) =>
      (direction !== "in" && isOn(actor, peer)) || (direction !== "out" && isOn(actor, host)),
    only: ({ from }, to) => away(from, to) || towards(from, to),
    stopsSender: () => false,
    cutsOff: () => false,
  };
}

/** TCP needs both ways, so that one way is enough to keep REST from a party. */
function onNetwork({ host, peer }: CutAim): Cut {
  if (peer === BROKER) return () => false;
  if (peer === undefined) return (one, other) => isParty(one, host) !== isParty(other, host);
  return (one, other) =>
    (isParty(one, host) && isParty(other, peer)) || (isParty(one, peer) && isParty(other, host));
}

const isParty = ({ actor, host }: Party, whom: string): boolean =>
  host === whom || (actor !== undefined && isOn(actor, whom));
