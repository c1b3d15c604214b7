/**
 * What brings all resources of a stack to another state, in the order of what they depend on and within its
 * time: create, adopt, suspend, resume, check. Upstream: heat/engine/stack.py (create, adopt, suspend, resume, check
 * and supports_check_action) at 2014.2.
 */
import type { Op, Stepped } from "../../../../kernel/index.js";
import { isObject, type JsonObject } from "../../../../python/index.js";
import type { Resource } from "../resources/resource.js";
import type { NestedAction } from "../resources/stack-view.js";
import type { StackCore } from "./core.js";
import { deleteStack } from "./delete.js";
import { ERROR_WAIT_TIME, runTask, stackTask } from "./perform.js";

/** `stack_task` of a nested stack: others of it end at once when one fails. */
export function nestedTask(stack: StackCore, action: NestedAction): Stepped {
  switch (action) {
    case "CREATE":
      return stackTask(stack, action, (resource) => resource.create());
    case "ADOPT":
      return stackTask(stack, action, (resource) => resource.adopt(adoptDataOf(stack, resource)));
    case "SUSPEND":
      return stackTask(stack, action, (resource) => resource.suspend(), { reverse: true });
    case "RESUME":
      return stackTask(stack, action, (resource) => resource.resume());
    case "CHECK":
      return stackTask(stack, action, (resource) => resource.check(), { aggregate: true });
    default:
      return action satisfies never;
  }
}

/** All of its resources, and away with them again if that fails and is wanted. */
export function* createStack(stack: StackCore): Op<void> {
  yield* runTask(stack, "CREATE", function* () {
    const options = { errorWaitTime: ERROR_WAIT_TIME };
    yield* stackTask(stack, "CREATE", (resource) => resource.create(), options);
    if (!stack.disableRollback && stack.status === "FAILED") yield* deleteStack(stack, "ROLLBACK");
  });
}

/** `_adopt_kwargs`. */
function adoptDataOf({ adoptData }: StackCore, { name }: Resource): JsonObject | null {
  const resources = adoptData?.["resources"] ?? null;
  const data = isObject(resources) ? (resources[name] ?? null) : null;
  return isObject(data) ? data : null;
}

/** All of its resources are there already. A failure that is undone takes them away. */
export function* adoptStack(stack: StackCore): Op<void> {
  yield* runTask(stack, "ADOPT", function* () {
    yield* nestedTask(stack, "ADOPT");
    if (!stack.disableRollback && stack.status === "FAILED") yield* deleteStack(stack, "ROLLBACK");
  });
}

export function* suspendStack(stack: StackCore): Op<void> {
  if (stack.action === "SUSPEND" && stack.status === "COMPLETE") {
    stack.parts.log("info", `${stack.toString()} is already suspended`);
    return;
  }
  yield* runTask(stack, "SUSPEND", () => nestedTask(stack, "SUSPEND"));
}

export function* resumeStack(stack: StackCore): Op<void> {
  if (stack.action === "RESUME" && stack.status === "COMPLETE") {
    stack.parts.log("info", `${stack.toString()} is already resumed`);
    return;
  }
  yield* runTask(stack, "RESUME", () => nestedTask(stack, "RESUME"));
}

/** However long it takes. */
export function* checkStack(stack: StackCore): Op<void> {
  stack.updatedTime = stack.parts.kernel.calendar.stamp(stack.parts.kernel.now);
  const work = function* (): Stepped {
    yield* nestedTask(stack, "CHECK");
    yield* supportsCheck(stack);
  };
  yield* runTask(stack, "CHECK", work, null);
}

/** `supports_check_action`: what cannot be looked at is said of stack and nested stacks. */
export function* supportsCheck(stack: StackCore): Op<boolean> {
  let all = true;
  for (const resource of stack.resources.values()) {
    if (!(yield* resource.checkable())) all = false;
  }
  if (!all) {
    const reason = `${stack.statusReason}. 'CHECK' not fully supported (see resources)`;
    yield* stack.setState("CHECK", stack.status, reason);
  }
  return all;
}
