/** Steps through rows: which row an entry is on, and which comes next by row, entry, chapter or problem. */
import type { Model } from "../model/model.js";
import type { SequenceRow, Sign } from "./row.js";

export const UNITS = ["row", "entry", "chapter", "problem"] as const;
export type Unit = (typeof UNITS)[number];

const FAILURES: ReadonlySet<Sign> = new Set<Sign>(["timeout", "lost", "fault", "fails", "crashed"]);

/** What went wrong in a run: a timeout, a loss, a failure, a fault, a failed check, a crash. */
export function isFailure(row: SequenceRow): boolean {
  if (row.kind === "mark") return FAILURES.has(row.sign);
  return row.kind === "arrow" && (row.mark === "failure" || row.lost);
}

/** What one steps to who asks what went wrong: besides failures what services warn of. */
export function isProblem(row: SequenceRow): boolean {
  return isFailure(row) || (row.kind === "mark" && row.sign === "warning");
}

/** The last row at or before entry `seq`; -1 before the first. Time that passes is no row to be on. */
export function rowAt(rows: readonly SequenceRow[], seq: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle]?.seq ?? Infinity) <= seq) low = middle + 1;
    else high = middle;
  }
  return rows[low - 1]?.kind === "gap" ? low - 2 : low - 1;
}

/** The entry that one comes to from `seq`; undefined at the end, where one stays. */
export function stepped(
  model: Model,
  rows: readonly SequenceRow[],
  seq: number,
  unit: Unit,
  by: 1 | -1,
): number | undefined {
  switch (unit) {
    case "entry":
      return model.entries[seq + by]?.seq;
    case "chapter": {
      const { all } = model.chapters;
      const here = model.chapters.indexOf(seq);
      // Back goes to the beginning of this one first.
      const begun = all[here]?.seq === seq;
      const to = all[by === -1 && !begun ? here : here + by]?.seq;
      // Before the first row is what the level does not show: how the cloud started.
      return to === undefined || to < (rows[0]?.seq ?? 0) ? undefined : to;
    }
    case "problem":
      return by === 1
        ? rows.find((row) => row.seq > seq && isProblem(row))?.seq
        : rows.findLast((row) => row.seq < seq && isProblem(row))?.seq;
    case "row": {
      const here = rowAt(rows, seq);
      const on = rows[here]?.seq === seq;
      let next = by === -1 && !on ? here : here + by;
      while (rows[next]?.kind === "gap") next += by;
      return rows[next]?.seq;
    }
    default:
      return unit satisfies never;
  }
}
