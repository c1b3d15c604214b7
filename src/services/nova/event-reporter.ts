/**
 * Marks a part of the work on an instance as an event of its action, and how that part ended.
 * Upstream: nova/compute/utils.py (EventReporter), nova/objects/base.py (serialize_args); nova §0.3.
 */
import type { RequestContext } from "../../framework/index.js";
import { type Op, caught } from "../../kernel/index.js";
import { formatTb, type Frame } from "../../python/index.js";
import type { ObjectStore } from "./objects/base/versioned-object.js";
import { eventFinish, eventStart } from "./objects/instance-action.js";

/**
 * Do `op` as the event `event` of this request's action on the instance.
 * @param frames those frames of upstream's code at the place where `op` is done
 * @throws what `op` throws; InstanceActionNotFound if the request has no action on the instance
 */
export function* reportEvent<T>(
  store: ObjectStore,
  ctxt: RequestContext,
  event: string,
  instanceUuid: string,
  op: Op<T>,
  frames: readonly Frame[],
): Op<T> {
  yield* eventStart(store, ctxt, instanceUuid, event);
  let result: T;
  try {
    result = yield* op;
  } catch (thrown) {
    // A halted greenthread finishes nothing: its process is gone.
    const error = yield* caught(thrown);
    // `str(exc_val)`: what came from afar has its traceback in its text.
    const exc_val = error.message;
    const exc_tb = formatTb(frames);
    yield* eventFinish(store, ctxt, instanceUuid, event, { exc_val, exc_tb });
    throw error;
  }
  yield* eventFinish(store, ctxt, instanceUuid, event, null);
  return result;
}
