/** `novasim view FILE`: a page to look at a run in a browser, from a recording or from a scenario that is run for it. */
import { basename } from "node:path";
import { safe } from "../../views/words.js";
import { EXIT, type ExitCode } from "../exit.js";
import { printJson, type Session, type SimulatorSession } from "../globals.js";
import { pageOf, writePage } from "../page/page-file.js";
import { obtain, type ObtainOptions } from "../recording/obtained.js";

export interface ViewCommandOptions extends ObtainOptions {
  readonly out?: string;
}

/** @param simulating brings the cloud in, for a scenario; a recording needs none */
export async function view(
  session: Session,
  simulating: () => Promise<SimulatorSession>,
  word: string,
  options: ViewCommandOptions,
): Promise<ExitCode> {
  const obtained = await obtain(session, simulating, word, { detail: "full", ...options });
  if (obtained.timeline === undefined) return obtained.code;
  const { file, timeline, lines, code } = obtained;
  const out = options.out ?? `${basename(file).replace(/(\.timeline)?\.(jsonl|ya?ml)$/u, "")}.html`;
  session.progress.begin(`packing ${out}`);
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
