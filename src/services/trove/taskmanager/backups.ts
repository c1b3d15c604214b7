/**
 * A backup goes: its segments, what stands for them, its row. What Swift no longer has counts as gone. Upstream:
 * trove/taskmanager/models.py (BackupTasks) at 2014.2.
 */
import type { Op } from "../../../kernel/index.js";
import { isObject, textOf, type Json } from "../../../python/index.js";
import { SwiftClientException } from "../../swift/client/connection.js";
import { backupById, filenameOf } from "../backups.js";
import type { TroveContext } from "../context.js";
import { TroveError } from "../exception.js";
import type { TaskParts } from "./task-parts.js";

/** `delete_backup`. @throws TroveError if Swift fails, and the backup says so */
export function* deleteBackupFiles(parts: TaskParts, ctxt: TroveContext, id: string): Op<void> {
  const { env, db } = parts;
  env.log("info", `Deleting backup ${id}.`);
  const backup = backupById(parts, ctxt, id);
  try {
    const filename = filenameOf(backup);
    if (filename !== undefined && filename !== "") yield* deleteFiles(parts, ctxt, filename);
  } catch (error) {
    if (!(error instanceof SwiftClientException)) throw error;
    if (error.status !== 404) {
      env.log("error", `Error occurred when deleting from swift. Details: ${error.message}`);
      db.backups.touch(id, { state: "DELETE_FAILED" });
      throw new TroveError({}, `Failed to delete swift object for backup ${id}.`);
    }
  }
  db.backups.softDelete(id);
  env.log("info", `Deleted backup ${id} successfully.`);
}

/** `delete_files_from_swift`. @throws SwiftClientException */
function* deleteFiles(parts: TaskParts, ctxt: TroveContext, obj: string): Op<void> {
  const { backup_swift_container: container } = parts.instanceFlags;
  const swift = parts.remote.swift(ctxt);
  const { headers } = yield* swift.request({ method: "HEAD", container, obj });
  const manifest = parseManifest(headers["x-object-manifest"] ?? "");
  if (manifest !== undefined) {
    const { container: of, prefix } = manifest;
    const query = { format: "json", prefix };
    const { body } = yield* swift.request({ method: "GET", container: of, query });
    for (const segment of namesIn(body)) {
      yield* swift.request({ method: "DELETE", container: of, obj: segment });
    }
  }
  yield* swift.request({ method: "DELETE", container, obj });
}

/** `_parse_manifest`: `container/long/path/to/prefix`. */
export function parseManifest(
  manifest: string,
): { readonly container: string; readonly prefix: string } | undefined {
  const at = manifest.indexOf("/");
  const [container, prefix] = [manifest.slice(0, at), manifest.slice(at + 1)];
  return at < 1 || prefix === "" ? undefined : { container, prefix };
}

const namesIn = (listing: Json): string[] =>
  Array.isArray(listing)
    ? (listing as readonly Json[]).filter(isObject).map((row) => textOf(row, "name"))
    : [];
