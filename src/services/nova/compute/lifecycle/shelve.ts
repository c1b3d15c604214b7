/**
 * shelve_instance: the guest is switched off and its disk becomes an image. Upstream:
 * nova/compute/manager.py (shelve_instance) at 2014.2; nova §2.2.
 */
import type { ArgsIn } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { truth } from "../../../../python/index.js";
import type { Instance } from "../../objects/instance.js";
import { primitive } from "../../objects/wire/primitive.js";
import * as taskStates from "../../states/task-states.js";
import type { UpdateTaskState } from "../../virt/driver.js";
import * as vmStates from "../../states/vm-states.js";
import type { ComputeHost } from "../compute-host.js";
import { instanceMethod } from "../decorators.js";
import { powerOff } from "./power.js";
import type { computeApi } from "../rpcapi.js";
import { shelveOffloadInline } from "./shelve-offload.js";

type Shelve = ArgsIn<typeof computeApi, "shelve_instance">;

export const shelveInstance = instanceMethod<Shelve>(
  "shelve_instance",
  function* (compute, ctxt, { instance, image_id, clean_shutdown = true }) {
    yield* notifyUsageExists(compute, ctxt, instance);
    yield* compute.notify(ctxt, instance, "shelve.start");
    yield* powerOff(compute, instance, truth(clean_shutdown));
    const powerState = compute.powerState(instance);
    const update = updateTaskState(ctxt, instance);
    yield* compute.driver.snapshot(ctxt, instance, image_id, update);
    const atOnce = compute.flags.shelved_offload_time === 0;
    instance.system_metadata = {
      ...instance.system_metadata,
      shelved_at: compute.env.utcnow(),
      shelved_image_id: image_id,
      shelved_host: compute.host,
    };
    instance.vm_state = vmStates.SHELVED;
    instance.task_state = atOnce ? taskStates.SHELVING_OFFLOADING : null;
    instance.power_state = powerState;
    const expected_task_state = [taskStates.SHELVING, taskStates.SHELVING_IMAGE_UPLOADING];
    yield* instance.save(ctxt, { expected_task_state });
    yield* compute.notify(ctxt, instance, "shelve.end");
    if (atOnce) yield* shelveOffloadInline(compute, ctxt, { instance });
  },
);

/** The driver speaks of an image; the server is being shelved. */
function updateTaskState(ctxt: RequestContext, instance: Instance): UpdateTaskState {
  return function* (step, from) {
    instance.task_state = SHELVING[step];
    const expected = from === undefined ? taskStates.SHELVING : SHELVING[from];
    yield* instance.save(ctxt, { expected_task_state: expected });
  };
}

const SHELVING = {
  image_pending_upload: taskStates.SHELVING_IMAGE_PENDING_UPLOAD,
  image_uploading: taskStates.SHELVING_IMAGE_UPLOADING,
} as const;

/** `compute.instance.exists` for the current period, emitted by the conductor. */
export function* notifyUsageExists(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
): Op<void> {
  yield* compute.store.conductor.notify_usage_exists(ctxt, {
    instance: primitive(instance),
    current_period: true,
    ignore_missing_network_data: true,
    system_metadata: null,
    extra_usage_info: null,
  });
}
