/**
 * What is wrapped around a method of the manager: notification, task state, action event, fault,
 * from the outside in. Upstream: nova/compute/manager.py (reverts_task_state, wrap_instance_fault,
 * wrap_instance_event), nova/exception.py (wrap_exception) at 2014.2; nova §0.3.
 */
import { bind, originalMessage } from "../../../bus/index.js";
import type { RequestContext } from "../../../framework/index.js";
import { type Op, caught } from "../../../kernel/index.js";
import {
  type Exception,
  type JsonObject,
  bytesRepr,
  formatException,
  subscript,
} from "../../../python/index.js";
import { reportEvent } from "../event-reporter.js";
import { InstanceNotFound, UnexpectedTaskStateError } from "../exception.js";
import type { Instance } from "../objects/instance.js";
import { payloadOf } from "../objects/wire/primitive.js";
import type { ComputeHost } from "./compute-host.js";
import { addInstanceFault } from "../faults.js";
import { inEvent, inFault } from "./frames.js";
import { computeApi } from "./rpcapi.js";

/** A method of the manager. */
export type Method<A, R = void> = (compute: ComputeHost, ctxt: RequestContext, args: A) => Op<R>;

interface OfInstance {
  readonly instance: Instance;
}

/** A method that messages ask for. */
type Asked = keyof (typeof computeApi)["methods"];

/** `kwargs['instance']`: it may be missing, and need not be one. @throws KeyError */
const instanceOf = (args: object): Instance => subscript(args, "instance") as Instance;

/** `instance['uuid']`. @throws TypeError, KeyError for what is no instance */
const uuidOf = (instance: unknown): string => subscript(instance, "uuid") as string;

/** The method itself, where its arguments are bound to its parameters. */
export function bindsArguments<A extends object, R = void>(
  name: Asked,
  method: Method<A, R>,
): Method<A, R> {
  return function* (compute, ctxt, args) {
    const { signature } = computeApi.methods[name];
    const unchecked = compute.env.kernel.unchecked.admitted && signature !== undefined;
    return yield* method(compute, ctxt, unchecked ? (bind(name, signature, args) as A) : args);
  };
}

/**
 * `save_and_reraise_exception`: what is done about `error` before it is raised again may fail itself.
 * @throws what failed then, after `error` has been logged (openstack/common/excutils.py)
 */
export function* beforeReraising(compute: ComputeHost, error: Exception, op: Op<void>): Op<void> {
  try {
    yield* op;
  } catch (thrown) {
    const other = yield* caught(thrown);
    const lines = bytesRepr(formatException(error, inFault));
    compute.log("error", `Original exception being dropped: ${lines}`);
    throw other;
  }
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
    } catch (thrown) {
      const error = yield* caught(thrown);
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
export function revertsTaskState<A extends OfInstance, R = void>(
  method: Method<A, R>,
): Method<A, R> {
  return function* (compute, ctxt, args) {
    try {
      return yield* method(compute, ctxt, args);
    } catch (thrown) {
      const error = yield* caught(thrown);
      if (error instanceof UnexpectedTaskStateError) {
        compute.log("info", `Task possibly preempted: ${originalMessage(error)}`);
      } else {
        yield* clearTaskState(compute, ctxt, args);
      }
      throw error;
    }
  };
}

function* clearTaskState(compute: ComputeHost, ctxt: RequestContext, args: object): Op<void> {
  try {
    yield* compute.instanceUpdate(ctxt, uuidOf(instanceOf(args)), { task_state: null });
  } catch (thrown) {
    yield* caught(thrown);
  }
}

/** The method is an event of the instance's action. */
export function wrapInstanceEvent<A extends OfInstance, R = void>(
  name: string,
  method: Method<A, R>,
): Method<A, R> {
  return function* (compute, ctxt, args) {
    const uuid = uuidOf(instanceOf(args));
    const event = `compute_${name}`;
    return yield* reportEvent(
      compute.store,
      ctxt,
      event,
      uuid,
      method(compute, ctxt, args),
      inEvent,
    );
  };
}

/** An error is kept as a fault of the instance. */
export function wrapInstanceFault<A extends OfInstance, R = void>(
  method: Method<A, R>,
): Method<A, R> {
  return function* (compute, ctxt, args) {
    try {
      return yield* method(compute, ctxt, args);
    } catch (thrown) {
      const error = yield* caught(thrown);
      if (!(error instanceof InstanceNotFound)) {
        yield* beforeReraising(compute, error, faultOf(compute, ctxt, args, error));
      }
      throw error;
    }
  };
}

function* faultOf(
  compute: ComputeHost,
  ctxt: RequestContext,
  args: object,
  error: Exception,
): Op<void> {
  const where = { uuid: uuidOf(instanceOf(args)), host: compute.host };
  yield* addInstanceFault(compute.store, ctxt, where, error, inFault);
}

/** All four, in upstream's order. */
export function instanceMethod<A extends OfInstance, R = void>(
  name: Asked,
  method: Method<A, R>,
): Method<A, R> {
  const inner = wrapInstanceFault(bindsArguments(name, method));
  return wrapException(name, revertsTaskState(wrapInstanceEvent(name, inner)));
}

/** Without the event: what is no action of the server's. */
export const eventlessMethod = <A extends OfInstance, R = void>(
  name: Asked,
  method: Method<A, R>,
): Method<A, R> =>
  wrapException(name, revertsTaskState(wrapInstanceFault(bindsArguments(name, method))));

/**
 * The same, for a call within the process. reverts_task_state looks for the instance among keyword
 * arguments, which such a call has none of, and so does nothing (nova §3.1, remarks).
 */
export function inlineMethod<A extends OfInstance>(name: Asked, method: Method<A>): Method<A> {
  const inner = wrapInstanceEvent(name, wrapInstanceFault(method));
  return wrapException(name, inner, "within the process");
}
