/**
 * The contract of topic `cinder-volume`, aimed at the service of a volume's host. Migration, retype,
 * manage, replicas and consistency groups are not simulated. Upstream: cinder/volume/rpcapi.py (1.18)
 * at 2014.2.
 */
import { call, cast, defineRpcApi } from "../../../bus/index.js";
import type { Json, JsonObject } from "../../../python/index.js";
import type { FilterProperties, RequestSpec } from "../request-spec.js";

export const VOLUME_TOPIC = "cinder-volume";

/** How a volume can be reached: `{ driver_volume_type: "iscsi", data: {...} }`. */
export interface ConnectionInfo extends JsonObject {
  readonly driver_volume_type: string;
  readonly data: JsonObject;
}

/** What is sent to where an image is to be filled with a volume. */
export interface ImageMeta extends JsonObject {
  readonly id: string;
}

export const volumeApi = defineRpcApi({
  topic: VOLUME_TOPIC,
  version: "1.18",
  clientVersion: "1.0",
  methods: {
    create_volume: cast<{
      volume_id: string;
      request_spec: RequestSpec;
      filter_properties: FilterProperties;
      allow_reschedule: boolean;
      snapshot_id: string | null;
      image_id: string | null;
      source_replicaid: string | null;
      source_volid: string | null;
      consistencygroup_id: string | null;
    }>("1.4"),
    delete_volume: cast<{ volume_id: string; unmanage_only: boolean }>("1.15"),
    create_snapshot: cast<{ volume_id: string; snapshot_id: string }>(),
    delete_snapshot: cast<{ snapshot_id: string }>(),
    attach_volume: call<
      {
        volume_id: string;
        instance_uuid: string | null;
        host_name: string | null;
        mountpoint: Json;
        mode: string;
      },
      void
    >("1.11"),
    detach_volume: call<{ volume_id: string }, void>(),
    copy_volume_to_image: cast<{ volume_id: string; image_meta: ImageMeta }>("1.3"),
    initialize_connection: call<{ volume_id: string; connector: Json }, ConnectionInfo>(),
    terminate_connection: call<{ volume_id: string; connector: Json; force: boolean }, void>(),
    publish_service_capabilities: cast<Record<string, never>>("1.2"),
    accept_transfer: call<
      { volume_id: string; new_user: string | null; new_project: string | null },
      void
    >("1.9"),
    extend_volume: cast<{
      volume_id: string;
      new_size: number;
      reservations: readonly string[];
    }>("1.14"),
  },
});
