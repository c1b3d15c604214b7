/** `novasim replay TIMELINE...`: run again from the recording; both must be the same. */
import type { Loaded } from "../../scenario/index.js";
import { loadScenario, MAX_CHARACTERS } from "../../scenario/index.js";
import {
  diffHeaders,
  divergenceOf,
  readHeader,
  TimelineError,
  type FieldDifference,
  type Header,
  type LineDifference,
} from "../../timeline/index.js";
import { OUTSIDE } from "../../serve/door/door.js";
import { newRun } from "../attempt-run.js";
import { CompareSink } from "../recording/compare-sink.js";
import { CliError, EXIT, worst, type ExitCode } from "../exit.js";
import { printJson, type Session, type SimulatorSession } from "../globals.js";
import { fileLines, isWhole } from "../recording/line-reader.js";
import { withModules } from "../files/runnable.js";
import { pace } from "../pace.js";
import { replayServed } from "../serving/replay-served.js";
import { fileWord, shellLine } from "../terminal/shell-quote.js";

interface Report {
  readonly file: string;
  readonly code: ExitCode;
  readonly same: number;
  /** The recording was not written to its end; what there is of it is the same. */
  readonly interrupted?: true;
  readonly difference?: {
    readonly line: number;
    readonly path?: string;
    readonly recorded: unknown;
    readonly now: unknown;
  };
  readonly error?: string;
}

export async function replay(
  session: SimulatorSession,
  files: readonly string[],
): Promise<ExitCode> {
  const reports: Report[] = [];
  for (const file of files) {
    const report = await replayFile(session, file);
    reports.push(report);
    if (report.code !== EXIT.ok)
      session.talk.repeat(shellLine(["novasim", "replay", fileWord(file)]));
    if (report.code === EXIT.interrupted) break;
  }
  if (session.options.json === true) {
    const ok = reports.every(({ code }) => code === EXIT.ok);
    printJson(session, { novasim: session.version, command: "replay", ok, results: reports });
  }
  return worst(reports.map(({ code }) => code));
}

async function replayFile(session: SimulatorSession, file: string): Promise<Report> {
  const { io, talk } = session;
  const lines = fileLines(io.cwd, file);
  try {
    const header = headerOf(session, file);
    const whole = isWhole(io.cwd, file);
    const sink = new CompareSink(lines, whole);
    const served = header.served === true ? OUTSIDE : undefined;
    const loaded = await withModules(session, sourceOf(session, file, header), file);
    const task = newRun(session, loaded, sink, header.detail, served);
    let end = await pace(session, task, { stop: () => sink.done });
    if (end === "ended" && served !== undefined) {
      end = await replayServed(session, file, task.world, () => sink.done);
    }
    const { same } = sink;
    if (end === "interrupted") return { file, code: EXIT.interrupted, same };
    if (end === "ended") sink.end();
    if (sink.difference !== undefined)
      return differs(session, { file, header, whole, same }, sink.difference);
    if (sink.interrupted) {
      talk.say(`${file}: interrupted, the same as far as it goes, ${same} entries`);
      return { file, code: EXIT.ok, same, interrupted: true };
    }
    talk.say(`${file}: the same, ${same} entries`);
    return { file, code: EXIT.ok, same };
  } catch (error) {
    const told = error instanceof TimelineError ? new CliError(`${file}: ${error.message}`) : error;
    if (!(told instanceof CliError)) throw error;
    talk.error(told);
    return { file, code: told.exit, same: 0, error: told.message };
  } finally {
    lines.return();
  }
}

function headerOf({ io }: Session, file: string): Header {
  const lines = fileLines(io.cwd, file);
  try {
    const first = lines.next();
    return readHeader(first.done === true ? "" : first.value.replace(/\r$/u, ""));
  } finally {
    lines.return();
  }
}

/** The scenario that the header holds. */
function sourceOf({ simulator, talk }: SimulatorSession, file: string, { source }: Header): Loaded {
  const text = JSON.stringify(source ?? null, null, 1);
  const limit = MAX_CHARACTERS * 10;
  const loaded = loadScenario({ file: `${file} (source)`, text, known: simulator.known, limit });
  if (loaded.ok) return loaded;
  for (const problem of loaded.problems) talk.problem(problem);
  throw new CliError(`${file}: the scenario in its header cannot be run`, "Record it again.");
}

interface Recording {
  readonly file: string;
  readonly header: Header;
  readonly whole: boolean;
  /** How many entries were the same. */
  readonly same: number;
}

function differs(
  { talk, version }: Session,
  { file, header, whole, same }: Recording,
  difference: LineDifference,
): Report {
  const { line, expected, actual } = difference;
  const field = fieldOf(difference);
  talk.error(new CliError(`${file}:${String(line)}: the run differs from its recording`));
  talk.details([
    `${same} entries are the same.`,
    ...(whole ? [] : ["The recording was interrupted: it does not go on to the end of its run."]),
    ...(field === undefined ? [] : [`first difference: ${field.path}`]),
    ...side("recorded", expected, field === undefined ? undefined : { value: field.expected }),
    ...side("now", actual, field === undefined ? undefined : { value: field.actual }),
    ...(header.novasim === version
      ? []
      : [`recorded by novasim ${header.novasim}, this is ${version}`]),
  ]);
  const path = field === undefined ? {} : { path: field.path };
  const both = { recorded: parsed(expected), now: parsed(actual) };
  return {
    file,
    code: EXIT.notDeterministic,
    same,
    difference: { line, ...path, ...both },
  };
}

function fieldOf(difference: LineDifference): FieldDifference | undefined {
  const { line, expected, actual } = difference;
  if (line > 1) return divergenceOf(difference)?.field;
  if (expected === undefined || actual === undefined) return undefined;
  return diffHeaders(readHeader(expected), readHeader(actual)).find(
    ({ path }) => path !== "novasim",
  );
}

function side(
  name: string,
  line: string | undefined,
  field: { readonly value: unknown } | undefined,
): string[] {
  const label = `${name}:`.padEnd(10);
  if (line === undefined)
    return [`${label} ${name === "now" ? "the run has ended" : "the recording has ended"}`];
  if (field === undefined) return [`${label} ${line === "" ? "an empty line" : shortened(line)}`];
  const value = field.value === undefined ? "absent" : JSON.stringify(field.value);
  return [`${label} ${shortened(value)}`, `${" ".repeat(10)} ${shortened(line)}`];
}

const shortened = (line: string): string => (line.length > 400 ? `${line.slice(0, 400)}…` : line);

function parsed(line: string | undefined): unknown {
  if (line === undefined) return null;
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return line;
  }
}
