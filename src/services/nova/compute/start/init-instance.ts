/**
 * What becomes of a server that was in the middle of something when nova-compute died. Tasks of
 * shelving, unshelving, pausing and so on are not repaired. Upstream: nova/compute/manager.py
 * (_init_instance) at 2014.2; nova §3.6.
 */
import { originalMessage } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { getBlockDevices } from "../../objects/block-device-mapping.js";
import { loadField, type Expectations, type Instance } from "../../objects/instance.js";
import { ownerOf, Quotas } from "../../objects/quotas.js";
import * as powerStates from "../../../../hardware/power-states.js";
import { ALLOW_HARD_REBOOT, ALLOW_SOFT_REBOOT } from "../../states/rebootable.js";
import * as taskStates from "../../states/task-states.js";
import type { NetworkInfo } from "../../virt/network-info.js";
import * as vmStates from "../../states/vm-states.js";
import type { ComputeHost } from "../compute-host.js";
import { connectedVolumes } from "../build/block-devices.js";
import { cachedNetworkInfo } from "../build/networks.js";
import { startInline, stopInline } from "../lifecycle/power.js";
import { completeDeletion, deleteInstance, quotasOf } from "../lifecycle/terminate.js";
import { computeHost } from "../rpcapi.js";

type Task = string | null;

const BUILD_TASKS: readonly Task[] = [
  taskStates.SCHEDULING,
  taskStates.BLOCK_DEVICE_MAPPING,
  taskStates.NETWORKING,
  taskStates.SPAWNING,
];
const REBUILD_TASKS: readonly Task[] = [
  taskStates.REBUILDING,
  taskStates.REBUILD_BLOCK_DEVICE_MAPPING,
  taskStates.REBUILD_SPAWNING,
];
const SNAPSHOT_TASKS: readonly Task[] = [
  taskStates.IMAGE_SNAPSHOT,
  taskStates.IMAGE_SNAPSHOT_PENDING,
  taskStates.IMAGE_PENDING_UPLOAD,
  taskStates.IMAGE_UPLOADING,
];
const REBOOT_STARTED: readonly Task[] = [taskStates.REBOOT_STARTED, taskStates.REBOOT_STARTED_HARD];
const SOFT_TASKS: readonly Task[] = [
  taskStates.REBOOT_STARTED,
  taskStates.REBOOT_PENDING,
  taskStates.REBOOTING,
];

export function* initInstance(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
): Op<void> {
  const { vm_state, task_state } = instance;
  if (vm_state === vmStates.SOFT_DELETED) return;
  const inError = vm_state === vmStates.ERROR;
  if (inError && task_state !== taskStates.RESIZE_MIGRATING && task_state !== taskStates.DELETING) {
    return;
  }
  if (vm_state === vmStates.DELETED) {
    yield* attempt(
      compute,
      "Failed to complete a deletion",
      completePartialDeletion(compute, ctxt, instance),
    );
  } else if (vm_state === vmStates.BUILDING || BUILD_TASKS.includes(task_state)) {
    // Compute stopped before it was built; nobody goes on with it.
    yield* save(ctxt, instance, vmStates.ERROR);
  } else if (
    (vm_state === vmStates.ACTIVE || vm_state === vmStates.STOPPED) &&
    REBUILD_TASKS.includes(task_state)
  ) {
    yield* save(ctxt, instance, vmStates.ERROR);
  } else if (task_state === taskStates.DELETING) {
    yield* finishDeleting(compute, ctxt, instance);
  } else {
    yield* resume(compute, ctxt, instance);
  }
}

/** The guest is ours and is to stay. */
function* resume(compute: ComputeHost, ctxt: RequestContext, instance: Instance): Op<void> {
  const { vm_state, task_state } = instance;
  if (SNAPSHOT_TASKS.includes(task_state)) yield* save(ctxt, instance, vm_state);
  const reboot = rebootAgain(compute, instance);
  const running = compute.powerState(instance) === powerStates.RUNNING;
  if (reboot !== undefined) {
    const itself = compute.computeRpc.prepare({ server: computeHost(instance) });
    const call = { instance, block_device_info: null, reboot_type: reboot };
    yield* itself.reboot_instance(ctxt, call);
    return;
  }
  if (REBOOT_STARTED.includes(task_state) && running) {
    yield* save(ctxt, instance, vmStates.ACTIVE);
  } else if (task_state === taskStates.POWERING_OFF) {
    // The new request has no action on this server, so this always fails, and the task stays
    // (nova §3.6). What goes wrong is logged and forgotten.
    yield* attempt(compute, "Failed to stop instance", stopInline(compute, ctxt, { instance }));
    return;
  } else if (task_state === taskStates.POWERING_ON) {
    yield* attempt(compute, "Failed to start instance", startInline(compute, ctxt, { instance }));
    return;
  }
  const vifs = cachedNetworkInfo(instance);
  yield* compute.driver.plugVifs(instance, vifs);
  if (task_state === taskStates.RESIZE_MIGRATING) {
    yield* attempt(
      compute,
      "Failed to revert crashed migration",
      revertCrashed(compute, ctxt, instance, vifs),
    );
    yield* save(ctxt, instance, vm_state);
  } else if (task_state === taskStates.MIGRATING) {
    const expected_task_state = [taskStates.MIGRATING];
    yield* save(ctxt, instance, vm_state, { expected_task_state });
  }
  const wasRunning = instance.power_state === powerStates.RUNNING;
  const runs = compute.powerState(instance) === powerStates.RUNNING;
  if (wasRunning && !runs && compute.flags.resume_guests_state_on_host_boot) {
    compute.log("info", "Rebooting instance after nova-compute restart.");
    yield* resumeGuest(compute, ctxt, instance, vifs);
  }
}

/** It crashed in the middle of sending the guest away: to be safe, the guest is made of what is here. */
function* revertCrashed(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  networkInfo: NetworkInfo,
): Op<void> {
  const powerOn = instance.system_metadata["old_vm_state"] !== vmStates.STOPPED;
  const { objects: devices } = yield* getBlockDevices(compute.store, ctxt, instance.uuid);
  const volumes = connectedVolumes(devices);
  yield* compute.driver.finishRevertMigration(ctxt, { instance, networkInfo, volumes, powerOn });
}

/** `_retry_reboot`: how a reboot that was under way is asked for again, if it is. */
function rebootAgain(compute: ComputeHost, instance: Instance): "SOFT" | "HARD" | undefined {
  const { vm_state, task_state } = instance;
  const running = compute.powerState(instance) === powerStates.RUNNING;
  const again =
    (task_state === taskStates.REBOOT_PENDING && ALLOW_SOFT_REBOOT.includes(vm_state)) ||
    (task_state === taskStates.REBOOT_PENDING_HARD && ALLOW_HARD_REBOOT.includes(vm_state)) ||
    (REBOOT_STARTED.includes(task_state) && !running);
  if (!again) return undefined;
  // `get_reboot_type`: what does not run is not asked.
  return running && SOFT_TASKS.includes(task_state) ? "SOFT" : "HARD";
}

/** It ran before the host went down. One that cannot be started is in error, and the others go on. */
function* resumeGuest(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  vifs: NetworkInfo,
): Op<void> {
  const { objects: devices } = yield* getBlockDevices(compute.store, ctxt, instance.uuid);
  try {
    yield* compute.driver.resumeStateOnHostBoot(ctxt, instance, vifs, connectedVolumes(devices));
  } catch (thrown) {
    const error = yield* caught(thrown);
    compute.log("warning", `Failed to resume instance: ${originalMessage(error)}`);
    yield* compute.setInstanceErrorState(ctxt, instance);
  }
}

/** The task is over; `vmState` is what came of it. */
function* save(
  ctxt: RequestContext,
  instance: Instance,
  vmState: vmStates.VmState,
  expected: Expectations = {},
): Op<void> {
  instance.vm_state = vmState;
  instance.task_state = null;
  yield* instance.save(ctxt, expected);
}

function* finishDeleting(compute: ComputeHost, ctxt: RequestContext, instance: Instance): Op<void> {
  try {
    yield* loadField(instance, ctxt, "metadata");
    yield* loadField(instance, ctxt, "system_metadata");
    const bdms = yield* getBlockDevices(compute.store, ctxt, instance.uuid);
    // Without its reservations: the quota is not given back.
    const quotas = quotasOf(compute, ctxt, instance, null);
    yield* deleteInstance(compute, ctxt, instance, bdms, quotas);
  } catch (thrown) {
    const error = yield* caught(thrown);
    compute.log("error", `Failed to complete a deletion: ${originalMessage(error)}`);
    yield* compute.setInstanceErrorState(ctxt, instance);
  }
}

function* completePartialDeletion(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
): Op<void> {
  const { system_metadata } = instance;
  yield* instance.destroy(ctxt);
  const bdms = yield* getBlockDevices(compute.store, ctxt, instance.uuid);
  const quotas = new Quotas(compute.store, { reservations: [], project_id: null, user_id: null });
  const { vcpus, memory_mb } = instance;
  const deltas = { instances: -1, cores: -vcpus, ram: -memory_mb };
  yield* quotas.reserve(ctxt, { ...ownerOf(ctxt, instance), ...deltas });
  yield* completeDeletion(compute, ctxt, instance, bdms, quotas, system_metadata);
}

/** One server's trouble must not keep the host from starting, where that was thought of. */
function* attempt(compute: ComputeHost, failed: string, op: Op<void>): Op<void> {
  try {
    yield* op;
  } catch (thrown) {
    const error = yield* caught(thrown);
    compute.log("error", `${failed}: ${originalMessage(error)}`);
  }
}
