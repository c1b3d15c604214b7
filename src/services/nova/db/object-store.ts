/**
 * The object store of a process that has the database: remotable methods run at once. The conductor
 * runs those of nova-compute here as well. Upstream: NovaObject's methods without an indirection_api.
 */
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { AttributeError } from "../../../python/index.js";
import type { AnyObject, ObjectStore } from "../objects/base.js";
import type { BlockDeviceMapping } from "../objects/block-device-mapping.js";
import type { Instance, InstanceFilters } from "../objects/instance.js";
import type { InstanceFault } from "../objects/instance-fault.js";
import type { InstanceInfoCache } from "../objects/instance-info-cache.js";
import { InstancePCIRequests } from "../objects/instance-pci-requests.js";
import type { Quotas } from "../objects/quotas.js";
import { InstanceNotFound } from "../exception.js";
import { blockDevices, destroyBlockDevice, saveBlockDevice } from "./block-devices.js";
import type { NovaDatabase } from "./database.js";
import { flavorByFlavorId } from "./flavors.js";
import { actionStart, eventFinish, eventStart, createFault } from "./instance-actions.js";
import { groupByHint, groupHosts } from "./instance-groups.js";
import {
  destroyInstance,
  instanceByUuid,
  instancesByFilters,
  instancesByHost,
  saveInstance,
} from "./instances.js";
import { commitReservations, rollbackReservations } from "./reservations.js";

type Strings = Readonly<Record<string, string>>;
type InstanceMethod = (store: DirectStore, object: AnyObject, kwargs: object) => unknown;
type ClassMethod = (store: DirectStore, ctxt: RequestContext, kwargs: object) => unknown;

export class DirectStore implements ObjectStore {
  readonly db: NovaDatabase;

  constructor(db: NovaDatabase) {
    this.db = db;
  }

  /** @throws AttributeError for a method that is not remotable */
  *action(_ctxt: RequestContext, object: AnyObject, method: string, kwargs: object): Op<unknown> {
    const run = INSTANCE_METHODS.get(`${object.objname}.${method}`);
    if (run === undefined) throw new AttributeError(`${object.objname} has no method ${method}`);
    return run(this, object, kwargs);
  }

  /** @throws AttributeError for a method that is not remotable */
  *classAction(ctxt: RequestContext, objname: string, method: string, kwargs: object): Op<unknown> {
    const run = CLASS_METHODS.get(`${objname}.${method}`);
    if (run === undefined) throw new AttributeError(`${objname} has no method ${method}`);
    return run(this, ctxt, kwargs);
  }
}

const INSTANCE_METHODS = new Map<string, InstanceMethod>([
  [
    "Instance.save",
    (store, object, kwargs) => {
      saveInstance(store.db, store, object as unknown as Instance, kwargs);
    },
  ],
  [
    "Instance.refresh",
    (store, object) => {
      const instance = object as unknown as Instance;
      instance.refreshWith(instanceByUuid(store.db, store, instance.uuid).fields());
    },
  ],
  [
    "Instance.destroy",
    (store, object) => {
      destroyInstance(store.db, object as unknown as Instance);
    },
  ],
  [
    "InstanceInfoCache.save",
    ({ db }, object) => {
      const { instance_uuid, network_info } = object as unknown as InstanceInfoCache;
      // Nothing is written, nor said, once the cache is gone: a delete frees the ports after it has
      // removed the cache. Upstream tries to make the row anew and swallows the duplicate.
      db.instance_info_caches.update(instance_uuid, { network_info });
      object.refreshWith({});
    },
  ],
  [
    "InstanceInfoCache.delete",
    ({ db }, object) => {
      db.instance_info_caches.softDelete((object as unknown as InstanceInfoCache).instance_uuid);
    },
  ],
  [
    "InstanceFault.create",
    ({ db }, object) => {
      createFault(db, object as unknown as InstanceFault);
    },
  ],
  [
    "BlockDeviceMapping.save",
    ({ db }, object) => {
      saveBlockDevice(db, object as unknown as BlockDeviceMapping);
    },
  ],
  [
    "BlockDeviceMapping.destroy",
    ({ db }, object) => {
      destroyBlockDevice(db, object as unknown as BlockDeviceMapping);
    },
  ],
  [
    "Quotas.commit",
    ({ db }, object) => {
      commitReservations(db, (object as unknown as Quotas).reservations);
    },
  ],
  [
    "Quotas.rollback",
    ({ db }, object) => {
      rollbackReservations(db, (object as unknown as Quotas).reservations);
    },
  ],
]);

const CLASS_METHODS = new Map<string, ClassMethod>([
  [
    "Instance.get_by_uuid",
    (store, _ctxt, kwargs) => instanceByUuid(store.db, store, (kwargs as Strings)["uuid"] ?? ""),
  ],
  [
    "InstanceList.get_by_host",
    (store, _ctxt, kwargs) => instancesByHost(store.db, store, (kwargs as Strings)["host"] ?? ""),
  ],
  [
    "InstanceList.get_by_host_and_node",
    (store, _ctxt, kwargs) => {
      const { host = "", node } = kwargs as Strings;
      return instancesByHost(store.db, store, host).filter((each) => each.node === node);
    },
  ],
  [
    "InstanceList.get_by_filters",
    (store, _ctxt, kwargs) =>
      instancesByFilters(store.db, store, (kwargs as { filters: InstanceFilters }).filters),
  ],
  [
    "InstanceGroup.get_by_hint",
    (store, ctxt, kwargs) => groupByHint(store.db, store, ctxt, (kwargs as Strings)["hint"] ?? ""),
  ],
  [
    "InstanceGroup.get_hosts",
    (store, _ctxt, kwargs) => {
      const { uuid, exclude } = kwargs as { uuid: string; exclude: readonly string[] };
      return groupHosts(store.db, uuid, exclude);
    },
  ],
  [
    "InstanceAction.action_start",
    ({ db }, ctxt, kwargs) => {
      const { instance_uuid = "", action_name = "" } = kwargs as Strings;
      actionStart(db, ctxt, instance_uuid, action_name);
    },
  ],
  [
    "InstanceActionEvent.event_start",
    ({ db }, ctxt, kwargs) => {
      const { instance_uuid = "", event_name = "" } = kwargs as Strings;
      eventStart(db, ctxt, instance_uuid, event_name);
    },
  ],
  [
    "InstanceActionEvent.event_finish_with_failure",
    ({ db }, ctxt, kwargs) => {
      const { instance_uuid = "", event_name = "" } = kwargs as Strings;
      const failure = kwargs as { exc_val: string | null; exc_tb: string | null };
      eventFinish(db, ctxt, instance_uuid, event_name, failure);
    },
  ],
  [
    "InstancePCIRequests.get_by_instance_uuid",
    (store, _ctxt, kwargs) => {
      const { instance_uuid = "" } = kwargs as Strings;
      const row = store.db.instance_extra.get(instance_uuid);
      if (row === undefined) throw new InstanceNotFound({ instance_id: instance_uuid });
      return new InstancePCIRequests(store, { instance_uuid, requests: row.pci_requests });
    },
  ],
  [
    "BlockDeviceMappingList.get_by_instance_uuid",
    (store, _ctxt, kwargs) =>
      blockDevices(store.db, store, (kwargs as Strings)["instance_uuid"] ?? ""),
  ],
  [
    "Flavor.get_by_flavor_id",
    (store, ctxt, kwargs) =>
      flavorByFlavorId(store.db, store, ctxt, (kwargs as Strings)["flavorid"] ?? ""),
  ],
]);
