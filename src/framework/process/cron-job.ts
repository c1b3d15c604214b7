/**
 * A program that cron runs: it does its work when it is started, and is gone. Here it is a process like any other,
 * so that a step of a scenario starts it whenever it is due. Upstream: glance/image_cache/base.py (CacheApp),
 * ceilometer/cmd/storage.py at 2014.2.
 */
import { caught, type Op } from "../../kernel/index.js";
import type { Env } from "./env.js";
import type { Process } from "./process.js";

export class CronJob implements Process {
  readonly exited = true;
  readonly #env: Env;
  readonly #run: () => Op<void>;

  constructor(env: Env, run: () => Op<void>) {
    this.#env = env;
    this.#run = run;
  }

  *start(): Op<void> {
    this.#env.announce("starting");
    this.#env.announce("started");
    try {
      yield* this.#run();
    } catch (thrown) {
      // Its traceback is the last that is heard of it.
      const { name, message } = yield* caught(thrown);
      this.#env.log("error", `${name}: ${message}`);
    }
    this.#env.announce("stopped");
  }

  *stop(): Op<void> {
    this.#env.announce("stopped");
  }

  crash(): void {
    // What was being written stays half written, for whoever cleans up.
  }
}
