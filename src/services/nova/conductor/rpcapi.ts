/**
 * The contracts of topic `conductor`: the database proxy (2.0) and, in namespace `compute_task`
 * (1.9), the tasks that span services. Upstream: nova/conductor/rpcapi.py at 2014.2; nova §0.2, §3.8.
 */
import { call, cast, defineRpcApi, otherwise, required } from "../../../bus/index.js";
import {
  type Json,
  type JsonObject,
  anything,
  dictLike,
  listLike,
  optional,
} from "../../../python/index.js";
import type { MigratingInstance, MigrationInProgress } from "../db/migrations.js";
import type { ComputeNodeRow, ServiceRow } from "../db/schema.js";
import type { ImageOnWire } from "../image/image-meta.js";
import type { AnyObject, ObjectPrimitive } from "../objects/base/versioned-object.js";
import type { Instance, SystemMetadata } from "../objects/instance.js";
import { anyObject, instances, objectOf, requestedNetworks } from "../objects/uses.js";
import type { RequestedNetworks } from "../objects/network-request.js";
import type { CopiedFields } from "../objects/flavor.js";
import type { BlockDeviceMappingList } from "../objects/block-device-mapping.js";
import type { FilterProperties } from "../scheduler/rpcapi.js";

export type { MigratingInstance, MigrationInProgress };

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

/** Columns of a row. */
const values = required(dictLike());

/** A row, of which the id is read. */
const withId = required(dictLike({ id: anything }));

/** What a server is to be made anew of, as the API says it to the conductor and that to a host. */
export interface RebuildRequest {
  readonly instance: Instance;
  readonly new_pass: string | null;
  readonly injected_files: readonly InjectedFile[] | null;
  readonly image_ref: string | null;
  readonly orig_image_ref: string | null;
  readonly orig_sys_metadata: SystemMetadata | null;
  readonly bdms: BlockDeviceMappingList | null;
  /** The host that it was on is gone. */
  readonly recreate: boolean;
  readonly on_shared_storage: boolean;
  readonly preserve_ephemeral: boolean;
}

/** Its parameters, but for the last, in the order of upstream's definitions. */
export const rebuildRequest = {
  instance: required(objectOf("Instance")),
  orig_image_ref: required(),
  image_ref: required(),
  injected_files: required(),
  new_pass: required(),
  orig_sys_metadata: required(),
  bdms: required(),
  recreate: required(),
  on_shared_storage: required(),
};

/** A task that each host does once a period. */
export interface TaskOnWire {
  readonly task_name: string;
  /** As `strtime` writes dates. */
  readonly begin: string;
  readonly end: string;
  readonly host: string;
}

const taskOnWire = {
  task_name: required(),
  begin: required(),
  end: required(),
  host: required(),
};

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
    >(undefined, {
      objinst: required(anyObject("obj_clone")),
      objmethod: required(),
      args: required(),
      kwargs: required(),
    }),
    object_class_action: call<
      {
        objname: string;
        objmethod: string;
        objver: string;
        args: readonly unknown[];
        kwargs: Readonly<Record<string, unknown>>;
      },
      unknown
    >(undefined, {
      objname: required(),
      objmethod: required(),
      objver: required(),
      args: required(),
      kwargs: required(),
    }),
    /** The object as an older release knows it. */
    object_backport: call<{ objinst: AnyObject; target_version: string }, ObjectPrimitive>(
      undefined,
      { objinst: required(anyObject("obj_to_primitive")), target_version: required() },
    ),
    /** The old way to write instance columns; only a white list of keys. */
    instance_update: call<
      { instance_uuid: string; updates: JsonObject; service: "conductor" | null },
      JsonObject
    >(undefined, { instance_uuid: required(), updates: required(dictLike()), service: required() }),
    service_get_all_by: call<
      { topic: string | null; host: string | null; binary: string | null },
      ServiceRef | ServiceRef[] | null
    >(undefined, { topic: required(), host: required(), binary: required() }),
    service_create: call<{ values: JsonObject }, ServiceRef>(undefined, { values }),
    service_destroy: call<{ service_id: number }, null>(undefined, { service_id: required() }),
    service_update: call<{ service: { id: number }; values: JsonObject }, ServiceRef>(undefined, {
      service: withId,
      values,
    }),
    compute_node_create: call<{ values: ComputeNodeRow }, ComputeNodeRef>(undefined, { values }),
    compute_node_update: call<
      { node: { id: number }; values: Partial<ComputeNodeRow> },
      ComputeNodeRef
    >(undefined, { node: withId, values }),
    migration_get_in_progress_by_host_and_node: call<
      { host: string; node: string },
      MigrationInProgress[]
    >(undefined, { host: required(), node: required() }),
    /** What a guest has read and written of a volume; with `update_totals` it is about to lose it. */
    vol_usage_update: call<
      {
        vol_id: string;
        rd_req: number;
        rd_bytes: number;
        wr_req: number;
        wr_bytes: number;
        /** A dictionary (`to_primitive`). */
        instance: JsonObject;
        last_refreshed: null;
        update_totals: boolean;
      },
      null
    >(undefined, {
      vol_id: required(),
      rd_req: required(),
      rd_bytes: required(),
      wr_req: required(),
      wr_bytes: required(),
      instance: required(
        dictLike({
          uuid: anything,
          project_id: anything,
          user_id: anything,
          availability_zone: anything,
        }),
      ),
      last_refreshed: required(),
      update_totals: required(),
    }),
    /** Usage of volumes that has changed since; a driver's own count is told by `vol_usage_update`. */
    vol_get_usage_by_time: call<{ start_time: string }, JsonObject[]>(undefined, {
      start_time: required(),
    }),
    /** What a card of a guest has carried in a period. Without any count it is only asked for. */
    bw_usage_update: call<
      {
        uuid: string;
        mac: string;
        start_period: string;
        bw_in: number | null;
        bw_out: number | null;
        last_ctr_in: number | null;
        last_ctr_out: number | null;
        last_refreshed: string | null;
        update_cells: boolean;
      },
      JsonObject | null
    >(undefined, {
      uuid: required(),
      mac: required(),
      start_period: required(),
      bw_in: required(),
      bw_out: required(),
      last_ctr_in: required(),
      last_ctr_out: required(),
      last_refreshed: required(),
      update_cells: required(),
    }),
    provider_fw_rule_get_all: call<Record<string, never>, JsonObject[]>(undefined, {}),
    instance_get_all_by_host: call<
      { host: string; node: string | null; columns_to_join: readonly string[] | null },
      JsonObject[]
    >(undefined, { host: required(), node: required(), columns_to_join: required() }),
    compute_node_delete: call<{ node: { id: number } }, null>(undefined, { node: withId }),
    security_groups_trigger_handler: call<{ event: string; args: readonly Json[] }, null>(
      undefined,
      { event: required(), args: required(listLike()) },
    ),
    security_groups_trigger_members_refresh: call<{ group_ids: readonly Json[] }, null>(undefined, {
      group_ids: required(),
    }),
    /** What the aggregates that a host is in say under `key`. */
    aggregate_metadata_get_by_host: call<
      { host: string | null; key: string },
      Readonly<Record<string, readonly string[]>>
    >(undefined, { host: required(), key: otherwise("availability_zone") }),
    /** What EC2 calls an instance (a dictionary) and its images. */
    /** For hosts of Icehouse's; those of today read objects. */
    block_device_mapping_get_all_by_instance: call<
      { instance: JsonObject; legacy: boolean },
      JsonObject[]
    >(undefined, { instance: required(dictLike({ uuid: anything })), legacy: required() }),
    get_ec2_ids: call<{ instance: JsonObject }, Readonly<Record<string, string | null>>>(
      undefined,
      { instance: required(dictLike({ uuid: anything, image_ref: anything })) },
    ),
    /** What a host has noted down of a task of a period; null: nothing. */
    task_log_get: call<TaskOnWire & { state: string | null }, JsonObject | null>(undefined, {
      ...taskOnWire,
      state: otherwise(null),
    }),
    task_log_begin_task: call<TaskOnWire & { task_items: number; message: string }, null>(
      undefined,
      { ...taskOnWire, task_items: otherwise(null), message: otherwise(null) },
    ),
    task_log_end_task: call<TaskOnWire & { errors: number; message: string }, null>(undefined, {
      ...taskOnWire,
      errors: required(),
      message: otherwise(null),
    }),
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
    >(undefined, {
      instance: required(dictLike()),
      current_period: required(),
      ignore_missing_network_data: required(),
      system_metadata: required(),
      extra_usage_info: required(),
    }),
  },
});

/** A flavor as a request to move a server carries it: a row, or what a server has of one. */
export type FlavorOnWire = CopiedFields;

/** What is known of where a server is to go. */
export interface SchedulerHint {
  readonly filter_properties?: FilterProperties;
  /** Live: the host that was asked for. */
  readonly host?: string | null;
}

export const computeTaskApi = defineRpcApi({
  topic: "conductor",
  namespace: "compute_task",
  version: "1.9",
  methods: {
    /** Live, or cold with a flavor, which is the server's own if nothing but its host changes. */
    migrate_server: call<
      {
        instance: Instance;
        scheduler_hint: SchedulerHint;
        live: boolean;
        rebuild: boolean;
        flavor: FlavorOnWire | null;
        block_migration: boolean | null;
        disk_over_commit: boolean | null;
        reservations: readonly string[] | null;
      },
      null
    >("1.6", {
      instance: required(objectOf("Instance")),
      scheduler_hint: required(dictLike()),
      live: required(),
      rebuild: required(),
      flavor: required(optional(dictLike({ id: anything, flavorid: anything }))),
      block_migration: required(),
      disk_over_commit: required(),
      reservations: otherwise(null),
    }),
    build_instances: cast<{
      instances: readonly Instance[];
      image: ImageOnWire;
      filter_properties: FilterProperties;
      admin_password: string | null;
      injected_files: readonly InjectedFile[];
      requested_networks: RequestedNetworks;
      security_groups: readonly string[];
    }>("1.9", {
      instances: required(instances),
      image: required(),
      filter_properties: required(dictLike()),
      admin_password: required(),
      injected_files: required(),
      requested_networks: required(requestedNetworks),
      security_groups: required(),
      block_device_mapping: otherwise(null),
      legacy_bdm: otherwise(true),
    }),
    rebuild_instance: cast<RebuildRequest & { host: string | null }>("1.8", {
      ...rebuildRequest,
      preserve_ephemeral: otherwise(false),
      host: otherwise(null),
    }),
    unshelve_instance: cast<{ instance: Instance }>("1.3", {
      instance: required(objectOf("Instance", "system_metadata")),
    }),
  },
});
