/**
 * The end of a stack: its resources one after another, then what it kept of its user, then itself. Its row
 * stays, as a deleted one, and its events with it. Upstream: heat/engine/stack.py (delete) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import type { StackCore } from "./core.js";
import { deleteUserProject } from "./user-project.js";
import { tried } from "./perform.js";
import { storeStack } from "./store.js";

export function* deleteStack(stack: StackCore, action: "DELETE" | "ROLLBACK"): Op<void> {
  yield* stack.setState(action, "IN_PROGRESS", `Stack ${action} started`);
  let { status, reason } = yield* tried(stack, action, (resource) => resource.destroy(), {
    reverse: true,
  });
  const { db } = stack.parts;
  if (status !== "FAILED" && stack.owner === null && stack.userCredsId !== null) {
    db.user_creds.remove(stack.userCredsId);
    stack.userCredsId = null;
    if (stack.id !== null) storeStack(stack);
  }
  if (status !== "FAILED" && stack.owner === null) {
    const wrong = yield* deleteUserProject(stack);
    if (wrong !== undefined) [status, reason] = ["FAILED", wrong];
  }
  yield* stack.setState(action, status, reason);
  if (status === "FAILED" || stack.id === null) return;
  for (const { uuid } of db.resources.find({ stack_id: stack.id })) db.resources.remove(uuid);
  db.stacks.softDelete(stack.id);
  stack.id = null;
}
