/**
 * What becomes of instances for which no host was found: their state, a fault for the user, and a
 * notification. Upstream: nova/scheduler/utils.py (set_vm_state_and_notify) and, the same with
 * other words, nova/scheduler/driver.py (handle_schedule_error) at 2014.2; nova §1.10.
 */
import { originalMessage, type Notifier } from "../../../bus/index.js";
import type { Env, RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { Exception, Frame } from "../../../python/index.js";
import { updateInstance } from "../db/instances/instances.js";
import type { DirectStore } from "../db/store/object-store.js";
import { NoValidHost } from "../exception.js";
import { addInstanceFault } from "../faults.js";
import type { Expectations, InstanceFields } from "../objects/instance.js";
import { payloadOf } from "../objects/wire/primitive.js";
import type { StateChanges } from "../states/state-changes.js";
import type { RequestSpec } from "../scheduler/rpcapi.js";

export interface SchedulingFailure {
  /** Whose failure it is; the event is `<service>.<method>`. */
  readonly service: "scheduler" | "compute_task";
  readonly method: string;
  readonly updates: Partial<InstanceFields>;
  /** What must be stored, if anything; nobody is told where it is not. */
  readonly expected?: Expectations;
  readonly error: Exception;
  readonly requestSpec: RequestSpec | Pick<RequestSpec, "instance_properties">;
  /** Where the fault is recorded to have happened. */
  readonly host: string;
  /** The lines at which the error was caught. */
  readonly caught: readonly Frame[];
}

/** What is logged before, as `handle_schedule_error` does. */
export function logSchedulingFailure(env: Env, error: Exception): void {
  if (error instanceof NoValidHost) {
    const message = originalMessage(error).trim();
    env.log("warning", `NoValidHost exception with message: '${message}'`);
  } else env.log("error", "Exception during scheduler.run_instance");
  env.log("warning", "Setting instance to ERROR state.");
}

/**
 * Write the state of one instance, whatever it was, and tell of it.
 * @throws InstanceNotFound if it was deleted meanwhile
 */
export function* setVmStateAndNotify(
  store: DirectStore,
  notifier: Notifier,
  changes: StateChanges,
  ctxt: RequestContext,
  uuid: string,
  failure: SchedulingFailure,
): Op<void> {
  const { service, method, updates, error, requestSpec, host } = failure;
  const update = updateInstance(store.db, uuid, updates, failure.expected);
  yield* changes.sendUpdate(ctxt, update, service);
  yield* addInstanceFault(store, ctxt, { uuid, host }, error, failure.caught);
  yield* notifier.error(ctxt, `${service}.${method}`, {
    request_spec: requestSpec,
    instance_properties: requestSpec.instance_properties,
    instance_id: uuid,
    state: updates.vm_state,
    method,
    reason: payloadOf(error),
  });
}
