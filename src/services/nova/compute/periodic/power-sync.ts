/**
 * Brings the database's idea of a guest's power state up to date, and asks for a stop when Nova's
 * and the hypervisor's ideas cannot both be right. Upstream: nova/compute/manager.py
 * (_sync_power_states, _sync_instance_power_state, handle_lifecycle_event), nova/virt/driver.py
 * (emit_event) at 2014.2; nova §3.7.
 */
import { originalMessage } from "../../../../bus/index.js";
import { adminContext, type RequestContext } from "../../../../framework/index.js";
import { caught, aloud, type Op } from "../../../../kernel/index.js";
import { floatStr, str } from "../../../../python/index.js";
import { InstanceNotFound } from "../../exception.js";
import { actionStart } from "../../objects/instance-action.js";
import { getInstance, getInstancesByHost, type Instance } from "../../objects/instance.js";
import * as powerStates from "../../../../hardware/power-states.js";
import * as taskStates from "../../states/task-states.js";
import * as vmStates from "../../states/vm-states.js";
import type { ComputeHost } from "../compute-host.js";
import { OFF } from "../lifecycle/power.js";

/** Every server of this host, each in a greenthread that waits for the server's lock. */
export function* syncPowerStates(compute: ComputeHost, ctxt: RequestContext): Op<void> {
  const loading = { use_slave: true } as const;
  const instances = yield* getInstancesByHost(compute.store, ctxt, compute.host, loading);
  const guests = compute.driver.listInstanceUuids().length;
  if (guests !== instances.length) {
    compute.log(
      "warning",
      `While synchronizing instance power states, found ${String(instances.length)} instances in the database and ` +
        `${String(guests)} instances on the hypervisor.`,
    );
  }
  for (const instance of instances) {
    if (compute.syncing.has(instance.uuid)) continue;
    compute.syncing.add(instance.uuid);
    compute.env.spawn("sync_power_state", syncOne(compute, ctxt, instance));
  }
}

/** Something happened to a guest that Nova did not ask for; of one that nobody knows it is nothing. */
export function* guestChanged(
  compute: ComputeHost,
  uuid: string,
  powerState: powerStates.PowerState,
): Op<void> {
  const name = powerState === powerStates.RUNNING ? "Started" : "Stopped";
  const { now: began } = compute.env.kernel;
  compute.log("info", `VM ${name} (Lifecycle Event)`);
  const ctxt = adminContext(compute.env).with({ read_deleted: "yes" });
  try {
    const instance = yield* getInstance(compute.store, ctxt, uuid);
    yield* syncInstance(compute, ctxt, instance, powerState);
  } catch (error) {
    if (error instanceof InstanceNotFound) return;
    const { calendar } = compute.env.kernel;
    const at = floatStr((began - calendar.parse("1970-01-01T00:00:00")) / 1_000_000);
    const text = originalMessage(yield* caught(error));
    const event = `<LifecycleEvent: ${at}, ${uuid} => ${name}>`;
    compute.log("error", `Exception dispatching event ${event}: ${text}`);
  }
}

function* syncOne(compute: ComputeHost, ctxt: RequestContext, instance: Instance): Op<void> {
  try {
    yield* compute.locked(instance, syncLocked(compute, ctxt, instance));
  } catch (error) {
    const text = originalMessage(yield* caught(error));
    const what = "Periodic sync_power_state task had an error while processing an instance";
    compute.log("error", `${what}: ${text}`);
  } finally {
    compute.syncing.delete(instance.uuid);
  }
}

function* syncLocked(compute: ComputeHost, ctxt: RequestContext, instance: Instance): Op<void> {
  if (isBusy(compute, instance)) return;
  try {
    yield* syncInstance(compute, ctxt, instance, compute.powerState(instance));
  } catch (error) {
    // It was deleted meanwhile.
    if (!(error instanceof InstanceNotFound)) throw error;
  }
}

function isBusy(compute: ComputeHost, { task_state }: Instance): boolean {
  if (task_state === null) return false;
  const what = `During sync_power_state the instance has a pending task (${task_state}). Skip.`;
  compute.log("info", what);
  return true;
}

function* syncInstance(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  powerState: powerStates.PowerState,
): Op<void> {
  yield* instance.refresh(ctxt);
  if (instance.host !== compute.host) {
    const moved = `from host ${str(instance.host)} to host ${compute.host}`;
    compute.log("info", `During the sync_power process the instance has moved ${moved}`);
    return;
  }
  if (isBusy(compute, instance)) return;
  if (powerState !== instance.power_state) {
    instance.power_state = powerState;
    yield* aloud(instance.save(ctxt));
  }
  if (!mustStop(compute, instance, powerState)) return;
  try {
    yield* aloud(stopThroughApi(compute, ctxt, instance));
  } catch (error) {
    // The next round finds it again.
    const text = originalMessage(yield* caught(error));
    compute.log("error", `error during stop() in sync_power_state: ${text}`);
  }
}

/** Whether the hypervisor's state cannot be that of a server in `vm_state`. */
function mustStop(
  compute: ComputeHost,
  { vm_state, task_state, power_state }: Instance,
  powerState: powerStates.PowerState,
): boolean {
  const off = OFF.includes(powerState);
  const dead = powerState === powerStates.SHUTDOWN || powerState === powerStates.CRASHED;
  const states =
    `Current vm_state: ${vm_state}, current task_state: ${str(task_state)}, ` +
    `current DB power_state: ${str(power_state)}, current VM power_state: ${str(powerState)}`;
  const warn = (what: string): void => {
    compute.log("warning", what);
  };
  switch (vm_state) {
    case vmStates.ACTIVE:
      if (dead) warn(`Instance shutdown by itself. Calling the stop API. ${states}`);
      else if (powerState === powerStates.SUSPENDED) {
        warn("Instance is suspended unexpectedly. Calling the stop API.");
      } else if (powerState === powerStates.PAUSED) {
        warn("Instance is paused unexpectedly. Ignore.");
      } else if (powerState === powerStates.NOSTATE) {
        warn("Instance is unexpectedly not found. Ignore.");
      }
      return dead || powerState === powerStates.SUSPENDED;
    case vmStates.STOPPED:
      if (!off) warn(`Instance is not stopped. Calling the stop API. ${states}`);
      return !off;
    case vmStates.PAUSED:
      if (dead) warn("Paused instance shutdown by itself. Calling the stop API.");
      return dead;
    case vmStates.SOFT_DELETED:
    case vmStates.DELETED:
      if (powerState !== powerStates.NOSTATE && powerState !== powerStates.SHUTDOWN) {
        warn("Instance is not (soft-)deleted.");
      }
      return false;
    default:
      return false;
  }
}

/** `compute_api.stop`, which nova-compute has in its own process. */
function* stopThroughApi(compute: ComputeHost, ctxt: RequestContext, instance: Instance): Op<void> {
  instance.task_state = taskStates.POWERING_OFF;
  instance.progress = 0;
  yield* instance.save(ctxt, { expected_task_state: [null] });
  yield* actionStart(compute.store, ctxt, instance.uuid, "stop");
  const rpc = compute.computeRpc.prepare({ server: compute.host });
  yield* rpc.stop_instance(ctxt, { instance });
}
