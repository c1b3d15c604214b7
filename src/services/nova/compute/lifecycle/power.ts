/**
 * Switching guests off and on: stop_instance, start_instance, and how shelving does it. Upstream:
 * nova/compute/manager.py (stop_instance, start_instance, _power_off_instance) at 2014.2; nova §3.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { seconds, type Duration, type Op } from "../../../../kernel/index.js";
import { getBlockDevices } from "../../objects/block-device-mapping.js";
import type { Instance } from "../../objects/instance.js";
import * as powerStates from "../../../../hardware/power-states.js";
import * as taskStates from "../../states/task-states.js";
import * as vmStates from "../../states/vm-states.js";
import { truth } from "../../../../python/index.js";
import { connectedVolumes } from "../build/block-devices.js";
import type { ComputeHost } from "../compute-host.js";
import type { MayBeForced } from "../rpcapi.js";
import { inlineMethod, instanceMethod, type Method } from "../decorators.js";

interface OfInstance {
  readonly instance: Instance;
}

interface ToStop extends OfInstance, MayBeForced {}

/** States of a guest that is off already. */
const OFF: readonly number[] = [powerStates.NOSTATE, powerStates.SHUTDOWN, powerStates.CRASHED];

const stop: Method<ToStop> = function* (compute, ctxt, { instance, clean_shutdown = true }) {
  yield* compute.locked(instance, stopLocked(compute, ctxt, instance, truth(clean_shutdown)));
};

const start: Method<OfInstance> = function* (compute, ctxt, { instance }) {
  yield* compute.notify(ctxt, instance, "power_on.start");
  yield* powerOn(compute, ctxt, instance);
  instance.power_state = compute.powerState(instance);
  instance.vm_state = vmStates.ACTIVE;
  instance.task_state = null;
  yield* instance.save(ctxt, { expected_task_state: taskStates.POWERING_ON });
  yield* compute.notify(ctxt, instance, "power_on.end");
};

/** As messages ask for it. */
export const stopInstance = instanceMethod("stop_instance", stop);
export const startInstance = instanceMethod("start_instance", start);

/** As nova-compute asks itself for it when it starts. */
export const stopInline = inlineMethod("stop_instance", stop);
export const startInline = inlineMethod("start_instance", start);

function* stopLocked(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  clean: boolean,
): Op<void> {
  const already = OFF.includes(compute.powerState(instance));
  yield* compute.notify(ctxt, instance, "power_off.start");
  yield* powerOff(compute, instance, clean);
  instance.power_state = compute.powerState(instance);
  instance.vm_state = vmStates.STOPPED;
  instance.task_state = null;
  const expected_task_state = [taskStates.POWERING_OFF, ...(already ? [null] : [])];
  yield* instance.save(ctxt, { expected_task_state });
  yield* compute.notify(ctxt, instance, "power_off.end");
}

/** Off: cleanly within the time that its image or the host grants, or at once. */
export function* powerOff(compute: ComputeHost, instance: Instance, clean: boolean): Op<void> {
  yield* compute.driver.powerOff(instance, shutdownTimeout(compute, instance, clean));
}

/** `_get_power_off_values`: how long it may take to shut down cleanly; no time at all if forced. */
export function shutdownTimeout(
  compute: ComputeHost,
  instance: Instance,
  clean: boolean,
): Duration {
  if (!clean) return 0;
  const own = Number(instance.system_metadata["image_os_shutdown_timeout"] ?? NaN);
  return seconds(Number.isInteger(own) ? own : compute.flags.shutdown_timeout);
}

export function* powerOn(compute: ComputeHost, ctxt: RequestContext, instance: Instance): Op<void> {
  const networkInfo = yield* compute.network.get_instance_nw_info(ctxt, instance);
  const { objects: devices } = yield* getBlockDevices(compute.store, ctxt, instance.uuid);
  yield* compute.driver.powerOn(ctxt, instance, networkInfo, connectedVolumes(devices));
}
