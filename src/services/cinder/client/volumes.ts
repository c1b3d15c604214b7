/**
 * Volumes, and all that can be asked of one. Upstream: python-cinderclient 1.1.1 `cinderclient/v1/volumes.py`,
 * `v2/volumes.py` (VolumeManager).
 */
import type { Op } from "../../../kernel/index.js";
import { isObject, type Json, type JsonObject } from "../../../python/index.js";
import { Manager, member, queryOf, type Resource } from "./manager.js";

/** What is left out goes as null, as the library sends it. */
export interface NewVolume {
  /** GB. */
  readonly size: Json;
  readonly name?: Json;
  readonly description?: Json;
  readonly snapshot_id?: Json;
  readonly source_volid?: Json;
  readonly imageRef?: Json;
  readonly volume_type?: Json;
  readonly user_id?: Json;
  readonly project_id?: Json;
  readonly availability_zone?: Json;
  readonly metadata?: Json;
  /** Of v2 alone. */
  readonly source_replica?: Json;
  readonly consistencygroup_id?: Json;
  readonly scheduler_hints?: JsonObject | null;
}

/** How a volume can be reached: `{ driver_volume_type: "iscsi", data: {...} }`. */
export interface ConnectionInfo extends JsonObject {
  readonly driver_volume_type: string;
  readonly data: JsonObject;
}

export class VolumeManager extends Manager {
  /** `GET /volumes/{id}`. @throws NotFound */
  get(id: string): Op<Resource> {
    return this.resource("GET", `/volumes/${id}`, "volume");
  }

  /** `GET /volumes/{id}/encryption`: all of the answer. */
  *encryptionMetadata(id: string): Op<JsonObject> {
    const { body } = yield* this.endpoint.request("GET", `/volumes/${id}/encryption`);
    return isObject(body) ? body : {};
  }

  /** `GET /volumes/detail`. */
  all(options: JsonObject = {}): Op<JsonObject[]> {
    return this.list(`/volumes/detail${queryOf(options)}`, "volumes");
  }

  /** `POST /volumes`. @throws OverLimit, BadRequest */
  create(volume: NewVolume): Op<Resource> {
    const { name = null, description = null, metadata, scheduler_hints: hints } = volume;
    const body = {
      size: volume.size,
      snapshot_id: volume.snapshot_id ?? null,
      ...this.texts(name, description),
      volume_type: volume.volume_type ?? null,
      user_id: volume.user_id ?? null,
      project_id: volume.project_id ?? null,
      availability_zone: volume.availability_zone ?? null,
      status: "creating",
      attach_status: "detached",
      metadata: metadata ?? {},
      imageRef: volume.imageRef ?? null,
      source_volid: volume.source_volid ?? null,
      ...(this.version === "v2" && {
        source_replica: volume.source_replica ?? null,
        consistencygroup_id: volume.consistencygroup_id ?? null,
      }),
    };
    const hinted =
      hints !== undefined && hints !== null && Object.keys(hints).length > 0
        ? { "OS-SCH-HNT:scheduler_hints": hints }
        : {};
    return this.resource("POST", "/volumes", "volume", { volume: body, ...hinted });
  }

  delete(id: string): Op<void> {
    return this.remove(`/volumes/${id}`);
  }

  /** `{ name: "new" }`, by the names of the version. */
  *update(id: string, changes: JsonObject): Op<void> {
    yield* this.endpoint.request("PUT", `/volumes/${id}`, { volume: changes });
  }

  reserve(id: string): Op<void> {
    return this.#act(id, "os-reserve");
  }

  unreserve(id: string): Op<void> {
    return this.#act(id, "os-unreserve");
  }

  beginDetaching(id: string): Op<void> {
    return this.#act(id, "os-begin_detaching");
  }

  rollDetaching(id: string): Op<void> {
    return this.#act(id, "os-roll_detaching");
  }

  /** @param mode `rw` or `ro` */
  attach(id: string, instance_uuid: string, mountpoint: string | null, mode = "rw"): Op<void> {
    return this.#act(id, "os-attach", { instance_uuid, mountpoint, mode });
  }

  detach(id: string): Op<void> {
    return this.#act(id, "os-detach");
  }

  /** @param connector `{ ip, host, initiator }` @throws ClientException */
  *initializeConnection(id: string, connector: JsonObject): Op<ConnectionInfo> {
    const path = `/volumes/${id}/action`;
    const body = { "os-initialize_connection": { connector } };
    const info = member(yield* this.endpoint.request("POST", path, body), "connection_info");
    const { driver_volume_type, data } = info;
    return {
      ...info,
      driver_volume_type: typeof driver_volume_type === "string" ? driver_volume_type : "",
      data: isObject(data) ? data : {},
    };
  }

  terminateConnection(id: string, connector: JsonObject): Op<void> {
    return this.#act(id, "os-terminate_connection", { connector });
  }

  /** To `host#pool`. */
  migrate(id: string, host: string, force_host_copy: Json): Op<void> {
    return this.#act(id, "os-migrate_volume", { host, force_host_copy });
  }

  /** Since v2. @param policy `never` or `on-demand` */
  retype(id: string, new_type: string, migration_policy: string): Op<void> {
    return this.#act(id, "os-retype", { new_type, migration_policy });
  }

  /** @returns the id that the volume is to be known by. @throws Forbidden for who is no administrator */
  *migrateVolumeCompletion(id: string, new_volume: string, error: boolean): Op<JsonObject> {
    const body = { "os-migrate_volume_completion": { new_volume, error } };
    const { body: answer } = yield* this.endpoint.request("POST", `/volumes/${id}/action`, body);
    return isObject(answer) ? answer : {};
  }

  /** @returns `{ id, image_id, status ... }` */
  uploadToImage(id: string, image: JsonObject): Op<JsonObject> {
    const key = "os-volume_upload_image";
    return this.one("POST", `/volumes/${id}/action`, key, { [key]: image });
  }

  extend(id: string, new_size: Json): Op<void> {
    return this.#act(id, "os-extend", { new_size });
  }

  forceDelete(id: string): Op<void> {
    return this.#act(id, "os-force_delete");
  }

  resetState(id: string, status: string): Op<void> {
    return this.#act(id, "os-reset_status", { status });
  }

  setBootable(id: string, bootable: Json): Op<void> {
    return this.#act(id, "os-set_bootable", { bootable });
  }

  updateReadonlyFlag(id: string, readonly: Json): Op<void> {
    return this.#act(id, "os-update_readonly_flag", { readonly });
  }

  /** Those that are named, beside what there is. @returns all of them */
  setMetadata(id: string, metadata: JsonObject): Op<JsonObject> {
    return this.one("POST", `/volumes/${id}/metadata`, "metadata", { metadata });
  }

  /** One request a key. */
  *deleteMetadata(id: string, keys: readonly string[]): Op<void> {
    for (const key of keys) yield* this.remove(`/volumes/${id}/metadata/${key}`);
  }

  /** Those that are named and no others. */
  updateAllMetadata(id: string, metadata: JsonObject): Op<JsonObject> {
    return this.one("PUT", `/volumes/${id}/metadata`, "metadata", { metadata });
  }

  *#act(id: string, action: string, argument: Json = null): Op<void> {
    yield* this.endpoint.request("POST", `/volumes/${id}/action`, { [action]: argument });
  }
}
