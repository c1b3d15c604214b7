/** Snapshots. Upstream: python-cinderclient 1.1.1 `cinderclient/v1/volume_snapshots.py`, `v2/volume_snapshots.py`. */
import type { Op } from "../../../kernel/index.js";
import type { Json, JsonObject } from "../../../python/index.js";
import { Manager, queryOf, type Resource } from "./manager.js";

export interface NewSnapshot {
  readonly volume_id: string;
  /** Though the volume is in use. */
  readonly force: Json;
  readonly name: Json;
  readonly description: Json;
}

export class SnapshotManager extends Manager {
  /** `GET /snapshots/{id}`. @throws NotFound */
  get(id: string): Op<Resource> {
    return this.resource("GET", `/snapshots/${id}`, "snapshot");
  }

  /** `GET /snapshots/detail`. */
  all(options: JsonObject = {}): Op<JsonObject[]> {
    return this.list(`/snapshots/detail${queryOf(options)}`, "snapshots");
  }

  /** `POST /snapshots`. @throws OverLimit, BadRequest */
  create({ volume_id, force, name, description }: NewSnapshot): Op<Resource> {
    const snapshot = { volume_id, force, ...this.texts(name, description) };
    return this.resource("POST", "/snapshots", "snapshot", { snapshot });
  }

  delete(id: string): Op<void> {
    return this.remove(`/snapshots/${id}`);
  }

  *update(id: string, changes: JsonObject): Op<void> {
    yield* this.endpoint.request("PUT", `/snapshots/${id}`, { snapshot: changes });
  }

  *resetState(id: string, status: string): Op<void> {
    const body = { "os-reset_status": { status } };
    yield* this.endpoint.request("POST", `/snapshots/${id}/action`, body);
  }

  /** @param update `{ status, progress }` */
  *updateStatus(id: string, update: JsonObject): Op<void> {
    const body = { "os-update_snapshot_status": update };
    yield* this.endpoint.request("POST", `/snapshots/${id}/action`, body);
  }

  setMetadata(id: string, metadata: JsonObject): Op<JsonObject> {
    return this.one("POST", `/snapshots/${id}/metadata`, "metadata", { metadata });
  }

  /** One request a key. */
  *deleteMetadata(id: string, keys: readonly string[]): Op<void> {
    for (const key of keys) yield* this.remove(`/snapshots/${id}/metadata/${key}`);
  }

  updateAllMetadata(id: string, metadata: JsonObject): Op<JsonObject> {
    return this.one("PUT", `/snapshots/${id}/metadata`, "metadata", { metadata });
  }
}
