/** What went wrong in a cloud: each time that a fault struck, and each time that a process was not there. */
import type { Mishap } from "../../framework/mishaps.js";
import type { Fault } from "../../faults/index.js";
import type { Slot } from "../processes/slot.js";

export const mishapsOf = (faults: readonly Fault[], slots: readonly Slot[]): readonly Mishap[] => [
  ...faults.flatMap(({ title: { kind, places }, blows }) =>
    blows.map(({ at, request }) => ({ kind, from: at, to: at, request, places })),
  ),
  ...slots.flatMap(({ actor, outages }) =>
    outages.map(({ from, to }) => ({ kind: "process" as const, from, to, places: [actor.name] })),
  ),
];
