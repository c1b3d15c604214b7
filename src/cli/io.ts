/**
 * What the command needs of the world outside: two streams, a place, an environment, signals.
 * `process-io.ts` is the real one; tests bring their own.
 */
import type { Known, MakeWorld } from "../scenario/index.js";

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
  readonly makeWorld: MakeWorld;
  readonly known: Known;
  /** Call `listener` on Ctrl-C. @returns what ends it */
  onInterrupt(listener: () => void): () => void;
}
