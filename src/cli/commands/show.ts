/** `novasim show RECORDING...`: what was recorded, in any view. Nothing is run. */
import { readTimeline, TimelineError } from "../../timeline/index.js";
import { CliError, EXIT, worst, type ExitCode } from "../exit.js";
import { printJson, type Session } from "../globals.js";
import { MOST } from "../recording/first-entries.js";
import { fileLines } from "../recording/line-reader.js";
import { showTimeline } from "../recording/shown.js";
import { fileWord, shellLine } from "../terminal/shell-quote.js";

export interface ShowCommandOptions {
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

export function show(
  session: Session,
  files: readonly string[],
  options: ShowCommandOptions,
): ExitCode {
  const reports = files.map((file) => {
    try {
      return showFile(session, file, options);
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      session.talk.error(error);
      session.talk.repeat(shellLine(["novasim", "show", fileWord(file)]));
      return { file, ok: false, error: error.message };
    }
  });
  const ok = reports.every((report) => report.ok);
  if (session.options.json === true) {
    printJson(session, { novasim: session.version, command: "show", ok, results: reports });
  }
  return worst(reports.map((report) => (report.ok ? EXIT.ok : EXIT.bad)));
}

function showFile(
  session: Session,
  file: string,
  { as = "text", actors }: ShowCommandOptions,
): Report {
  const { io, talk, options } = session;
  const lines = new FirstLines(fileLines(io.cwd, file), MOST + 1);
  const timeline = attempt(file, () => readTimeline(lines));
  const { header, entries, truncated } = timeline;
  if (options.json !== true) {
    showTimeline(session, timeline, { as, actors, missing: lines.missing });
  }
  if (truncated) talk.say(`${file}: its last line was cut off; this is the run up to there`);
  const { scenario, seed } = header;
  return { file, ok: true, scenario, seed, entries: entries.length + lines.missing };
}

/** As many lines as views can bear, and how many more there are. */
class FirstLines implements Iterable<string> {
  missing = 0;
  readonly #lines: Iterable<string>;
  readonly #most: number;

  constructor(lines: Iterable<string>, most: number) {
    this.#lines = lines;
    this.#most = most;
  }

  *[Symbol.iterator](): Generator<string> {
    let count = 0;
    for (const line of this.#lines) {
      count += 1;
      if (count <= this.#most) yield line;
      else this.missing += 1;
    }
  }
}

/** @throws CliError for what is no recording */
function attempt<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof TimelineError)) throw error;
    const hint = `\`${shellLine(["novasim", "run", fileWord(file)])}\` runs a scenario and shows it.`;
    throw new CliError(`${file}: ${error.message}`, error.line === undefined ? hint : undefined);
  }
}
