/**
 * A call that is made later, unless it is cancelled first. Cancelling takes it out of the queue, so
 * that timeouts which never strike cost no memory.
 */
import type { Due } from "./due-queue.js";
import type { Kernel } from "./kernel.js";
import type { Cause } from "./observer.js";

export class Timer implements Due {
  slot = -1;
  readonly daemon: boolean;
  readonly #kernel: Kernel;
  readonly #cause: Cause;
  #fire: (() => void) | undefined;

  /** @internal `kernel.after` makes timers. */
  constructor(kernel: Kernel, fire: () => void) {
    this.#kernel = kernel;
    this.#cause = kernel.cause;
    this.#fire = fire;
    this.daemon = kernel.current?.daemon ?? false;
  }

  get pending(): boolean {
    return this.#fire !== undefined;
  }

  cancel(): void {
    if (this.#fire === undefined) return;
    this.#end();
    this.#kernel.withdraw(this);
  }

  /** @internal */
  due(): void {
    const fire = this.#fire;
    if (fire === undefined) return;
    this.#end();
    this.#kernel.timerFires(this.#cause);
    fire();
  }

  #end(): void {
    this.#fire = undefined;
    if (!this.daemon) this.#kernel.foregroundEnded();
  }
}
