/**
 * Brings the database's idea of a guest's power state up to date, and asks for a stop when Nova's
 * and the hypervisor's ideas cannot both be right. Upstream: nova/compute/manager.py
 * (_sync_power_states, _query_driver_power_state_and_sync, _sync_instance_power_state) at 2014.2; nova §3.7. No server here is to go when its guest shuts down (`shutdown_terminate`).
 */
import { originalMessage } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import { caught, aloud, type Op } from "../../../../kernel/index.js";
import { InstanceNotFound } from "../../exception.js";
import { getInstancesByHost, type Instance } from "../../objects/instance.js";
import * as powerStates from "../../../../hardware/power-states.js";
import * as vmStates from "../../states/vm-states.js";
import type { ComputeHost } from "../compute-host.js";
import { forceStop, stop } from "./compute-api.js";

type PowerState = powerStates.PowerState;

/** Every server of this host, each in a greenthread that waits for the server's lock. */
export function* syncPowerStates(compute: ComputeHost, ctxt: RequestContext): Op<void> {
  const loading = { use_slave: true } as const;
  const instances = yield* getInstancesByHost(compute.store, ctxt, compute.host, loading);
  const guests = compute.driver.listInstanceUuids().length;
  if (guests !== instances.length) {
    const found = `found ${String(instances.length)} instances in the database`;
    const there = `${String(guests)} instances on the hypervisor`;
    compute.log("warning", `While synchronizing instance power states, ${found} and ${there}.`);
  }
  for (const instance of instances) {
    if (compute.syncing.has(instance.uuid)) continue;
    compute.syncing.add(instance.uuid);
    compute.env.spawn("sync_power_state", syncOne(compute, ctxt, instance));
  }
}

function* syncOne(compute: ComputeHost, ctxt: RequestContext, instance: Instance): Op<void> {
  try {
    yield* compute.locked(instance, syncLocked(compute, ctxt, instance));
  } catch (thrown) {
    const text = originalMessage(yield* caught(thrown));
    compute.log(
      "error",
      `Periodic sync_power_state task had an error while processing an instance: ${text}`,
    );
  } finally {
    compute.syncing.delete(instance.uuid);
  }
}

function* syncLocked(compute: ComputeHost, ctxt: RequestContext, instance: Instance): Op<void> {
  if (instance.task_state !== null) {
    skipped(compute, instance.task_state);
    return;
  }
  try {
    yield* syncInstance(compute, ctxt, instance, compute.powerState(instance), true);
  } catch (error) {
    // Deleted meanwhile: nothing to say.
    if (!(error instanceof InstanceNotFound)) throw error;
  }
}

const skipped = (compute: ComputeHost, task: string): void => {
  compute.log("info", `During sync_power_state the instance has a pending task (${task}). Skip.`);
};

/** `_sync_instance_power_state`. @param powerState what the hypervisor says that the guest is */
export function* syncInstance(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  powerState: PowerState,
  use_slave: boolean,
): Op<void> {
  yield* instance.refresh(ctxt, { use_slave });
  const { host, task_state } = instance;
  if (host !== compute.host) {
    const move = `from host ${host ?? "None"} to host ${compute.host}`;
    compute.log("info", `During the sync_power process the instance has moved ${move}`);
    return;
  }
  if (task_state !== null) {
    skipped(compute, task_state);
    return;
  }
  if (powerState !== instance.power_state) {
    instance.power_state = powerState;
    yield* aloud(instance.save(ctxt));
  }
  const way = discrepancy(compute, instance, powerState);
  if (way === undefined) return;
  try {
    yield* aloud(way(compute, ctxt, instance));
  } catch (thrown) {
    const text = originalMessage(yield* caught(thrown));
    compute.log("error", `error during stop() in sync_power_state: ${text}`);
  }
}

/** How to stop it, if the hypervisor's state cannot be that of a server in `vm_state`. */
function discrepancy(
  compute: ComputeHost,
  { vm_state }: Instance,
  powerState: PowerState,
): typeof stop | undefined {
  const warn = (message: string): void => {
    compute.log("warning", message);
  };
  const { NOSTATE, PAUSED, SUSPENDED, SHUTDOWN, CRASHED } = powerStates;
  const dead = powerState === SHUTDOWN || powerState === CRASHED;
  // It is idle, and the database knows the guest's state by now.
  const states = `Current vm_state: ${vm_state}, current task_state: None, current DB power_state: ${String(powerState)}, current VM power_state: ${String(powerState)}`;
  switch (vm_state) {
    case vmStates.ACTIVE:
      if (dead) {
        warn(`Instance shutdown by itself. Calling the stop API. ${states}`);
        return stop;
      }
      if (powerState === SUSPENDED) {
        warn("Instance is suspended unexpectedly. Calling the stop API.");
        return stop;
      }
      if (powerState === PAUSED) warn("Instance is paused unexpectedly. Ignore.");
      if (powerState === NOSTATE) warn("Instance is unexpectedly not found. Ignore.");
      return undefined;
    case vmStates.STOPPED:
      if (dead || powerState === NOSTATE) return undefined;
      warn(`Instance is not stopped. Calling the stop API. ${states}`);
      return forceStop;
    case vmStates.PAUSED:
      if (!dead) return undefined;
      warn("Paused instance shutdown by itself. Calling the stop API.");
      return forceStop;
    case vmStates.SOFT_DELETED:
    case vmStates.DELETED:
      if (powerState !== NOSTATE && powerState !== SHUTDOWN) {
        warn("Instance is not (soft-)deleted.");
      }
      return undefined;
    default:
      return undefined;
  }
}
