/**
 * A stack becomes what another one is that is not stored: its resources one after another, then its template. If that
 * fails and is wanted, it becomes what it was. Upstream: heat/engine/stack.py (update, update_task, ForcedCancel) at
 * 2014.2.
 */
import type { Op, Stepped } from "../../../../../kernel/index.js";
import { endStep } from "../../../../../kernel/index.js";
import { reasonColumn } from "../../../db/database.js";
import { ResourceFailure } from "../../../exception.js";
import type { ThreadEvent } from "../../thread-event.js";
import { TaskRunner, Timeout } from "../../scheduler/task.js";
import { backupStack } from "./backup.js";
import type { StackCore } from "../core.js";
import { deleteStack } from "../delete.js";
import { runTask } from "../perform.js";
import { StackUpdate } from "./stack-update.js";
import { storeStack } from "../store.js";

type UpdateAction = "UPDATE" | "ROLLBACK";

/** How an update has ended, if it does not go on as a rollback. */
type End =
  | { readonly kind: "done" }
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "cancelled" };

/** However long it takes; its resources have their time. @param event what tells it to stop */
export function* updateStack(stack: StackCore, next: StackCore, event?: ThreadEvent): Op<void> {
  stack.updatedTime = stack.parts.kernel.calendar.stamp(stack.parts.kernel.now);
  yield* runTask(stack, "UPDATE", () => updateTask(stack, next, "UPDATE", event), null);
}

/** `update_task`. */
export function* updateTask(
  stack: StackCore,
  next: StackCore,
  action: UpdateAction = "UPDATE",
  event?: ThreadEvent,
): Stepped {
  if (stack.status === "IN_PROGRESS" && action === "UPDATE") {
    yield* stack.setState(action, "FAILED", `State invalid for ${action}`);
    return;
  }
  if (stack.status === "IN_PROGRESS") {
    stack.parts.log("debug", `Starting update rollback for ${stack.name}`);
  }
  yield* stack.setState(action, "IN_PROGRESS", `Stack ${action} started`);
  const old = action === "UPDATE" ? asItIs(stack) : undefined;
  const backup = yield* backupStack(stack);
  const end = yield* resourcesChanged(stack, next, backup, action, event);
  if (end.kind !== "done" && old !== undefined) {
    const undone = end.kind === "cancelled" || (end.reason !== TIMED_OUT && !stack.disableRollback);
    if (undone) {
      yield* updateTask(stack, old, "ROLLBACK");
      return;
    }
  }
  if (end.kind === "done") {
    stack.parts.log("debug", "Deleting backup stack");
    yield* deleteStack(backup, "DELETE", "backup");
    stack.become(next.template);
  }
  stack.action = action;
  stack.status = end.kind === "done" ? "COMPLETE" : "FAILED";
  stack.statusReason = reasonOf(end, action);
  yield* storeStack(stack);
  yield* stack.notify();
}

const TIMED_OUT = "Timed out";

function reasonOf(end: End, action: UpdateAction): string {
  if (end.kind === "failed") return reasonColumn(end.reason);
  if (end.kind === "cancelled") return "Operation cancelled";
  return action === "UPDATE" ? "Stack successfully updated" : "Stack rollback completed";
}

/** The stack as it is before it is changed, to go back to. */
function asItIs(stack: StackCore): StackCore {
  const { name, template, context, tenant, username } = stack;
  return stack.child({
    ...{ name, template, context, tenant, username },
    parameters: stack.userParameters,
    registry: stack.registry,
    nested: stack.owner !== null,
  });
}

/** @throws what is no end of an update */
function* resourcesChanged(
  stack: StackCore,
  next: StackCore,
  backup: StackCore,
  action: UpdateAction,
  event: ThreadEvent | undefined,
): Stepped<End> {
  const update = new StackUpdate(stack, next, backup, action === "ROLLBACK");
  const what = `${stack.toString()} ${action === "UPDATE" ? "Update" : "Rollback"}`;
  try {
    yield* update.prepare();
    const updater = new TaskRunner(stack.parts.kernel, what, () => update.run());
    stack.takeOver(next);
    try {
      yield* updater.start(stack.timeout);
      yield* endStep();
      while (!(yield* updater.step())) {
        if (event?.message === "cancel") {
          yield* update.cancel();
          return { kind: "cancelled" };
        }
        yield* endStep();
      }
    } finally {
      stack.resetDependencies();
    }
  } catch (error) {
    if (error instanceof Timeout) return { kind: "failed", reason: TIMED_OUT };
    if (error instanceof ResourceFailure) return { kind: "failed", reason: error.message };
    throw error;
  }
  return { kind: "done" };
}
