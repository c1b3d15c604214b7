/**
 * What brings all resources of a stack to another state, in the order of what they depend on and within its
 * time: create, suspend, resume, check. Upstream: heat/engine/stack.py (stack_task and those that start it)
 * at 2014.2.
 */
import type { Op, Stepped } from "../../../../kernel/index.js";
import type { Resource } from "../resources/resource.js";
import type { TaskGroupOptions } from "../scheduler/task-group.js";
import type { StackAction, StackCore } from "./core.js";
import { deleteStack } from "./delete.js";
import { ERROR_WAIT_TIME, tried } from "./perform.js";

/** All of its resources, and away with them again if that fails and is wanted. */
export function* createStack(stack: StackCore): Op<void> {
  yield* perform(stack, "CREATE", (resource) => resource.create(), {
    errorWaitTime: ERROR_WAIT_TIME,
  });
  if (!stack.disableRollback && stack.status === "FAILED") yield* deleteStack(stack, "ROLLBACK");
}

export function* suspendStack(stack: StackCore): Op<void> {
  if (stack.action === "SUSPEND" && stack.status === "COMPLETE") {
    stack.parts.log("info", `${stack.toString()} is already suspended`);
    return;
  }
  yield* perform(stack, "SUSPEND", (resource) => resource.suspend(), { reverse: true });
}

export function* resumeStack(stack: StackCore): Op<void> {
  if (stack.action === "RESUME" && stack.status === "COMPLETE") {
    stack.parts.log("info", `${stack.toString()} is already resumed`);
    return;
  }
  yield* perform(stack, "RESUME", (resource) => resource.resume());
}

/** However long it takes. */
export function* checkStack(stack: StackCore): Op<void> {
  stack.updatedTime = stack.parts.kernel.calendar.stamp(stack.parts.kernel.now);
  yield* perform(stack, "CHECK", (resource) => resource.check(), { aggregate: true }, null);
  if ([...stack.resources.values()].every((resource) => resource.checkable)) return;
  const reason = `${stack.statusReason}. 'CHECK' not fully supported (see resources)`;
  yield* stack.setState("CHECK", stack.status, reason);
}

function* perform(
  stack: StackCore,
  action: StackAction,
  task: (resource: Resource) => Stepped,
  options: TaskGroupOptions = {},
  limit: number | null = stack.timeout,
): Op<void> {
  yield* stack.setState(action, "IN_PROGRESS", `Stack ${action} started`);
  const { status, reason } = yield* tried(stack, action, task, options, limit);
  yield* stack.setState(action, status, reason);
}
