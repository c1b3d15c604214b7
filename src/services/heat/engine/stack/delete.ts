/**
 * The end of a stack: what an update has left, then its resources one after another, then what it kept of its user,
 * then itself. Its row stays, as a deleted one, and its events with it. Upstream: heat/engine/stack.py (delete,
 * _backup_stack) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import { TaskGroup } from "../scheduler/task-group.js";
import { existingBackup, restoreBackedUp } from "./backup.js";
import type { StackCore } from "./core.js";
import { outcomeOf, runTask, type Outcome } from "./perform.js";
import { storeStack } from "./store.js";
import { deleteUserProject } from "./user-project.js";

/** @param backup whether it is only what an update has left of another one */
export function* deleteStack(
  stack: StackCore,
  action: "DELETE" | "ROLLBACK",
  backup = false,
): Op<void> {
  yield* stack.setState(action, "IN_PROGRESS", `Stack ${action} started`);
  const left = existingBackup(stack);
  if (left !== undefined) {
    yield* restoreBackedUp(stack, left);
    yield* deleteStack(left, "DELETE", true);
    if (left.status !== "COMPLETE") {
      const failure = `Error deleting backup resources: ${left.statusReason}`;
      yield* stack.setState(action, "FAILED", `Failed to ${action} : ${failure}`);
      return;
    }
  }
  let { status, reason } = yield* destroyed(stack, action);
  const { db } = stack.parts;
  const whole = status !== "FAILED" && !backup && stack.owner === null;
  if (whole && stack.userCredsId !== null) {
    db.user_creds.remove(stack.userCredsId);
    stack.userCredsId = null;
    if (stack.id !== null) storeStack(stack);
  }
  if (whole) {
    const wrong = yield* deleteUserProject(stack);
    if (wrong !== undefined) [status, reason] = ["FAILED", wrong];
  }
  yield* stack.setState(action, status, reason);
  if (status === "FAILED" || stack.id === null) return;
  for (const { uuid } of db.resources.find({ stack_id: stack.id })) db.resources.remove(uuid);
  db.stacks.softDelete(stack.id);
  stack.id = null;
}

function* destroyed(stack: StackCore, action: "DELETE" | "ROLLBACK"): Op<Outcome> {
  try {
    const dependencies = yield* stack.dependencies();
    const options = { reverse: true };
    const { kernel } = stack.parts;
    const group = new TaskGroup(
      kernel,
      dependencies,
      (resource) => resource.destroy(),
      String,
      options,
    );
    yield* runTask(stack, action, () => group.run());
  } catch (error) {
    return outcomeOf(action, error);
  }
  return { status: "COMPLETE", reason: `Stack ${action} completed successfully` };
}
