/** A scenario run once for its recording, in memory: what `view` and `export` make something of. */
import type { Detail } from "../../kernel/index.js";
import { MemoryTimeline } from "../../timeline/index.js";
import { newRun, summaryLine, tellFailure } from "../attempt-run.js";
import { EXIT, type ExitCode } from "../exit.js";
import { readRunnable } from "../files/runnable.js";
import type { SimulatorSession } from "../globals.js";
import { pace } from "../pace.js";

export interface RecordOnceOptions {
  readonly seed?: number;
  readonly set: readonly string[];
  readonly detail: Detail;
}

export interface Recorded {
  /** None where the scenario could not be run. */
  readonly lines: readonly string[];
  readonly code: ExitCode;
}

export async function recordOnce(
  session: SimulatorSession,
  file: string,
  { seed, set, detail }: RecordOnceOptions,
): Promise<Recorded> {
  const { talk } = session;
  const loaded = await readRunnable(session, file, { set, seed });
  for (const problem of loaded.ok ? loaded.warnings : loaded.problems) talk.problem(problem);
  if (!loaded.ok) return { lines: [], code: EXIT.bad };
  const memory = new MemoryTimeline();
  const task = newRun(session, loaded, memory, detail);
  const end = await pace(session, task);
  if (end === "interrupted") return { lines: [], code: EXIT.interrupted };
  const result = task.result();
  for (const failure of result.failures) tellFailure(session, failure, file);
  talk.say(summaryLine(result));
  return { lines: memory.lines, code: result.ok ? EXIT.ok : EXIT.failed };
}
