/**
 * Is this flow in that timeline? The lines must be found in order; other entries may stand between.
 * Each line takes the first entry that fits after the one before, which finds a match if there is one.
 */
import { assertList } from "../checks/given.js";
import { candidates, type Candidate } from "./candidates.js";
import { describeEntry } from "../describe.js";
import type { Entry } from "../entry.js";
import { parseFlowLine, type FlowLine } from "./line.js";
import { FlowFacts, fits } from "./fit.js";

/** Whether a flow is in a timeline: the entry of each line, or the first line that is not there. */
export type FlowMatch =
  | { readonly matched: true; /** The entry of each line. */ readonly entries: readonly Entry[] }
  | FlowMismatch;

/** A flow that is not there, and what comes nearest to it. */
export interface FlowMismatch {
  readonly matched: false;
  /** The first line that could not be found, counted from 0. */
  readonly index: number;
  readonly line: FlowLine;
  /** The entry of the line before, if there is one. */
  readonly after: Entry | undefined;
  /** What comes nearest to the missing line, best first. */
  readonly nearest: readonly Candidate[];
  /** All of it for a person, in a few lines. */
  readonly message: string;
}

/**
 * Look for `lines` in `entries`.
 * @throws FlowSyntaxError if a line cannot be read
 *
 * @example
 * ```ts
 * import { Cloud, matchFlow } from "novasim";
 *
 * const cloud = new Cloud();
 * cloud.user("demo").command("nova list");
 * const { matched } = matchFlow(cloud.timeline.entries, [
 *   "nova-client -> keystone   POST /v2.0/tokens 200",
 *   "nova-client -> nova-api   GET /v2/{tenant}/servers/detail 200",
 * ]);
 * console.log(matched); // true
 * ```
 */
export function matchFlow(
  entries: readonly Entry[],
  lines: readonly (string | FlowLine)[],
): FlowMatch {
  assertList(entries, "kind", "matchFlow", "the entries of a timeline, as cloud.timeline.entries");
  assertList(lines, "kind", "matchFlow", "a list of lines of a flow as the second argument");
  const flow = lines.map((line) => (typeof line === "string" ? parseFlowLine(line) : line));
  const facts = new FlowFacts(entries);
  const found: Entry[] = [];
  let next = 0;
  for (const [index, line] of flow.entries()) {
    while (next < entries.length && !fits(line, entries[next] as Entry, facts)) next += 1;
    const entry = entries[next];
    if (entry === undefined) return mismatch(index, line, found.at(-1), entries, facts);
    found.push(entry);
    next += 1;
  }
  return { matched: true, entries: found };
}

function mismatch(
  index: number,
  line: FlowLine,
  after: Entry | undefined,
  entries: readonly Entry[],
  facts: FlowFacts,
): FlowMismatch {
  const nearest = candidates(line, entries, facts, after);
  const where =
    after === undefined
      ? "It is the first line, so the whole timeline was searched."
      : `Searched after entry ${String(after.seq)}: ${describeEntry(after, facts.messages)}`;
  const near =
    nearest.length === 0
      ? ["Nothing in the timeline comes near it."]
      : [
          "Nearest:",
          ...nearest.map(
            ({ entry, why }) =>
              `  entry ${String(entry.seq)}: ${describeEntry(entry, facts.messages)} (${why})`,
          ),
        ];
  const message = [
    `flow line ${String(index + 1)} was not found: ${line.text}`,
    where,
    ...near,
  ].join("\n");
  return { matched: false, index, line, after, nearest, message };
}
