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
  /** Lines of a terminal. */
  readonly rows: number | undefined;
  /** Nobody reads any more (a closed pipe). */
  readonly closed: boolean;
  write(text: string): void;
  /** Resolves when what was written has left, so that memory does not fill. */
  drained(): Promise<void>;
}

/** A key of a terminal; `gone` when there is no terminal any more. */
export interface Key {
  /** `right`, `return`, `j`, `gone`, `resized`. */
  readonly name: string;
  /** What it writes, if it is a character. */
  readonly text: string;
  readonly ctrl: boolean;
}

export interface In {
  readonly tty: boolean;
  /** Lines as they come, each without its end, until there are no more. */
  lines(): AsyncIterableIterator<string>;
  /**
   * Take the whole terminal, and hear of each key and of each change of its size.
   * @returns what gives it back, as it was
   */
  keys(listener: (key: Key) => void): () => void;
}

export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Out;
  readonly stderr: Out;
  readonly stdin: In;
  /** Brought in when a command wants it: of all that there is to read, this is nearly everything. */
  simulator(): Promise<Simulator>;
  /** Milliseconds, for what is said of a command while it works; nothing else depends on them. */
  readonly now: () => number;
  /**
   * Call `listener` on the first Ctrl-C.
   * @param also whether SIGTERM, with which the system ends what it started, counts as one
   * @returns what ends it
   */
  onInterrupt(listener: () => void, also?: "and termination"): () => void;
}
