/**
 * Volumes and snapshots as Nova's services pass them about: what Cinder says of them, under the names
 * of its first API. Upstream: nova/volume/cinder.py (_untranslate_volume_summary_view,
 * _untranslate_snapshot_summary_view) at 2014.2.
 */
import {
  boolFromString,
  isObject,
  str,
  type Json,
  type JsonObject,
} from "../../../python/index.js";

export interface Volume {
  readonly id: string;
  readonly status: string;
  /** GB. */
  readonly size: Json;
  readonly availability_zone: Json;
  readonly created_at: Json;
  readonly attach_status: "attached" | "detached";
  /** Only of one that is attached. */
  readonly instance_uuid?: Json;
  readonly mountpoint: Json;
  readonly display_name: Json;
  readonly display_description: Json;
  /** The name of its type, whatever this is called. */
  readonly volume_type_id: Json;
  readonly snapshot_id: Json;
  readonly bootable: boolean;
  readonly volume_metadata: JsonObject;
  /** What it was made of says of itself; only of one that was made of an image. */
  readonly volume_image_metadata?: JsonObject;
}

export interface VolumeSnapshot {
  readonly id: string;
  readonly status: Json;
  readonly progress: Json;
  readonly size: Json;
  readonly created_at: Json;
  readonly display_name: Json;
  readonly display_description: Json;
  readonly volume_id: Json;
  readonly project_id: Json;
  readonly volume_size: Json;
}

export function volumeOf(volume: JsonObject): Volume {
  const { volume_image_metadata, metadata } = volume;
  const [attachment] = listOf(volume["attachments"]);
  return {
    id: str(volume["id"] ?? null),
    status: str(volume["status"] ?? null),
    size: volume["size"] ?? null,
    availability_zone: volume["availability_zone"] ?? null,
    created_at: volume["created_at"] ?? null,
    ...(attachment === undefined
      ? { attach_status: "detached", mountpoint: "" }
      : {
          attach_status: "attached",
          instance_uuid: attachment["server_id"] ?? null,
          mountpoint: attachment["device"] ?? null,
        }),
    ...namesOf(volume),
    volume_type_id: volume["volume_type"] ?? null,
    snapshot_id: volume["snapshot_id"] ?? null,
    bootable: boolFromString(volume["bootable"]),
    volume_metadata: isObject(metadata) ? metadata : {},
    ...(isObject(volume_image_metadata) && { volume_image_metadata }),
  };
}

export function snapshotOf(snapshot: JsonObject): VolumeSnapshot {
  const size = snapshot["size"] ?? null;
  return {
    id: str(snapshot["id"] ?? null),
    status: snapshot["status"] ?? null,
    progress: snapshot["progress"] ?? null,
    size,
    created_at: snapshot["created_at"] ?? null,
    ...namesOf(snapshot),
    volume_id: snapshot["volume_id"] ?? null,
    project_id: snapshot["project_id"] ?? null,
    volume_size: size,
  };
}

/** Since Cinder's second API the texts are `name` and `description`. */
function namesOf(of: JsonObject): Pick<Volume, "display_name" | "display_description"> {
  const { display_name = of["name"] ?? null } = of;
  const { display_description = of["description"] ?? null } = of;
  return { display_name, display_description };
}

const listOf = (list: Json | undefined): readonly JsonObject[] =>
  Array.isArray(list) ? (list as readonly Json[]).filter(isObject) : [];
