/**
 * A process that serves nothing itself: it forks workers, and another one whenever one is gone. All
 * that its workers share is what they inherit. Signals are the methods here: SIGTERM is `stop`, the
 * end of the parent is `crash`. Upstream: nova/openstack/common/service.py (ProcessLauncher) at
 * 2014.2; messaging §B7.
 */
import {
  Channel,
  join,
  milliseconds,
  seconds,
  sleep,
  type Greenthread,
  type Micros,
  type Op,
} from "../../../kernel/index.js";
import type { Env } from "../env.js";
import type { MakeProcess, Process } from "../process.js";
import { Worker } from "./worker.js";

/** What to fork, and how often. */
export interface Fork {
  readonly make: MakeProcess;
  readonly workers: number;
}

/** `ServiceWrapper`: the workers of one service, by number, and when they were forked lately. */
interface Wrapped extends Fork {
  readonly numbers: readonly number[];
  readonly forkTimes: Micros[];
}

/** A child that has ended, for its parent to notice. */
interface Ended {
  readonly of: Wrapped;
  /** `exited with status 0`. */
  readonly how: string;
  readonly number: number;
}

/** How often the parent asks the system for children that have ended: `wait_interval`. */
const WAIT_INTERVAL = milliseconds(10);

export class ProcessLauncher implements Process {
  readonly #env: Env;
  readonly #wrapped: readonly Wrapped[];
  readonly #ended = new Channel<Ended>("the end of a child");
  readonly #children = new Map<number, { readonly worker: Worker; readonly of: Wrapped }>();
  #running = false;

  constructor(env: Env, forks: readonly Fork[]) {
    this.#env = env;
    let last = 0;
    this.#wrapped = forks.map(({ make, workers }) => {
      const numbers = Array.from({ length: workers }, () => ++last);
      return { make, workers, numbers, forkTimes: [] };
    });
  }

  /** The numbers of the workers that run. */
  get workers(): readonly number[] {
    return [...this.#children.keys()].sort((a, b) => a - b);
  }

  /** Fork, and wait until every worker has started, although the parent itself would not. */
  *start(): Op<void> {
    this.#env.announce("starting");
    this.#running = true;
    const starting: Greenthread<void>[] = [];
    for (const wrapped of this.#wrapped) starting.push(...(yield* this.#fill(wrapped)));
    this.#env.spawn("wait", this.#respawn(), { daemon: true });
    for (const each of starting) yield* join(each);
    this.#env.announce("started");
  }

  *stop(): Op<void> {
    this.#env.announce("stopping");
    this.#running = false;
    const stops = [...this.#children.values()].map(({ worker }) =>
      this.#env.spawn(`stop worker ${worker.number}`, worker.stop(), { awaited: true }),
    );
    for (const each of stops) yield* join(each);
    this.#left();
    this.#env.announce("stopped");
  }

  /** The children see the end of the pipe from their parent, and exit. */
  crash(): void {
    this.#running = false;
    for (const { worker } of this.#children.values()) {
      worker.kill("Parent process has died unexpectedly, exiting");
    }
    this.#left();
  }

  /** Kill one worker, as the out-of-memory killer would. @returns false if there is none */
  killWorker(number: number): boolean {
    const child = this.#children.get(number);
    if (child === undefined) return false;
    this.#children.delete(number);
    child.worker.kill();
    this.#ended.put({ of: child.of, number, how: "killed by signal 9" });
    return true;
  }

  #left(): void {
    this.#children.clear();
    this.#env.closeSockets();
    this.#env.bus.close();
  }

  *#respawn(): Op<void> {
    for (;;) {
      const { of, number, how } = yield* this.#ended.take();
      yield* sleep(WAIT_INTERVAL);
      this.#env.log("info", `Child ${number} ${how}`);
      yield* this.#fill(of);
    }
  }

  /** Fork until there are as many as there should be. @returns those that are starting */
  *#fill(wrapped: Wrapped): Op<Greenthread<void>[]> {
    const starting: Greenthread<void>[] = [];
    let number = this.#missing(wrapped);
    while (number !== undefined) {
      yield* this.#throttle(wrapped);
      // Whoever stopped it meanwhile wants no more children.
      if (this.#missing(wrapped) === number) starting.push(this.#fork(number, wrapped));
      number = this.#missing(wrapped);
    }
    return starting;
  }

  #missing({ numbers }: Wrapped): number | undefined {
    return this.#running ? numbers.find((number) => !this.#children.has(number)) : undefined;
  }

  #fork(number: number, wrapped: Wrapped): Greenthread<void> {
    const env = this.#env;
    const worker = new Worker(env, number, wrapped.make);
    this.#children.set(number, { worker, of: wrapped });
    env.log("info", `Started child ${number}`);
    return env.spawn(`worker ${number}`, this.#run(worker, wrapped), { daemon: false });
  }

  *#run(worker: Worker, of: Wrapped): Op<void> {
    const status = yield* worker.run();
    if (status === undefined) return;
    const { number } = worker;
    this.#children.delete(number);
    this.#ended.put({ of, number, how: `exited with status ${status}` });
  }

  /** More forks than workers within as many seconds: something is wrong with what they run. */
  *#throttle({ forkTimes, workers }: Wrapped): Op<void> {
    const { kernel } = this.#env;
    const first = forkTimes[0];
    if (first !== undefined && forkTimes.length > workers) {
      if (kernel.now - first < seconds(workers)) {
        this.#env.log("info", "Forking too fast, sleeping");
        yield* sleep(seconds(1));
      }
      forkTimes.shift();
    }
    forkTimes.push(kernel.now);
  }
}
