/**
 * What a cloud starts and stops, whatever it serves. How one is put together is the project's to
 * say. Upstream: an entry of an init script, and what it runs in nova/cmd.
 */
import type { Op } from "../../kernel/index.js";
import type { Env } from "./env.js";

/** One life of a process. One that was stopped or has crashed is not started again;
 *  a new one is made in its place, because what was in memory is gone. */
export interface Process {
  start(): Op<void>;
  stop(): Op<void>;
  /** It is gone from one moment to the next. Its greenthreads are halted by the cloud. */
  crash(): void;
  /** Whether it has ended by itself, without having been asked to. */
  readonly exited?: boolean;
  /** Kill one of its workers, if it has any. @returns false if there is none of that number */
  killWorker?(number: number): boolean;
}

/** How a process is put together, anew for each of its lives and for each of its workers. */
export type MakeProcess = (env: Env) => Process;
