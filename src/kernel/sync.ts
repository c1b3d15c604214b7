/**
 * What greenthreads wait for from each other: a signal, a lock, a place, a message. All are
 * first-in-first-out. Upstream: eventlet.event, eventlet.semaphore, eventlet.queue.
 */
import { InvariantError } from "./errors.js";
import type { Greenthread } from "./greenthread.js";
import type { Cause } from "./observer.js";
import type { Effect, Op } from "./op.js";
import { Ring } from "./queues/ring.js";

/**
 * Greenthreads parked in the order in which they came. Most lists only ever hold one (a caller and
 * its reply), so the first has a place of its own and the ring is made for the second.
 */
abstract class WaitList implements Effect {
  abstract readonly label: string;
  #first: Greenthread | undefined;
  #others: Ring<Greenthread> | undefined;

  enter(thread: Greenthread): void {
    if (this.#first === undefined) this.#first = thread;
    else (this.#others ??= new Ring()).push(thread);
  }

  leave(thread: Greenthread): void {
    if (this.#first === thread) this.#first = this.#others?.shift();
    else this.#others?.remove(thread);
  }

  get waiting(): number {
    return this.#first === undefined ? 0 : 1 + (this.#others?.size ?? 0);
  }

  /** Who waited longest, no longer waiting. */
  protected next(): Greenthread | undefined {
    const first = this.#first;
    if (first !== undefined) this.#first = this.#others?.shift();
    return first;
  }
}

/**
 * Something that happens once, with a value or an error; all who wait for it go on.
 *
 * @example
 * ```ts
 * import { Kernel, Signal, type Op } from "novasim";
 *
 * const kernel = new Kernel();
 * const doorbell = new Signal<string>("the doorbell");
 * function* host(): Op<string> {
 *   return `welcome, ${yield* doorbell.wait()}`;
 * }
 * const waiting = kernel.spawn(host(), { name: "host" });
 * doorbell.send("Ann");
 * kernel.settle();
 * console.log(waiting.result); // welcome, Ann
 * ```
 */
export class Signal<T> extends WaitList {
  readonly label: string;
  #outcome: { readonly value: T } | { readonly error: unknown } | undefined;
  #cause: Cause | undefined;

  constructor(label: string) {
    super();
    this.label = label;
  }

  get set(): boolean {
    return this.#outcome !== undefined;
  }

  /** It happened. `cause` is what those who wait go on from, if it is an entry of its own. */
  send(value: T, cause?: Cause): void {
    this.#settle({ value }, cause);
    this.#eachWaiter((thread) => {
      thread.wake(value);
    });
  }

  sendError(error: unknown, cause?: Cause): void {
    this.#settle({ error }, cause);
    this.#eachWaiter((thread) => {
      thread.fail(error);
    });
  }

  *wait(): Op<T> {
    if (this.#outcome === undefined) return (yield this) as T;
    if ("error" in this.#outcome) throw this.#outcome.error;
    return this.#outcome.value;
  }

  #eachWaiter(go: (thread: Greenthread) => void): void {
    for (let next = this.next(); next !== undefined; next = this.next()) {
      if (this.#cause !== undefined) next.cause = this.#cause;
      go(next);
    }
  }

  #settle(
    outcome: { readonly value: T } | { readonly error: unknown },
    cause: Cause | undefined,
  ): void {
    if (this.#outcome !== undefined) throw new InvariantError(`${this.label} happened twice`);
    this.#outcome = outcome;
    this.#cause = cause;
  }
}

/**
 * A number of places; who finds none free waits for one.
 *
 * @example
 * ```ts
 * import { Kernel, Semaphore, seconds, sleep, type Op } from "novasim";
 *
 * const kernel = new Kernel();
 * const desks = new Semaphore("desks", 2);
 * function* work(): Op<number> {
 *   yield* desks.hold(sleep(seconds(10)));
 *   return kernel.now / 1e6;
 * }
 * const ends = [1, 2, 3].map((n) => kernel.spawn(work(), { name: `worker ${n}` }));
 * kernel.settle();
 * console.log(ends.map((thread) => thread.result).join(" ")); // 10 10 20
 * ```
 */
export class Semaphore extends WaitList {
  readonly label: string;
  #free: number;

  constructor(label: string, places: number) {
    super();
    this.label = label;
    this.#free = places;
  }

  get free(): number {
    return this.#free;
  }

  *acquire(): Op<void> {
    if (this.#free > 0) this.#free--;
    else yield this;
  }

  release(): void {
    // A place goes straight to who waited longest, so nobody can overtake.
    const next = this.next();
    if (next === undefined) this.#free++;
    else next.wake(undefined);
  }

  /** @internal Halted between being given a place and taking it: the place must not be lost. */
  takeBack(): void {
    this.release();
  }

  /** Hold a place while `op` runs. */
  *hold<T>(op: Op<T>): Op<T> {
    yield* this.acquire();
    try {
      return yield* op;
    } finally {
      this.release();
    }
  }
}

/**
 * Mutual exclusion: a semaphore with one place. Not re-entrant, as in `lockutils`.
 *
 * @example
 * ```ts
 * import { Kernel, Lock, seconds, sleep, type Op } from "novasim";
 *
 * const kernel = new Kernel();
 * const bath = new Lock("bath");
 * function* wash(): Op<number> {
 *   yield* bath.hold(sleep(seconds(10)));
 *   return kernel.now / 1e6;
 * }
 * kernel.spawn(wash(), { name: "first" });
 * console.log(kernel.complete(wash(), { name: "second" })); // 20
 * ```
 */
export class Lock extends Semaphore {
  constructor(label: string) {
    super(label, 1);
  }
}

/** Locks by name, made when first asked for and forgotten when free: `lockutils.synchronized`. */
export class Locks {
  readonly #locks = new Map<string, Lock>();

  /** Do `op` while holding the lock called `name`. */
  *synchronized<T>(name: string, op: Op<T>): Op<T> {
    let lock = this.#locks.get(name);
    if (lock === undefined) this.#locks.set(name, (lock = new Lock(`lock "${name}"`)));
    try {
      return yield* lock.hold(op);
    } finally {
      if (lock.free === 1) this.#locks.delete(name);
    }
  }
}

/**
 * A queue between greenthreads. Putting never waits.
 *
 * @example
 * ```ts
 * import { Channel, Kernel, sleep, seconds, type Op } from "novasim";
 *
 * const kernel = new Kernel();
 * const orders = new Channel<string>("orders");
 * function* cook(): Op<string> {
 *   return `${yield* orders.take()}, at ${kernel.now / 1e6} s`;
 * }
 * function* waiter(): Op<void> {
 *   yield* sleep(seconds(2));
 *   orders.put("soup");
 * }
 * kernel.spawn(waiter(), { name: "waiter" });
 * console.log(kernel.complete(cook(), { name: "cook" })); // soup, at 2 s
 * ```
 */
export class Channel<T> extends WaitList {
  readonly label: string;
  readonly #items = new Ring<T>();

  constructor(label: string) {
    super();
    this.label = label;
  }

  get size(): number {
    return this.#items.size;
  }

  put(item: T): void {
    const taker = this.next();
    if (taker === undefined) this.#items.push(item);
    else taker.wake(item);
  }

  tryTake(): T | undefined {
    return this.#items.shift();
  }

  /** @internal Halted between being given an item and taking it: the item must not be lost. */
  takeBack(item: unknown): void {
    const taker = this.next();
    if (taker === undefined) this.#items.unshift(item as T);
    else taker.wake(item);
  }

  *take(): Op<T> {
    if (this.#items.size > 0) return this.#items.shift() as T;
    return (yield this) as T;
  }
}
