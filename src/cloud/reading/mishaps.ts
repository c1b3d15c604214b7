/**
 * What went wrong in a cloud: each time that a fault struck, that a message was lost or waits for nobody, and
 * that a process was not there.
 */
import type { Bus } from "../../bus/index.js";
import type { Mishap } from "../../framework/mishaps.js";
import type { Fault } from "../../faults/index.js";
import type { Slot } from "../processes/slot.js";

/** Who may know what went wrong. */
interface Witnesses {
  readonly faults: readonly Fault[];
  readonly slots: readonly Slot[];
  readonly bus: Bus;
}

export const mishapsOf = ({ faults, slots, bus }: Witnesses): readonly Mishap[] => [
  ...faults.flatMap(({ title: { kind, places }, blows }) =>
    blows.map(({ at, request }) => ({ kind, from: at, to: at, requests: only(request), places })),
  ),
  ...bus.losses.all.flatMap(({ at, request }) =>
    request === undefined ? [] : { ...MESSAGE, from: at, to: at, requests: only(request) },
  ),
  ...unread(bus),
  ...slots.flatMap(({ actor, outages }) =>
    outages.map((outage) => ({ ...outage, kind: "process" as const, places: [actor.name] })),
  ),
];

/** Once nothing moves any more, what still waits waits for a process that is not there. */
function unread(bus: Bus): Mishap[] {
  const { settled, now: from } = bus.kernel;
  const requests = settled ? bus.requests() : new Set<string>();
  return requests.size === 0 ? [] : [{ ...MESSAGE, from, to: Infinity, requests }];
}

const MESSAGE = { kind: "message", places: [] } as const;

const only = (request: string | undefined): ReadonlySet<string> =>
  new Set(request === undefined ? [] : [request]);
