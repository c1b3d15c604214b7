/**
 * The contract of topic `cinder-scheduler`. Manage and consistency groups are not simulated. Upstream: cinder/scheduler/rpcapi.py (1.7) at 2014.2.
 */
import { call, cast, defineRpcApi, otherwise, required } from "../../../bus/index.js";
import { anything, dictLike, listLike, type JsonObject } from "../../../python/index.js";
import type { FilterProperties, MoveSpec, RequestSpec } from "../request-spec.js";

/** A part of a backend that volumes are put into, as its driver reports it. */
export interface PoolStats {
  readonly pool_name: string;
  readonly total_capacity_gb: number;
  readonly free_capacity_gb: number | "infinite" | "unknown";
  readonly reserved_percentage: number;
  readonly location_info: string;
  readonly QoS_support: boolean;
  /** The sizes of its volumes, added by the manager. */
  readonly allocated_capacity_gb: number;
}

/** What a volume service reports of itself. */
export interface Capabilities {
  readonly volume_backend_name: string;
  readonly vendor_name: string;
  readonly driver_version: string;
  readonly storage_protocol: string;
  readonly pools: readonly PoolStats[];
}

export interface Pool {
  /** `host#pool`. */
  readonly name: string;
  readonly capabilities: JsonObject;
}

const must = required();
const none = otherwise(null);

const move = dictLike({ volume_properties: dictLike({ size: anything }) });

export const schedulerApi = defineRpcApi({
  topic: "cinder-scheduler",
  version: "1.7",
  clientVersion: "1.0",
  methods: {
    create_volume: cast<{
      topic: string;
      volume_id: string;
      snapshot_id: string | null;
      image_id: string | null;
      request_spec: RequestSpec;
      filter_properties: FilterProperties;
    }>("1.2", {
      topic: must,
      volume_id: must,
      snapshot_id: none,
      image_id: none,
      request_spec: otherwise(null, dictLike({ volume_properties: dictLike({ size: anything }) })),
      filter_properties: otherwise(null, dictLike()),
    }),
    migrate_volume_to_host: cast<{
      topic: string;
      volume_id: string;
      host: string;
      force_host_copy: boolean;
      request_spec: MoveSpec;
      filter_properties: FilterProperties | null;
    }>("1.3", {
      topic: must,
      volume_id: must,
      host: must,
      force_host_copy: must,
      request_spec: required(move),
      filter_properties: otherwise(null, dictLike()),
    }),
    retype: cast<{
      topic: string;
      volume_id: string;
      request_spec: MoveSpec;
      filter_properties: FilterProperties;
    }>("1.4", {
      topic: must,
      volume_id: must,
      request_spec: required(move),
      filter_properties: otherwise(null, dictLike()),
    }),
    get_pools: call<{ filters: null }, Pool[]>("1.7", { filters: none }),
    update_service_capabilities: cast<{
      service_name: string;
      host: string;
      capabilities: Capabilities;
    }>(
      undefined,
      {
        service_name: none,
        host: none,
        capabilities: otherwise({}, dictLike({}, { pools: listLike(dictLike()) })),
      },
      { rest: true },
    ),
  },
});
