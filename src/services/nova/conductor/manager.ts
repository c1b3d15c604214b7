/**
 * Serves the database proxy on topic `conductor`: nova-compute reads and writes through it. The
 * tasks that span services are in `compute-task-manager.ts`. Upstream: nova/conductor/manager.py
 * (ConductorManager 2.0) at 2014.2; nova §0.2.
 */
import {
  endpoint,
  expectedExceptions,
  type ArgsIn,
  type Endpoint,
  type Notifier,
  type Serves,
} from "../../../bus/index.js";
import { Manager, storedDate, type RequestContext, type Env } from "../../../framework/index.js";
import { done, type Op } from "../../../kernel/index.js";
import {
  KeyError,
  str,
  truth,
  unchanging,
  ValueError,
  type JsonObject,
} from "../../../python/index.js";
import { diskRow, legacyDisks } from "../block-device/legacy.js";
import type { NovaDatabase } from "../db/database.js";
import { valuesOfHost } from "../db/aggregates/aggregates.js";
import { ec2Ids } from "../db/ec2-ids.js";
import { rowByUuid } from "../db/instances/instances.js";
import { type DirectStore } from "../db/store/object-store.js";
import { migrationsInProgress, type MigrationInProgress } from "../db/migrations.js";
import {
  bandwidthUsage,
  bandwidthUsages,
  updateBandwidthUsage,
} from "../db/operations/bandwidth-usage.js";
import { volumeUsageSince } from "../db/volume-usage.js";
import {
  computeNodeDelete,
  computeNodeUpdate,
  serviceCreate,
  serviceDestroy,
  serviceUpdate,
} from "../db/services.js";
import type { ServiceRow } from "../db/schema.js";
import {
  ComputeHostNotFound,
  HostBinaryNotFound,
  InstanceNotFound,
  ServiceNotFound,
  UnexpectedTaskStateError,
} from "../exception.js";
import {
  imageMeta,
  notifyAboutInstanceUsage,
  novaNotifier,
  type InstanceValues,
} from "../notifications.js";
import { serviceGroupFlags } from "../servicegroup.js";
import type { ComputeTaskManager } from "./compute-task-manager.js";
import { notificationFlags } from "../notification-flags.js";
import { StateChanges } from "../states/state-changes.js";
import { writeInstance } from "./instance-updates.js";
import type { ObjectPrimitive } from "../objects/base/versioned-object.js";
import { backported } from "../objects/wire/backport.js";
import { primitive } from "../objects/wire/primitive.js";
import {
  computeTaskApi,
  conductorApi,
  type ComputeNodeRef,
  type ServiceRef,
  type TaskOnWire,
} from "./rpcapi.js";
import { findServices, type ServiceQuery } from "./service-lookup.js";
import { updatesBetween } from "./updates.js";
import type { TaskOfPeriod } from "../db/operations/rows.js";
import { beginTask, endTask, taskLog } from "../db/operations/task-log.js";
import { auditPeriod } from "../audit-period.js";
import { bandwidthByNetwork } from "./bandwidth.js";
import { lowerStats, recordVolumeUsage, usageVolumeInfo } from "./volume-usage.js";

/** What its methods raise in the course of their work: `expected_exceptions` of manager.py. */
const EXPECTED = {
  instance_update: [KeyError, ValueError, InstanceNotFound, UnexpectedTaskStateError],
  service_get_all_by: [ComputeHostNotFound, HostBinaryNotFound],
  service: [ServiceNotFound],
} as const;

const expecting = <T>(types: Parameters<typeof expectedExceptions>[0], work: () => T): Op<T> =>
  expectedExceptions(types, atOnce(work));

function* atOnce<T>(work: () => T): Op<T> {
  return work();
}

export class ConductorManager
  extends Manager
  implements Serves<typeof conductorApi, RequestContext>
{
  readonly #store: DirectStore;
  /** For methods that were called from afar. */
  readonly #remote: DirectStore;
  readonly #changes: StateChanges;
  readonly #db: NovaDatabase;
  readonly #tasks: ComputeTaskManager;
  readonly #notifier: Notifier;
  readonly #enabled: boolean;
  readonly #auditPeriod: string;

  constructor(env: Env, store: DirectStore, tasks: ComputeTaskManager) {
    super(env);
    this.#store = store;
    this.#changes = new StateChanges(env);
    this.#remote = store.remote();
    this.#db = store.db;
    this.#tasks = tasks;
    this.#notifier = novaNotifier(env, "conductor");
    this.#enabled = env.flags.read(serviceGroupFlags).enable_new_services;
    this.#auditPeriod = env.flags.read(notificationFlags).instance_usage_audit_period;
  }

  endpoints(): Endpoint<RequestContext>[] {
    return [endpoint(conductorApi, this), endpoint(computeTaskApi, this.#tasks)];
  }

  /** @throws what the method throws; AttributeError if there is none of that name */
  *object_action(
    ctxt: RequestContext,
    { objinst, objmethod, ...given }: ArgsIn<typeof conductorApi, "object_action">,
  ): Op<[JsonObject, unknown]> {
    const before = objinst.data();
    const result = yield* this.#remote.action(ctxt, objinst, objmethod, given);
    const updates = updatesBetween(before, objinst.data(), objinst.objectFields);
    // What the caller is to count as changed still, beside what it now knows.
    updates["obj_what_changed"] = Object.keys(objinst.changes()).sort();
    return [unchanging(updates), result ?? null];
  }

  *object_class_action(
    ctxt: RequestContext,
    { objname, objmethod, ...given }: ArgsIn<typeof conductorApi, "object_class_action">,
  ): Op<unknown> {
    return yield* this.#remote.classAction(ctxt, objname, objmethod, given);
  }

  /** @throws ValueError for what is no version */
  object_backport(
    _ctxt: RequestContext,
    { objinst, target_version }: ArgsIn<typeof conductorApi, "object_backport">,
  ): Op<ObjectPrimitive> {
    return done(backported(objinst.toWire(), target_version));
  }

  /** @throws KeyError for a column that may not be written so; InstanceNotFound, UnexpectedTaskStateError */
  *instance_update(
    ctxt: RequestContext,
    { instance_uuid, updates, service }: ArgsIn<typeof conductorApi, "instance_update">,
  ): Op<JsonObject> {
    yield* this.#store.statement();
    const update = yield* expecting(EXPECTED.instance_update, () =>
      writeInstance(this.#db, ctxt, instance_uuid, updates),
    );
    yield* this.#changes.sendUpdate(ctxt, update, service);
    return primitive(this.#remote.instance(rowByUuid(this.#db, instance_uuid, ctxt.read_deleted)));
  }

  /** @throws ComputeHostNotFound, HostBinaryNotFound */
  service_get_all_by(
    _ctxt: RequestContext,
    query: ServiceQuery,
  ): Op<ServiceRef | ServiceRef[] | null> {
    return expecting(EXPECTED.service_get_all_by, () => findServices(this.#db, query));
  }

  /** @throws ServiceBinaryExists, ServiceTopicExists */
  *service_create(_ctxt: RequestContext, { values }: { values: JsonObject }): Op<ServiceRef> {
    const service = values as unknown as Pick<ServiceRow, "host" | "binary" | "topic">;
    return serviceCreate(this.#db, service, this.#enabled);
  }

  /** @throws ServiceNotFound */
  service_update(
    _ctxt: RequestContext,
    { service, values }: ArgsIn<typeof conductorApi, "service_update">,
  ): Op<ServiceRef> {
    return expecting(EXPECTED.service, () => serviceUpdate(this.#db, service.id, values));
  }

  /** @throws ServiceNotFound */
  service_destroy(_ctxt: RequestContext, { service_id }: { service_id: number }): Op<null> {
    return expecting(EXPECTED.service, () => {
      serviceDestroy(this.#db, service_id);
      return null;
    });
  }

  *compute_node_create(
    _ctxt: RequestContext,
    { values }: ArgsIn<typeof conductorApi, "compute_node_create">,
  ): Op<ComputeNodeRef> {
    return this.#db.compute_nodes.insert(values);
  }

  /** @throws ComputeHostNotFound */
  *compute_node_update(
    _ctxt: RequestContext,
    { node, values }: ArgsIn<typeof conductorApi, "compute_node_update">,
  ): Op<ComputeNodeRef> {
    return computeNodeUpdate(this.#db, node.id, values);
  }

  *migration_get_in_progress_by_host_and_node(
    _ctxt: RequestContext,
    { host, node }: { host: string; node: string },
  ): Op<MigrationInProgress[]> {
    return migrationsInProgress(this.#db, host, node);
  }

  *vol_usage_update(
    ctxt: RequestContext,
    args: ArgsIn<typeof conductorApi, "vol_usage_update">,
  ): Op<null> {
    const { row, restarted } = recordVolumeUsage(this.#db, args);
    if (restarted) this.env.log("info", lowerStats(args.vol_id));
    const payload = usageVolumeInfo(row);
    yield* this.#notifier.info(ctxt, "volume.usage", payload);
    return null;
  }

  *vol_get_usage_by_time(
    _ctxt: RequestContext,
    { start_time }: { start_time: string },
  ): Op<JsonObject[]> {
    return volumeUsageSince(this.#db, storedDate(start_time)).map((row) => ({ ...row }));
  }

  /** It is written down unless nothing was counted. */
  *bw_usage_update(
    _ctxt: RequestContext,
    args: ArgsIn<typeof conductorApi, "bw_usage_update">,
  ): Op<JsonObject | null> {
    const { update_cells: _, ...counts } = args;
    const { bw_in, bw_out, last_ctr_in, last_ctr_out } = counts;
    if ([bw_in, bw_out, last_ctr_in, last_ctr_out].some((count) => count !== null)) {
      updateBandwidthUsage(this.#db, counts);
    }
    const row = bandwidthUsage(this.#db, counts);
    return row === undefined ? null : { ...row };
  }

  /** Only EC2's API of 2011 could make one. */
  *provider_fw_rule_get_all(): Op<JsonObject[]> {
    return [];
  }

  *instance_get_all_by_host(
    _ctxt: RequestContext,
    { host, node }: ArgsIn<typeof conductorApi, "instance_get_all_by_host">,
  ): Op<JsonObject[]> {
    yield* this.#store.statement();
    return this.#db.instances
      .find({ host })
      .filter((row) => node === null || row.node === node)
      .map((row) => primitive(this.#remote.instance(row)));
  }

  /** @throws ComputeHostNotFound */
  *compute_node_delete(_ctxt: RequestContext, { node }: { node: { id: number } }): Op<null> {
    computeNodeDelete(this.#db, node.id);
    return null;
  }

  /** Neutron hears of its own groups by itself. */
  *security_groups_trigger_handler(): Op<null> {
    return null;
  }

  *security_groups_trigger_members_refresh(): Op<null> {
    return null;
  }

  *task_log_get(
    _ctxt: RequestContext,
    { state, ...task }: ArgsIn<typeof conductorApi, "task_log_get">,
  ): Op<JsonObject | null> {
    const row = taskLog(this.#db, taskOf(task));
    return row === undefined || (state !== null && row.state !== state) ? null : { ...row };
  }

  /** @throws TaskAlreadyRunning */
  *task_log_begin_task(
    _ctxt: RequestContext,
    args: ArgsIn<typeof conductorApi, "task_log_begin_task">,
  ): Op<null> {
    const { task_items, message, ...task } = args;
    beginTask(this.#db, taskOf(task), { task_items, message });
    return null;
  }

  /** @throws TaskNotRunning */
  *task_log_end_task(
    _ctxt: RequestContext,
    args: ArgsIn<typeof conductorApi, "task_log_end_task">,
  ): Op<null> {
    const { errors, message, ...task } = args;
    endTask(this.#db, taskOf(task), { errors, message });
    return null;
  }

  *aggregate_metadata_get_by_host(
    _ctxt: RequestContext,
    { host, key }: ArgsIn<typeof conductorApi, "aggregate_metadata_get_by_host">,
  ): Op<Record<string, readonly string[]>> {
    const values = host === null ? [] : valuesOfHost(this.#db, host, key);
    return values.length === 0 ? {} : Object.fromEntries([[key, values]]);
  }

  block_device_mapping_get_all_by_instance(
    _ctxt: RequestContext,
    { instance, legacy }: { instance: JsonObject; legacy: boolean },
  ): Op<JsonObject[]> {
    const instance_uuid = str(instance["uuid"] ?? null);
    const disks = this.#db.block_device_mapping.find({ instance_uuid });
    return done(truth(legacy) ? legacyDisks(disks) : disks.map(diskRow));
  }

  *get_ec2_ids(
    _ctxt: RequestContext,
    { instance }: { instance: JsonObject },
  ): Op<Record<string, string | null>> {
    return ec2Ids(this.#db, instance);
  }

  *notify_usage_exists(
    ctxt: RequestContext,
    args: ArgsIn<typeof conductorApi, "notify_usage_exists">,
  ): Op<null> {
    const { instance, current_period, system_metadata, extra_usage_info } = args;
    const { kernel } = this.env;
    const unit = this.#auditPeriod;
    const period = auditPeriod(kernel.calendar, kernel.now, unit, current_period);
    const values = instance as unknown as InstanceValues;
    const systemMetadata = system_metadata ?? values.system_metadata;
    const usages = bandwidthUsages(this.#db, values.uuid, period.audit_period_beginning);
    const bandwidth = bandwidthByNetwork(usages, instance["info_cache"]);
    const extra = { ...period, bandwidth, image_meta: imageMeta(systemMetadata) };
    yield* notifyAboutInstanceUsage(this.#notifier, ctxt, { kind: "text", values }, "exists", {
      systemMetadata,
      extra: { ...extra, ...extra_usage_info },
    });
    return null;
  }
}

/** Dates as columns have them, out of those that travel. */
function taskOf({ task_name, begin, end, host }: TaskOnWire): TaskOfPeriod {
  const date = (text: string): string => text.slice(0, 19).replace("T", " ");
  return { task_name, period_beginning: date(begin), period_ending: date(end), host };
}
