/** The contract of topic `compute`. Upstream: nova/compute/rpcapi.py (3.35) at 2014.2; nova §3.8. */
import { call, cast, defineRpcApi, otherwise, required } from "../../../bus/index.js";
import { NovaException } from "../exception.js";
import {
  anything,
  dictLike,
  isMapping,
  listLike,
  objectLike,
  optional,
  truth,
  type Json,
  type JsonObject,
  type Use,
} from "../../../python/index.js";
import {
  rebuildRequest,
  type FlavorOnWire,
  type InjectedFile,
  type RebuildRequest,
} from "../conductor/rpcapi.js";
import type { ImageMeta, ImageOnWire } from "../image/image-meta.js";
import type { InheritedImage } from "../image/system-metadata.js";
import type {
  BlockDeviceMapping,
  BlockDeviceMappingList,
} from "../objects/block-device-mapping.js";
import type { Aggregate } from "../objects/aggregates/aggregate.js";
import type { InstanceExternalEvent } from "../objects/external-event.js";
import type { Instance } from "../objects/instance.js";
import type { Migration } from "../objects/migration/migration.js";
import { instances, listOf, objectOf, requestedNetworks } from "../objects/uses.js";
import type { Vif } from "../network-api/model.js";
import type { RequestedNetworks } from "../objects/network-request.js";
import type { FilterProperties, Limits, RequestSpec } from "../scheduler/rpcapi.js";

/** `_compute_host`: where messages about a server go. @throws NovaException if it is on no host */
export function computeHost({ host, uuid }: Pick<Instance, "host" | "uuid">): string {
  if (host !== null && host !== "") return host;
  throw new NovaException({}, `Unable to find host for Instance ${uuid}`);
}

/** `if x is None: x = []`, and the like. */
const orEmptyList: Use = (value) => (value === null ? [] : listLike()(value));
const orEmptyDict: Use = (value) => (value === null ? {} : dictLike()(value));

const blockDevice = objectOf("BlockDeviceMapping");
const blockDevices = listOf("BlockDeviceMapping");

/** An InstanceExternalEvent, of which `instance_uuid` is read first. */
const anEvent = objectLike(isMapping, "instance_uuid");

/** Around each: `wrap_exception`, which takes anything (nova/exception.py). */
const wrapped = { within: "wrapped" };

const instance = required(objectOf("Instance"));
const migration = required(objectOf("Migration"));
const flavor = dictLike({ id: anything, name: anything });

export interface AggregateHost {
  readonly aggregate: Aggregate;
  readonly host: string;
  readonly slave_info: JsonObject | null;
}

/** `aggregate_object_compat` reads nothing of what is one. */
const aggregateHost = { aggregate: required(), host: required(), slave_info: required() };

/** Whether a guest may shut itself down, which it may unless somebody says no: nothing of Juno's does. */
export interface MayBeForced {
  readonly clean_shutdown?: Json;
}

/** What becomes of a resize that is finished. */
export interface Settling {
  readonly instance: Instance;
  readonly migration: Migration;
  readonly reservations: readonly string[] | null;
}

/** Of which kind a console is to be: what is no text is of no kind. */
export interface ConsoleRequest {
  readonly instance: Instance;
  readonly console_type: Json;
}

const consoleRequest = { console_type: required(), instance };

/** Where a console is, and what lets in there. */
export interface ConsoleInfo {
  readonly token: string;
  readonly access_url: string;
  readonly host: string;
  readonly port: string | number;
  readonly internal_access_path: string | null;
  /** SPICE's. */
  readonly tlsPort?: string | number;
}

/** Nearly all are casts: whoever waits for a host wants to know something of it. */
export const computeApi = defineRpcApi({
  topic: "compute",
  version: "3.35",
  methods: {
    build_and_run_instance: cast<{
      instance: Instance;
      image: ImageOnWire;
      request_spec: RequestSpec;
      filter_properties: FilterProperties;
      admin_password: string | null;
      injected_files: readonly InjectedFile[];
      requested_networks: RequestedNetworks;
      security_groups: readonly string[];
      block_device_mapping: BlockDeviceMappingList;
      node: string;
      limits: Limits;
    }>(
      "3.33",
      {
        instance,
        image: required(dictLike()),
        request_spec: required(),
        filter_properties: required(dictLike()),
        admin_password: otherwise(null),
        injected_files: otherwise([], orEmptyList),
        requested_networks: otherwise(null, requestedNetworks),
        security_groups: otherwise([], orEmptyList),
        block_device_mapping: otherwise([], (value) => blockDevices(value ?? [])),
        node: otherwise(null),
        limits: otherwise({}, orEmptyDict),
      },
      wrapped,
    ),
    terminate_instance: cast<{
      instance: Instance;
      bdms: BlockDeviceMappingList;
      reservations: readonly string[];
    }>(
      "3.22",
      {
        instance,
        bdms: required(blockDevices),
        reservations: required(orEmptyList),
      },
      wrapped,
    ),
    soft_delete_instance: cast<{ instance: Instance; reservations: readonly string[] }>(
      "3.0",
      { instance, reservations: required(orEmptyList) },
      wrapped,
    ),
    restore_instance: cast<{ instance: Instance }>("3.20", { instance }, wrapped),
    start_instance: cast<{ instance: Instance }>("3.0", { instance }, wrapped),
    stop_instance: cast<{ instance: Instance } & MayBeForced>(
      "3.0",
      { instance, clean_shutdown: otherwise(true) },
      wrapped,
    ),
    pause_instance: cast<{ instance: Instance }>("3.0", { instance }, wrapped),
    unpause_instance: cast<{ instance: Instance }>("3.0", { instance }, wrapped),
    suspend_instance: cast<{ instance: Instance }>("3.0", { instance }, wrapped),
    resume_instance: cast<{ instance: Instance }>("3.0", { instance }, wrapped),
    reboot_instance: cast<{
      instance: Instance;
      /** Nobody sends any: the host looks itself. */
      block_device_info: null;
      reboot_type: "SOFT" | "HARD";
    }>("3.0", { instance, block_device_info: required(), reboot_type: required() }, wrapped),
    set_admin_password: call<{ instance: Instance; new_pass: string | null }, null>(
      "3.8",
      { instance, new_pass: required() },
      wrapped,
    ),
    rescue_instance: cast<
      {
        instance: Instance;
        rescue_password: Json;
        rescue_image_ref: Json;
      } & MayBeForced
    >(
      "3.24",
      {
        instance,
        rescue_password: required(),
        rescue_image_ref: otherwise(null),
        clean_shutdown: otherwise(true),
      },
      wrapped,
    ),
    unrescue_instance: cast<{ instance: Instance }>("3.11", { instance }, wrapped),
    reset_network: cast<{ instance: Instance }>("3.0", { instance }),
    inject_network_info: cast<{ instance: Instance }>("3.0", { instance }),
    rebuild_instance: cast<RebuildRequest>(
      "3.21",
      { ...rebuildRequest, preserve_ephemeral: otherwise(false) },
      wrapped,
    ),
    snapshot_instance: cast<{ instance: Instance; image_id: string }>(
      "3.0",
      { image_id: required(), instance },
      wrapped,
    ),
    /** @param rotation how many of that type are kept */
    backup_instance: cast<{
      instance: Instance;
      image_id: string;
      backup_type: Json;
      rotation: number;
    }>(
      "3.0",
      { image_id: required(), instance, backup_type: required(), rotation: required() },
      wrapped,
    ),
    shelve_instance: cast<{ instance: Instance; image_id: string } & MayBeForced>(
      "3.0",
      { instance, image_id: required(), clean_shutdown: otherwise(true) },
      wrapped,
    ),
    shelve_offload_instance: cast<{ instance: Instance }>("3.0", { instance }, wrapped),
    unshelve_instance: cast<{
      instance: Instance;
      /** null for a volume-backed server, or when the image is gone. */
      image: ImageMeta | null;
      filter_properties: FilterProperties;
      node: string;
    }>(
      "3.15",
      {
        instance,
        image: required(optional(dictLike())),
        filter_properties: otherwise({}, orEmptyDict),
        node: otherwise(null),
      },
      wrapped,
    ),
    /** To the host that a server shall go to. */
    prep_resize: cast<{
      instance: Instance;
      instance_type: FlavorOnWire;
      image: InheritedImage;
      reservations: readonly string[] | null;
      request_spec: RequestSpec | null;
      filter_properties: FilterProperties | null;
      node: string | null;
    }>(
      "3.0",
      {
        image: required(),
        instance,
        instance_type: required(flavor),
        reservations: required(),
        request_spec: required(),
        filter_properties: required(orEmptyDict),
        node: required(),
      },
      wrapped,
    ),
    /** To the host that it is on. */
    resize_instance: cast<
      {
        instance: Instance;
        migration: Migration;
        image: InheritedImage;
        reservations: readonly string[] | null;
        instance_type: FlavorOnWire | null;
      } & MayBeForced
    >(
      "3.0",
      {
        instance,
        image: required(),
        reservations: required(),
        migration,
        instance_type: required(optional(flavor)),
        clean_shutdown: otherwise(true),
      },
      wrapped,
    ),
    /** To the other one again, now that its disks are there. */
    finish_resize: cast<{
      instance: Instance;
      migration: Migration;
      image: InheritedImage;
      /** What the driver says of the disks: JSON. */
      disk_info: string | null;
      reservations: readonly string[] | null;
    }>(
      "3.0",
      {
        disk_info: required(),
        image: required(),
        instance,
        reservations: required(),
        migration,
      },
      wrapped,
    ),
    /** To the host that it came from. */
    confirm_resize: cast<Settling>(
      "3.0",
      { instance, reservations: required(), migration },
      wrapped,
    ),
    /** To the host that it is on. */
    revert_resize: cast<Settling>(
      "3.0",
      { instance, migration, reservations: required() },
      wrapped,
    ),
    /** To the host that it came from. */
    finish_revert_resize: cast<Settling>(
      "3.0",
      { instance, reservations: required(), migration },
      wrapped,
    ),
    /** To the host that a running server is on: all has been asked, so go. */
    live_migration: cast<{
      instance: Instance;
      dest: string;
      block_migration: boolean;
      migrate_data: JsonObject | null;
    }>(
      "3.26",
      {
        dest: required(),
        instance,
        block_migration: required(),
        migrate_data: required(optional(dictLike())),
      },
      wrapped,
    ),
    /** Whether a server could come here; the host that it is on is asked in turn. */
    check_can_live_migrate_destination: call<
      { instance: Instance; block_migration: boolean; disk_over_commit: boolean },
      JsonObject | null
    >("3.32", { instance, block_migration: required(), disk_over_commit: required() }, wrapped),
    check_can_live_migrate_source: call<
      { instance: Instance; dest_check_data: JsonObject },
      JsonObject | null
    >("3.32", { instance, dest_check_data: required(dictLike()) }, wrapped),
    /** To the host that it goes to: what it needs to be there. */
    pre_live_migration: call<
      {
        instance: Instance;
        block_migration: boolean;
        /** What there is to know of its disks: JSON. */
        disk: string | null;
        migrate_data: JsonObject | null;
      },
      JsonObject | null
    >(
      "3.19",
      {
        instance,
        block_migration: required(),
        disk: required(),
        migrate_data: required(optional(dictLike())),
      },
      wrapped,
    ),
    post_live_migration_at_destination: cast<{ instance: Instance; block_migration: boolean }>(
      "3.14",
      { instance, block_migration: required() },
      wrapped,
    ),
    rollback_live_migration_at_destination: cast<{
      instance: Instance;
      destroy_disks: boolean;
      migrate_data: JsonObject | null;
    }>(
      "3.32",
      {
        instance,
        destroy_disks: otherwise(true),
        migrate_data: otherwise(null, optional(dictLike())),
      },
      wrapped,
    ),
    remove_volume_connection: call<{ instance: Instance; volume_id: string }, null>(
      "3.30",
      { volume_id: required(), instance },
      wrapped,
    ),
    /** Whether it takes new servers. */
    set_host_enabled: call<{ enabled: boolean }, Json>("3.0", { enabled: required() }, wrapped),
    host_power_action: call<{ action: string }, Json>("3.0", { action: required() }, wrapped),
    host_maintenance_mode: call<{ host: string; mode: boolean }, Json>(
      "3.0",
      { host: required(), mode: required() },
      wrapped,
    ),
    get_host_uptime: call<Record<string, never>, string>("3.0", {}, wrapped),
    add_fixed_ip_to_instance: cast<{ instance: Instance; network_id: Json }>(
      "3.12",
      { network_id: required(), instance },
      wrapped,
    ),
    remove_fixed_ip_from_instance: cast<{ instance: Instance; address: Json }>(
      "3.13",
      { address: required(), instance },
      wrapped,
    ),
    /** A host is in an aggregate now. `slave_info` is for pools of Xen's. */
    add_aggregate_host: cast<AggregateHost>("3.0", aggregateHost, wrapped),
    /** It is in it no more. */
    remove_aggregate_host: cast<AggregateHost>("3.0", aggregateHost, wrapped),
    /** @param diff how its metadata has changed: `{"gone": ["-"], "new": ["+", "value"]}` */
    change_instance_metadata: cast<{ instance: Instance; diff: JsonObject }>(
      "3.7",
      { diff: required(), instance },
      wrapped,
    ),
    /** Choose a name for a volume that is to be attached, and make its row. */
    reserve_block_device_name: call<
      {
        instance: Instance;
        /** As it was asked for. */
        device: string | null;
        volume_id: string;
        disk_bus: string | null;
        device_type: string | null;
        /** Without it the name alone is answered. */
        return_bdm_object: boolean;
      },
      BlockDeviceMapping | string
    >(
      "3.35",
      {
        instance,
        device: required(),
        volume_id: required(),
        disk_bus: otherwise(null),
        device_type: otherwise(null),
        return_bdm_object: otherwise(false),
      },
      wrapped,
    ),
    attach_volume: cast<{
      volume_id: string;
      /** As it was asked for; where it goes is in `bdm`. */
      mountpoint: string | null;
      instance: Instance;
      bdm: BlockDeviceMapping | null;
    }>(
      "3.16",
      {
        volume_id: required(),
        mountpoint: required(),
        instance,
        bdm: otherwise(null, (value) => (truth(value as Json) ? blockDevice(value) : null)),
      },
      wrapped,
    ),
    detach_volume: cast<{ volume_id: string; instance: Instance }>(
      "3.25",
      { volume_id: required(), instance },
      wrapped,
    ),
    /** Make another volume of a disk. */
    swap_volume: cast<{ old_volume_id: string; new_volume_id: string; instance: Instance }>(
      "3.0",
      { old_volume_id: required(), new_volume_id: required(), instance },
      wrapped,
    ),
    /** @returns the VIF, as the info cache has it */
    attach_interface: call<
      {
        instance: Instance;
        network_id: string | null;
        port_id: string | null;
        requested_ip: string | null;
      },
      Vif
    >(
      "3.17",
      { instance, network_id: required(), port_id: required(), requested_ip: required() },
      wrapped,
    ),
    detach_interface: cast<{ instance: Instance; port_id: string }>(
      "3.17",
      { instance, port_id: required() },
      wrapped,
    ),
    get_diagnostics: call<{ instance: Instance }, JsonObject>("3.18", { instance }, wrapped),
    get_console_output: call<{ instance: Instance; tail_length: Json }, string>(
      "3.28",
      { instance, tail_length: required() },
      wrapped,
    ),
    get_vnc_console: call<ConsoleRequest, ConsoleInfo>("3.2", consoleRequest, wrapped),
    get_spice_console: call<ConsoleRequest, ConsoleInfo>("3.1", consoleRequest, wrapped),
    get_rdp_console: call<ConsoleRequest, ConsoleInfo>("3.10", consoleRequest, wrapped),
    get_serial_console: call<ConsoleRequest, ConsoleInfo>("3.34", consoleRequest, wrapped),
    /** Whether that console of the server's is at that port. */
    validate_console_port: call<
      { instance: Instance; port: string | number; console_type: string },
      boolean
    >("3.3", { instance, port: required(), console_type: required() }, wrapped),
    /** Whether files that a host has left are on storage that this one sees. */
    check_instance_shared_storage: call<{ instance: Instance; data: JsonObject }, boolean>(
      "3.29",
      { instance: required(), data: required() },
      wrapped,
    ),
    /** What is counted of a guest, each of its parts by itself. */
    get_instance_diagnostics: call<{ instance: Instance }, JsonObject>(
      "3.31",
      { instance },
      wrapped,
    ),
    /** The topic of whoever looks after consoles of Xen's for this host. */
    get_console_topic: call<Record<string, never>, string>("3.0", {}),
    get_console_pool_info: call<{ console_type: Json }, JsonObject>("3.0", {
      console_type: required(),
    }),
    refresh_provider_fw_rules: cast<Record<string, never>>("3.0", {}, wrapped),
    refresh_security_group_rules: cast<{ security_group_id: Json }>(
      "3.0",
      { security_group_id: required() },
      wrapped,
    ),
    refresh_security_group_members: cast<{ security_group_id: Json }>(
      "3.0",
      { security_group_id: required() },
      wrapped,
    ),
    refresh_instance_security_rules: cast<{ instance: JsonObject }>(
      "3.0",
      { instance: required(dictLike({ uuid: anything })) },
      wrapped,
    ),
    /** Cinder wants a snapshot of a volume that a guest has. */
    volume_snapshot_create: cast<{
      instance: Instance;
      volume_id: string;
      create_info: JsonObject;
    }>("3.6", { instance, volume_id: required(), create_info: required() }),
    volume_snapshot_delete: cast<{
      instance: Instance;
      volume_id: string;
      snapshot_id: string;
      delete_info: JsonObject;
    }>("3.6", {
      instance,
      volume_id: required(),
      snapshot_id: required(),
      delete_info: required(),
    }),
    external_instance_event: cast<{
      instances: readonly Instance[];
      events: readonly InstanceExternalEvent[];
    }>("3.23", { instances: required(instances), events: required(listLike(anEvent)) }, wrapped),
  },
});

/** The same message as one whose caller waits: of a server that is deleted before its resize is confirmed. */
export const confirmingApi = defineRpcApi({
  topic: "compute",
  version: "3.35",
  methods: { confirm_resize: call<Settling, null>("3.0") },
});
