/**
 * One child of a process with workers: it has memory, greenthreads and a link to the bus of its own,
 * and shares host, binary and listening sockets with its siblings. Upstream: what a fork leads to
 * in nova/openstack/common/service.py (ProcessLauncher._start_child).
 */
import { caught, Halted, join, type Op } from "../../../kernel/index.js";
import { ServiceLauncher } from "./service-launcher.js";
import type { Env } from "../env.js";
import type { MakeProcess } from "../process.js";

export class Worker {
  readonly number: number;
  readonly #env: Env;
  readonly #make: MakeProcess;
  #launcher: ServiceLauncher | undefined;

  constructor(parent: Env, number: number, make: MakeProcess) {
    this.number = number;
    this.#env = parent.fork(number);
    this.#make = make;
  }

  /**
   * What could not be started has been logged.
   * @returns undefined if it runs; its exit status if it has ended: 0 with nothing left to run, 2
   * after an error that nobody expected
   */
  *run(): Op<0 | 2 | undefined> {
    const env = this.#env;
    try {
      this.#launcher = new ServiceLauncher(env, [this.#make(env)]);
    } catch (thrown) {
      const error = yield* caught(thrown);
      env.log("error", `Unhandled exception: ${error.name}: ${error.message}`);
      env.bus.close();
      return 2;
    }
    // In a greenthread of its own, not of its parent, so that it ends with the worker.
    const starting = env.spawn("start", this.#launcher.start(), { awaited: true });
    try {
      yield* join(starting);
    } catch (error) {
      if (!(error instanceof Halted)) throw error;
    }
    return this.#launcher.exited ? 0 : undefined;
  }

  /** SIGTERM: as asked politely. */
  *stop(): Op<void> {
    if (this.#launcher !== undefined) yield* this.#launcher.stop();
    this.#env.kernel.haltAll(this.#env.actor);
  }

  /** SIGKILL. @param why what it still gets to say */
  kill(why?: string): void {
    const { kernel, actor } = this.#env;
    if (why !== undefined) this.#env.log("info", why);
    this.#launcher?.crash();
    kernel.haltAll(actor);
    this.#env.announce("crashed");
  }
}
