/**
 * Tracks for stretches of time that overlap: an actor does many things at once, and tools draw on one
 * track only what nests. A span stands in its parent where that has it whole; else on the first track
 * of its actor that is free.
 */
import { isBefore } from "./moments.js";
import type { Span } from "./span.js";

/** A track: its number, and what is under way on it, the innermost last. */
interface Lane {
  readonly number: number;
  readonly stack: Span[];
}

export class Lanes {
  readonly #byActor = new Map<string, Lane[]>();

  /** The track of `span` among those of its actor, from 0. To be called in the order of their beginnings. */
  of(span: Span): number {
    const lanes = this.#byActor.get(span.actor) ?? [];
    this.#byActor.set(span.actor, lanes);
    let free: Lane | undefined;
    for (const lane of lanes) {
      const { stack } = lane;
      for (let top = stack.at(-1); top !== undefined && !isBefore(span.begin, top.end);) {
        stack.pop();
        top = stack.at(-1);
      }
      const top = stack.at(-1);
      if (top === undefined) free ??= lane;
      else if (contains(top, span)) return put(lane, span);
    }
    if (free === undefined) {
      free = { number: lanes.length, stack: [] };
      lanes.push(free);
    }
    return put(free, span);
  }
}

function put(lane: Lane, span: Span): number {
  lane.stack.push(span);
  return lane.number;
}

/** A command has what its client asks; whatever else has what it led to. */
function contains(outer: Span, inner: Span): boolean {
  const kin = inner.parent === outer.id || (outer.kind === "command" && inner.kind === "asks");
  return kin && !isBefore(outer.end, inner.end);
}
