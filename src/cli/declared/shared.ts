/** What the declarations of all commands share. */
import type { ExitCode } from "../exit.js";
import type { Session, SimulatorSession } from "../globals.js";

export interface Shared {
  readonly session: () => Session;
  /** Brings the cloud in, which is most of what there is to read. */
  readonly simulating: () => Promise<SimulatorSession>;
  /** How the command ends. */
  readonly ended: { code: ExitCode };
}
