/**
 * A process that goes over everything again and again: it waits a part of its interval by chance, then at
 * least the interval from pass to pass. Upstream: swift/common/daemon.py, and `run_forever` of each daemon,
 * at 2.2.0.
 */
import type { Env, Process } from "../../../framework/index.js";
import {
  between,
  caught,
  microseconds,
  quietly,
  seconds,
  sleep,
  type Op,
} from "../../../kernel/index.js";

export interface DaemonOptions {
  /** What a pass is called where it goes wrong. */
  readonly name: string;
  /** Seconds. */
  readonly interval: number;
  /** Whether it begins at once, and sleeps the whole interval after each pass. */
  readonly paused?: boolean;
  /** Whether it sleeps a part of the rest, by chance, and not all of it. */
  readonly restless?: boolean;
  readonly pass: () => Op<void>;
}

export class Daemon implements Process {
  readonly #env: Env;
  readonly #options: DaemonOptions;

  constructor(env: Env, options: DaemonOptions) {
    this.#env = env;
    this.#options = options;
  }

  *start(): Op<void> {
    this.#env.announce("starting");
    this.#env.spawn(this.#options.name, quietly(this.#forever()), { daemon: true });
    this.#env.announce("started");
  }

  *stop(): Op<void> {
    this.#env.announce("stopping");
    this.#env.bus.close();
    this.#env.announce("stopped");
  }

  crash(): void {
    this.#env.bus.close();
  }

  *#forever(): Op<void> {
    const { name, interval, paused = false, restless = false, pass } = this.#options;
    const { kernel } = this.#env;
    const span = seconds(interval);
    if (!paused) yield* sleep(microseconds(this.#env.stream("first pass").int(0, span)));
    for (;;) {
      const began = kernel.now;
      try {
        yield* pass();
      } catch (thrown) {
        const error = yield* caught(thrown);
        this.#env.log("error", `ERROR in ${name}: ${error.name}: ${error.message}`);
      }
      const took = paused ? 0 : between(began, kernel.now);
      if (took >= span) continue;
      const rest = between(took, span);
      yield* sleep(restless ? microseconds(this.#env.stream("next pass").int(0, rest)) : rest);
    }
  }
}
