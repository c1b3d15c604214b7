/**
 * What the levels below Entries leave out, whatever a recording holds: what a cloud does to start, and what
 * a recording at detail `flow` does not have. With it one reads the same rows of both.
 */
import type { Entry } from "../../timeline/index.js";
import type { Model } from "../model/model.js";

export function isRoutine(model: Model, entry: Entry): boolean {
  return isStartup(model, entry.seq) || (entry.quiet === true && !tellsWhy(entry));
}

/** Before the first step, if there is one; what a scenario is about begins there. */
function isStartup({ chapters }: Model, seq: number): boolean {
  const { all } = chapters;
  const [first, second] = all;
  return first?.number === 0 && second !== undefined && seq < second.seq;
}

/** Routine, as what it is about is not: why there was no host for a server. */
const tellsWhy = (entry: Entry): boolean => entry.kind === "decision" && entry.chosen === null;
