/**
 * Backups, and volumes that are made of them. Upstream: python-cinderclient 1.1.1
 * `cinderclient/v1/volume_backups.py`, `volume_backups_restore.py`.
 */
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import { Manager, type Resource } from "./manager.js";

export class BackupManager extends Manager {
  /** `GET /backups/{id}`. @throws NotFound */
  get(id: string): Op<Resource> {
    return this.resource("GET", `/backups/${id}`, "backup");
  }

  /** `POST /backups`. */
  create(volume_id: string): Op<Resource> {
    const backup = { volume_id, container: null, name: null, description: null };
    return this.resource("POST", "/backups", "backup", { backup });
  }

  delete(id: string): Op<void> {
    return this.remove(`/backups/${id}`);
  }

  /** `POST /backups/{id}/restore`. @returns `{ backup_id, volume_id }` */
  restore(id: string): Op<JsonObject> {
    const body = { restore: { volume_id: null } };
    return this.one("POST", `/backups/${id}/restore`, "restore", body);
  }
}
