/** Which processes lived at any entry: what is not said to have died has lived since the run began. */
import type { Entry } from "../../timeline/index.js";

export type Life = "running" | "starting" | "stopped" | "crashed";

interface Turn {
  readonly seq: number;
  readonly life: Life;
}

const BEFORE_ALL: Turn = { seq: -1, life: "running" };

export class Processes {
  readonly #turns = new Map<string, Turn[]>();

  /** To be called with each entry in order. */
  add(entry: Entry): void {
    if (entry.kind !== "service" || entry.actor === undefined) return;
    const life = lifeAfter(entry.event);
    if (life === undefined) return;
    const turns = this.#turns.get(entry.actor);
    const turn = { seq: entry.seq, life };
    if (turns === undefined) this.#turns.set(entry.actor, [turn]);
    else turns.push(turn);
  }

  /** How `actor` was once entry `seq` had happened. */
  at(actor: string, seq: number): Life {
    const turns = this.#turns.get(actor) ?? [];
    return (turns.findLast((turn) => turn.seq <= seq) ?? BEFORE_ALL).life;
  }

  /** While `actor` was dead: from its end to its next start, or to Infinity. */
  deadOf(actor: string): readonly (readonly [from: number, to: number])[] {
    const dead: [number, number][] = [];
    for (const { seq, life } of this.#turns.get(actor) ?? []) {
      const last = dead.at(-1);
      const open = last?.[1] === Infinity ? last : undefined;
      if (life === "running" || life === "starting") {
        if (open !== undefined) open[1] = seq;
      } else if (open === undefined) dead.push([seq, Infinity]);
    }
    return dead;
  }
}

/** @param event of a recording of a later version it may be any word */
function lifeAfter(event: string): Life | undefined {
  switch (event) {
    case "started":
    case "reported":
      return "running";
    case "starting":
    case "stopped":
    case "crashed":
      return event;
    default:
      return undefined;
  }
}
