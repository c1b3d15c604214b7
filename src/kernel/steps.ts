/**
 * An operation that is done step by step: it ends a step where it likes to, and whoever drives it decides
 * when the next one is, or that there is none. It may wait for anything within a step. Upstream: a Python
 * generator that is driven by hand, whose own waits switch greenthreads.
 */
import type { Effect, Op } from "./op.js";

const END_OF_STEP = { kind: "end of step" } as const;

export interface Stepped<T = void> {
  [Symbol.iterator](): Iterator<Effect | typeof END_OF_STEP, T, unknown>;
}

/** The end of a step: nothing goes on until the next one. */
export function* endStep(): Stepped {
  yield END_OF_STEP;
}

type Body = Iterator<Effect | typeof END_OF_STEP, void, unknown>;
type Result = IteratorResult<Effect | typeof END_OF_STEP, void>;

const ENDED = { done: true, value: undefined } as const;

/** Drives one. Each method says whether that was its end. */
export class Steps {
  readonly #body: Body;

  constructor(stepped: Stepped) {
    this.#body = stepped[Symbol.iterator]();
  }

  /** Its next step. @throws what it throws */
  next(): Op<boolean> {
    return this.#drive(() => this.#body.next());
  }

  /** Its next step, with `error` thrown where it stands. @throws what it throws */
  throw(error: Error): Op<boolean> {
    return this.#drive(() => this.#thrown(error));
  }

  /** End it where it stands. Its `finally` blocks run, and may wait. */
  close(): Op<boolean> {
    return this.#drive(() => this.#body.return?.() ?? ENDED);
  }

  *#drive(begin: () => Result): Op<boolean> {
    let result = begin();
    while (result.done !== true) {
      const { value: effect } = result;
      if (effect === END_OF_STEP) return false;
      const outcome = yield* awaited(effect as Effect);
      result = "error" in outcome ? this.#thrown(outcome.error) : this.#body.next(outcome.value);
    }
    return true;
  }

  #thrown(error: unknown): Result {
    if (this.#body.throw === undefined) throw error;
    return this.#body.throw(error);
  }
}

type Outcome = { readonly value: unknown } | { readonly error: unknown };

function* awaited(effect: Effect): Op<Outcome> {
  try {
    return { value: yield effect };
  } catch (error) {
    return { error };
  }
}
