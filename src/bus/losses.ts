/**
 * What of a cloud's messages came to nothing: those that nobody will ever get, and calls that nobody answered in
 * time. Kept whether anybody records or not, so that a request which stays in its middle can be told from one that
 * was lost. No process reads this, and upstream has nothing of the kind.
 */
import type { Cause, Kernel, Micros } from "../kernel/index.js";
import type { Message } from "./message.js";
import { observeLost } from "./observations.js";

/** Once that something was lost. */
export interface Loss {
  readonly at: Micros;
  /** The request that it was part of; undefined: of none. */
  readonly request: string | undefined;
}

export class Losses {
  readonly #kernel: Kernel;
  readonly #all: Loss[] = [];

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** Oldest first. */
  get all(): readonly Loss[] {
    return this.#all;
  }

  /** Nobody will ever get `message`: that is kept, and published. */
  lose(message: Message, why: string, cause: Cause = message.cause): void {
    if (message.kind !== "notification") this.note(message.request);
    observeLost(this.#kernel, message, why, cause);
  }

  /** Something of a request is lost, as its publisher says. */
  note(request: string | undefined): void {
    this.#all.push({ at: this.#kernel.now, request });
  }
}
