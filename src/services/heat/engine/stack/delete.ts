/**
 * The end of a stack: what an update has left, then its resources one after another, then what it kept of its user,
 * then itself. Its row stays, as a deleted one, and its events with it. Upstream: heat/engine/stack.py (delete,
 * _backup_stack) at 2014.2.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Op } from "../../../../kernel/index.js";
import type { Resource } from "../resources/resource.js";
import { TaskGroup } from "../scheduler/task-group.js";
import { existingBackup, restoreBackedUp } from "./update/backup.js";
import type { StackCore } from "./core.js";
import { forgetCredentials } from "./credentials.js";
import { outcomeOf, runTask, type Outcome } from "./perform.js";
import { deleteSnapshots } from "./snapshot.js";
import { storeStack } from "./store.js";
import { deleteUserProject } from "./user-project.js";

/** Whose end it is: of one that is left with all that it has made, or only of what an update has left of one. */
type Kind = "whole" | "abandoned" | "backup";

export function* deleteStack(
  stack: StackCore,
  action: "DELETE" | "ROLLBACK",
  kind: Kind = "whole",
): Op<void> {
  const again = stack.action === "DELETE" && stack.status === "FAILED";
  yield* stack.setState(action, "IN_PROGRESS", `Stack ${action} started`);
  const left = existingBackup(stack);
  if (left !== undefined) {
    yield* restoreBackedUp(stack, left);
    yield* deleteStack(left, "DELETE", "backup");
    if (left.status !== "COMPLETE") {
      const failure = `Error deleting backup resources: ${left.statusReason}`;
      yield* stack.setState(action, "FAILED", `Failed to ${action} : ${failure}`);
      return;
    }
  }
  yield* deleteSnapshots(stack);
  let { status, reason } = yield* destroyed(stack, action, again);
  const { db } = stack.parts;
  const whole = status !== "FAILED" && kind !== "backup" && stack.owner === null;
  if (whole && stack.userCredsId !== null) {
    const wrong = yield* forgetCredentials(stack);
    if (wrong !== undefined) [status, reason] = ["FAILED", wrong];
    if (stack.id !== null) yield* storeStack(stack);
  }
  if (whole && kind !== "abandoned") {
    const wrong = yield* deleteUserProject(stack);
    if (wrong !== undefined) [status, reason] = ["FAILED", wrong];
  }
  yield* stack.setState(action, status, reason);
  if (status === "FAILED" || stack.id === null) return;
  for (const { uuid } of db.resources.find({ stack_id: stack.id })) db.resources.remove(uuid);
  db.stacks.softDelete(stack.id);
  stack.id = null;
}

/**
 * What does not depend on each other goes in the order of Python's dictionaries of objects, which is another one each
 * time: so another attempt may succeed where the last one began with what was still needed.
 */
function* destroyed(stack: StackCore, action: "DELETE" | "ROLLBACK", again: boolean): Op<Outcome> {
  try {
    const dependencies = yield* stack.dependencies();
    const options = { reverse: true };
    const { kernel } = stack.parts;
    const stamp = kernel.calendar.stamp(kernel.now);
    const shuffled = (resource: Resource): string =>
      bytesToHex(sha256(utf8ToBytes(`${stamp} ${String(resource)}`)));
    const group = new TaskGroup(
      kernel,
      dependencies,
      (resource) => resource.destroy(),
      String,
      options,
      again ? shuffled : undefined,
    );
    yield* runTask(stack, action, () => group.run());
  } catch (error) {
    return outcomeOf(action, error);
  }
  return { status: "COMPLETE", reason: `Stack ${action} completed successfully` };
}
