/**
 * Runs services within one process: starts each in a greenthread of its own, and stops them all.
 * One whose start raises is only logged; when none is left, the process ends (SVC-15). Upstream:
 * nova/openstack/common/service.py (Launcher, ServiceLauncher) at 2014.2; messaging B7.
 */
import { Exception, Halted, join, type Greenthread, type Op } from "../kernel/index.js";
import type { Process, Surroundings } from "./surroundings.js";

export class ServiceLauncher implements Process {
  readonly #surroundings: Surroundings;
  #services: readonly Process[];
  #exited = false;

  constructor(surroundings: Surroundings, services: readonly Process[]) {
    this.#surroundings = surroundings;
    this.#services = services;
  }

  get exited(): boolean {
    return this.#exited;
  }

  *start(): Op<void> {
    const starts = this.#services.map((service) => ({
      service,
      thread: this.#surroundings.spawn("start", service.start(), { awaited: true }),
    }));
    const started: Process[] = [];
    for (const { service, thread } of starts) {
      if (yield* this.#hasStarted(thread)) started.push(service);
      else service.crash();
    }
    this.#services = started;
    if (started.length > 0) return;
    this.#exited = true;
    this.#surroundings.bus.close();
    this.#surroundings.announce("stopped");
  }

  *stop(): Op<void> {
    for (const service of this.#services) yield* service.stop();
  }

  crash(): void {
    for (const service of this.#services) service.crash();
  }

  *#hasStarted(thread: Greenthread<void>): Op<boolean> {
    try {
      yield* join(thread);
    } catch (error) {
      // It was not the start that went wrong: the process has crashed meanwhile.
      if (error instanceof Halted) return true;
      if (!(error instanceof Exception)) throw error;
      this.#surroundings.log("error", `${error.name}: ${error.message}`);
      return false;
    }
    return true;
  }
}
