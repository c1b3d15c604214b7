/**
 * A server as Nova's services pass it among themselves. Upstream: nova/objects/instance.py
 * (version 1.15) at 2014.2.
 */
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { InstanceRow } from "../db/schema.js";
import type { TaskState } from "../states/task-states.js";
import { PERSISTENT, versioned, type PersistentFields } from "./base/declare.js";
import { callClass, callMethod, classMethod, objectMethod } from "./base/remotable.js";
import type { ObjectStore } from "./base/versioned-object.js";
import type { Flavor } from "./flavor.js";
import { flavorFromSystemMetadata } from "./flavor.js";
import type { InstanceFault } from "./instance-fault.js";
import type { InstanceNUMATopology } from "./instance-numa-topology.js";
import type { InstanceInfoCache } from "./instance-info-cache.js";
import type { SecurityGroupList } from "./security-group.js";
import { datetime } from "./wire/field-types.js";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export type InstanceFields = Mutable<Omit<InstanceRow, "cleaned" | "auto_disk_config">> &
  PersistentFields & {
    readonly id: number;
    cleaned: boolean;
    auto_disk_config: boolean;
    metadata: Readonly<Record<string, string>>;
    system_metadata: SystemMetadata;
    info_cache: InstanceInfoCache;
    security_groups: SecurityGroupList;
    /** Where the flavor or the image asked for one. */
    numa_topology: InstanceNUMATopology | null;
    /** The last fault, where it was asked for. */
    fault?: InstanceFault | null;
  };

/** A value of NULL is kept as such (`DictOfNullableStringsField`). */
export type SystemMetadata = Readonly<Record<string, string | null>>;

/** One state or several, as the caller wrote it: it is read back in the texts of errors. */
type Expected<S> = S | readonly S[];

/** What a guarded save expects to find stored; null within a list is SQL NULL. */
export interface Expectations {
  readonly expected_vm_state?: Expected<string>;
  readonly expected_task_state?: Expected<TaskState>;
}

export class Instance extends versioned<InstanceFields>({
  name: "Instance",
  version: "1.15",
  objects: ["info_cache", "security_groups", "numa_topology", "fault"],
  wire: { ...PERSISTENT, scheduled_at: datetime, launched_at: datetime, terminated_at: datetime },
  fields: {
    id: true,
    uuid: true,
    user_id: true,
    project_id: true,
    image_ref: true,
    kernel_id: true,
    ramdisk_id: true,
    hostname: true,
    launch_index: true,
    key_name: true,
    key_data: true,
    power_state: true,
    vm_state: true,
    task_state: true,
    memory_mb: true,
    vcpus: true,
    root_gb: true,
    ephemeral_gb: true,
    ephemeral_key_uuid: true,
    host: true,
    node: true,
    instance_type_id: true,
    user_data: true,
    reservation_id: true,
    scheduled_at: true,
    launched_at: true,
    terminated_at: true,
    availability_zone: true,
    display_name: true,
    display_description: true,
    launched_on: true,
    locked: true,
    locked_by: true,
    os_type: true,
    architecture: true,
    vm_mode: true,
    root_device_name: true,
    default_ephemeral_device: true,
    default_swap_device: true,
    config_drive: true,
    access_ip_v4: true,
    access_ip_v6: true,
    auto_disk_config: true,
    progress: true,
    shutdown_terminate: true,
    disable_terminate: true,
    cell_name: true,
    cleaned: true,
    metadata: true,
    system_metadata: true,
    info_cache: true,
    security_groups: true,
    numa_topology: true,
    fault: true,
    created_at: true,
    updated_at: true,
    deleted_at: true,
    deleted: true,
  },
}) {
  /** `instance-0000000a`: what the hypervisor calls it. */
  get name(): string {
    return `instance-${this.id.toString(16).padStart(8, "0")}`;
  }

  /**
   * Store what has changed, if the stored states are as expected.
   * @throws InstanceNotFound, UnexpectedTaskStateError, UnexpectedDeletingTaskStateError,
   * UnexpectedVMStateError
   */
  *save(ctxt: RequestContext, expected: Expectations = {}): Op<void> {
    yield* callMethod(ctxt, this, instanceMethods.save, expected);
  }

  /** Read everything again. @throws InstanceNotFound */
  *refresh(ctxt: RequestContext, options: Refreshing = {}): Op<void> {
    yield* callMethod(ctxt, this, instanceMethods.refresh, options);
  }

  /** Soft-delete the row. @throws ObjectActionError if it got a host meanwhile */
  *destroy(ctxt: RequestContext): Op<void> {
    yield* callMethod(ctxt, this, instanceMethods.destroy, {});
  }

  /** `_load_generic`, where whoever looked it up has not asked for its network. */
  *loadInfoCache(ctxt: RequestContext): Op<void> {
    if (!this.lacks("info_cache")) return;
    const { info_cache } = yield* loadField(this, ctxt, "info_cache");
    this.supply("info_cache", info_cache);
  }

  /** The copy of its flavor that each instance carries. */
  flavor(): Flavor {
    return flavorFromSystemMetadata(this.store, this.instance_type_id, this.system_metadata);
  }
}

/** Servers in a list of their own: how look-ups answer. */
export class InstanceList extends versioned<{ readonly objects: readonly Instance[] }>({
  name: "InstanceList",
  version: "1.9",
  objects: ["objects"],
  fields: { objects: true },
}) {}

/** What of an instance is to be loaded beside its row, and from where. */
interface Loading {
  readonly expected_attrs?: readonly string[];
  readonly use_slave?: true;
}

const LOADING = ["expected_attrs", "use_slave"] as const;

/** `INSTANCE_DEFAULT_FIELDS`: what most look-ups load. */
export const DEFAULT_FIELDS = [
  "metadata",
  "system_metadata",
  "info_cache",
  "security_groups",
] as const;

interface Refreshing {
  readonly use_slave?: boolean;
}

/** From when to when, as `isotime` writes dates, and on which host. */
export interface ActiveWindow {
  readonly begin: string;
  readonly end: string;
  readonly host: string;
}

export const instanceMethods = {
  save: objectMethod<Expectations>({
    options: ["expected_vm_state", "expected_task_state"],
  })(Instance, "save"),
  refresh: objectMethod<Refreshing>({ options: ["use_slave"] })(Instance, "refresh"),
  destroy: objectMethod()(Instance, "destroy"),
  getByUuid: classMethod<Loading & { uuid: string }, Instance>("Instance", "get_by_uuid", {
    takes: ["uuid"],
    options: LOADING,
  }),
  loadGeneric: classMethod<Loading & { uuid: string }, Instance>("Instance", "get_by_uuid", {
    options: ["uuid", ...LOADING],
  }),
  getByHost: classMethod<Loading & { host: string }, InstanceList>("InstanceList", "get_by_host", {
    takes: ["host"],
    options: LOADING,
  }),
  getByHostAndNode: classMethod<
    { host: string; node: string; expected_attrs: readonly string[] },
    InstanceList
  >("InstanceList", "get_by_host_and_node", {
    takes: ["host", "node"],
    options: ["expected_attrs"],
  }),
  getActiveByWindow: classMethod<Loading & ActiveWindow & { project_id: null }, InstanceList>(
    "InstanceList",
    "_get_active_by_window_joined",
    {
      takes: ["begin"],
      options: ["end", "project_id", "host", ...LOADING],
    },
  ),
  getByFilters: classMethod<Loading & { filters: InstanceFilters }, InstanceList>(
    "InstanceList",
    "get_by_filters",
    { takes: ["filters"], options: LOADING },
  ),
};

/** @throws InstanceNotFound */
export const getInstance = (
  store: ObjectStore,
  ctxt: RequestContext,
  uuid: string,
  loading: Loading = {},
): Op<Instance> => callClass(store, ctxt, instanceMethods.getByUuid, { uuid, ...loading });

/** What is loaded of an object only when it is read: `_load_generic`, which names all that it gives. */
export const loadField = (
  { store, uuid }: Pick<Instance, "store" | "uuid">,
  ctxt: RequestContext,
  field: "metadata" | "system_metadata" | "info_cache",
): Op<Instance> =>
  callClass(store, ctxt, instanceMethods.loadGeneric, { uuid, expected_attrs: [field] });

/** The live instances on a host, as its nova-compute asks for them. */
export function* getInstancesByHost(
  store: ObjectStore,
  ctxt: RequestContext,
  host: string,
  loading: Loading,
): Op<readonly Instance[]> {
  const list = yield* callClass(store, ctxt, instanceMethods.getByHost, { host, ...loading });
  return list.objects;
}

/** The live instances on one node of a host: what the resource tracker counts. */
export function* getInstancesByHostAndNode(
  store: ObjectStore,
  ctxt: RequestContext,
  host: string,
  node: string,
): Op<readonly Instance[]> {
  const expected_attrs = ["system_metadata", "numa_topology"];
  const values = { host, node, expected_attrs };
  return (yield* callClass(store, ctxt, instanceMethods.getByHostAndNode, values)).objects;
}

/** Those of a host that were there at some time of a period, also deleted ones. */
export function* getInstancesActiveInWindow(
  store: ObjectStore,
  ctxt: RequestContext,
  window: ActiveWindow,
): Op<readonly Instance[]> {
  const expected_attrs = ["system_metadata", "info_cache", "metadata"];
  const loading: Loading = { expected_attrs, use_slave: true };
  const values = { ...window, ...loading, project_id: null };
  return (yield* callClass(store, ctxt, instanceMethods.getActiveByWindow, values)).objects;
}

/** What `get_by_filters` looks for, all of it at once: upstream knows many more. */
export interface InstanceFilters {
  readonly uuid?: readonly string[];
  /** Without it the context's `read_deleted` decides. */
  readonly deleted?: boolean;
  /** Whether those count as deleted that are about to be; none is here. */
  readonly soft_deleted?: boolean;
  readonly vm_state?: string;
  readonly task_state?: string | null;
  /** Several: on any of them. */
  readonly host?: string | readonly string[];
  /** Whether its files are gone from its host. */
  readonly cleaned?: boolean;
}

/** Instances by filters: what nova-compute asks of the guests that it finds, and in its rounds. */
export function* getInstancesByFilters(
  store: ObjectStore,
  ctxt: RequestContext,
  filters: InstanceFilters,
  loading: Loading = {},
): Op<readonly Instance[]> {
  const values = { filters, ...loading };
  return (yield* callClass(store, ctxt, instanceMethods.getByFilters, values)).objects;
}
