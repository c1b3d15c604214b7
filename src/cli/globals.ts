/** What every command gets: the world outside, its voice, and the options that all commands share. */
import type { Io, Simulator } from "./io.js";
import type { Progress } from "./terminal/progress.js";
import type { Talk } from "./terminal/talk.js";
import { wantsColour } from "./terminal/colours.js";

export interface GlobalOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color?: boolean;
}

export interface Session {
  readonly io: Io;
  readonly talk: Talk;
  readonly progress: Progress;
  readonly options: GlobalOptions;
  readonly version: string;
}

/** What a command gets that runs scenarios, or looks into them. */
export interface SimulatorSession extends Session {
  readonly simulator: Simulator;
}

/** Standard output gets one JSON document, for programs. */
export function printJson({ io }: Session, document: unknown): void {
  io.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

/** Whether data on standard output is coloured. */
export function colouredOutput({ io, options }: Session): boolean {
  return wantsColour(io, io.stdout, options.color === false);
}
