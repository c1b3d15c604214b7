/**
 * Backups of a guest's data, and what it begins with from one. The stream is a text with all that is in the
 * server; an incremental backup has all of it too, and names its parent. Upstream:
 * trove/guestagent/backup/backupagent.py, trove/guestagent/strategies/backup (InnoBackupEx, CbBackup, PgDump) at 2014.2.
 */
import { caught, type Op } from "../../../kernel/index.js";
import { AttributeError, Exception, isObject, type JsonObject } from "../../../python/index.js";
import type { TroveContext } from "../context.js";
import type { AgentParts } from "./agent-parts.js";
import type { BackupInfo, RestoreInfo } from "./rpcapi.js";
import { SwiftStorage } from "./swift-storage.js";
import { filesystemStats } from "./volume-device.js";

/** The strategy of MySQL. */
const INNOBACKUPEX = "InnoBackupEx";

class BackupError extends Exception {
  static override readonly module: string = "trove.guestagent.strategies.backup.base";
  override readonly name: string = "BackupError";
}

interface Runner {
  readonly type: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** `execute_backup`. @throws what kept it from being done, which the backup's state says as well */
export function* executeBackup(parts: AgentParts, ctxt: TroveContext, info: BackupInfo): Op<void> {
  const storage = new SwiftStorage(parts, ctxt);
  yield* streamBackup(parts, storage, info, yield* runnerOf(parts, storage, info));
}

/** `RUNNER`, or `INCREMENTAL_RUNNER` of a backup with a parent. @throws AttributeError, SwiftDownloadIntegrityError */
function* runnerOf(
  { options }: AgentParts,
  storage: SwiftStorage,
  { parent = null }: JsonObject,
): Op<Runner> {
  const type = options.backupStrategy ?? "None";
  if (!isObject(parent)) return { type, metadata: {} };
  const text = (key: string): string => {
    const value = parent[key];
    return typeof value === "string" ? value : "";
  };
  const known = yield* storage.loadMetadata(text("location"), text("checksum"));
  // The others have no incremental strategy, and make a whole one once more.
  if (type !== INNOBACKUPEX) return { type, metadata: {} };
  if (!known.has("lsn")) throw new AttributeError("lsn attribute missing, bad parent?");
  return {
    type: `${INNOBACKUPEX}Incremental`,
    metadata: { parent_location: text("location"), parent_checksum: text("checksum") },
  };
}

/** `stream_backup_to_storage`. */
export function* streamBackup(
  parts: AgentParts,
  storage: SwiftStorage,
  info: BackupInfo,
  { type, metadata }: Runner = { type: INNOBACKUPEX, metadata: {} },
): Op<void> {
  const { env, disk, latency } = parts;
  const begun = { size: filesystemStats(parts).used, state: "BUILDING" };
  yield* parts.updateBackup(info.id, begun);
  let ended: Record<string, string | number | null> = { ...begun, state: "FAILED" };
  try {
    yield* parts.take(latency.copy_data);
    const isInnodb = type.startsWith(INNOBACKUPEX);
    const manifest = `${info.id}${isInnodb ? ".xbstream" : ""}.gz.enc`;
    const saved = yield* storage.save(manifest, disk.data.dump());
    const { checksum, location, note } = saved;
    ended = { ...ended, checksum, location, note, backup_type: type };
    if (!saved.success) throw new BackupError(note);
    yield* storage.saveMetadata(location, {
      ...(isInnodb && { lsn: String(disk.data.bytes) }),
      ...metadata,
      datastore: textIn(info, "datastore"),
      datastore_version: textIn(info, "datastore_version"),
    });
    ended = { ...ended, state: "COMPLETED" };
  } catch (thrown) {
    const error = yield* caught(thrown);
    env.log("error", `Error saving backup: ${info.id}. ${error.name}: ${error.message}`);
    throw error;
  } finally {
    env.log("info", `Completed backup ${info.id}.`);
    yield* parts.updateBackup(info.id, ended);
  }
}

const textIn = (json: JsonObject, key: string): string => {
  const value = json[key];
  return typeof value === "string" ? value : "";
};

/** `execute_restore`: the data is that of the backup. @throws what kept it from being so */
export function* executeRestore(
  parts: AgentParts,
  ctxt: TroveContext,
  { id, location, checksum }: RestoreInfo,
): Op<void> {
  const { env, disk, latency } = parts;
  try {
    const text = yield* new SwiftStorage(parts, ctxt).load(location ?? "", checksum);
    yield* parts.take(latency.copy_data);
    disk.data.restore(text);
  } catch (thrown) {
    const error = yield* caught(thrown);
    env.log("error", `Error restoring backup ${id}. ${error.name}: ${error.message}`);
    throw error;
  }
}
