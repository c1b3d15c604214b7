/** Who is cut off from whom at any entry, as the faults of the run say it in their own words. */
import type { Entry } from "../../timeline/index.js";
import { Intervals } from "../model/intervals.js";

export interface Cut {
  /** A process or a host. */
  readonly from: string;
  /** The only one that it is cut off from, or the broker; undefined: from everybody. */
  readonly peer: string | undefined;
}

/** As `faults` names it: `cut off compute-1 from nova-api@controller one way, inwards for 20 s`. */
const WORDS = /^cut off (\S+)(?: from (\S+))?/u;

export class Cuts {
  readonly #cuts: Intervals<Cut & { readonly since: number; until: number }>;

  constructor(entries: Iterable<Entry>) {
    const all: (Cut & { since: number; until: number })[] = [];
    const open = new Map<string, { until: number }>();
    for (const entry of entries) {
      if (entry.kind !== "fault") continue;
      const { seq, event, fault } = entry;
      const [, from, peer] = WORDS.exec(fault) ?? [];
      if (from === undefined) continue;
      if (event === "declared") {
        const cut = { from, peer, since: seq, until: Infinity };
        all.push(cut);
        open.set(fault, cut);
      } else if (event === "lifted") {
        const cut = open.get(fault);
        if (cut !== undefined) cut.until = seq;
      }
    }
    this.#cuts = new Intervals(all, ({ since, until }) => [since, until]);
  }

  at(n: number): readonly Cut[] {
    return this.#cuts.at(n);
  }
}
