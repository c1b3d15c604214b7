/**
 * Runs services within one process: starts each in a greenthread of its own, and stops them all.
 * One whose start raises is only logged; when none is left, the process ends (SVC-15). Upstream:
 * nova/openstack/common/service.py (Launcher, ServiceLauncher) at 2014.2; messaging §B7.
 */
import { caught, Halted, join, type Op } from "../../../kernel/index.js";
import type { Env } from "../env.js";
import type { Process } from "../process.js";

export class ServiceLauncher implements Process {
  readonly #env: Env;
  #services: readonly Process[];
  #exited = false;

  constructor(env: Env, services: readonly Process[]) {
    this.#env = env;
    this.#services = services;
  }

  get exited(): boolean {
    return this.#exited;
  }

  *start(): Op<void> {
    const started: Process[] = [];
    for (const { service, start } of this.#starts()) {
      if (yield* this.#hasStarted(start)) started.push(service);
      else service.crash();
    }
    this.#services = started;
    if (started.length > 0) return;
    this.#exited = true;
    this.#env.bus.close();
    this.#env.announce("stopped");
  }

  *stop(): Op<void> {
    for (const service of this.#services) yield* service.stop();
  }

  crash(): void {
    for (const service of this.#services) service.crash();
  }

  /** Several start at once. One alone starts here, so that no other process overtakes it. */
  #starts(): { readonly service: Process; readonly start: Op<void> }[] {
    const alone = this.#services.length === 1;
    return this.#services.map((service) => {
      if (alone) return { service, start: service.start() };
      const thread = this.#env.spawn("start", service.start(), { awaited: true });
      return { service, start: join(thread) };
    });
  }

  *#hasStarted(start: Op<void>): Op<boolean> {
    try {
      yield* start;
    } catch (error) {
      // It was not the start that went wrong: the process has crashed meanwhile.
      if (error instanceof Halted) return true;
      const { name, message } = yield* caught(error);
      this.#env.log("error", `${name}: ${message}`);
      return false;
    }
    return true;
  }
}
