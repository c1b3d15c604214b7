/**
 * The object store of a process that has the database: remotable methods run at once. The conductor
 * runs those of nova-compute here as well. Upstream: NovaObject's methods without an indirection_api.
 */
import type { RequestContext, Row, StatementTime } from "../../../../framework/index.js";
import type { Op, Unchecked } from "../../../../kernel/index.js";
import { AttributeError, hashable, PythonTypeError, str } from "../../../../python/index.js";
import type { ClassMethod, ObjectMethod } from "../../objects/base/remotable.js";
import type { AnyObject } from "../../objects/base/versioned-object.js";
import { blockDeviceMethods } from "../../objects/block-device-mapping.js";
import { bind, type Arguments } from "../../objects/wire/arguments.js";
import { InstanceList, instanceMethods, type Instance } from "../../objects/instance.js";
import { actionMethods } from "../../objects/instance-action.js";
import { faultMethods } from "../../objects/instance-fault.js";
import { groupMethods } from "../../objects/instance-group.js";
import { infoCacheMethods } from "../../objects/instance-info-cache.js";
import { InstancePCIRequests, pciRequestsMethods } from "../../objects/instance-pci-requests.js";
import { flavorMethods } from "../../objects/flavor.js";
import { MigrationList, migrationListMethods } from "../../objects/migration/migration-list.js";
import { migrationMethods } from "../../objects/migration/migration.js";
import {
  computeNodeMethods,
  ComputeNodeList,
  type ComputeNode,
} from "../../objects/service/compute-node.js";
import { serviceMethods } from "../../objects/service/service.js";
import { quotasMethods, type Quotas } from "../../objects/quotas.js";
import {
  InstanceInfoCacheNotFound,
  InstanceNotFound,
  UnsupportedObjectError,
} from "../../exception.js";
import type { QuotaEngine } from "../../quota/quota-engine.js";
import type { StateChanges } from "../../states/state-changes.js";
import {
  blockDeviceOfVolume,
  blockDevices,
  createBlockDevice,
  destroyBlockDevice,
  saveBlockDevice,
} from "../block-devices.js";
import type { NovaDatabase } from "../database.js";
import {
  actionStart,
  eventFinish,
  eventStart,
  createFault,
} from "../instances/instance-actions.js";
import { groupByName, groupByUuid, groupHosts } from "../instances/instance-groups.js";
import { instanceSnapshots, type InstanceSnapshots } from "../instances/instance-snapshots.js";
import {
  destroyInstance,
  instanceFromRow,
  InstanceUpdate,
  rowByUuid,
  rowsActiveInWindow,
  rowsByFilters,
  saveInstance,
} from "../instances/instances.js";
import { flavorById } from "../flavors.js";
import {
  createMigration,
  migrationById,
  migrationByStatus,
  saveMigration,
  unconfirmedMigrations,
} from "../migrations.js";
import type { ComputeNodeRow, InstanceRow } from "../schema.js";
import {
  computeNodeDelete,
  computeService,
  nodeFromRow,
  nodesOfService,
  saveService,
} from "../services.js";
import { commitReservations, rollbackReservations } from "../quota/reservations.js";
import type { RowStore, TextType } from "./row-store.js";
import { Snapshots } from "./snapshots.js";

export interface DirectStoreOptions {
  /** Without it, what is asked of the database is there at once. */
  readonly statements?: StatementTime;
  /** Who tells of writes to instances; without it nobody does. */
  readonly changes?: StateChanges;
  /** The limits of whoever reserves here. */
  readonly quotas?: QuotaEngine;
}

/** What is shared of who asks from elsewhere, as all that they get is copies. */
interface Shared {
  readonly instances: InstanceSnapshots;
  readonly nodes: Snapshots<Row<ComputeNodeRow>, ComputeNode>;
}

export class DirectStore implements RowStore {
  readonly db: NovaDatabase;
  readonly #options: DirectStoreOptions;
  #shared: Shared | undefined;

  constructor(db: NovaDatabase, options: DirectStoreOptions = {}) {
    this.db = db;
    this.#options = options;
  }

  /** The same, for callers on the bus: what they are answered goes out as JSON, and may not be changed here. */
  remote(): DirectStore {
    const remote = new DirectStore(this.db, this.#options);
    remote.#shared = {
      instances: instanceSnapshots(this.db, remote),
      nodes: new Snapshots((row) => nodeFromRow(remote, row)),
    };
    return remote;
  }

  /** What the texts are that methods are called with. */
  get text(): TextType {
    return this.#shared === undefined ? "bytes" : "unicode";
  }

  /** An instance as it is stored. */
  instance(row: Row<InstanceRow>): Instance {
    return this.#shared?.instances.of(row) ?? instanceFromRow(this.db, this, row);
  }

  /** What a host has, as it is stored. */
  node(row: Row<ComputeNodeRow>): ComputeNode {
    return this.#shared?.nodes.of(row) ?? nodeFromRow(this, row);
  }

  get quotas(): QuotaEngine | undefined {
    return this.#options.quotas;
  }

  /** A statement is under way: others may write meanwhile. */
  *statement(): Op<void> {
    const { statements } = this.#options;
    if (statements !== undefined) yield* statements.pass();
  }

  get unchecked(): Unchecked {
    return this.db.kernel.unchecked;
  }

  /** @throws AttributeError for a method that is not remotable */
  *action(ctxt: RequestContext, object: AnyObject, method: string, given: Arguments): Op<unknown> {
    const run = OBJECT_METHODS.get(`${object.objname}.${method}`);
    if (run === undefined) {
      throw new AttributeError(`'${object.objname}' object has no attribute ${attribute(method)}`);
    }
    yield* this.statement();
    const result = run(this, ctxt, object, given);
    if (!(result instanceof InstanceUpdate)) return result;
    const { changes } = this.#options;
    if (changes !== undefined) yield* changes.sendUpdate(ctxt, result, null);
    return undefined;
  }

  /**
   * @throws UnsupportedObjectError for a class that is not registered, AttributeError for a method
   * that it has not; TypeError for its arguments
   */
  *classAction(
    ctxt: RequestContext,
    objname: string,
    method: string,
    given: Arguments,
  ): Op<unknown> {
    const run = CLASS_METHODS.get(`${objname}.${method}`);
    if (run === undefined) {
      if (!CLASSES.has(String(hashable(objname)))) {
        throw new UnsupportedObjectError({ objtype: str(objname) });
      }
      throw new AttributeError(`type object '${objname}' has no attribute ${attribute(method)}`);
    }
    yield* this.statement();
    return run(this, ctxt, given);
  }
}

/** What `getattr` says it has not found. @throws PythonTypeError for what is no name */
function attribute(name: unknown): string {
  if (typeof name !== "string")
    throw new PythonTypeError("getattr(): attribute name must be string");
  return `'${name}'`;
}

type RunObjectMethod = (
  store: DirectStore,
  ctxt: RequestContext,
  object: AnyObject,
  given: Arguments,
) => unknown;
type RunClassMethod = (store: DirectStore, ctxt: RequestContext, given: Arguments) => unknown;

/** A row of the table below. What came over the wire is taken for what the method says it takes. */
function runs<O, A extends object>(
  method: ObjectMethod<O, A>,
  run: (store: DirectStore, object: O, values: A, ctxt: RequestContext) => unknown,
): readonly [string, RunObjectMethod] {
  const { of } = method;
  return [
    `${of.objname}.${method.method}`,
    (store, ctxt, object, given) => {
      if (!(object instanceof of)) throw new AttributeError(`not a ${of.objname}`);
      return run(store, object, bind(method, given), ctxt);
    },
  ];
}

function answers<A extends object, R>(
  method: ClassMethod<A, R>,
  run: (store: DirectStore, ctxt: RequestContext, values: A) => R,
): readonly [string, RunClassMethod] {
  return [
    `${method.objname}.${method.method}`,
    (store, ctxt, given) => run(store, ctxt, bind(method, given)),
  ];
}

const OBJECT_METHODS: ReadonlyMap<string, RunObjectMethod> = new Map([
  runs(instanceMethods.save, (store, instance, expected, { read_deleted }) =>
    saveInstance(store, instance, expected, read_deleted),
  ),
  runs(instanceMethods.refresh, (store, instance, _args, { read_deleted }) => {
    instance.refreshWith(store.instance(rowByUuid(store.db, instance.uuid, read_deleted)).fields());
  }),
  runs(instanceMethods.destroy, ({ db }, instance) => {
    destroyInstance(db, instance);
  }),
  runs(infoCacheMethods.save, ({ db }, cache, _args, { read_deleted }) => {
    const { instance_uuid, network_info } = cache;
    // Who sees what is deleted is told (`instance_info_cache_update`).
    if (read_deleted === "yes" && db.instance_info_caches.getAny(instance_uuid)?.deleted) {
      throw new InstanceInfoCacheNotFound({ instance_uuid });
    }
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
  runs(blockDeviceMethods.create, ({ db }, device) => {
    createBlockDevice(db, device);
  }),
  runs(blockDeviceMethods.save, ({ db }, device) => {
    saveBlockDevice(db, device);
  }),
  runs(blockDeviceMethods.destroy, ({ db }, device) => {
    destroyBlockDevice(db, device);
  }),
  runs(quotasMethods.reserve, ({ quotas: engine }, quotas, { project_id, user_id, ...deltas }) => {
    const owner = { project_id: project_id ?? "", user_id: user_id ?? "" };
    const reservations = engine?.reserve(owner, deltas) ?? [];
    quotas.refreshWith({ reservations, project_id, user_id });
  }),
  runs(migrationMethods.create, ({ db }, migration) => {
    createMigration(db, migration);
  }),
  runs(migrationMethods.save, ({ db }, migration) => {
    saveMigration(db, migration);
  }),
  runs(serviceMethods.save, ({ db }, service) => {
    saveService(db, service);
  }),
  runs(computeNodeMethods.destroy, ({ db }, node) => {
    computeNodeDelete(db, node.id);
  }),
  runs(quotasMethods.commit, ({ db }, quotas) => {
    endReservations(quotas, (reservations) => {
      commitReservations(db, reservations);
    });
  }),
  runs(quotasMethods.rollback, ({ db }, quotas) => {
    endReservations(quotas, (reservations) => {
      rollbackReservations(db, reservations);
    });
  }),
  runs(groupMethods.getHosts, ({ db }, { uuid }, { exclude }, ctxt) =>
    groupHosts(db, ctxt, uuid, exclude),
  ),
]);

const listOf = (store: DirectStore, rows: readonly Row<InstanceRow>[]): InstanceList =>
  new InstanceList(store, { objects: rows.map((row) => store.instance(row)) });

/** Once they are taken or given back there are none; without any nothing happens. */
function endReservations(quotas: Quotas, end: (reservations: readonly string[]) => void): void {
  const { reservations } = quotas;
  if (reservations === null || reservations.length === 0) return;
  end(reservations);
  quotas.refreshWith({ reservations: null });
}

const CLASS_METHODS: ReadonlyMap<string, RunClassMethod> = new Map([
  answers(instanceMethods.getByUuid, (store, { read_deleted }, { uuid }) =>
    store.instance(rowByUuid(store.db, uuid, read_deleted)),
  ),
  answers(instanceMethods.getByHost, (store, _ctxt, { host, expected_attrs }) => {
    const rows = store.db.instances.find({ host });
    if (expected_attrs?.includes("info_cache") !== false) return listOf(store, rows);
    const objects = rows.map((row) => instanceFromRow(store.db, store, row));
    for (const instance of objects) instance.omit("info_cache");
    return new InstanceList(store, { objects });
  }),
  answers(instanceMethods.getByHostAndNode, (store, _ctxt, { host, node }) =>
    listOf(
      store,
      store.db.instances.find({ host }).filter((row) => row.node === node),
    ),
  ),
  answers(instanceMethods.getActiveByWindow, (store, _ctxt, window) =>
    listOf(store, rowsActiveInWindow(store.db, window)),
  ),
  answers(instanceMethods.getByFilters, (store, ctxt, { filters }) =>
    listOf(store, rowsByFilters(store.db, ctxt, filters)),
  ),
  answers(groupMethods.getByUuid, (store, _ctxt, { uuid }) => groupByUuid(store.db, store, uuid)),
  answers(groupMethods.getByName, (store, ctxt, { name }) =>
    groupByName(store.db, store, ctxt, name),
  ),
  answers(actionMethods.actionStart, ({ db }, ctxt, { instance_uuid, action_name }) => {
    actionStart(db, ctxt, instance_uuid, action_name);
  }),
  answers(actionMethods.eventStart, ({ db }, ctxt, { instance_uuid, event_name }) => {
    eventStart(db, ctxt, instance_uuid, event_name);
  }),
  answers(actionMethods.eventFinish, ({ db }, ctxt, { instance_uuid, event_name, ...failure }) => {
    const { exc_val = null, exc_tb = null } = failure;
    eventFinish(db, ctxt, instance_uuid, event_name, { exc_val, exc_tb });
  }),
  answers(pciRequestsMethods.getByInstance, (store, _ctxt, { instance_uuid }) => {
    const row = store.db.instance_extra.get(instance_uuid);
    if (row === undefined) throw new InstanceNotFound({ instance_id: instance_uuid });
    return new InstancePCIRequests(store, { instance_uuid, requests: row.pci_requests });
  }),
  answers(pciRequestsMethods.getByNewness, (store, _ctxt, { instance_uuid }) => {
    // What a resize asks for is kept for as long as it is under way; none is kept here.
    return new InstancePCIRequests(store, { instance_uuid, requests: [] });
  }),
  answers(serviceMethods.getByComputeHost, (store, _ctxt, { host }) => computeService(store, host)),
  answers(computeNodeMethods.getByService, (store, _ctxt, { service_id }) => {
    const objects = nodesOfService(store, service_id);
    return new ComputeNodeList(store, { objects });
  }),
  answers(flavorMethods.getById, (store, { read_deleted }, { id }) =>
    flavorById(store.db, store, id, read_deleted === "yes"),
  ),
  answers(migrationMethods.getById, (store, _ctxt, { migration_id }) =>
    migrationById(store.db, store, migration_id),
  ),
  answers(migrationMethods.getByStatus, (store, _ctxt, { instance_uuid, status }) =>
    migrationByStatus(store.db, store, instance_uuid, status),
  ),
  answers(migrationListMethods.getUnconfirmed, (store, _ctxt, asked) => {
    const { confirm_window, dest_compute } = asked;
    const objects = unconfirmedMigrations(store.db, store, confirm_window, dest_compute);
    return new MigrationList(store, { objects });
  }),
  answers(blockDeviceMethods.getByInstance, (store, { read_deleted }, { instance_uuid }) =>
    blockDevices(store.db, store, instance_uuid, read_deleted),
  ),
  answers(blockDeviceMethods.getByVolume, (store, _ctxt, { volume_id, instance_uuid }) =>
    blockDeviceOfVolume(store.db, store, volume_id, instance_uuid),
  ),
]);

/** The classes that are registered; those that have no class methods here are known by their objects. */
const CLASSES: ReadonlySet<string> = new Set(
  [...CLASS_METHODS.keys(), ...OBJECT_METHODS.keys()].map((key) => key.split(".")[0] ?? key),
);
