/**
 * Backups as they are stored: which run, which may be restored from, what of Swift is looked at before one is
 * made. Upstream: trove/backup/models.py (Backup, DBBackup) at 2014.2.
 */
import type { Row } from "../../framework/index.js";
import type { Op } from "../../kernel/index.js";
import { SwiftClientException } from "../swift/client/connection.js";
import type { TroveContext } from "./context.js";
import type { TroveDatabase } from "./db/database.js";
import type { BackupRow, BackupState } from "./db/schema.js";
import {
  NotFound,
  RestoreBackupIntegrityError,
  SwiftAuthError,
  UnprocessableEntity,
} from "./exception.js";
import type { TroveParts } from "./parts.js";

export type BackupRecord = Row<BackupRow>;

const RUNNING: readonly BackupState[] = ["NEW", "BUILDING", "SAVING"];

export const isRunning = ({ state }: BackupRow): boolean => RUNNING.includes(state);

/** The first backup of an instance that is not done. */
export const runningBackup = (
  { backups }: TroveDatabase,
  instance_id: string,
): BackupRecord | undefined => backups.find({ instance_id }).find(isRunning);

/** @throws NotFound, for whoever may not see it as well */
export function backupById(
  { env, db }: Pick<TroveParts, "env" | "db">,
  ctxt: TroveContext,
  id: string,
): BackupRecord {
  const row = db.backups.get(id);
  if (row === undefined) throw new NotFound({ uuid: id });
  if (ctxt.is_admin || row.tenant_id === ctxt.project_id) return row;
  env.log(
    "error",
    `Tenant ${ctxt.tenant} tried to access DBBackup, owned by ${row.tenant_id ?? "None"}.`,
  );
  throw new NotFound({ uuid: id });
}

/** A row of a backup that has not begun. */
export const newBackup = (
  { db, newId }: { readonly db: TroveDatabase; readonly newId: () => string },
  values: Pick<
    BackupRow,
    "name" | "description" | "tenant_id" | "instance_id" | "parent_id" | "datastore_version_id"
  >,
): BackupRecord =>
  db.backups.insert({
    uuid: newId(),
    location: null,
    backup_type: null,
    size: null,
    state: "NEW",
    checksum: null,
    ...values,
  });

/** Those that run will never be done. */
export function failBackupsOf({ backups }: TroveDatabase, instance_id: string): void {
  for (const { uuid } of backups.find({ instance_id }).filter(isRunning)) {
    backups.touch(uuid, { state: "FAILED" });
  }
}

/** The object's name in its container. */
export function filenameOf({ location }: BackupRow): string | undefined {
  return location === null || location === "" ? undefined : (location.split("/").at(-1) ?? "");
}

/** @throws SwiftAuthError */
export function* verifySwiftToken({ remote }: TroveParts, ctxt: TroveContext): Op<void> {
  try {
    yield* remote.swift(ctxt).request({ method: "GET", query: { format: "json" } });
  } catch (error) {
    if (!(error instanceof SwiftClientException)) throw error;
    throw new SwiftAuthError({ tenant_id: ctxt.tenant });
  }
}

/** Whether Swift has it. @throws RestoreBackupIntegrityError if it is another one, SwiftAuthError */
export function* existsInSwift(
  { remote, instanceFlags }: TroveParts,
  ctxt: TroveContext,
  { uuid, location, checksum }: BackupRecord,
): Op<boolean> {
  const [container = "", obj = ""] = (location ?? "").split("/").slice(-2);
  try {
    const { headers } = yield* remote.swift(ctxt).request({ method: "HEAD", container, obj });
    const etag = (headers["etag"] ?? "").replaceAll('"', "");
    if (instanceFlags.verify_swift_checksum_on_restore && etag !== checksum) {
      throw new RestoreBackupIntegrityError({ backup_id: uuid });
    }
    return true;
  } catch (error) {
    if (!(error instanceof SwiftClientException)) throw error;
    if (error.status === 404) return false;
    throw new SwiftAuthError({ tenant_id: ctxt.tenant });
  }
}

/**
 * `Backup.delete`: a backup and those that are made from it, each by the task manager.
 * @throws NotFound, UnprocessableEntity, SwiftAuthError
 */
export function* deleteBackup(parts: TroveParts, ctxt: TroveContext, id: string): Op<void> {
  for (const child of parts.db.backups.find({ parent_id: id })) {
    yield* deleteBackup(parts, ctxt, child.uuid);
  }
  yield* parts.quotas.run(ctxt.tenant, { backups: -1 }, deleteOne(parts, ctxt, id));
}

function* deleteOne(parts: TroveParts, ctxt: TroveContext, backup_id: string): Op<void> {
  if (isRunning(backupById(parts, ctxt, backup_id))) {
    const words = `Backup ${backup_id} cannot be deleted because it is running.`;
    throw new UnprocessableEntity({}, words);
  }
  yield* verifySwiftToken(parts, ctxt);
  yield* parts.tasks.delete_backup(ctxt, { backup_id });
}
