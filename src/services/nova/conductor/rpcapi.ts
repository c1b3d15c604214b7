/**
 * The contracts of topic `conductor`: the database proxy (2.0) and, in namespace `compute_task`
 * (1.9), the tasks that span services. Upstream: nova/conductor/rpcapi.py at 2014.2; nova §0.2, §3.8.
 */
import { call, cast, defineRpcApi } from "../../../bus/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { ComputeNodeRow, MigrationRow, ServiceRow } from "../db/schema.js";
import type { ImageOnWire } from "../image/image-meta.js";
import type { AnyObject } from "../objects/base.js";
import type { Instance, SystemMetadata } from "../objects/instance.js";
import type { NetworkRequestList } from "../objects/network-request.js";
import type { FilterProperties } from "../scheduler/rpcapi.js";

/** A file to be put into a guest: path and base64 contents. */
export type InjectedFile = readonly [path: string, contents: string];

/** A services row as the conductor hands it out, with its compute node where there is one. */
export type ServiceRef = ServiceRow & {
  readonly id: number;
  readonly created_at: string;
  readonly updated_at: string | null;
  readonly compute_node?: readonly ComputeNodeRef[];
};

export type ComputeNodeRef = ComputeNodeRow & { readonly id: number };

export const conductorApi = defineRpcApi({
  topic: "conductor",
  version: "2.0",
  methods: {
    /** Run a method of the object; returns what changed in it and the method's result. */
    object_action: call<
      {
        objinst: AnyObject;
        objmethod: string;
        args: readonly unknown[];
        kwargs: Readonly<Record<string, unknown>>;
      },
      [updates: JsonObject, result: unknown]
    >(),
    object_class_action: call<
      {
        objname: string;
        objmethod: string;
        objver: string;
        args: readonly unknown[];
        kwargs: Readonly<Record<string, unknown>>;
      },
      unknown
    >(),
    /** The old way to write instance columns; only a white list of keys. */
    instance_update: call<
      { instance_uuid: string; updates: JsonObject; service: "conductor" | null },
      JsonObject
    >(),
    service_get_all_by: call<
      { topic: string | null; host: string | null; binary: string | null },
      ServiceRef | ServiceRef[] | null
    >(),
    service_create: call<{ values: JsonObject }, ServiceRef>(),
    service_destroy: call<{ service_id: number }, null>(),
    service_update: call<{ service: { id: number }; values: JsonObject }, ServiceRef>(),
    compute_node_create: call<{ values: ComputeNodeRow }, ComputeNodeRef>(),
    compute_node_update: call<
      { node: { id: number }; values: Partial<ComputeNodeRow> },
      ComputeNodeRef
    >(),
    migration_get_in_progress_by_host_and_node: call<
      { host: string; node: string },
      (MigrationRow & { readonly id: number })[]
    >(),
    /** Emit `compute.instance.exists` on the caller's behalf. */
    notify_usage_exists: call<
      {
        /** A dictionary (`obj_to_primitive`). */
        instance: JsonObject;
        current_period: boolean;
        ignore_missing_network_data: boolean;
        system_metadata: SystemMetadata | null;
        extra_usage_info: JsonObject | null;
      },
      null
    >(),
  },
});

export const computeTaskApi = defineRpcApi({
  topic: "conductor",
  namespace: "compute_task",
  version: "1.9",
  methods: {
    build_instances: cast<{
      instances: readonly Instance[];
      image: ImageOnWire;
      filter_properties: FilterProperties;
      admin_password: string | null;
      injected_files: readonly InjectedFile[];
      requested_networks: NetworkRequestList | null;
      security_groups: readonly string[];
    }>("1.9"),
    unshelve_instance: cast<{ instance: Instance }>("1.3"),
  },
});
