/** `novasim run FILE...`: run scenarios, show or record what happens. */
import type { Problem, Result } from "../../scenario/index.js";
import { summaryLine, tellFailure, tellLeftovers, tellWarnings } from "../attempt-run.js";
import { CliError, EXIT, worst, type ExitCode } from "../exit.js";
import { scenarioFiles } from "../files/named.js";
import { readRunnable } from "../files/runnable.js";
import { watch } from "../files/watch.js";
import { printJson, type Session, type SimulatorSession } from "../globals.js";
import { runLoaded, type RunCommandOptions } from "../loaded-run.js";
import { assertFilters, filterWords } from "../recording/filtered.js";
import { LastRuns } from "../recording/last-runs.js";
import { viewNamed } from "../recording/shown.js";
import { fileWord, shellLine } from "../terminal/shell-quote.js";

/** What `--json` says about one file. */
interface Report {
  readonly file: string;
  readonly ok: boolean;
  readonly result?: Result;
  readonly problems: readonly Problem[];
  readonly error?: string;
}

export async function run(
  session: SimulatorSession,
  files: readonly string[],
  options: RunCommandOptions,
): Promise<ExitCode> {
  const last = options.watch === true ? new LastRuns() : undefined;
  const again = (onRead?: OnRead): Promise<ExitCode> => {
    const found = scenarioFiles(session.io.cwd, files);
    refuseMixtures(session, found, options);
    return runAll(session, found, options, { onRead, last });
  };
  return options.watch === true ? watch(session, again) : again();
}

function refuseMixtures(
  { options: { json } }: Session,
  files: readonly string[],
  options: RunCommandOptions,
): void {
  if (options.record !== undefined && files.length > 1) {
    throw new CliError("--record takes one scenario", "Run the files one by one.");
  }
  if (json === true && options.as !== undefined) {
    throw new CliError("--json and --as both want standard output", "Use one of them.");
  }
  if (options.follow !== true) {
    if (options.speed === undefined) return;
    throw new CliError("--speed is that of --follow", "Say --follow as well.");
  }
  if (files.length > 1)
    throw new CliError("--follow takes one scenario", "Run the files one by one.");
  const other = json === true ? "--json" : options.as === undefined ? undefined : "--as";
  if (other !== undefined) {
    throw new CliError(`--follow and ${other} both want standard output`, "Use one of them.");
  }
}

/** Told of every file that a scenario reads. */
type OnRead = (path: string) => void;

/** What a run that is watched is told, and what was before it. */
interface Watched {
  readonly onRead?: OnRead | undefined;
  readonly last?: LastRuns | undefined;
}

async function runAll(
  session: SimulatorSession,
  files: readonly string[],
  options: RunCommandOptions,
  watched: Watched,
): Promise<ExitCode> {
  const codes: ExitCode[] = [];
  const reports: Report[] = [];
  const view = options.follow === true ? undefined : shown(session, options, files.length);
  const part = filterWords(options);
  if (view !== undefined) assertFilters(viewNamed(view), part);
  else if (part !== "" && options.follow !== true) {
    throw new CliError("a filter chooses what is printed, and nothing is", "Add --as text.");
  }
  for (const file of files) {
    const { code, report } = await runFile(session, file, options, view, watched);
    codes.push(code);
    reports.push(report);
    if (code === EXIT.interrupted || session.io.stdout.closed) break;
  }
  if (files.length > 1 && !session.io.stdout.closed) {
    // One that was interrupted has neither gone well nor failed.
    const ended = reports.filter((_, index) => codes[index] !== EXIT.interrupted);
    tellAll(session, files, ended);
  }
  if (session.options.json === true) {
    const ok = codes.every((code) => code === EXIT.ok);
    printJson(session, { novasim: session.version, command: "run", ok, results: reports });
  }
  return worst(codes);
}

/** `28 scenarios: 27 ok, 1 failed: boot.yaml`. */
function tellAll({ talk }: Session, files: readonly string[], ended: readonly Report[]): void {
  const bad = ended.filter(({ ok }) => !ok).map(({ file }) => file);
  const left = files.length - ended.length;
  talk.say(
    [
      `${String(files.length)} scenarios: ${String(ended.length - bad.length)} ok`,
      ...(bad.length === 0 ? [] : [`${String(bad.length)} failed: ${bad.join(", ")}`]),
      ...(left === 0 ? [] : [`${String(left)} not run`]),
    ].join(", "),
  );
}

interface Outcome {
  readonly code: ExitCode;
  readonly report: Report;
}

async function runFile(
  session: SimulatorSession,
  file: string,
  options: RunCommandOptions,
  view: string | undefined,
  { onRead, last }: Watched,
): Promise<Outcome> {
  const { talk } = session;
  const repeat = (): void => {
    talk.repeat(repeatLine(file, options));
  };
  try {
    const sources = new Set<string>();
    const loaded = await readRunnable(session, file, {
      set: options.set,
      seed: options.seed,
      onRead: (path) => {
        sources.add(path);
        onRead?.(path);
      },
    });
    const problems = loaded.ok ? loaded.warnings : loaded.problems;
    for (const problem of problems) talk.problem(problem);
    if (loaded.ok) talk.unread(loaded.unread);
    else {
      repeat();
      return { code: EXIT.bad, report: { file, ok: false, problems } };
    }
    const heard = last?.begin();
    const { code, result } = await runLoaded(session, loaded, options, view, sources, heard);
    // Whoever read has gone; nobody wants to hear how it would have ended.
    if (session.io.stdout.closed) return { code, report: { file, ok: code === EXIT.ok, problems } };
    for (const failure of result.failures) tellFailure(session, failure, file);
    if (code !== EXIT.interrupted) {
      tellWarnings(session, result, file);
      tellLeftovers(session, result);
    }
    talk.say(code === EXIT.interrupted ? `${result.scenario}: interrupted` : summaryLine(result));
    if (heard !== undefined && code !== EXIT.interrupted) last?.tell(session, file, heard);
    if (code !== EXIT.ok) repeat();
    return { code, report: { file, ok: code === EXIT.ok, result, problems } };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    talk.error(error);
    repeat();
    return { code: error.exit, report: { file, ok: false, problems: [], error: error.message } };
  }
}

/**
 * The view for standard output: what was asked for; else text, unless something else is the point: a
 * recording, a document for programs, silence, or how many scenarios pass.
 */
function shown(
  { options }: Session,
  { as, record }: RunCommandOptions,
  scenarios: number,
): string | undefined {
  if (as !== undefined) return as;
  const other =
    record !== undefined || options.json === true || options.quiet === true || scenarios > 1;
  return other ? undefined : "text";
}

function repeatLine(
  file: string,
  { seed, record, as, actors, detail, set, follow, speed, ...filters }: RunCommandOptions,
): string {
  const words = ["novasim", "run", fileWord(file)];
  if (seed !== undefined) words.push("--seed", String(seed));
  for (const one of set) words.push("--set", one);
  if (detail !== "flow") words.push("--detail", detail);
  if (record !== undefined) words.push("--record", record);
  if (as !== undefined) words.push("--as", as);
  if (actors !== undefined) words.push("--actors", actors.join(","));
  if (follow === true) words.push("--follow");
  if (speed !== undefined) words.push("--speed", String(speed));
  const part = filterWords(filters);
  if (part !== "") words.push("--filter", part);
  return shellLine(words);
}
