/**
 * The task that brings all resources of a stack to a state, and says so before and after. Upstream:
 * heat/engine/stack.py (stack_task) at 2014.2.
 */
import type { Op, Stepped } from "../../../../kernel/index.js";
import { ResourceFailure } from "../../exception.js";
import type { Resource } from "../resources/resource.js";
import { ExceptionGroup, TaskGroup, type TaskGroupOptions } from "../scheduler/task-group.js";
import { TaskRunner, Timeout } from "../scheduler/task.js";
import type { StackCore } from "./core.js";
import type { StackAction, StackStatus } from "./new-stack.js";

/** Seconds that others may go on for when a resource could not be created. */
export const ERROR_WAIT_TIME = 240;

/** How an action of all resources has ended. */
export interface Outcome {
  readonly status: StackStatus;
  readonly reason: string;
}

/** What is done to each resource. */
export type ResourceTask = (resource: Resource) => Stepped;

export function* stackTask(
  stack: StackCore,
  action: StackAction,
  task: ResourceTask,
  options: TaskGroupOptions = {},
): Stepped {
  yield* stack.setState(action, "IN_PROGRESS", `Stack ${action} started`);
  let outcome: Outcome = {
    status: "COMPLETE",
    reason: `Stack ${action} completed successfully`,
  };
  try {
    const dependencies = yield* stack.dependencies();
    const group = new TaskGroup(stack.parts.kernel, dependencies, task, String, options);
    yield* group.run();
  } catch (error) {
    outcome = outcomeOf(action, error);
  }
  yield* stack.setState(action, outcome.status, outcome.reason);
}

/** How an action has ended in an error. @throws what is no end of an action */
export function outcomeOf(action: StackAction, error: unknown): Outcome {
  if (error instanceof ResourceFailure || error instanceof ExceptionGroup) {
    return { status: "FAILED", reason: `Resource ${action} failed: ${error.message}` };
  }
  if (!(error instanceof Timeout)) throw error;
  return { status: "FAILED", reason: `${titled(action)} timed out` };
}

/** Runs a task to its end. @param limit in seconds; null where it may take as long as it likes */
export function* runTask(
  stack: StackCore,
  what: string,
  task: () => Stepped,
  limit: number | null = stack.timeout,
): Op<void> {
  const runner = new TaskRunner(stack.parts.kernel, `${what} of ${stack.name}`, task);
  yield* runner.run(limit ?? undefined);
}

const titled = (word: string): string => word.charAt(0) + word.slice(1).toLowerCase();
