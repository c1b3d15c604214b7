/**
 * The contract of topic `cinder-volume`, aimed at the service of a volume's host. Manage,
 * replicas and consistency groups are not simulated. Upstream: cinder/volume/rpcapi.py (1.18)
 * at 2014.2.
 */
import { call, cast, defineRpcApi, otherwise, required } from "../../../bus/index.js";
import { anything, dictLike, listLike, type Json, type JsonObject } from "../../../python/index.js";
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

/** A pool, as a scheduler knows it. */
export interface Destination {
  /** `host#pool`. */
  readonly host: string;
  readonly capabilities: JsonObject;
}

const pool = dictLike({ host: anything });
const must = required();
const none = otherwise(null);

export const volumeApi = defineRpcApi({
  topic: VOLUME_TOPIC,
  version: "1.18",
  clientVersion: "1.0",
  methods: {
    create_volume: cast<{
      volume_id: string;
      request_spec: RequestSpec | null;
      filter_properties: FilterProperties | null;
      allow_reschedule: boolean;
      snapshot_id: string | null;
      image_id: string | null;
      source_replicaid: string | null;
      source_volid: string | null;
      consistencygroup_id: string | null;
    }>("1.4", {
      volume_id: must,
      request_spec: otherwise(null, dictLike()),
      filter_properties: otherwise({}, dictLike()),
      allow_reschedule: otherwise(true),
      snapshot_id: none,
      image_id: none,
      source_volid: none,
      source_replicaid: none,
      consistencygroup_id: none,
    }),
    delete_volume: cast<{ volume_id: string; unmanage_only: boolean }>("1.15", {
      volume_id: must,
      unmanage_only: otherwise(false),
    }),
    create_snapshot: cast<{ volume_id: string; snapshot_id: string }>(undefined, {
      volume_id: must,
      snapshot_id: must,
    }),
    delete_snapshot: cast<{ snapshot_id: string }>(undefined, { snapshot_id: must }),
    attach_volume: call<
      {
        volume_id: string;
        instance_uuid: string | null;
        host_name: string | null;
        mountpoint: Json;
        mode: string;
      },
      void
    >("1.11", {
      volume_id: must,
      instance_uuid: must,
      host_name: must,
      mountpoint: must,
      mode: must,
    }),
    detach_volume: call<{ volume_id: string }, void>(undefined, { volume_id: must }),
    copy_volume_to_image: cast<{ volume_id: string; image_meta: ImageMeta }>("1.3", {
      volume_id: must,
      image_meta: required(dictLike({ id: anything })),
    }),
    initialize_connection: call<{ volume_id: string; connector: Json }, ConnectionInfo>(undefined, {
      volume_id: must,
      connector: must,
    }),
    terminate_connection: call<{ volume_id: string; connector: Json; force: boolean }, void>(
      undefined,
      { volume_id: must, connector: must, force: otherwise(false) },
    ),
    publish_service_capabilities: cast<Record<string, never>>("1.2", {}),
    accept_transfer: call<
      { volume_id: string; new_user: string | null; new_project: string | null },
      void
    >("1.9", { volume_id: must, new_user: must, new_project: must }),
    extend_volume: cast<{
      volume_id: string;
      new_size: number;
      reservations: readonly string[];
    }>("1.14", { volume_id: must, new_size: must, reservations: required(listLike()) }),
    migrate_volume: cast<{ volume_id: string; host: Destination; force_host_copy: boolean }>(
      "1.8",
      { volume_id: must, host: required(pool), force_host_copy: otherwise(false) },
    ),
    migrate_volume_completion: call<
      { volume_id: string; new_volume_id: string; error: Json },
      string
    >("1.10", { volume_id: must, new_volume_id: must, error: otherwise(false) }),
    retype: cast<{
      volume_id: string;
      new_type_id: string;
      host: Destination;
      migration_policy: string;
      reservations: readonly string[];
    }>("1.12", {
      volume_id: must,
      new_type_id: must,
      host: required(pool),
      migration_policy: otherwise("never"),
      reservations: otherwise(null, listLike()),
    }),
  },
});
