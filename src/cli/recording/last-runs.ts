/** What each scenario did when it was last run, for `--watch`: the next run is held against it. */
import { MemoryTimeline, type Sink } from "../../timeline/index.js";
import { changedLines } from "../../views/compare/changed.js";
import type { Session } from "../globals.js";
import { FirstEntries } from "./first-entries.js";

/** Longer runs take longer to compare than anybody waits after a change. */
const MOST = 20_000;

export class LastRuns {
  readonly #runs = new Map<string, FirstEntries>();

  /** Hears of a run from its beginning on. */
  begin(): FirstEntries & Sink {
    return new FirstEntries(new MemoryTimeline(), MOST);
  }

  /** Tell what has changed, and keep `run`, which was whole, for the next time. */
  tell({ talk }: Session, file: string, run: FirstEntries): void {
    const before = this.#runs.get(file);
    this.#runs.set(file, run);
    if (before === undefined) return;
    if (before.missing > 0 || run.missing > 0) {
      talk.say(`runs of more than ${String(MOST)} entries are not compared with the last one`);
      return;
    }
    for (const line of changedLines(before.timeline, run.timeline)) talk.say(line);
  }
}
