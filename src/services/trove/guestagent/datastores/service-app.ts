/**
 * A database server that is a service of its guest and no more: installed, configured, started and stopped, in
 * the words of its datastore. Upstream: RedisApp, CassandraApp, CouchbaseApp and MongoDBApp of
 * trove/guestagent/datastore at 2014.2, which are four copies of one.
 */
import type { Op } from "../../../../kernel/index.js";
import { RuntimeException } from "../../../../python/index.js";
import * as service from "../../instance/service-status.js";
import type { AgentParts } from "../agent-parts.js";
import { AppStatus } from "../app-status.js";

/** What its log and its errors say; what is left out is not said. */
export interface ServiceWords {
  readonly preparing: string;
  readonly installed?: string;
  readonly starting?: string;
  readonly stopping?: string;
  readonly restarting?: string;
  readonly startFailed?: string;
  readonly stopFailed: string;
  /** Errors; without one none is raised. */
  readonly couldNotStart?: string;
  readonly couldNotStop?: string;
  /** It is to be started with another configuration and runs. */
  readonly notStopped: string;
}

export interface ServiceFacts {
  readonly words: ServiceWords;
  readonly configFile?: string;
  /** Whether the package starts it. */
  readonly startsWhenInstalled: boolean;
}

export class ServiceApp {
  readonly status: AppStatus;
  readonly #parts: AgentParts;
  readonly #facts: ServiceFacts;

  constructor(parts: AgentParts, facts: ServiceFacts) {
    this.#parts = parts;
    this.#facts = facts;
    this.status = new AppStatus(parts, () =>
      parts.disk.server.running ? service.RUNNING : service.SHUTDOWN,
    );
  }

  /** @returns whether it was not there before */
  *installIfNeeded(packages: readonly string[]): Op<boolean> {
    const { disk, latency } = this.#parts;
    const { words, startsWhenInstalled } = this.#facts;
    this.#say(words.preparing);
    const missing = packages.filter((name) => !disk.packages.has(name));
    if (missing.length > 0) {
      yield* this.#parts.take(latency.install_packages);
      for (const name of missing) disk.packages.add(name);
      if (startsWhenInstalled) disk.server.start(disk.data);
    }
    this.#say(words.installed);
    return missing.length > 0;
  }

  /** @throws RuntimeError */
  *start({ update = false } = {}): Op<void> {
    const { disk, env, latency } = this.#parts;
    const { words } = this.#facts;
    this.#say(words.starting);
    disk.serverOnBoot = true;
    if (!disk.server.running) {
      yield* this.#parts.take(latency.start_mysql);
      disk.server.start(disk.data);
    }
    if (yield* this.status.waitFor(service.RUNNING, { update })) return;
    if (words.startFailed !== undefined) env.log("error", words.startFailed);
    yield* this.status.endInstallOrRestart();
    if (words.couldNotStart !== undefined) throw new RuntimeException(words.couldNotStart);
  }

  /** @throws RuntimeError */
  *stop({ update = false, doNotStartOnReboot = false } = {}): Op<void> {
    const { disk, env, latency } = this.#parts;
    const { words } = this.#facts;
    this.#say(words.stopping);
    if (doNotStartOnReboot) disk.serverOnBoot = false;
    if (disk.server.running) yield* this.#parts.take(latency.stop_mysql);
    disk.server.stop();
    if (yield* this.status.waitFor(service.SHUTDOWN, { update })) return;
    env.log("error", words.stopFailed);
    yield* this.status.endInstallOrRestart();
    if (words.couldNotStop !== undefined) throw new RuntimeException(words.couldNotStop);
  }

  /** @throws RuntimeError */
  *restart(): Op<void> {
    try {
      this.status.beginRestart();
      this.#say(this.#facts.words.restarting);
      yield* this.stop();
      yield* this.start();
    } finally {
      yield* this.status.endInstallOrRestart();
    }
  }

  /** @throws RuntimeError */
  *startWithConfig(config: string): Op<void> {
    if (this.status.isRunning) throw new RuntimeException(this.#facts.words.notStopped);
    this.writeConfig(config);
    yield* this.start({ update: true });
  }

  writeConfig(config: string): void {
    const { configFile } = this.#facts;
    if (configFile !== undefined) this.#parts.disk.files.set(configFile, config);
  }

  readConfig(): string {
    const { configFile = "" } = this.#facts;
    return this.#parts.disk.files.get(configFile) ?? "";
  }

  #say(words: string | undefined): void {
    if (words !== undefined) this.#parts.env.log("info", words);
  }
}
