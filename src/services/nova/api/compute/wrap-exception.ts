/**
 * What goes wrong in a method of the compute API is told to the world under the method's name. Upstream: nova/exception.py
 * (wrap_exception), as nova/compute/api.py (AggregateAPI, KeypairAPI) decorates with it at 2014.2.
 */
import type { Notifier } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import type { Exception, JsonObject } from "../../../../python/index.js";
import type { NovaApp } from "../app.js";

interface Around {
  readonly app: NovaApp;
  readonly ctxt: RequestContext;
  /** Who tells: that of key pairs unless told, `api.<host>`; the others' is `compute.<host>`. */
  readonly notifier?: Notifier;
}

/** @param answered what is raised in the place of an error */
export function* wrapException<T>(
  { app, ctxt, notifier = app.apiNotifier }: Around,
  method: string,
  args: JsonObject,
  body: () => Op<T>,
  answered: (error: Exception) => Exception = (error) => error,
): Op<T> {
  try {
    return yield* body();
  } catch (thrown) {
    const error = yield* caught(thrown);
    yield* notifier.error(ctxt, method, { exception: error.message, args });
    throw answered(error);
  }
}
