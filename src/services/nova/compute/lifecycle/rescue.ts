/**
 * rescue_instance and unrescue_instance: a guest boots another image than its own, and its own again. A
 * rescue that fails leaves the server active with its guest off. Upstream: nova/compute/manager.py
 * at 2014.2; nova-actions NOV-267, NOV-268.
 */
import { originalMessage, type ArgsIn } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { str, truth, type Json } from "../../../../python/index.js";
import {
  ImageNotAuthorized,
  ImageNotFound,
  InstanceNotRescuable,
  Invalid,
} from "../../exception.js";
import type { Instance } from "../../objects/instance.js";
import * as taskStates from "../../states/task-states.js";
import * as vmStates from "../../states/vm-states.js";
import type { ComputeHost } from "../compute-host.js";
import { instanceMethod } from "../decorators.js";
import { errorOutOnException } from "../error-out.js";
import type { computeApi } from "../rpcapi.js";
import { powerOff } from "./power.js";
import { notifyUsageExists } from "./shelve.js";

type Rescue = ArgsIn<typeof computeApi, "rescue_instance">;

export const rescueInstance = instanceMethod<Rescue>(
  "rescue_instance",
  function* (compute, asked, { instance, rescue_image_ref, clean_shutdown = true }) {
    const ctxt = asked.elevated();
    compute.log("info", "Rescuing");
    const networkInfo = yield* compute.network.get_instance_nw_info(ctxt, instance);
    const image = yield* rescueImage(compute, ctxt, instance, rescue_image_ref);
    // What an instance remembers of an image has no name.
    const details = { networkInfo, extra: { rescue_image_name: "" } };
    yield* compute.notify(ctxt, instance, "rescue.start", details);
    try {
      yield* powerOff(compute, instance, truth(clean_shutdown));
      yield* compute.driver.rescue(ctxt, instance, image);
    } catch (thrown) {
      const error = yield* caught(thrown);
      compute.log("error", `Error trying to Rescue Instance: ${originalMessage(error)}`);
      const reason = `Driver Error: ${error.message}`;
      throw new InstanceNotRescuable({ instance_id: instance.uuid, reason });
    }
    yield* notifyUsageExists(compute, ctxt, instance);
    instance.vm_state = vmStates.RESCUED;
    instance.task_state = null;
    instance.power_state = compute.powerState(instance);
    instance.launched_at = compute.env.utcnow();
    yield* instance.save(ctxt, { expected_task_state: taskStates.RESCUING });
    yield* compute.notify(ctxt, instance, "rescue.end", details);
  },
);

export const unrescueInstance = instanceMethod<{ readonly instance: Instance }>(
  "unrescue_instance",
  function* (compute, asked, { instance }) {
    const ctxt = asked.elevated();
    compute.log("info", "Unrescuing");
    const networkInfo = yield* compute.network.get_instance_nw_info(ctxt, instance);
    yield* compute.notify(ctxt, instance, "unrescue.start", { networkInfo });
    yield* errorOutOnException(compute, ctxt, instance, compute.driver.unrescue(instance));
    instance.vm_state = vmStates.ACTIVE;
    instance.task_state = null;
    instance.power_state = compute.powerState(instance);
    yield* instance.save(ctxt, { expected_task_state: taskStates.UNRESCUING });
    yield* compute.notify(ctxt, instance, "unrescue.end", { networkInfo });
  },
);

/** `_get_rescue_image`: the one that was asked for, that of which its own was made, or its own. */
function* rescueImage(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  asked: Json,
): Op<string> {
  const base = instance.system_metadata["image_base_image_ref"] ?? "";
  let id = truth(asked) ? str(asked) : base;
  if (id === "") {
    const own = "using instance's current image";
    compute.log("warning", `Unable to find a different image to use for rescue VM, ${own}`);
    id = instance.image_ref;
  }
  try {
    yield* compute.images.get(ctxt, id);
  } catch (thrown) {
    const error = yield* caught(thrown);
    const gone = [ImageNotFound, ImageNotAuthorized, Invalid].some((kind) => error instanceof kind);
    if (!gone) throw error;
    compute.log("warning", `Can't access image ${id}: ${error.message}`);
  }
  return id;
}
