/**
 * A server as Nova's services pass it among themselves. Upstream: nova/objects/instance.py
 * (version 1.15) at 2014.2.
 */
import type { BaseColumns, RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { InstanceRow } from "../db/schema.js";
import type { TaskState } from "../task-states.js";
import {
  callClass,
  callMethod,
  classMethod,
  objectMethod,
  versioned,
  type ObjectStore,
} from "./base.js";
import type { Flavor } from "./flavor.js";
import { flavorFromSystemMetadata } from "./flavor.js";
import type { InstanceFault } from "./instance-fault.js";
import type { InstanceInfoCache } from "./instance-info-cache.js";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export type InstanceFields = Mutable<InstanceRow> &
  Mutable<BaseColumns> & {
    readonly id: number;
    metadata: Readonly<Record<string, string>>;
    system_metadata: Readonly<Record<string, string>>;
    info_cache: InstanceInfoCache;
    /** The last fault, where it was asked for. */
    fault: InstanceFault | null;
  };

/** What a guarded save expects to find stored; null is SQL NULL. */
export interface Expectations {
  readonly expected_task_state?: readonly TaskState[];
  readonly expected_vm_state?: readonly string[];
}

export class Instance extends versioned<InstanceFields>({
  name: "Instance",
  version: "1.15",
  objects: ["info_cache", "fault"],
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
  *refresh(ctxt: RequestContext): Op<void> {
    yield* callMethod(ctxt, this, instanceMethods.refresh, {});
  }

  /** Soft-delete the row. @throws ObjectActionError if it got a host meanwhile */
  *destroy(ctxt: RequestContext): Op<void> {
    yield* callMethod(ctxt, this, instanceMethods.destroy, {});
  }

  /** The copy of its flavor that each instance carries. */
  flavor(): Flavor {
    return flavorFromSystemMetadata(this.store, this.instance_type_id, this.system_metadata);
  }
}

export const instanceMethods = {
  save: objectMethod<Expectations>()(Instance, "save"),
  refresh: objectMethod()(Instance, "refresh"),
  destroy: objectMethod()(Instance, "destroy"),
  getByUuid: classMethod<{ uuid: string }, Instance>("Instance", "get_by_uuid"),
  getByHost: classMethod<{ host: string }, Instance[]>("InstanceList", "get_by_host"),
  getByHostAndNode: classMethod<{ host: string; node: string }, Instance[]>(
    "InstanceList",
    "get_by_host_and_node",
  ),
  getByFilters: classMethod<{ filters: InstanceFilters }, Instance[]>(
    "InstanceList",
    "get_by_filters",
  ),
};

/** @throws InstanceNotFound */
export const getInstance = (store: ObjectStore, ctxt: RequestContext, uuid: string): Op<Instance> =>
  callClass(store, ctxt, instanceMethods.getByUuid, { uuid });

/** The live instances on a host, as its nova-compute asks for them. */
export const getInstancesByHost = (
  store: ObjectStore,
  ctxt: RequestContext,
  host: string,
): Op<Instance[]> => callClass(store, ctxt, instanceMethods.getByHost, { host });

/** The live instances on one node of a host: what the resource tracker counts. */
export const getInstancesByHostAndNode = (
  store: ObjectStore,
  ctxt: RequestContext,
  host: string,
  node: string,
): Op<Instance[]> => callClass(store, ctxt, instanceMethods.getByHostAndNode, { host, node });

/** What `get_by_filters` looks for: upstream knows many more. */
export interface InstanceFilters {
  readonly uuid: readonly string[];
  readonly deleted: boolean;
}

/** Instances out of a list of UUIDs: what nova-compute asks of the guests that it finds. */
export const getInstancesByFilters = (
  store: ObjectStore,
  ctxt: RequestContext,
  filters: InstanceFilters,
): Op<Instance[]> => callClass(store, ctxt, instanceMethods.getByFilters, { filters });
