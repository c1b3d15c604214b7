/**
 * The ways in which a greenthread can wait by itself: for time, for another greenthread, for
 * anything at all within a limit. Waiting for each other is in `sync.ts`.
 */
import { TimedOut } from "../python/exception.js";
import type { Greenthread } from "./greenthread.js";
import { assertOp, refuse } from "./checks/given.js";
import { WHO_RUNS, type Effect, type Op } from "./op.js";
import type { Detail } from "./observer.js";
import { wholeMicros, type Duration } from "./time.js";
import type { Timer } from "./timer.js";

/** What a length of time is, for who gave something else. */
const LENGTH = "a length of time such as seconds(3)";

class Sleep implements Effect {
  readonly #duration: Duration;

  constructor(duration: Duration) {
    this.#duration = wholeMicros(duration);
  }

  get label(): string {
    return `${String(this.#duration / 1e6)} s to pass`;
  }

  enter(thread: Greenthread): void {
    if (this.#duration > 0) thread.kernel.schedule(this.#duration, thread);
    else thread.wake(undefined);
  }

  leave(thread: Greenthread): void {
    thread.kernel.withdraw(thread);
  }
}

/**
 * Wait until `duration` has gone by. Zero lets every other ready greenthread run first.
 *
 * @example
 * ```ts
 * import { Cloud, seconds, sleep } from "novasim";
 *
 * const cloud = new Cloud();
 * cloud.run(sleep(seconds(30)));
 * console.log(cloud.now); // 30000000
 * ```
 */
export function* sleep(duration: Duration): Op<void> {
  if (!Number.isSafeInteger(duration)) refuse(duration, "sleep", LENGTH);
  yield new Sleep(duration);
}

class Join implements Effect {
  readonly #thread: Greenthread;

  constructor(thread: Greenthread) {
    this.#thread = thread;
  }

  get label(): string {
    return `the end of ${this.#thread.describe()}`;
  }

  enter(thread: Greenthread): void {
    this.#thread.addJoiner(thread);
  }

  leave(thread: Greenthread): void {
    this.#thread.removeJoiner(thread);
  }
}

/**
 * Wait until `thread` has ended.
 * @returns its result
 * @throws what it threw; Halted if it was halted
 *
 * @example
 * ```ts
 * import { Kernel, done, join, type Op } from "novasim";
 *
 * const kernel = new Kernel();
 * function* both(): Op<number> {
 *   const left = kernel.spawn(done(1), { name: "left" });
 *   const right = kernel.spawn(done(2), { name: "right" });
 *   return (yield* join(left)) + (yield* join(right));
 * }
 * console.log(kernel.complete(both(), { name: "both" })); // 3
 * ```
 */
export function* join<T>(thread: Greenthread<T>): Op<T> {
  if (!thread.ended) yield new Join(thread);
  return thread.result;
}

/** The greenthread that runs this. Nobody else runs in between. */
export function* self(): Op<Greenthread> {
  return (yield WHO_RUNS) as Greenthread;
}

/**
 * Do `op`, but no longer than `duration`.
 * @throws TimedOut, thrown at whatever `op` was waiting for, as `eventlet.Timeout` does
 *
 * @example
 * ```ts
 * import { Kernel, Signal, TimedOut, seconds, withTimeout } from "novasim";
 *
 * const kernel = new Kernel();
 * const never = new Signal("an answer").wait();
 * try {
 *   kernel.complete(withTimeout(seconds(5), "the call", never), { name: "caller" });
 * } catch (error) {
 *   console.log(error instanceof TimedOut && error.message); // the call took longer than 5 s
 * }
 * ```
 */
export function* withTimeout<T>(duration: Duration, label: string, op: Op<T>): Op<T> {
  if (!Number.isSafeInteger(duration)) refuse(duration, "withTimeout", LENGTH);
  assertOp(op, "withTimeout");
  const thread = (yield WHO_RUNS) as Greenthread;
  // Made only when it strikes: most limits never do, and an error costs more than a switch.
  let struck: TimedOut | undefined;
  const timer: Timer = thread.kernel.after(duration, () => {
    struck = new TimedOut(`${label} took longer than ${String(duration / 1e6)} s`);
    thread.interrupt(struck);
  });
  try {
    return yield* op;
  } finally {
    timer.cancel();
    if (struck !== undefined) thread.forgive(struck);
  }
}

/** Do `op` at another detail of recording. */
function* atDetail<T>(detail: Detail, op: Op<T>): Op<T> {
  const thread = (yield WHO_RUNS) as Greenthread;
  const before = thread.detail;
  thread.detail = detail;
  try {
    return yield* op;
  } finally {
    thread.detail = before;
  }
}

/**
 * Do `op` as a matter of routine (heartbeats, token validations): recorded at detail `full` only.
 *
 * @example
 * ```ts
 * import { Cloud, quietly } from "novasim";
 *
 * const cloud = new Cloud();
 * cloud.run(quietly(cloud.user("demo").nova.list()));
 * console.log(cloud.timeline.length); // 0
 * ```
 */
export function quietly<T>(op: Op<T>): Op<T> {
  assertOp(op, "quietly");
  return atDetail("full", op);
}

/**
 * Do `op` as part of the story although it happens within routine.
 *
 * @example
 * ```ts
 * import { Kernel, aloud, done } from "novasim";
 *
 * console.log(new Kernel().complete(aloud(done("heard")), { name: "speaker" })); // heard
 * ```
 */
export function aloud<T>(op: Op<T>): Op<T> {
  assertOp(op, "aloud");
  return atDetail("flow", op);
}
