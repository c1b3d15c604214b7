/**
 * Which things a strip tells of. What a recording at detail `full` knows besides, such as the port of a DHCP
 * agent that was there before the first step and stays as it is, belongs to the level Entries.
 */
import type { Model } from "../model/model.js";
import type { Thing } from "../model/things.js";
import type { Level } from "../sequence/row.js";
import { isRoutine } from "../sequence/routine.js";

/** In the order in which they came to be. */
export function toldThings(model: Model, level: Level): readonly Thing[] {
  const { all } = model.things;
  if (level === "entries") return all;
  return all.filter(({ stretches }) =>
    stretches.some(({ seq }) => {
      const entry = model.entries[seq];
      return entry !== undefined && !isRoutine(model, entry);
    }),
  );
}
