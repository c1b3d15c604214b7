/**
 * Brings the database's idea of a guest's power state up to date, and asks for a stop when Nova's
 * and the hypervisor's ideas cannot both be right. Upstream: nova/compute/manager.py
 * (_sync_power_states, _sync_instance_power_state, handle_lifecycle_event) at 2014.2; nova §3.7.
 */
import { originalMessage } from "../../../../bus/index.js";
import { adminContext, type RequestContext } from "../../../../framework/index.js";
import { caught, aloud, type Op } from "../../../../kernel/index.js";
import { type Exception } from "../../../../python/index.js";
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
      `Found ${String(instances.length)} in the database and ${String(guests)} on the hypervisor.`,
    );
  }
  for (const instance of instances) {
    if (compute.syncing.has(instance.uuid)) continue;
    compute.syncing.add(instance.uuid);
    compute.env.spawn("sync_power_state", syncOne(compute, ctxt, instance));
  }
}

/** Something happened to a guest that Nova did not ask for. */
export function* guestChanged(compute: ComputeHost, uuid: string): Op<void> {
  const ctxt = adminContext(compute.env);
  try {
    const instance = yield* getInstance(compute.store, ctxt, uuid);
    const powerState = compute.powerState(instance);
    yield* syncInstance(compute, ctxt, instance, powerState);
  } catch (error) {
    logged(compute, uuid, yield* caught(error));
  }
}

function* syncOne(compute: ComputeHost, ctxt: RequestContext, instance: Instance): Op<void> {
  try {
    yield* compute.locked(instance, syncLocked(compute, ctxt, instance));
  } catch (error) {
    logged(compute, instance.uuid, yield* caught(error));
  } finally {
    compute.syncing.delete(instance.uuid);
  }
}

function* syncLocked(compute: ComputeHost, ctxt: RequestContext, instance: Instance): Op<void> {
  if (instance.task_state !== null) return;
  yield* syncInstance(compute, ctxt, instance, compute.powerState(instance));
}

function* syncInstance(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  powerState: powerStates.PowerState,
): Op<void> {
  yield* instance.refresh(ctxt);
  if (instance.host !== compute.host || instance.task_state !== null) return;
  if (powerState !== instance.power_state) {
    instance.power_state = powerState;
    yield* aloud(instance.save(ctxt));
  }
  if (!mustStop(compute, instance, powerState)) return;
  yield* aloud(stopThroughApi(compute, ctxt, instance));
}

/** Whether the hypervisor's state cannot be that of a server in `vm_state`. */
function mustStop(
  compute: ComputeHost,
  { vm_state, uuid }: Instance,
  powerState: powerStates.PowerState,
): boolean {
  const off = OFF.includes(powerState);
  const dead = powerState === powerStates.SHUTDOWN || powerState === powerStates.CRASHED;
  switch (vm_state) {
    case vmStates.ACTIVE:
      if (dead) {
        compute.log("warning", "Instance shutdown by itself. Calling the stop API.");
        return true;
      }
      if (powerState === powerStates.SUSPENDED) {
        compute.log("warning", "Instance is suspended unexpectedly. Calling the stop API.");
        return true;
      }
      if (powerState !== powerStates.RUNNING) {
        compute.log("warning", `Instance ${uuid} is unexpectedly not running. Ignore.`);
      }
      return false;
    case vmStates.STOPPED:
      if (!off) compute.log("warning", "Instance is not stopped. Calling the stop API.");
      return !off;
    case vmStates.PAUSED:
      if (dead) compute.log("warning", "Paused instance shutdown by itself. Calling the stop API.");
      return dead;
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

function logged(compute: ComputeHost, uuid: string, error: Exception): void {
  const text = originalMessage(error);
  compute.log("error", `Periodic sync_power_state of instance ${uuid} failed: ${text}`);
}
