/**
 * What libvirt tells of guests, whoever had them change: the server's power state is brought up to date, unless it is in the middle
 * of something. One event is dealt with after the other, in the order in which they came. Upstream: nova/virt/libvirt/driver.py
 * (_queue_event, _dispatch_events), nova/virt/driver.py (emit_event), nova/compute/manager.py (handle_lifecycle_event) at 2014.2.
 */
import { originalMessage } from "../../../../bus/index.js";
import { adminContext } from "../../../../framework/index.js";
import type { LifecycleListener, Transition } from "../../../../hardware/lifecycle.js";
import * as powerStates from "../../../../hardware/power-states.js";
import { caught, type Micros, type Op } from "../../../../kernel/index.js";
import { floatStr } from "../../../../python/index.js";
import { InstanceNotFound } from "../../exception.js";
import { getInstance } from "../../objects/instance.js";
import type { ComputeHost } from "../compute-host.js";
import { syncInstance } from "../periodic/power-sync.js";

interface LifecycleEvent {
  readonly uuid: string;
  readonly transition: Transition;
  readonly at: Micros;
}

/** Queues what it is told, and has it dealt with in a greenthread. */
export function lifecycleListener(compute: ComputeHost): LifecycleListener {
  const queue: LifecycleEvent[] = [];
  return (uuid, transition) => {
    const isDispatching = queue.length > 0;
    queue.push({ uuid, transition, at: compute.env.kernel.now });
    if (!isDispatching) compute.env.spawn("dispatch_events", dispatchEvents(compute, queue));
  };
}

/** The event that is dealt with is the first in the queue until it is over. */
function* dispatchEvents(compute: ComputeHost, queue: LifecycleEvent[]): Op<void> {
  for (let event = queue[0]; event !== undefined; event = queue[0]) {
    yield* emitEvent(compute, event);
    queue.shift();
  }
}

function* emitEvent(compute: ComputeHost, event: LifecycleEvent): Op<void> {
  try {
    yield* handleEvent(compute, event);
  } catch (thrown) {
    const error = yield* caught(thrown);
    // It was probably deleted.
    if (error instanceof InstanceNotFound) return;
    compute.log(
      "error",
      `Exception dispatching event ${repr(compute, event)}: ${originalMessage(error)}`,
    );
  }
}

/** @throws InstanceNotFound for a guest that nobody knows */
function* handleEvent(compute: ComputeHost, { uuid, transition }: LifecycleEvent): Op<void> {
  compute.log("info", `VM ${transition} (Lifecycle Event)`);
  const ctxt = adminContext(compute.env).with({ read_deleted: "yes" });
  const instance = yield* getInstance(compute.store, ctxt, uuid);
  yield* syncInstance(compute, ctxt, instance, POWER_STATES[transition], false);
}

const POWER_STATES: Readonly<Record<Transition, powerStates.PowerState>> = {
  Started: powerStates.RUNNING,
  Stopped: powerStates.SHUTDOWN,
  Paused: powerStates.PAUSED,
  Resumed: powerStates.RUNNING,
};

const repr = ({ env }: ComputeHost, { uuid, transition, at }: LifecycleEvent): string => {
  const epoch = env.kernel.calendar.parse("1970-01-01T00:00:00");
  return `<LifecycleEvent: ${floatStr((at - epoch) / 1_000_000)}, ${uuid} => ${transition}>`;
};
