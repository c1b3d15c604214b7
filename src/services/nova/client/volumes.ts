/**
 * Volumes of servers, and volumes themselves, whose requests go to whichever endpoint the manager has:
 * `nova volume-list` logs in to Cinder's. Upstream: python-novaclient 2.20.0 `novaclient/v1_1/volumes.py`,
 * `volume_snapshots.py`, `volume_types.py`.
 */
import type { Op } from "../../../kernel/index.js";
import type { Json, JsonObject } from "../../../python/index.js";
import { isObjectAtAll, Manager } from "./manager.js";

export class VolumeManager extends Manager {
  /** `device` null: whichever name is free. */
  attach(serverId: string, volumeId: string, device: string | null): Op<JsonObject> {
    const path = `/servers/${serverId}/os-volume_attachments`;
    const body = { volumeAttachment: { volumeId, device } };
    return this.create(path, body, "volumeAttachment", isObjectAtAll);
  }

  attachment(serverId: string, attachmentId: string): Op<JsonObject> {
    const path = `/servers/${serverId}/os-volume_attachments/${attachmentId}`;
    return this.get(path, "volumeAttachment", isObjectAtAll);
  }

  *detach(serverId: string, attachmentId: string): Op<void> {
    yield* this.remove(`/servers/${serverId}/os-volume_attachments/${attachmentId}`);
  }

  /** A disk of a server goes on as another volume. */
  *swap(serverId: string, attachmentId: string, volumeId: string): Op<void> {
    const path = `/servers/${serverId}/os-volume_attachments/${attachmentId}`;
    yield* this.put(path, { volumeAttachment: { volumeId } });
  }

  /** @param allTenants for administrators */
  all(allTenants = false): Op<JsonObject[]> {
    const query = allTenants ? "?all_tenants=1" : "";
    return this.list(`/volumes/detail${query}`, "volumes", isObjectAtAll);
  }

  one(id: string): Op<JsonObject> {
    return this.get(`/volumes/${id}`, "volume", isObjectAtAll);
  }

  make(volume: JsonObject): Op<JsonObject> {
    return this.create("/volumes", { volume }, "volume", isObjectAtAll);
  }

  *delete(id: string): Op<void> {
    yield* this.remove(`/volumes/${id}`);
  }

  snapshots(): Op<JsonObject[]> {
    return this.list("/snapshots/detail", "snapshots", isObjectAtAll);
  }

  snapshot(id: string): Op<JsonObject> {
    return this.get(`/snapshots/${id}`, "snapshot", isObjectAtAll);
  }

  makeSnapshot(snapshot: JsonObject): Op<JsonObject> {
    return this.create("/snapshots", { snapshot }, "snapshot", isObjectAtAll);
  }

  *deleteSnapshot(id: string): Op<void> {
    yield* this.remove(`/snapshots/${id}`);
  }

  types(): Op<JsonObject[]> {
    return this.list("/types", "volume_types", isObjectAtAll);
  }

  makeType(name: Json): Op<JsonObject> {
    const body = { volume_type: { name } };
    return this.create("/types", body, "volume_type", isObjectAtAll);
  }

  *deleteType(id: string): Op<void> {
    yield* this.remove(`/types/${id}`);
  }
}
