/**
 * A piece of equipment of a host that is asked to do things, by what its driver calls them. Any of these
 * can be made to fail or to take longer; by itself nothing does. Upstream: none, these are the accidents
 * of real machines.
 */
import { sleep, type Duration, type Op } from "../kernel/index.js";
import type { Exception } from "../python/index.js";

/** What becomes of one operation: it takes so much longer, then it fails, or either. */
export interface OperationFailure {
  readonly delay?: Duration | undefined;
  readonly error?: Exception | undefined;
}

export interface FailureSource<O extends string = string> {
  /** What becomes of the next operation of that kind, if anything does. */
  next(operation: O): OperationFailure | undefined;
}

export abstract class Equipment<O extends string = string> {
  readonly host: string;
  /** There is none unless a fault was declared (`src/faults`). */
  failures: FailureSource<O> | undefined;

  constructor(host: string) {
    this.host = host;
  }

  /** What its driver sees of a failure. */
  abstract failure(words: string): Exception;

  /** An operation begins. @throws what it fails with, if it was made to fail */
  *attempt(operation: O): Op<void> {
    const { delay, error } = this.failures?.next(operation) ?? {};
    if (delay !== undefined) yield* sleep(delay);
    if (error !== undefined) throw error;
  }
}
