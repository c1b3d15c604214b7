/**
 * Writes down what guests say. Of an instance's messages of one kind only those that were sent later than the
 * last one count; two of one moment are one. Upstream: trove/conductor/manager.py at 2014.2.
 */
import type { ArgsIn, Serves } from "../../../bus/index.js";
import type { Env, RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { str } from "../../../python/index.js";
import type { TroveDatabase } from "../db/database.js";
import type { BackupRow } from "../db/schema.js";
import { ModelNotFoundError } from "../exception.js";
import { serviceStatusRow, setServiceStatus } from "../instance/instances.js";
import { statusOfCode, statusOfDescription } from "../instance/service-status.js";
import type { conductorApi } from "./rpcapi.js";

type Args<M extends keyof (typeof conductorApi)["methods"]> = ArgsIn<typeof conductorApi, M>;

export class ConductorManager implements Serves<typeof conductorApi, RequestContext> {
  readonly #env: Env;
  readonly #db: TroveDatabase;

  constructor(env: Env, db: TroveDatabase) {
    this.#env = env;
    this.#db = db;
  }

  /** @throws ModelNotFoundError, ValueError */
  *heartbeat(_ctxt: RequestContext, args: Args<"heartbeat">): Op<void> {
    const { instance_id, payload, sent } = args;
    const row = serviceStatusRow(this.#db, instance_id);
    if (this.#tooOld(instance_id, "heartbeat", sent)) return;
    const said = payload.service_status ?? null;
    const status = said === null ? statusOfCode(row.status_id) : statusOfDescription(str(said));
    setServiceStatus(this.#db, instance_id, status);
  }

  /** @throws ModelNotFoundError */
  *update_backup(_ctxt: RequestContext, update: Args<"update_backup">): Op<void> {
    const { instance_id, backup_id, sent, ...fields } = update;
    const backup = this.#db.backups.get(backup_id);
    if (backup === undefined) throw new ModelNotFoundError({}, "DBBackup Not Found");
    if (this.#tooOld(instance_id, "update_backup", sent)) return;
    if (instance_id !== backup.instance_id) {
      const ids = `Expected ${instance_id}, found ${backup.instance_id}`;
      this.#env.log("error", `[Instance: ${instance_id}] Backup instance IDs mismatch! ${ids}`);
      return;
    }
    // What no column is for is dropped.
    const known = Object.entries(fields).filter(([name]) => COLUMNS.some((own) => own === name));
    this.#db.backups.touch(backup_id, Object.fromEntries(known));
  }

  *report_root(_ctxt: RequestContext, { instance_id, user }: Args<"report_root">): Op<void> {
    if (this.#db.root_enabled_history.get(instance_id) !== undefined) return;
    this.#db.root_enabled_history.insert({ instance_id, user });
  }

  #tooOld(instance_id: string, method_name: string, sent: number | null | undefined): boolean {
    const { conductor_lastseen: lastSeen } = this.#db;
    if (sent === null || sent === undefined) {
      const what = "sent field not present. Cannot compare.";
      this.#env.log("error", `[Instance ${instance_id}] ${what}`);
      return false;
    }
    const seen = lastSeen.first({ instance_id, method_name });
    if (seen === undefined) {
      lastSeen.insert({ instance_id, method_name, sent });
      return false;
    }
    if (seen.sent < sent) {
      lastSeen.update(seen.id, { sent });
      return false;
    }
    const what = "Rec'd message is older than last seen. Discarding.";
    this.#env.log("info", `[Instance ${instance_id}] ${what}`);
    return true;
  }
}

/** What a guest may say of a backup. */
const COLUMNS: readonly (keyof BackupRow)[] = [
  ...(["name", "description", "location", "backup_type", "size", "tenant_id", "state"] as const),
  ...(["checksum", "parent_id", "datastore_version_id"] as const),
];
