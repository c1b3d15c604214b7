/**
 * `toMatchTimeline`: a recording in a file beside the test. It is written when there is none, and anew with `-u`;
 * otherwise the run must be the same, and if it is not, the first difference is told in words.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import {
  describeEntry,
  diffTimelines,
  MemoryTimeline,
  Messages,
  readTimeline,
  writeTimeline,
  type Entry,
  type Timeline,
} from "../../../timeline/index.js";
import { slug } from "../names.js";
import { outcome, timelineIn, type Outcome } from "./outcome.js";

/** What vitest tells a matcher of the test that asks. */
export interface Asking {
  readonly testPath?: string | undefined;
  readonly currentTestName?: string | undefined;
  readonly isNot: boolean;
  /** `all` with -u, `none` in CI. */
  readonly update: "all" | "new" | "none";
}

export function matchTimeline(asking: Asking, received: unknown, file?: string): Outcome {
  const timeline = timelineIn(received, "toMatchTimeline");
  if (asking.isNot) throw new TypeError("a recording is compared for being the same: not .not");
  if (asking.testPath === undefined) throw new TypeError("toMatchTimeline is asked inside a test");
  const named =
    file ?? `__timelines__/${slug(asking.currentTestName ?? "timeline")}.timeline.jsonl`;
  const path = resolve(dirname(asking.testPath), named);
  const shown = relative(process.cwd(), path);
  const text = written(timeline);
  if (!existsSync(path)) {
    if (asking.update === "none") {
      return outcome(false, [
        `there is no recording ${shown}`,
        "Run the test once where it may write (vitest, without CI), look at the file, and commit it.",
      ]);
    }
    return write(path, text);
  }
  const before = readFileSync(path, "utf8");
  if (before === text) return outcome(true, [`the run is that of ${shown}`]);
  if (asking.update === "all") return write(path, text);
  return outcome(false, [
    `the run differs from its recording ${shown}:`,
    ...firstDifference(readTimeline(before.trimEnd().split("\n")), timeline),
    "If that is meant: vitest run -u",
  ]);
}

function written(timeline: Timeline): string {
  const copy = new MemoryTimeline();
  writeTimeline(timeline, copy);
  return `${copy.lines.join("\n")}\n`;
}

function write(path: string, text: string): Outcome {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return outcome(true, [`written: ${path}`]);
}

/** Where two runs part, in words: the entry on either side, and the first field. */
function firstDifference(recorded: Timeline, now: Timeline): string[] {
  const { header, divergence } = diffTimelines(recorded, now);
  const [first] = header;
  if (divergence === undefined) {
    if (first === undefined) return ["the same entries, written differently"];
    const { path, expected, actual } = first;
    return [`header ${path}: ${JSON.stringify(expected)} before, ${JSON.stringify(actual)} now`];
  }
  const { at, seq, expected, actual, field } = divergence;
  const said = (entry: Entry | undefined, of: Timeline): string =>
    entry === undefined ? "nothing more" : describeEntry(entry, new Messages(of.entries));
  return [
    `${String(seq)} entries are the same; then, at ${(at / 1_000_000).toFixed(3)} s:`,
    `  recorded: ${said(expected, recorded)}`,
    `  now:      ${said(actual, now)}`,
    ...(field === undefined
      ? []
      : [
          `  in ${field.path}: ${JSON.stringify(field.expected)} before, ${JSON.stringify(field.actual)} now`,
        ]),
  ];
}
