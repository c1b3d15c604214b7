/**
 * snapshot_instance: a server's disk becomes the image that nova-api has made, and the image goes where
 * that fails. Upstream: nova/compute/manager.py (snapshot_instance, _snapshot_instance,
 * delete_image_on_error) at 2014.2; nova §3.2.
 */
import { originalMessage, type ArgsIn } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import * as powerStates from "../../../../hardware/power-states.js";
import { caught, type Op } from "../../../../kernel/index.js";
import {
  ImageNotFound,
  InstanceNotFound,
  UnexpectedDeletingTaskStateError,
} from "../../exception.js";
import type { Instance } from "../../objects/instance.js";
import * as taskStates from "../../states/task-states.js";
import type { ComputeHost } from "../compute-host.js";
import { eventlessMethod, type Method } from "../decorators.js";
import type { computeApi } from "../rpcapi.js";

type Snapshot = ArgsIn<typeof computeApi, "snapshot_instance">;

export const snapshotInstance = eventlessMethod<Snapshot>(
  "snapshot_instance",
  deletingImageOnError(function* (compute, ctxt, snapshot) {
    const { instance } = snapshot;
    try {
      instance.task_state = taskStates.IMAGE_SNAPSHOT;
      yield* instance.save(ctxt, { expected_task_state: taskStates.IMAGE_SNAPSHOT_PENDING });
    } catch (error) {
      if (!isGone(error)) throw error;
      compute.log(
        "debug",
        error instanceof InstanceNotFound
          ? "Instance not found, could not set state image_snapshot for instance."
          : "Instance being deleted, snapshot cannot continue",
      );
      return;
    }
    yield* takeSnapshot(compute, ctxt, snapshot, taskStates.IMAGE_SNAPSHOT);
  }),
);

/** An error also takes the image, of which there is nothing. */
export function deletingImageOnError<A extends { readonly image_id: string }>(
  method: Method<A>,
): Method<A> {
  return function* (compute, ctxt, args) {
    try {
      yield* method(compute, ctxt, args);
    } catch (thrown) {
      const error = yield* caught(thrown);
      compute.log("debug", `Cleaning up image ${args.image_id}`);
      yield* cleanUp(compute, args.image_id, "error", compute.images.delete(ctxt, args.image_id));
      throw error;
    }
  };
}

/** @param doing the task that it is in the middle of. A server or an image that goes is no error. */
export function* takeSnapshot(
  compute: ComputeHost,
  asked: RequestContext,
  { instance, image_id }: Snapshot,
  doing: taskStates.TaskState,
): Op<void> {
  const ctxt = asked.elevated();
  const powerState = compute.powerState(instance);
  try {
    instance.power_state = powerState;
    yield* instance.save(ctxt);
    compute.log("info", "instance snapshotting");
    warnUnlessRunning(compute, powerState);
    yield* compute.notify(ctxt, instance, "snapshot.start");
    yield* compute.driver.snapshot(ctxt, instance, image_id, function* (step, from) {
      instance.task_state = step;
      yield* instance.save(ctxt, { expected_task_state: from ?? doing });
    });
    instance.task_state = null;
    yield* instance.save(ctxt, { expected_task_state: taskStates.IMAGE_UPLOADING });
    yield* compute.notify(ctxt, instance, "snapshot.end");
  } catch (error) {
    if (isGone(error)) {
      compute.log("debug", "Instance disappeared during snapshot");
      yield* cleanUp(compute, image_id, "warning", deleteUnlessActive(compute, ctxt, image_id));
    } else if (error instanceof ImageNotFound) {
      yield* endTask(ctxt, instance);
      compute.log("warning", "Image not found during snapshot");
    } else {
      throw error;
    }
  }
}

const isGone = (error: unknown): boolean =>
  error instanceof InstanceNotFound || error instanceof UnexpectedDeletingTaskStateError;

function warnUnlessRunning(compute: ComputeHost, state: powerStates.PowerState): void {
  const { RUNNING } = powerStates;
  if (state === RUNNING) return;
  const states = `(state: ${String(state)} expected: ${String(RUNNING)})`;
  compute.log("warning", `trying to snapshot a non-running instance: ${states}`);
}

function* endTask(ctxt: RequestContext, instance: Instance): Op<void> {
  instance.task_state = null;
  yield* instance.save(ctxt);
}

function* deleteUnlessActive(compute: ComputeHost, ctxt: RequestContext, id: string): Op<void> {
  const image = yield* compute.images.get(ctxt, id);
  if (image.status !== "active") yield* compute.images.delete(ctxt, id);
}

/** What goes wrong with that is logged and forgotten. */
function* cleanUp(
  compute: ComputeHost,
  image: string,
  level: "warning" | "error",
  op: Op<void>,
): Op<void> {
  try {
    yield* op;
  } catch (thrown) {
    const error = yield* caught(thrown);
    compute.log(level, `Error while trying to clean up image ${image}: ${originalMessage(error)}`);
  }
}
