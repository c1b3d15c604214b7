/** `novasim play FILE`: step through a run in the terminal, forwards and backwards. */
import { Player } from "../../views/play/player.js";
import { CliError, worst, type ExitCode } from "../exit.js";
import type { Session, SimulatorSession } from "../globals.js";
import { lineLoop } from "../play/line-loop.js";
import { screenLoop } from "../play/screen-loop.js";
import { obtain, type ObtainOptions } from "../recording/obtained.js";

export interface PlayCommandOptions extends ObtainOptions {
  readonly prompt?: boolean;
}

export async function play(
  session: Session,
  simulating: () => Promise<SimulatorSession>,
  word: string,
  options: PlayCommandOptions,
): Promise<ExitCode> {
  const { io } = session;
  if (session.options.json === true) {
    throw new CliError(
      "play is for people",
      "`novasim inspect FILE --seq N --json` is for programs.",
    );
  }
  const obtained = await obtain(session, simulating, word, options);
  if (obtained.timeline === undefined) return obtained.code;
  const { timeline, file } = obtained;
  if (timeline.truncated) {
    session.talk.say(`${file}: its last line was cut off; this is the run up to there`);
  }
  const player = new Player(timeline);
  // The loop takes the terminal past the streams that would do this.
  session.progress.clear();
  const whole = io.stdin.tty && io.stdout.tty && io.env["TERM"] !== "dumb";
  const loop = whole && options.prompt !== true ? screenLoop : lineLoop;
  return worst([obtained.code, await loop(session, player)]);
}
