/**
 * The object store of a process that has the database: remotable methods run at once. The conductor
 * runs those of nova-compute here as well. Upstream: NovaObject's methods without an indirection_api.
 */
import type { RequestContext, StatementTime } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { AttributeError } from "../../../python/index.js";
import type { AnyObject, ClassMethod, ObjectMethod, ObjectStore } from "../objects/base.js";
import { blockDeviceMethods } from "../objects/block-device-mapping.js";
import { instanceMethods } from "../objects/instance.js";
import { actionMethods } from "../objects/instance-action.js";
import { faultMethods } from "../objects/instance-fault.js";
import { groupMethods } from "../objects/instance-group.js";
import { infoCacheMethods } from "../objects/instance-info-cache.js";
import { InstancePCIRequests, pciRequestsMethods } from "../objects/instance-pci-requests.js";
import { quotasMethods } from "../objects/quotas.js";
import { InstanceNotFound } from "../exception.js";
import { blockDevices, destroyBlockDevice, saveBlockDevice } from "./block-devices.js";
import type { NovaDatabase } from "./database.js";
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

export class DirectStore implements ObjectStore {
  readonly db: NovaDatabase;
  readonly #statements: StatementTime | undefined;

  /** @param statements without it, what is asked of the database is there at once */
  constructor(db: NovaDatabase, statements?: StatementTime) {
    this.db = db;
    this.#statements = statements;
  }

  /** A statement is under way: others may write meanwhile. */
  *statement(): Op<void> {
    if (this.#statements !== undefined) yield* this.#statements.pass();
  }

  /** @throws AttributeError for a method that is not remotable */
  *action(_ctxt: RequestContext, object: AnyObject, method: string, kwargs: object): Op<unknown> {
    const run = OBJECT_METHODS.get(`${object.objname}.${method}`);
    if (run === undefined) throw new AttributeError(`${object.objname} has no method ${method}`);
    yield* this.statement();
    return run(this, object, kwargs);
  }

  /** @throws AttributeError for a method that is not remotable */
  *classAction(ctxt: RequestContext, objname: string, method: string, kwargs: object): Op<unknown> {
    const run = CLASS_METHODS.get(`${objname}.${method}`);
    if (run === undefined) throw new AttributeError(`${objname} has no method ${method}`);
    yield* this.statement();
    return run(this, ctxt, kwargs);
  }
}

type RunObjectMethod = (store: DirectStore, object: AnyObject, kwargs: object) => unknown;
type RunClassMethod = (store: DirectStore, ctxt: RequestContext, kwargs: object) => unknown;

/** A row of the table below. What came over the wire is taken for what the method says it takes. */
function runs<O, A extends object>(
  { of, method }: ObjectMethod<O, A>,
  run: (store: DirectStore, object: O, kwargs: A) => void,
): readonly [string, RunObjectMethod] {
  return [
    `${of.objname}.${method}`,
    (store, object, kwargs) => {
      if (!(object instanceof of)) throw new AttributeError(`not a ${of.objname}`);
      run(store, object, kwargs as A);
    },
  ];
}

function answers<A extends object, R>(
  { objname, method }: ClassMethod<A, R>,
  run: (store: DirectStore, ctxt: RequestContext, kwargs: A) => R,
): readonly [string, RunClassMethod] {
  return [`${objname}.${method}`, (store, ctxt, kwargs) => run(store, ctxt, kwargs as A)];
}

const OBJECT_METHODS: ReadonlyMap<string, RunObjectMethod> = new Map([
  runs(instanceMethods.save, (store, instance, expected) => {
    saveInstance(store.db, store, instance, expected);
  }),
  runs(instanceMethods.refresh, (store, instance) => {
    instance.refreshWith(instanceByUuid(store.db, store, instance.uuid).fields());
  }),
  runs(instanceMethods.destroy, ({ db }, instance) => {
    destroyInstance(db, instance);
  }),
  runs(infoCacheMethods.save, ({ db }, cache) => {
    const { instance_uuid, network_info } = cache;
    // Nothing is written, nor said, once the cache is gone: a delete frees the ports after it has
    // removed the cache. Upstream tries to make the row anew and swallows the duplicate.
    db.instance_info_caches.update(instance_uuid, { network_info });
    cache.refreshWith({});
  }),
  runs(infoCacheMethods.delete, ({ db }, { instance_uuid }) => {
    db.instance_info_caches.softDelete(instance_uuid);
  }),
  runs(faultMethods.create, ({ db }, fault) => {
    createFault(db, fault);
  }),
  runs(blockDeviceMethods.save, ({ db }, device) => {
    saveBlockDevice(db, device);
  }),
  runs(blockDeviceMethods.destroy, ({ db }, device) => {
    destroyBlockDevice(db, device);
  }),
  runs(quotasMethods.commit, ({ db }, { reservations }) => {
    commitReservations(db, reservations);
  }),
  runs(quotasMethods.rollback, ({ db }, { reservations }) => {
    rollbackReservations(db, reservations);
  }),
]);

const CLASS_METHODS: ReadonlyMap<string, RunClassMethod> = new Map([
  answers(instanceMethods.getByUuid, (store, _ctxt, { uuid }) =>
    instanceByUuid(store.db, store, uuid),
  ),
  answers(instanceMethods.getByHost, (store, _ctxt, { host }) =>
    instancesByHost(store.db, store, host),
  ),
  answers(instanceMethods.getByHostAndNode, (store, _ctxt, { host, node }) =>
    instancesByHost(store.db, store, host).filter((instance) => instance.node === node),
  ),
  answers(instanceMethods.getByFilters, (store, _ctxt, { filters }) =>
    instancesByFilters(store.db, store, filters),
  ),
  answers(groupMethods.getByHint, (store, ctxt, { hint }) =>
    groupByHint(store.db, store, ctxt, hint),
  ),
  answers(groupMethods.getHosts, ({ db }, _ctxt, { uuid, exclude }) =>
    groupHosts(db, uuid, exclude),
  ),
  answers(actionMethods.actionStart, ({ db }, ctxt, { instance_uuid, action_name }) => {
    actionStart(db, ctxt, instance_uuid, action_name);
  }),
  answers(actionMethods.eventStart, ({ db }, ctxt, { instance_uuid, event_name }) => {
    eventStart(db, ctxt, instance_uuid, event_name);
  }),
  answers(actionMethods.eventFinish, ({ db }, ctxt, { instance_uuid, event_name, ...failure }) => {
    eventFinish(db, ctxt, instance_uuid, event_name, failure);
  }),
  answers(pciRequestsMethods.getByInstance, (store, _ctxt, { instance_uuid }) => {
    const row = store.db.instance_extra.get(instance_uuid);
    if (row === undefined) throw new InstanceNotFound({ instance_id: instance_uuid });
    return new InstancePCIRequests(store, { instance_uuid, requests: row.pci_requests });
  }),
  answers(blockDeviceMethods.getByInstance, (store, _ctxt, { instance_uuid }) =>
    blockDevices(store.db, store, instance_uuid),
  ),
]);
