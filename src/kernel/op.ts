/**
 * The one type that simulated code is written in. An `Op` is a computation that may take
 * simulated time; `const x = yield* op` waits for it and has its type. Between two `yield*`
 * nothing else runs, as between two switches of an eventlet greenthread.
 */
import type { Greenthread } from "./greenthread.js";

/**
 * What a greenthread yields when it gives up the processor. Only `src/kernel` makes these; all
 * other code writes `yield*` on an operation built from them.
 */
export interface Effect {
  /** What is waited for, in words; shown when a run stalls. */
  readonly label: string;
  /** Begin the wait of `thread`: arrange that somebody wakes it. */
  enter(thread: Greenthread): void;
  /** Forget `thread`, which was halted or interrupted while it waited. */
  leave(thread: Greenthread): void;
  /** Take back what a greenthread was woken with: it was halted before its turn came. */
  takeBack?(value: unknown): void;
}

/** Asks who runs. Answered at once: it is no wait, and nobody else runs in between. */
export const WHO_RUNS: Effect = {
  label: "itself",
  enter(thread) {
    thread.wake(thread);
  },
  leave() {
    // It never waits.
  },
};

/** A computation that may take simulated time and ends in a `T`. */
export interface Op<T> {
  [Symbol.iterator](): Iterator<Effect, T, unknown>;
}

/**
 * What an operation comes to that has nothing to wait for.
 *
 * @example
 * ```ts
 * import { Kernel, done } from "novasim";
 *
 * console.log(new Kernel().complete(done(42), { name: "answer" })); // 42
 * ```
 */
export function* done<T>(value: T): Op<T> {
  return value;
}
