/**
 * An actor of somebody's own that goes on beside whoever drives the cloud: a keeper, an autoscaler, a test's
 * second user. It is in the record as a service is: started, stopped, crashed.
 */
import type { ServiceEvent } from "../../framework/observations.js";
import { DriverError, type Greenthread, type Kernel, type Op } from "../../kernel/index.js";

/**
 * What `cloud.spawn` gives back.
 *
 * @example
 * ```ts
 * import { Cloud, seconds, sleep } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const keeper = cloud.spawn("keeper", function* () {
 *   yield* sleep(seconds(5));
 *   return "done";
 * });
 * keeper.done; // → false
 * cloud.advance("6s");
 * keeper.result; // → "done"
 * ```
 */
export class OwnActor<T> {
  /** `keeper@controller`: who it is in recordings. */
  readonly name: string;
  readonly #thread: Greenthread<T>;
  readonly #cancel: (act: () => void) => void;

  /** @internal `cloud.spawn` makes these. */
  constructor(name: string, thread: Greenthread<T>, cancel: (act: () => void) => void) {
    this.name = name;
    this.#thread = thread;
    this.#cancel = cancel;
  }

  /** Whether it has ended, well or not. */
  get done(): boolean {
    return this.#thread.ended;
  }

  /** Whether it has ended in an error, or was cancelled. */
  get failed(): boolean {
    return this.#thread.failed;
  }

  /**
   * What it came to.
   * @throws what it threw; Halted if it was cancelled; DriverError if it has not ended
   */
  get result(): T {
    if (this.#thread.ended) return this.#thread.result;
    const waiting = this.#thread.waiting?.label ?? "its turn";
    throw new DriverError(
      `${this.name} has not ended: it is waiting for ${waiting}; let time go by first, as cloud.settle() does`,
    );
  }

  /** End it where it is, as a crash does; its `finally` blocks run. Does nothing if it has ended. */
  cancel(): void {
    this.#cancel(() => {
      this.#thread.halt();
    });
  }
}

/** `op` as the life of `actor`: the record has its beginning and its end. */
export function* life<T>(kernel: Kernel, actor: string, op: Op<T>): Op<T> {
  const tell = (event: ServiceEvent["event"]): void => {
    kernel.observe<ServiceEvent>({ kind: "service", actor, event });
  };
  tell("started");
  let end: "stopped" | "crashed" = "crashed";
  try {
    const result = yield* op;
    end = "stopped";
    return result;
  } finally {
    tell(end);
  }
}
