/** `novasim view FILE`: a page to look at a run in a browser, from a recording or from a scenario that is run for it. */
import { basename } from "node:path";
import { readTimeline, TimelineError, type ReadTimeline } from "../../timeline/index.js";
import { safe } from "../../views/words.js";
import { CliError, EXIT, type ExitCode } from "../exit.js";
import { scenarioFiles } from "../files/named.js";
import { printJson, type Session, type SimulatorSession } from "../globals.js";
import { pageOf, writePage } from "../page/page-file.js";
import { fileLines } from "../recording/line-reader.js";
import { recordOnce } from "../recording/record-once.js";
import { fileWord, shellLine } from "../terminal/shell-quote.js";

export interface ViewCommandOptions {
  readonly out?: string;
  readonly seed?: number;
  readonly set: readonly string[];
}

/** @param simulating brings the cloud in, for a scenario; a recording needs none */
export async function view(
  session: Session,
  simulating: () => Promise<SimulatorSession>,
  word: string,
  options: ViewCommandOptions,
): Promise<ExitCode> {
  const [file = word] = scenarioFiles(session.io.cwd, [word]);
  const recorded = /\.jsonl$/u.test(file);
  if (recorded && (options.seed !== undefined || options.set.length > 0)) {
    throw new CliError("--seed and --set change a scenario; a recording is as it was run");
  }
  const { lines, code } = recorded
    ? { lines: [...fileLines(session.io.cwd, file)], code: EXIT.ok }
    : await recordOnce(await simulating(), file, { ...options, detail: "flow" });
  if (lines.length === 0) return code;
  const timeline = read(file, lines);
  const out = options.out ?? `${basename(file).replace(/(\.timeline)?\.(jsonl|ya?ml)$/u, "")}.html`;
  const page = pageOf(safe(timeline.header.title), lines);
  writePage(session.io.cwd, out, page);
  const { length: entries } = timeline.entries;
  if (timeline.truncated) {
    session.talk.say(`${file}: its last line was cut off; the page has the run up to there`);
  }
  if (session.options.json === true) {
    const result = { file, page: out, entries, bytes: page.length };
    printJson(session, {
      novasim: session.version,
      command: "view",
      ok: code === EXIT.ok,
      results: [result],
    });
  } else {
    session.talk.say(
      `${out}: ${String(entries)} entries, ${String(Math.ceil(page.length / 1_000))} kB; open it in a browser`,
    );
  }
  return code;
}

/** @throws CliError for what is no recording */
function read(file: string, lines: readonly string[]): ReadTimeline {
  try {
    return readTimeline(lines);
  } catch (error) {
    if (!(error instanceof TimelineError)) throw error;
    const hint = `\`${shellLine(["novasim", "view", fileWord("SCENARIO")])}\` runs a scenario and makes its page.`;
    throw new CliError(`${file}: ${error.message}`, error.line === undefined ? hint : undefined);
  }
}
