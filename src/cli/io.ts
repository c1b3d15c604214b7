/**
 * What the command needs of the world outside: two streams, a place, an environment, signals.
 * `process-io.ts` is the real one; tests bring their own.
 */
import type { Known, MakeWorld } from "../scenario/index.js";

/** The simulated cloud, as a scenario meets it. */
export interface Simulator {
  readonly makeWorld: MakeWorld;
  readonly known: Known;
}

export interface Out {
  readonly tty: boolean;
  readonly columns: number | undefined;
  /** Nobody reads any more (a closed pipe). */
  readonly closed: boolean;
  write(text: string): void;
  /** Resolves when what was written has left, so that memory does not fill. */
  drained(): Promise<void>;
}

export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Out;
  readonly stderr: Out;
  /** Brought in when a command wants it: of all that there is to read, this is nearly everything. */
  simulator(): Promise<Simulator>;
  /** Call `listener` on Ctrl-C. @returns what ends it */
  onInterrupt(listener: () => void): () => void;
}
