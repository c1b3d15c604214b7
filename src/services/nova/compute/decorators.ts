/**
 * What is wrapped around a method of the manager: notification, task state, action event, fault,
 * from the outside in. Upstream: nova/compute/manager.py (reverts_task_state, wrap_instance_fault,
 * wrap_instance_event), nova/exception.py (wrap_exception) at 2014.2; nova §0.3.
 */
import { originalMessage } from "../../../bus/index.js";
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { Exception, type JsonObject } from "../../../python/index.js";
import { reportEvent } from "../event-reporter.js";
import { InstanceNotFound, UnexpectedTaskStateError } from "../exception.js";
import type { Instance } from "../objects/instance.js";
import { payloadOf } from "../objects/wire/primitive.js";
import type { ComputeHost } from "./compute-host.js";
import { addInstanceFault } from "../faults.js";
import { inEvent, inFault } from "./frames.js";

/** A method of the manager. */
export type Method<A, R = void> = (compute: ComputeHost, ctxt: RequestContext, args: A) => Op<R>;

interface OfInstance {
  readonly instance: Instance;
}

/**
 * An error is told to the world, under the bare name of the method, with what it was called with
 * (`getcallargs`): there is no self, but the context. Arguments by place are lost when a further
 * decorator is in between, which names its own alone; so they are of calls within the process.
 */
export function wrapException<A extends object, R = void>(
  name: string,
  method: Method<A, R>,
  called: "over the bus" | "within the process" = "over the bus",
): Method<A, R> {
  return function* (compute, ctxt, args) {
    try {
      return yield* method(compute, ctxt, args);
    } catch (error) {
      if (!(error instanceof Exception)) throw error;
      const named = called === "over the bus" ? args : {};
      const callArgs = Object.entries({ self: null, context: ctxt, ...named });
      const cleansed = Object.fromEntries(callArgs.filter(([key]) => !key.includes("_pass")));
      const payload = payloadOf({ exception: error, args: cleansed }) as JsonObject;
      yield* compute.notifier.error(ctxt, name, payload);
      throw error;
    }
  };
}

/** An error ends the task, unless the task turned out to be another one's already. */
export function revertsTaskState<A extends OfInstance>(method: Method<A>): Method<A> {
  return function* (compute, ctxt, args) {
    try {
      yield* method(compute, ctxt, args);
    } catch (error) {
      if (!(error instanceof Exception)) throw error;
      if (error instanceof UnexpectedTaskStateError) {
        compute.log("info", `Task possibly preempted: ${originalMessage(error)}`);
      } else {
        yield* clearTaskState(compute, ctxt, args.instance);
      }
      throw error;
    }
  };
}

function* clearTaskState(compute: ComputeHost, ctxt: RequestContext, instance: Instance): Op<void> {
  try {
    yield* compute.instanceUpdate(ctxt, instance.uuid, { task_state: null });
  } catch (error) {
    if (!(error instanceof Exception)) throw error;
  }
}

/** The method is an event of the instance's action. */
export function wrapInstanceEvent<A extends OfInstance>(
  name: string,
  method: Method<A>,
): Method<A> {
  return function* (compute, ctxt, args) {
    const { uuid } = args.instance;
    const event = `compute_${name}`;
    yield* reportEvent(compute.store, ctxt, event, uuid, method(compute, ctxt, args), inEvent);
  };
}

/** An error is kept as a fault of the instance. */
export function wrapInstanceFault<A extends OfInstance, R = void>(
  method: Method<A, R>,
): Method<A, R> {
  return function* (compute, ctxt, args) {
    try {
      return yield* method(compute, ctxt, args);
    } catch (error) {
      if (error instanceof Exception && !(error instanceof InstanceNotFound)) {
        const where = { uuid: args.instance.uuid, host: compute.host };
        yield* addInstanceFault(compute.store, ctxt, where, error, inFault);
      }
      throw error;
    }
  };
}

/** All four, in upstream's order. */
export function instanceMethod<A extends OfInstance>(name: string, method: Method<A>): Method<A> {
  return wrapException(name, revertsTaskState(wrapInstanceEvent(name, wrapInstanceFault(method))));
}

/**
 * The same, for a call within the process. reverts_task_state looks for the instance among keyword
 * arguments, which such a call has none of, and so does nothing (nova §3.1, remarks).
 */
export function inlineMethod<A extends OfInstance>(name: string, method: Method<A>): Method<A> {
  const inner = wrapInstanceEvent(name, wrapInstanceFault(method));
  return wrapException(name, inner, "within the process");
}
