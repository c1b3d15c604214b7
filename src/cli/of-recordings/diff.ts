/** `novasim diff A B`: what differs between two runs, compared by what led to what. */
import {
  compareOutlines,
  headerChanges,
  Outline,
  renderComparison,
  verdict,
} from "../../views/compare/index.js";
import type { Comparison } from "../../views/compare/index.js";
import type { Recording } from "../../views/index.js";
import { describeEntry, type Timeline } from "../../timeline/index.js";
import { CliError, EXIT, type ExitCode } from "../exit.js";
import { colouredOutput, printJson, type Session, type SimulatorSession } from "../globals.js";
import { writeComparison } from "../page/compare-page.js";
import { MOST } from "../recording/first-entries.js";
import { fileLines } from "../recording/line-reader.js";
import { oneRun } from "../recording/one-run.js";
import { PassingRecording } from "../recording/passing.js";
import { recordOnce } from "../recording/record-once.js";
import { viewPaint } from "../terminal/colours.js";
import { Talk } from "../terminal/talk.js";

export interface DiffCommandOptions {
  readonly times?: boolean;
  readonly as?: "text" | "html";
  readonly out?: string;
}

/** Whatever differs, somebody expected it to be the same. @param simulating for a scenario */
export async function diff(
  session: Session,
  simulating: () => Promise<SimulatorSession>,
  words: readonly [a: string, b: string],
  { times = false, as = "text", out }: DiffCommandOptions,
): Promise<ExitCode> {
  const { io, options } = session;
  if (out !== undefined && as !== "html") {
    throw new CliError(
      "--out names a page",
      "Add --as html, or send what is printed to a file: > FILE",
    );
  }
  const sides: PassingRecording[] = [];
  for (const word of words) {
    const side = await recordingOf(session, simulating, word);
    if (typeof side === "number") return side;
    sides.push(side);
  }
  const [a, b] = sides;
  if (a === undefined || b === undefined) throw new CliError("diff compares two runs");
  const whole = as === "html" ? ([wholeOf(a), wholeOf(b)] as const) : undefined;
  const both: readonly [Recording, Recording] = whole ?? [a, b];
  const outlines = Outline.ofBoth(...both);
  for (const [at, side] of sides.entries()) tellOf(session, words[at] ?? "", side);
  session.progress.begin(`comparing ${words[0]} with ${words[1]}`);
  const comparison = compareOutlines(outlines, { times });
  const page = whole && writeComparison(session, words, whole, out);
  if (options.json === true) {
    const told = { ...reportOf(comparison), ...(page === undefined ? {} : { page }) };
    printJson(session, { novasim: session.version, command: "diff", ...told });
  } else if (page === undefined) {
    const paint = viewPaint(colouredOutput(session));
    const { verbose } = options;
    io.stdout.write(renderComparison(comparison, { paint, verbose, width: io.stdout.columns }));
  }
  return comparison.first === undefined ? EXIT.ok : EXIT.notDeterministic;
}

async function recordingOf(
  session: Session,
  simulating: () => Promise<SimulatorSession>,
  word: string,
): Promise<PassingRecording | ExitCode> {
  const { io } = session;
  const { file, recorded } = oneRun(io.cwd, word);
  let lines: Iterable<string>;
  if (recorded) lines = fileLines(io.cwd, file, session.progress);
  else {
    const simulator = await simulating();
    const quiet = new Talk(io, { ...session.options, quiet: true });
    const run = await recordOnce({ ...simulator, talk: quiet }, file, { set: [], detail: "flow" });
    if (run.lines.length === 0) return run.code;
    ({ lines } = run);
  }
  return new PassingRecording(file, lines, MOST);
}

const wholeOf = ({ header, entries }: PassingRecording): Timeline => ({
  header,
  entries: [...entries],
});

/** What is to be known of a recording once it was read. */
function tellOf({ talk }: Session, file: string, recording: PassingRecording): void {
  for (const notice of recording.notices()) talk.say(notice);
  if (recording.missing > 0) {
    talk.say(
      `${file}: its first ${String(MOST)} entries are compared, not the ${String(recording.missing)} after them`,
    );
  }
}

/** For programs: the numbers, and every difference. */
function reportOf(comparison: Comparison): object {
  const { a, b, alike, changed, onlyA, onlyB, first, pairs } = comparison;
  const told = ({ entries, messages }: Comparison["a"], seq: number): object => {
    const entry = entries[seq];
    return { seq, at: entry?.at, what: entry === undefined ? "" : describeEntry(entry, messages) };
  };
  return {
    ok: first === undefined,
    verdict: verdict(comparison),
    first: first ?? null,
    header: headerChanges(a.header, b.header),
    alike,
    changed,
    changes: pairs
      .filter(({ changes }) => changes.length > 0)
      .map((pair) => ({ a: told(a, pair.a), b: told(b, pair.b), changes: pair.changes })),
    onlyA: onlyA.map((seq) => told(a, seq)),
    onlyB: onlyB.map((seq) => told(b, seq)),
  };
}
