/**
 * The state of the database server, as the agent knows it and tells it. While it installs or restarts, the
 * periodic update says nothing; an agent that has just been started takes its server for installed. Upstream:
 * trove/guestagent/datastore/service.py (BaseDbStatus), mysql/service.py (MySqlAppStatus) at 2014.2.
 */
import { seconds, sleep, type Op } from "../../../kernel/index.js";
import * as service from "../instance/service-status.js";
import type { ServiceStatus } from "../instance/service-status.js";
import type { AgentParts } from "./agent-parts.js";

const NOT_INSTALLED: readonly ServiceStatus[] = [
  ...[service.NEW, service.BUILDING, service.BUILD_PENDING, service.FAILED],
];

const WAIT_TIME = 3;

export class AppStatus {
  readonly #parts: AgentParts;
  /** Undefined: what upstream has then is a row, which equals no status. */
  #status: ServiceStatus | undefined;
  readonly #real: (() => ServiceStatus) | undefined;
  #restarting = false;
  /** The server has been told to start, and does not answer yet. */
  starting = false;

  /** @param real what the server looks like; default: as MySQL's does */
  constructor(parts: AgentParts, real?: () => ServiceStatus) {
    this.#parts = parts;
    this.#real = real;
  }

  beginInstall(): Op<void> {
    return this.set(service.BUILDING);
  }

  beginRestart(): void {
    this.#restarting = true;
  }

  *endInstallOrRestart(): Op<void> {
    this.#restarting = false;
    const real = this.actual();
    this.#parts.env.log("info", `Updating database status to ${real.description}.`);
    yield* this.set(real);
  }

  get isRunning(): boolean {
    return this.#status?.code === service.RUNNING.code;
  }

  *set(status: ServiceStatus): Op<void> {
    yield* this.#parts.heartbeat(status.description);
    this.#status = status;
  }

  /** The periodic one. */
  *update(): Op<void> {
    const installed = !NOT_INSTALLED.some(({ code }) => code === this.#status?.code);
    if (installed && !this.#restarting) {
      yield* this.set(this.actual());
      return;
    }
    this.#parts.env.log(
      "info",
      "DB server is not installed or is in restart mode, so for now we'll skip determining the " +
        "status of DB on this instance.",
    );
  }

  /** `mysqladmin ping`, and if nothing answers whether there is a process. */
  actual(): ServiceStatus {
    if (this.#real !== undefined) return this.#real();
    if (this.#parts.disk.server.running) return service.RUNNING;
    return this.starting ? service.BLOCKED : service.SHUTDOWN;
  }

  /** Look every three seconds. @returns whether it came */
  *waitFor(status: ServiceStatus, { update }: { readonly update: boolean }): Op<boolean> {
    const { env, flags } = this.#parts;
    for (let waited = 0; waited < flags.state_change_wait_time; waited += WAIT_TIME) {
      yield* sleep(seconds(WAIT_TIME));
      if (this.actual().code !== status.code) continue;
      if (update) yield* this.set(status);
      return true;
    }
    env.log("error", "Timeout while waiting for database status to change.");
    return false;
  }
}
