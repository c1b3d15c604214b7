/**
 * A run to look at: a recording as it is, or a scenario that is run for it now. What `view`, `play`,
 * `inspect` and `teach` begin with.
 */
import type { Detail } from "../../kernel/index.js";
import { readTimeline, TimelineError, type ReadTimeline } from "../../timeline/index.js";
import { CliError, EXIT, type ExitCode } from "../exit.js";
import type { Session, SimulatorSession } from "../globals.js";
import { fileLines } from "./line-reader.js";
import { oneRun } from "./one-run.js";
import { recordOnce } from "./record-once.js";

export interface ObtainOptions {
  readonly seed?: number;
  readonly set: readonly string[];
  /** How closely a scenario is recorded; `flow` by default. */
  readonly detail?: Detail;
}

/** Without a timeline, why there is none has been told. */
export type Obtained =
  | { readonly timeline: undefined; readonly code: ExitCode }
  | {
      readonly timeline: ReadTimeline;
      readonly code: ExitCode;
      readonly file: string;
      /** The recording, header first, each line without its newline. */
      readonly lines: readonly string[];
    };

/** @param simulating brings the cloud in, for a scenario; a recording needs none */
export async function obtain(
  session: Session,
  simulating: () => Promise<SimulatorSession>,
  word: string,
  options: ObtainOptions,
): Promise<Obtained> {
  const { file, recorded } = oneRun(session.io.cwd, word);
  if (recorded && (options.seed !== undefined || options.set.length > 0)) {
    throw new CliError("--seed and --set change a scenario; a recording is as it was run");
  }
  const { lines, code } = recorded
    ? { lines: [...fileLines(session.io.cwd, file, session.progress)], code: EXIT.ok }
    : await recordOnce(await simulating(), file, { detail: "flow", ...options });
  // Not even a header: the scenario could not be loaded, or was interrupted.
  if (!recorded && lines.length === 0) return { timeline: undefined, code };
  return { timeline: read(file, lines), code, file, lines };
}

/** @throws CliError for what is no recording */
function read(file: string, lines: readonly string[]): ReadTimeline {
  try {
    return readTimeline(lines);
  } catch (error) {
    if (!(error instanceof TimelineError)) throw error;
    throw new CliError(`${file}: ${error.message}`);
  }
}
