/**
 * The MySQL server of a guest: installed, secured, started and stopped. Upstream:
 * trove/guestagent/datastore/mysql/service.py (MySqlApp) at 2014.2.
 */
import type { Op } from "../../../kernel/index.js";
import { RuntimeException } from "../../../python/index.js";
import * as service from "../instance/service-status.js";
import type { AgentParts } from "./agent-parts.js";
import type { AppStatus } from "./app-status.js";

const MYSQL_CONFIG = "/etc/mysql/my.cnf";
const OVERRIDES = "/etc/mysql/conf.d/overrides.cnf";
const REPLICATION = "/etc/mysql/conf.d/0replication.cnf";
const ADMIN_USER = "os_admin";

export class MysqlApp {
  readonly #parts: AgentParts;
  readonly #status: AppStatus;

  constructor(parts: AgentParts, status: AppStatus) {
    this.#parts = parts;
    this.#status = status;
  }

  /** @throws RuntimeError if it does not start */
  *installIfNeeded(packages: readonly string[]): Op<void> {
    const { disk, env, latency } = this.#parts;
    env.log("info", "Preparing Guest as MySQL Server.");
    if (packages.some((name) => !disk.packages.has(name))) {
      yield* this.#parts.take(latency.install_packages);
      for (const name of packages) disk.packages.add(name);
      env.log("info", "Finished installing MySQL server.");
    }
    yield* this.start();
  }

  /** An administrator of its own with a password that nobody knows. @throws RuntimeError */
  *secure(config: string, overrides: string): Op<void> {
    const { disk, env } = this.#parts;
    env.log("info", "Generating admin password.");
    const password = this.#parts.randomPassword();
    disk.server.grant({ user: ADMIN_USER, host: "localhost", password });
    yield* this.stop();
    this.writeConfig(config, overrides);
    yield* this.start();
  }

  /** @param remote whether nobody may be root from elsewhere */
  secureRoot({ remote }: { readonly remote: boolean }): void {
    const { server } = this.#parts.disk;
    this.#parts.env.log("info", "Preserving root access from restore.");
    server.grant({ user: "root", host: "localhost", password: this.#parts.randomPassword() });
    if (!remote) return;
    for (const { user, host } of server.accounts()) {
      if (user === "root" && host !== "localhost") server.dropUser(user, host);
    }
  }

  /** @throws RuntimeError */
  *stop({ update = false, doNotStartOnReboot = false } = {}): Op<void> {
    const { disk, env, latency } = this.#parts;
    env.log("info", "Stopping MySQL.");
    if (doNotStartOnReboot) disk.serverOnBoot = false;
    if (disk.server.running) yield* this.#parts.take(latency.stop_mysql);
    disk.server.stop();
    if (yield* this.#status.waitFor(service.SHUTDOWN, { update })) return;
    env.log("error", "Could not stop MySQL.");
    yield* this.#status.endInstallOrRestart();
    throw new RuntimeException("Could not stop MySQL!");
  }

  /** Without its data it does not come up. @throws RuntimeError */
  *start({ update = false } = {}): Op<void> {
    const { disk, env, latency } = this.#parts;
    env.log("info", "Starting MySQL.");
    disk.serverOnBoot = true;
    if (!disk.server.running) {
      this.#status.starting = true;
      yield* this.#parts.take(latency.start_mysql);
      this.#status.starting = false;
      if (disk.dataIsThere) disk.server.start(disk.data);
    }
    if (yield* this.#status.waitFor(service.RUNNING, { update })) return;
    env.log("error", "Start up of MySQL failed.");
    yield* this.#status.endInstallOrRestart();
    throw new RuntimeException("Could not start MySQL!");
  }

  /** @throws RuntimeError */
  *restart(): Op<void> {
    try {
      this.#status.beginRestart();
      yield* this.stop();
      yield* this.start();
    } finally {
      yield* this.#status.endInstallOrRestart();
    }
  }

  /** @throws RuntimeError */
  *startWithConfig(config: string): Op<void> {
    const { env } = this.#parts;
    env.log("info", "Starting MySQL with conf changes.");
    if (this.#status.isRunning) {
      env.log("error", "Cannot execute start_db_with_conf_changes because MySQL state == running.");
      throw new RuntimeException("MySQL not stopped.");
    }
    env.log("info", "Resetting configuration.");
    this.writeConfig(config);
    yield* this.start({ update: true });
  }

  writeConfig(config: string, overrides = ""): void {
    const { disk, env } = this.#parts;
    env.log("info", "Writing my.cnf templates.");
    disk.files.set(MYSQL_CONFIG, config);
    env.log("info", "Wiping ib_logfiles.");
    if (overrides !== "") this.writeOverrides(overrides);
  }

  writeOverrides(overrides: string): void {
    this.#parts.disk.files.set(OVERRIDES, overrides);
  }

  removeOverrides(): void {
    this.#parts.env.log("info", "Removing overrides configuration file.");
    this.#parts.disk.files.delete(OVERRIDES);
  }

  writeReplication(config: string): void {
    this.#parts.env.log("info", "Writing replication.cnf file.");
    this.#parts.disk.files.set(REPLICATION, config);
  }

  removeReplication(): void {
    this.#parts.env.log("info", "Removing replication configuration file.");
    this.#parts.disk.files.delete(REPLICATION);
  }
}
