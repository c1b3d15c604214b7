/**
 * Virtual time and whose turn it is. The kernel takes the earliest entry by `(at, seq)`, sets the
 * clock to that entry's own time and lets it happen; it knows nothing of messages or services.
 * Upstream: eventlet's hub, with the clock replaced.
 */
import { CeilingReached, DriverError, Stalled, UnhandledError } from "./errors.js";
import { DueQueue, type Due } from "./queues/due-queue.js";
import { Greenthread, type SpawnOptions } from "./greenthread.js";
import {
  NO_CAUSE,
  type Behalf,
  type Cause,
  type Detail,
  type Observation,
  type Observer,
} from "./observer.js";
import type { Op } from "./op.js";
import { Streams, type Stream } from "./random.js";
import { Ring } from "./queues/ring.js";
import { Calendar, hours, wholeMicros, type Duration, type Micros } from "./time.js";
import { Timer } from "./timer.js";
import { Unchecked } from "./unchecked.js";

/** Ends of runaway runs. */
export interface Ceilings {
  /** Entries that may happen in one run. */
  readonly events: number;
  /** Greenthreads alive at once. */
  readonly threads: number;
  /** Virtual time that one `settle` may take. */
  readonly settle: Duration;
}

export const DEFAULT_CEILINGS: Ceilings = { events: 1e9, threads: 5e6, settle: hours(24) };

/** What a kernel begins with: its seed, its date, who watches, and where runaways end. */
export interface KernelOptions {
  readonly seed?: number;
  readonly epoch?: string;
  readonly ceilings?: Partial<Ceilings>;
  readonly observer?: Observer | undefined;
  /** When the clock starts; before 0 for what happens before a run is looked at. Default 0. */
  readonly start?: Micros;
}

/** The driver of a run, outside of all that happens in it. */
const NOBODY: Behalf = { cause: NO_CAUSE, detail: "flow", daemon: false };

/**
 * Virtual time: it runs greenthreads in the order in which they are due, and jumps over the time in
 * between.
 *
 * @example
 * ```ts
 * import { Kernel, minutes, sleep, type Op } from "novasim";
 *
 * const kernel = new Kernel({ seed: 7 });
 * function* tea(): Op<string> {
 *   yield* sleep(minutes(4));
 *   return "tea is ready";
 * }
 * console.log(kernel.complete(tea(), { name: "tea" })); // tea is ready
 * console.log(kernel.now); // 240000000
 * ```
 */
export class Kernel {
  readonly calendar: Calendar;
  readonly ceilings: Ceilings;
  readonly unchecked = new Unchecked();
  /** Who watches. May be changed between steps; nothing in the run depends on it. */
  observer: Observer | undefined;
  /** The greenthread that has the processor; undefined while a timer fires or nothing runs. */
  current: Greenthread | undefined;

  readonly #streams: Streams;
  readonly #later = new DueQueue();
  readonly #now = new Ring<Due>(256);
  readonly #threads = new Set<Greenthread>();
  #time: Micros;
  #events = 0;
  #foreground = 0;
  #behalf: Behalf | undefined;
  #unhandled: UnhandledError | undefined;

  constructor(options: KernelOptions = {}) {
    this.calendar = new Calendar(options.epoch);
    this.ceilings = { ...DEFAULT_CEILINGS, ...options.ceilings };
    this.observer = options.observer;
    this.#time = wholeMicros(options.start ?? 0);
    this.#streams = new Streams(options.seed ?? 1);
  }

  /**
   * Take the earliest entry and let it happen; false if there is none at or before `until`.
   * @throws UnhandledError, CeilingReached
   */
  step(until: Micros = Infinity): boolean {
    this.assertOutside();
    const due = this.#next(until);
    if (due === undefined) return false;
    if (++this.#events > this.ceilings.events) {
      throw new CeilingReached(`the run went past ${String(this.ceilings.events)} events`);
    }
    due.due();
    if (this.#unhandled !== undefined) {
      const error = this.#unhandled;
      this.#unhandled = undefined;
      throw error;
    }
    return true;
  }

  /** The total order of a run, in one place: what was scheduled first among what is due first. */
  #next(until: Micros): Due | undefined {
    // At one instant the queue's entries were scheduled before that instant began, so they precede
    // every entry of the ring, which were made during it.
    if (this.#later.size > 0 && this.#later.nextAt <= this.#time) return this.#later.pop();
    const ready = this.#now.shift();
    if (ready !== undefined) return ready;
    if (this.#later.size === 0 || this.#later.nextAt > until) return undefined;
    this.#time = this.#later.nextAt;
    return this.#later.pop();
  }

  /**
   * Let everything happen that is due up to `until`, then stand there.
   * @throws DriverError if `until` is neither a whole number of microseconds nor Infinity
   */
  run(until: Micros): void {
    refuseNoTime(until);
    while (this.step(until));
    if (until > this.#time && until !== Infinity) this.#time = until;
  }

  /**
   * Run until `condition` holds.
   * @returns false if `until` came first or nothing is left to do
   * @throws DriverError if `until` is no time
   */
  runUntil(condition: () => boolean, until: Micros = Infinity): boolean {
    refuseNoTime(until);
    while (!condition()) if (!this.step(until)) return false;
    return true;
  }

  /**
   * Run until only daemons are left.
   * @throws Stalled if a foreground greenthread is parked and nothing can wake it
   */
  settle(): void {
    const horizon = this.#time + this.ceilings.settle;
    if (this.runUntil(() => this.#foreground === 0, horizon)) return;
    throw this.stalled(this.#why());
  }

  /**
   * Spawn `op` and run until it has ended.
   * @throws whatever `op` throws; Stalled if it can never end
   */
  complete<T>(op: Op<T>, options: SpawnOptions): T {
    this.assertOutside();
    return this.finish(this.spawn(op, { ...options, awaited: true }));
  }

  /**
   * Run until `thread` has ended. One that cannot end is halted: nobody would ever hear of it, and
   * the next `settle` would wait for it again.
   * @throws whatever it throws; Stalled if it can never end
   */
  finish<T>(thread: Greenthread<T>): T {
    const horizon = this.#time + this.ceilings.settle;
    if (this.runUntil(() => thread.ended, horizon)) return thread.result;
    const stalled = this.stalled(`${thread.name} cannot end: ${this.#why()}`);
    thread.halt();
    throw stalled;
  }

  /**
   * The run goes on by `yield*`, never by a second driver within.
   * @throws DriverError if a greenthread has the processor
   */
  assertOutside(): void {
    if (this.current === undefined) return;
    throw new DriverError(
      `${this.current.describe()} drives the run it is part of: inside an operation write \`yield*\` instead`,
    );
  }

  #why(): string {
    if (this.#later.size === 0) return "nothing is due";
    return `${String(this.ceilings.settle / hours(1))} h of virtual time went by`;
  }

  /**
   * Start a greenthread. It runs when its turn comes, never before the caller next waits.
   * @throws CeilingReached
   */
  spawn<T>(op: Op<T>, options: SpawnOptions): Greenthread<T> {
    if (this.#threads.size >= this.ceilings.threads) {
      throw new CeilingReached(
        `more than ${String(this.ceilings.threads)} greenthreads: ${options.name}`,
      );
    }
    const thread = new Greenthread(this, op, this.current, options);
    this.#threads.add(thread);
    if (!thread.daemon) this.#foreground++;
    this.ready(thread);
    return thread;
  }

  /** Call `fire` after `delay`. Timers that a daemon sets do not keep a run from settling. */
  after(delay: Duration, fire: () => void): Timer {
    const timer = new Timer(this, fire);
    if (!timer.daemon) this.#foreground++;
    this.schedule(delay, timer);
    return timer;
  }

  /** End every greenthread of `actor`: what a crash does to a process. */
  haltAll(actor: string): void {
    // Not over a copy: what a `finally` block starts for the actor goes as well.
    for (const thread of this.#threads) if (thread.actor === actor) thread.halt();
  }

  get now(): Micros {
    return this.#time;
  }

  /** How many entries have happened. */
  get events(): number {
    return this.#events;
  }

  /** How many entries are waiting for their time. */
  get pending(): number {
    return this.#later.size + this.#now.size;
  }

  /** Whether only daemons are left. */
  get settled(): boolean {
    return this.#foreground === 0;
  }

  /** The draws of `owner` for `purpose`. */
  stream(owner: string, purpose: string): Stream {
    return this.#streams.of(owner, purpose);
  }

  /** Every live greenthread, oldest first. */
  threads(): Greenthread[] {
    return [...this.#threads];
  }

  /** The requests that greenthreads are at work for, and those of what is on its way. */
  requests(): ReadonlySet<string> {
    const due = [...this.#later.entries(), ...this.#now.toArray()];
    const behalves: readonly object[] = [...this.#threads, ...due];
    return new Set(
      behalves.flatMap((behalf) =>
        "request" in behalf && typeof behalf.request === "string" ? [behalf.request] : [],
      ),
    );
  }

  /** On whose account whatever happens now happens. */
  get behalf(): Behalf {
    return this.current ?? this.#behalf ?? NOBODY;
  }

  /** The entry that whatever happens now follows from. */
  get cause(): Cause {
    return this.behalf.cause;
  }

  /** How closely what happens now is to be recorded. */
  get detail(): Detail {
    return this.behalf.detail;
  }

  /** Whether what happens now is background work, and so what it starts. */
  get daemon(): boolean {
    return this.behalf.daemon;
  }

  /** Publish what just happened, on behalf of whoever runs. Cheap when nobody watches. */
  observe<O extends Observation>(
    what: O,
    cause: Cause = this.cause,
    detail: Detail = this.detail,
  ): Cause {
    if (this.observer === undefined || !this.watched(detail)) return cause;
    return this.observer.observe(this.#time, what, detail, cause);
  }

  /** Whether anybody keeps what is observed at `detail`: if nobody does, it need not be said. */
  keeps(detail: Detail): boolean {
    if (this.observer === undefined) return false;
    return detail === "flow" || this.observer.detail !== "flow";
  }

  /** Whether anybody looks at what is observed at `detail`: if nobody does, nothing comes of saying it. */
  watched(detail: Detail = this.detail): boolean {
    if (this.observer === undefined) return false;
    return detail === "flow" || (this.observer.looksAt ?? this.observer.detail) !== "flow";
  }

  /** As `observe`, for what costs something to say: nobody says it when nobody watches. */
  observeAs<O extends Observation>(say: () => O): Cause {
    return this.watched() ? this.observe(say()) : this.cause;
  }

  /** The report of a run that cannot go on. */
  stalled(why: string): Stalled {
    const parked = this.threads().filter(
      (thread) => !thread.daemon && thread.waiting !== undefined,
    );
    return new Stalled(
      why,
      parked.map((thread) => thread.describe()),
    );
  }

  /** @internal */
  ready(due: Due): void {
    this.#now.push(due);
  }

  /** @internal */
  schedule(delay: Duration, due: Due): void {
    if (wholeMicros(delay) <= 0) this.#now.push(due);
    else this.#later.push(this.#time + delay, due);
  }

  /** @internal */
  withdraw(due: Due): void {
    this.#later.remove(due);
  }

  /** @internal Gives `thread` the processor; returns who had it. */
  enterThread(thread: Greenthread | undefined): Greenthread | undefined {
    const before = this.current;
    this.current = thread;
    return before;
  }

  /**
   * @internal Do at once, outside of any greenthread, something that has nothing to wait for: what
   * it starts and publishes follows from `behalf`.
   */
  onBehalf(behalf: Behalf, act: () => void): void {
    const thread = this.current;
    const before = this.#behalf;
    this.current = undefined;
    this.#behalf = behalf;
    try {
      act();
    } finally {
      this.current = thread;
      this.#behalf = before;
    }
  }

  /** @internal */
  foregroundEnded(): void {
    this.#foreground--;
  }

  /** @internal */
  threadEnded(thread: Greenthread): void {
    this.#threads.delete(thread);
    if (!thread.daemon) this.#foreground--;
  }

  /**
   * @internal An error that nobody waits for ends the run, at the end of this step. Where unchecked
   * data is about, one of a process is what eventlet makes of it: a traceback that nobody reads.
   */
  unhandled(thread: Greenthread, error: unknown): void {
    const { unchecked } = this;
    if (unchecked.admitted && thread.actor !== "" && unchecked.translated(error)) return;
    this.#unhandled ??= new UnhandledError(thread, error);
  }
}

/** With NaN a run would never stop, and a fraction would leave the clock between two microseconds. */
function refuseNoTime(until: Micros): void {
  if (until === Infinity || Number.isSafeInteger(until)) return;
  throw new DriverError(
    `a run cannot stop at ${String(until)}: time is a whole number of microseconds, as seconds(60) makes it`,
  );
}
