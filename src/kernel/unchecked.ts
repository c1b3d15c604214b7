/**
 * Data that no compiler has checked: a message written by hand, a reply that lost a part, a raw
 * request. Once some has come into a run, an error of JavaScript's in simulated code is what Python
 * would have raised, and is caught where upstream catches it; each is kept for tests to look at.
 * Before that it is a mistake of the simulator, and ends the run. Not who lets it in: the doors are
 * at the loose RPC, at `lose_reply` and at raw requests.
 */
import { fromJavaScript } from "../python/from-javascript.js";
import { Exception } from "../python/exception.js";
import { WHO_RUNS, type Op } from "./op.js";
import type { Greenthread } from "./greenthread.js";

/** As many are kept; the rest is counted. */
const KEPT = 100;

export class Unchecked {
  #admitted = false;
  #count = 0;
  readonly #errors: Error[] = [];

  /** From here on the run has such data. */
  admit(): void {
    this.#admitted = true;
  }

  get admitted(): boolean {
    return this.#admitted;
  }

  /** How many errors of JavaScript's were taken for Python's. */
  get count(): number {
    return this.#count;
  }

  /** The first of them. */
  get errors(): readonly Error[] {
    return this.#errors;
  }

  /** `except Exception`. @throws what is none: a mistake of the simulator, the end of a greenthread */
  caught(thrown: unknown): Exception {
    const exception = this.translated(thrown);
    if (exception === undefined) throw thrown;
    return exception;
  }

  /** What was thrown, as an exception; undefined if it is none. */
  translated(thrown: unknown): Exception | undefined {
    if (thrown instanceof Exception) return thrown;
    const exception = this.#admitted ? fromJavaScript(thrown) : undefined;
    if (exception === undefined) return undefined;
    this.#count++;
    if (this.#errors.length < KEPT) this.#errors.push(thrown as Error);
    return exception;
  }
}

/**
 * `except Exception` in a greenthread: what was thrown, as the exception that it is.
 * @throws what no such clause catches: a mistake of the simulator, the end of a greenthread
 */
export function* caught(thrown: unknown): Op<Exception> {
  if (thrown instanceof Exception) return thrown;
  const { kernel } = (yield WHO_RUNS) as Greenthread;
  return kernel.unchecked.caught(thrown);
}
