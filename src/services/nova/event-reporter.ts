/**
 * Marks a part of the work on an instance as an event of its action, and how that part ended.
 * Upstream: nova/compute/utils.py (EventReporter); nova §0.3.
 */
import { originalMessage } from "../../bus/index.js";
import type { RequestContext } from "../../framework/index.js";
import type { Op } from "../../kernel/index.js";
import { Exception } from "../../python/index.js";
import type { ObjectStore } from "./objects/base.js";
import { eventFinish, eventStart } from "./objects/instance-action.js";

/**
 * Do `op` as the event `event` of this request's action on the instance.
 * @throws what `op` throws; InstanceActionNotFound if the request has no action on the instance
 */
export function* reportEvent<T>(
  store: ObjectStore,
  ctxt: RequestContext,
  event: string,
  instanceUuid: string,
  op: Op<T>,
): Op<T> {
  yield* eventStart(store, ctxt, instanceUuid, event);
  let result: T;
  try {
    result = yield* op;
  } catch (error) {
    // A halted greenthread finishes nothing: its process is gone.
    if (!(error instanceof Exception)) throw error;
    const exc_val = originalMessage(error);
    const exc_tb = traceback(error);
    yield* eventFinish(store, ctxt, instanceUuid, event, { exc_val, exc_tb });
    throw error;
  }
  yield* eventFinish(store, ctxt, instanceUuid, event, null);
  return result;
}

/** Deterministic: a real stack would tie a recording to the machine it was made on. */
const traceback = (error: Exception): string =>
  `Traceback (most recent call last):\n${error.name}: ${originalMessage(error)}\n`;
