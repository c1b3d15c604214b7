/**
 * Tells of every write to an instance, with the states before and after, where the flag asks for it.
 * Upstream: nova/notifications.py (send_update, send_update_with_states,
 * _send_instance_update_notification) at 2014.2; nova §0.4.
 */
import type { Env, FlagsOf, RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { auditPeriod } from "../audit-period.js";
import { notificationFlags } from "../notification-flags.js";
import { instanceInfo, novaNotifier, type Notified } from "../notifications.js";
import type { TaskState } from "./task-states.js";
import type { VmState } from "./vm-states.js";

/** What of a row says whether its states have changed. */
interface Before {
  readonly vm_state: VmState;
  readonly task_state: TaskState;
  readonly display_name: string;
}

/** A write. What is there afterwards is made when it is asked for. */
interface Update {
  readonly before: Before;
  readonly after: Notified;
}

interface States {
  readonly old_state: VmState;
  readonly old_task_state: TaskState;
}

/** Whose the event is; nobody fills it in where an object is saved, and Python writes that too. */
type Service = "api" | "conductor" | "scheduler" | "compute_task" | null;

export class StateChanges {
  readonly #env: Env;
  readonly #flags: FlagsOf<typeof notificationFlags>;

  constructor(env: Env) {
    this.#env = env;
    this.#flags = env.flags.read(notificationFlags);
  }

  /** Whether anything is told at all. */
  get told(): boolean {
    return this.#flags.notify_on_state_change !== "";
  }

  /** `send_update`: of a write that changes no states too, and then a change of its name is told. */
  *sendUpdate(ctxt: RequestContext, update: Update, service: Service): Op<void> {
    if (!this.told) return;
    const { before, after } = update;
    const { vm_state, task_state, display_name } = after.values;
    const tasks = this.#flags.notify_on_state_change.toLowerCase() === "vm_and_task_state";
    const changed = before.vm_state !== vm_state || (tasks && before.task_state !== task_state);
    if (changed) {
      yield* this.#send(ctxt, after, { ...before }, service);
      return;
    }
    const renamed = before.display_name !== display_name && before.display_name !== "";
    yield* this.#send(ctxt, after, { vm_state, task_state }, service, {
      ...(renamed && { old_display_name: before.display_name }),
    });
  }

  /** The first word of an instance that is made; what it was before is taken to be what it is. */
  *sendCreated(ctxt: RequestContext, instance: Notified): Op<void> {
    if (!this.told) return;
    yield* this.#send(ctxt, instance, instance.values, "api");
  }

  *#send(
    ctxt: RequestContext,
    instance: Notified,
    before: Pick<Before, "vm_state" | "task_state">,
    service: Service,
    more: object = {},
  ): Op<void> {
    const { kernel } = this.#env;
    const unit = this.#flags.instance_usage_audit_period;
    const period = auditPeriod(kernel.calendar, kernel.now, unit, true);
    const { vm_state, task_state } = instance.values;
    const payload = {
      ...instanceInfo(instance),
      ...statesOf(before, task_state),
      state: vm_state,
      new_task_state: task_state,
      // Dates, not texts as in `exists`.
      audit_period_beginning: strtime(period.audit_period_beginning),
      audit_period_ending: kernel.calendar.stamp(kernel.now),
      bandwidth: {},
      ...more,
    };
    const notifier = novaNotifier(this.#env, service ?? "None");
    yield* notifier.info(ctxt, "compute.instance.update", payload);
  }
}

/** `_compute_states_payload`: None stands for what is there now. */
const statesOf = (
  { vm_state, task_state }: Pick<Before, "vm_state" | "task_state">,
  now: TaskState,
): States => ({ old_state: vm_state, old_task_state: task_state ?? now });

const strtime = (date: string): string => `${date.replace(" ", "T")}.000000`;
