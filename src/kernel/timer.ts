/**
 * A call that is made later, unless it is cancelled first. Cancelling takes it out of the queue, so
 * that timeouts which never strike cost no memory.
 */
import type { Due } from "./queues/due-queue.js";
import type { Kernel } from "./kernel.js";
import type { Behalf, Cause, Detail } from "./observer.js";

export class Timer implements Due, Behalf {
  slot = -1;
  readonly daemon: boolean;
  readonly #kernel: Kernel;
  /** On whose behalf it fires: what it does is as important and as foreground as what set it. */
  readonly cause: Cause;
  readonly detail: Detail;
  readonly request: string | undefined;
  #fire: (() => void) | undefined;

  /** @internal `kernel.after` makes timers. */
  constructor(kernel: Kernel, fire: () => void) {
    const { cause, detail, daemon, request } = kernel.behalf;
    this.#kernel = kernel;
    this.cause = cause;
    this.detail = detail;
    this.request = request;
    this.#fire = fire;
    this.daemon = daemon;
  }

  get pending(): boolean {
    return this.#fire !== undefined;
  }

  cancel(): void {
    if (this.#fire === undefined) return;
    this.#end();
    this.#kernel.withdraw(this);
  }

  /** Fire. The kernel alone calls this. */
  due(): void {
    const fire = this.#fire;
    if (fire === undefined) return;
    this.#end();
    this.#kernel.onBehalf(this, fire);
  }

  #end(): void {
    this.#fire = undefined;
    if (!this.daemon) this.#kernel.foregroundEnded();
  }
}
