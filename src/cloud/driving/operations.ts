/**
 * The operations that a driver gives to a cloud: each runs once, and how it is done again is noted, if it can be. What
 * is done with one (run to its end, or let go on beside) is said by whoever asks.
 */
import { DriverError, formatDuration, type Kernel, type Op } from "../../kernel/index.js";
import type { Journal } from "../replay/journal.js";
import { ClientCall } from "../users/client-call.js";
import { asOperation } from "./checks.js";

/** An operation, or what makes it of the cloud that it is for. */
type Given<C, T> = Op<T> | ((cloud: C) => Op<T>);

/** What is done with an operation. */
interface Deed<C, T, R> {
  /** The same with another cloud. */
  readonly again: (cloud: C, make: (cloud: C) => Op<T>) => unknown;
  readonly act: (operation: Op<T>) => R;
}

export class Operations<C extends object> {
  readonly #kernel: Kernel;
  readonly #journal: Journal<C>;
  readonly #ran = new WeakSet<object>();

  constructor(kernel: Kernel, journal: Journal<C>) {
    this.#kernel = kernel;
    this.#journal = journal;
  }

  /** Do something with an operation, and note how it is done again. @throws DriverError for what cannot be run */
  begin<T, R>(cloud: C, op: Given<C, T>, { again, act }: Deed<C, T, R>): R {
    if (typeof op === "function") {
      return this.#journal.note(
        (other) => again(other, op),
        () => act(taken(asOperation(op(cloud)))),
      );
    }
    const operation = asOperation(op);
    if (this.#ran.has(operation)) {
      throw new DriverError("this operation has been run already: make a new one for each run");
    }
    this.#ran.add(operation);
    const call: Op<unknown> = operation;
    if (call instanceof ClientCall) {
      return this.#journal.note(
        (other) => again(other, (it) => call.again(it) as Op<T>),
        () => act(taken(operation)),
      );
    }
    this.#journal.break(
      `at ${formatDuration(this.#kernel.now)} it was given an operation that only it could run; ` +
        'give a function that makes it instead, as cloud.run((cloud) => keepOneRunning(cloud.user("demo")))',
    );
    return this.#journal.note(
      () => undefined,
      () => act(operation),
    );
  }
}

/** A call that is in good hands is not missed, though it begins later. */
function taken<T>(operation: Op<T>): Op<T> {
  const call: Op<unknown> = operation;
  if (call instanceof ClientCall) call.taken();
  return operation;
}
