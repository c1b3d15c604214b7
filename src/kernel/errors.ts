/**
 * How a run itself can fail. These are not errors of the simulated cloud, which travel over the
 * wire under their upstream names; each of these ends the run.
 */
import type { Greenthread } from "./greenthread.js";

/**
 * A broken invariant of the simulator: our mistake, never the scenario's.
 *
 * @example
 * ```ts
 * import { InvariantError, Signal } from "novasim";
 *
 * const done = new Signal<number>("the result");
 * done.send(1);
 * try {
 *   done.send(2);
 * } catch (error) {
 *   console.log(error instanceof InvariantError && error.message); // the result happened twice
 * }
 * ```
 */
export class InvariantError extends Error {
  override readonly name = "InvariantError";
}

/**
 * What the driver of a run asks for cannot be: the program that holds the kernel is wrong, not the
 *  simulator. It is said at once, with what would be right.
 *
 * @example
 * ```ts
 * import { Cloud, DriverError, seconds } from "novasim";
 *
 * try {
 *   seconds(NaN);
 * } catch (error) {
 *   console.log(error instanceof DriverError); // true
 * }
 * try {
 *   new Cloud().advance("-1s");
 * } catch (error) {
 *   console.log(error instanceof DriverError); // true
 * }
 * ```
 */
export class DriverError extends Error {
  override readonly name = "DriverError";
}

/**
 * A greenthread ended in an error that nobody waits for.
 *
 * @example
 * ```ts
 * import { Kernel, UnhandledError, type Op } from "novasim";
 *
 * const kernel = new Kernel();
 * function* fails(): Op<void> {
 *   throw new Error("no disk");
 * }
 * kernel.spawn(fails(), { name: "build" });
 * try {
 *   kernel.settle();
 * } catch (error) {
 *   console.log(error instanceof UnhandledError && String(error.cause)); // Error: no disk
 * }
 * ```
 */
export class UnhandledError extends Error {
  override readonly name = "UnhandledError";
  override readonly cause: unknown;

  constructor(thread: Greenthread, cause: unknown) {
    const what = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    super(`${what}\n${causalChain(thread)}`);
    this.cause = cause;
  }
}

/**
 * Somebody waits, and nothing will ever happen again that could wake them.
 *
 * @example
 * ```ts
 * import { Kernel, Signal, Stalled } from "novasim";
 *
 * const kernel = new Kernel();
 * kernel.spawn(new Signal("an answer").wait(), { name: "asker" });
 * try {
 *   kernel.settle();
 * } catch (error) {
 *   console.log(error instanceof Stalled && error.parked.length); // 1
 * }
 * ```
 */
export class Stalled extends Error {
  override readonly name = "Stalled";
  /** Each parked greenthread and what it waits for, one line each. */
  readonly parked: readonly string[];

  constructor(why: string, parked: readonly string[]) {
    const who = parked.length === 0 ? "timers alone go on" : "parked:";
    super([`${why}; ${who}`, ...parked.map((line) => `  ${line}`)].join("\n"));
    this.parked = parked;
  }
}

/** A run went past a ceiling that exists to end runaways. */
export class CeilingReached extends Error {
  override readonly name = "CeilingReached";
}

/**
 * Thrown into whoever joins a greenthread that was halted.
 *
 * @example
 * ```ts
 * import { Halted, Kernel, hours, join, sleep, type Op } from "novasim";
 *
 * const kernel = new Kernel();
 * const sleeper = kernel.spawn(sleep(hours(8)), { name: "sleeper", awaited: true });
 * function* wakes(): Op<string> {
 *   sleeper.halt();
 *   try {
 *     yield* join(sleeper);
 *     return "it slept on";
 *   } catch (error) {
 *     return error instanceof Halted ? "it was halted" : "something else";
 *   }
 * }
 * console.log(kernel.complete(wakes(), { name: "alarm" })); // it was halted
 * ```
 */
export class Halted extends Error {
  override readonly name = "Halted";
}

/** Who did it, on whose behalf, back to the beginning. */
function causalChain(thread: Greenthread): string {
  const lines: string[] = [];
  for (let at: Greenthread | undefined = thread; at !== undefined; at = at.parent) {
    lines.push(`  ${lines.length === 0 ? "in" : "spawned by"} ${at.describe()}`);
  }
  return lines.join("\n");
}
