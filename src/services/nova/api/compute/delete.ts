/**
 * Ends a server. Usually its host does it; the API does it itself when there is no host, and then
 * ports and volumes stay behind, or when the host is down. Soft delete is not simulated. Upstream:
 * nova/compute/api.py (delete, _delete, _local_delete) at 2014.2; nova §3.2.
 */
import type { RequestContext, Row } from "../../../../framework/index.js";
import { type Op, caught } from "../../../../kernel/index.js";
import { computeHost } from "../../compute/rpcapi.js";
import { blockDevices } from "../../db/block-devices.js";
import { actionStart } from "../../db/instances/instance-actions.js";
import type { ServiceRow } from "../../db/schema.js";
import {
  ImageNotAuthorized,
  ImageNotFound,
  InstanceNotFound,
  ObjectActionError,
} from "../../exception.js";
import { asObject, notifyAboutInstanceUsage } from "../../notifications.js";
import type {
  BlockDeviceMapping,
  BlockDeviceMappingList,
} from "../../objects/block-device-mapping.js";
import type { Instance } from "../../objects/instance.js";
import { Quotas } from "../../objects/quotas.js";
import * as task from "../../states/task-states.js";
import * as vm from "../../states/vm-states.js";
import type { NovaApp } from "../app.js";
import type { NovaCall } from "../route.js";
import { check } from "./checks.js";
import { confirmOnDeleting, sizesInUse } from "./delete-resized.js";

/** @throws PolicyNotAuthorized, InstanceIsLocked */
export function* deleteInstance(call: NovaCall, instance: Instance): Op<void> {
  check(call, instance, { method: "delete" });
  const { app, ctxt } = call;
  const { hooks, env } = app;
  yield* hooks.around(env, "delete_instance", [ctxt, instance], doDelete(app, ctxt, instance));
}

function* doDelete(app: NovaApp, ctxt: RequestContext, instance: Instance): Op<void> {
  if (instance.disable_terminate) return;
  const devices = blockDevices(app.db, app.store, instance.uuid);
  if (instance.vm_state === vm.SHELVED || instance.vm_state === vm.SHELVED_OFFLOADED) {
    yield* deleteSnapshot(app, ctxt, instance);
  }
  const before = instance.task_state;
  let quotas: Quotas | undefined;
  try {
    instance.task_state = task.DELETING;
    instance.progress = 0;
    // Whatever is being done to it: no expectation.
    yield* instance.save(ctxt);
    quotas = yield* reserveRelease(app, ctxt, instance, before);
    if (instance.host === null && (yield* deletedWithoutHost(app, ctxt, instance))) {
      yield* quotas.commit(ctxt);
      return;
    }
    if (instance.vm_state === vm.RESIZED) yield* confirmOnDeleting(app, ctxt, instance);
    const service = computeService(app, instance);
    if (service === undefined || !app.services.isUp(service)) {
      yield* deleteLocally(app, ctxt, instance, devices);
      yield* quotas.commit(ctxt);
      return;
    }
    if (before === task.DELETING || before === task.SOFT_DELETING) {
      app.env.log("info", "Instance is already in deleting state, ignoring this request");
      yield* quotas.rollback(ctxt);
      return;
    }
    actionStart(app.db, ctxt, instance.uuid, "delete");
    const reservations = quotas.reservations ?? [];
    const compute = app.computeRpc.prepare({ server: computeHost(instance) });
    yield* compute.terminate_instance(ctxt, { instance, bdms: devices, reservations });
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (quotas !== undefined) yield* quotas.rollback(ctxt);
    // Somebody else was faster: it is gone, as was wished.
    if (!(error instanceof InstanceNotFound)) throw error;
  }
}

/** A shelved server has an image of its own, which goes with it. Trouble is only logged. */
function* deleteSnapshot(app: NovaApp, ctxt: RequestContext, instance: Instance): Op<void> {
  const id = instance.system_metadata["shelved_image_id"] ?? "None";
  try {
    yield* app.images.delete(ctxt, id);
  } catch (thrown) {
    const error = yield* caught(thrown);
    const gone = error instanceof ImageNotFound || error instanceof ImageNotAuthorized;
    const failed = "delete snapshot from shelved instance";
    if (gone) app.env.log("warning", `Failed to ${failed} (${error.message}).`);
    else app.env.log("error", `Something wrong happened when trying to ${failed}.`);
  }
}

/** What the owner will have back. @throws never for too much: giving back is always allowed */
function* reserveRelease(
  app: NovaApp,
  ctxt: RequestContext,
  instance: Instance,
  before: task.TaskState,
): Op<Quotas> {
  const { project_id, user_id } = instance;
  const { vcpus, memory_mb } = yield* sizesInUse(app, ctxt, instance, before);
  const deltas = { instances: -1, cores: -vcpus, ram: -memory_mb };
  const reservations = app.quotas.reserve({ project_id, user_id }, deltas);
  const foreign = ctxt.project_id !== project_id;
  return new Quotas(app.store, {
    reservations,
    project_id: foreign ? project_id : null,
    user_id: ctxt.user_id === user_id ? null : user_id,
  });
}

/** @returns false if it has got a host meanwhile */
function* deletedWithoutHost(app: NovaApp, ctxt: RequestContext, instance: Instance): Op<boolean> {
  yield* notifyAboutInstanceUsage(app.notifier, ctxt, asObject(instance), "delete.start");
  const systemMetadata = instance.system_metadata;
  try {
    yield* instance.destroy(ctxt);
  } catch (error) {
    if (!(error instanceof ObjectActionError)) throw error;
    yield* instance.refresh(ctxt);
    return false;
  }
  yield* notifyAboutInstanceUsage(app.notifier, ctxt, asObject(instance), "delete.end", {
    systemMetadata,
  });
  return true;
}

/** The host is down: everything but the guest itself is cleaned up here. */
function* deleteLocally(
  app: NovaApp,
  ctxt: RequestContext,
  instance: Instance,
  devices: BlockDeviceMappingList,
): Op<void> {
  const { notifier, env } = app;
  env.log("warning", `instance's host ${String(instance.host)} is down, deleting from database`);
  yield* instance.info_cache.delete(ctxt);
  yield* notifyAboutInstanceUsage(notifier, ctxt, asObject(instance), "delete.start");
  yield* app.network.deallocate_for_instance(ctxt.elevated(), instance);
  for (const device of devices.objects) {
    if (device.isVolume) yield* cleanUpVolume(app, ctxt, device);
    yield* device.destroy(ctxt);
  }
  instance.vm_state = vm.DELETED;
  instance.task_state = null;
  instance.terminated_at = env.utcnow();
  yield* instance.save(ctxt);
  const systemMetadata = instance.system_metadata;
  yield* instance.destroy(ctxt);
  yield* notifyAboutInstanceUsage(notifier, ctxt, asObject(instance), "delete.end", {
    systemMetadata,
  });
}

/** Nobody here knows how the host was connected; Cinder is told something. Trouble is only logged. */
const CONNECTOR = { ip: "127.0.0.1", initiator: "iqn.fake" };

function* cleanUpVolume(
  { volumes, env }: NovaApp,
  ctxt: RequestContext,
  { volume_id, delete_on_termination }: BlockDeviceMapping,
): Op<void> {
  const id = volume_id ?? "None";
  try {
    yield* volumes.terminate_connection(ctxt, id, CONNECTOR);
    yield* volumes.detach(ctxt.elevated(), id);
    if (delete_on_termination === true) yield* volumes.delete(ctxt, id);
  } catch (thrown) {
    const { message } = yield* caught(thrown);
    env.log("warning", `Ignoring volume cleanup failure due to ${message}`);
  }
}

function computeService(app: NovaApp, instance: Instance): Row<ServiceRow> | undefined {
  if (instance.host === null) return undefined;
  return app.db.services.first({ host: instance.host, binary: "nova-compute" });
}
