/**
 * shelve_offload_instance: a shelved server leaves its host. Its ports stay, bound to that host; the
 * resource tracker hears of it at its next audit only. Upstream: nova/compute/manager.py at 2014.2;
 * nova §2.3.
 */
import type { Instance } from "../../objects/instance.js";
import { getBlockDevices } from "../../objects/block-device-mapping.js";
import * as taskStates from "../../states/task-states.js";
import * as vmStates from "../../states/vm-states.js";
import { eventlessMethod, wrapException, wrapInstanceFault, type Method } from "../decorators.js";
import { connectedVolumes } from "../build/block-devices.js";
import { powerOff } from "./power.js";

type Offload = Method<{ readonly instance: Instance }>;

const NAME = "shelve_offload_instance";

const offload: Offload = function* (compute, ctxt, { instance }) {
  yield* compute.notify(ctxt, instance, "shelve_offload.start");
  yield* powerOff(compute, instance, false);
  const powerState = compute.powerState(instance);
  const networkInfo = yield* compute.network.get_instance_nw_info(ctxt, instance);
  const { objects } = yield* getBlockDevices(compute.store, ctxt, instance.uuid);
  yield* compute.driver.destroy(ctxt, instance, networkInfo, connectedVolumes(objects));
  instance.power_state = powerState;
  instance.host = null;
  instance.node = null;
  instance.vm_state = vmStates.SHELVED_OFFLOADED;
  instance.task_state = null;
  const expected_task_state = [taskStates.SHELVING, taskStates.SHELVING_OFFLOADING];
  yield* instance.save(ctxt, { expected_task_state });
  yield* compute.notify(ctxt, instance, "shelve_offload.end");
};

/** As a message asks for it. It is no event of an action. */
export const shelveOffloadInstance: Offload = eventlessMethod(NAME, offload);

/**
 * As shelving and the periodic task call it. reverts_task_state looks for the instance among keyword
 * arguments, finds none, and does nothing (nova §3.1, remarks).
 */
export const shelveOffloadInline: Offload = wrapException(
  NAME,
  wrapInstanceFault(offload),
  "within the process",
);
