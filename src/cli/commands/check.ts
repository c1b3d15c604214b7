/** `novasim check FILE...`: say everything that is wrong with scenario files, run nothing. */
import type { Problem } from "../../scenario/index.js";
import { CliError, EXIT, worst, type ExitCode } from "../exit.js";
import { printJson, type SimulatorSession } from "../globals.js";
import { scenarioFiles } from "../files/named.js";
import { readRunnable } from "../files/runnable.js";
import { fileWord, shellLine } from "../terminal/shell-quote.js";

interface Report {
  readonly file: string;
  readonly ok: boolean;
  readonly problems: readonly Problem[];
}

export async function check(
  session: SimulatorSession,
  files: readonly string[],
  set: readonly string[],
): Promise<ExitCode> {
  const found = scenarioFiles(session.io.cwd, files);
  const reports: Report[] = [];
  for (const [index, file] of found.entries()) {
    session.progress.tell(
      () => `checking ${file}, ${String(index + 1)} of ${String(found.length)}`,
    );
    reports.push(await checkFile(session, file, set));
  }
  const ok = reports.every((report) => report.ok);
  if (session.options.json === true) {
    printJson(session, { novasim: session.version, command: "check", ok, results: reports });
  }
  const words = set.flatMap((one) => ["--set", one]);
  if (!ok) {
    const bad = reports.filter((report) => !report.ok).map(({ file }) => fileWord(file));
    session.talk.repeat(shellLine(["novasim", "check", ...bad, ...words]));
  }
  return worst(reports.map((report) => (report.ok ? EXIT.ok : EXIT.bad)));
}

async function checkFile(
  session: SimulatorSession,
  file: string,
  set: readonly string[],
): Promise<Report> {
  const { io, talk, options } = session;
  try {
    const loaded = await readRunnable(session, file, { set });
    const problems = loaded.ok ? loaded.warnings : loaded.problems;
    for (const problem of problems) talk.problem(problem);
    if (loaded.ok) talk.unread(loaded.unread);
    if (loaded.ok && options.json !== true && options.quiet !== true) {
      const { script, steps } = loaded.scenario;
      const count = `${String(steps.length)} ${steps.length === 1 ? "step" : "steps"}`;
      io.stdout.write(`${file}: ok, ${script === undefined ? count : "a script"}\n`);
    }
    return { file, ok: loaded.ok, problems };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    talk.error(error);
    return {
      file,
      ok: false,
      problems: [{ severity: "error", message: error.message, place: { file } }],
    };
  }
}
