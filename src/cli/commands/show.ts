/** `novasim show RECORDING...`: what was recorded, in any view. Nothing is run. */
import { CliError, EXIT, worst, type ExitCode } from "../exit.js";
import { printJson, type Session } from "../globals.js";
import { assertFilters, filtered, filterWords, type FilterOptions } from "../recording/filtered.js";
import { MOST } from "../recording/first-entries.js";
import { fileLines } from "../recording/line-reader.js";
import { PassingRecording } from "../recording/passing.js";
import { showRecording, viewNamed } from "../recording/shown.js";
import { fileWord, shellLine } from "../terminal/shell-quote.js";

export interface ShowCommandOptions extends FilterOptions {
  readonly as?: string;
  readonly actors?: readonly string[];
}

interface Report {
  readonly file: string;
  readonly ok: boolean;
  readonly scenario?: string;
  readonly seed?: number;
  readonly entries?: number;
  readonly error?: string;
}

export async function show(
  session: Session,
  files: readonly string[],
  options: ShowCommandOptions,
): Promise<ExitCode> {
  const reports: Report[] = [];
  for (const file of files) {
    try {
      reports.push(await showFile(session, file, options));
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      session.talk.error(error);
      session.talk.repeat(shellLine(["novasim", "show", fileWord(file)]));
      reports.push({ file, ok: false, error: error.message });
    }
  }
  const ok = reports.every((report) => report.ok);
  if (session.options.json === true) {
    printJson(session, { novasim: session.version, command: "show", ok, results: reports });
  }
  return worst(reports.map((report) => (report.ok ? EXIT.ok : EXIT.bad)));
}

async function showFile(
  session: Session,
  file: string,
  command: ShowCommandOptions,
): Promise<Report> {
  const { io, talk, options } = session;
  const { as = "text", actors } = command;
  const view = viewNamed(as);
  const part = filterWords(command);
  assertFilters(view, part);
  // What needs all of a run at once has an end to what it gets.
  const most = view.pieces === undefined || part !== "" ? MOST : Infinity;
  const recording = new PassingRecording(file, fileLines(io.cwd, file, session.progress), most);
  if (options.json === true) recording.finish();
  else if (most === Infinity) await showRecording(session, recording, { as, actors, missing: 0 });
  else {
    const { header } = recording;
    const timeline = { header, entries: [...recording.entries] };
    const only = part === "" ? undefined : filtered(session, timeline, command);
    if (part === "" || only !== undefined) {
      await showRecording(session, timeline, { as, actors, only, missing: recording.missing });
    }
  }
  for (const notice of recording.notices()) talk.say(notice);
  const { scenario, seed } = recording.header;
  return { file, ok: true, scenario, seed, entries: recording.count };
}
