/**
 * Runs the tasks of all resources of a stack, and says how that has ended. Upstream: heat/engine/stack.py
 * (stack_task, delete) at 2014.2.
 */
import type { Op, Stepped } from "../../../../kernel/index.js";
import { ResourceFailure } from "../../exception.js";
import type { Resource } from "../resources/resource.js";
import { ExceptionGroup, TaskGroup, type TaskGroupOptions } from "../scheduler/task-group.js";
import { TaskRunner, Timeout } from "../scheduler/task.js";
import type { StackAction, StackCore, StackStatus } from "./core.js";

/** Seconds that others may go on for when a resource could not be created. */
export const ERROR_WAIT_TIME = 240;

/** How an action of all resources has ended. */
export interface Outcome {
  readonly status: StackStatus;
  readonly reason: string;
}

/** @param limit in seconds; null where it may take as long as it likes */
export function* tried(
  stack: StackCore,
  action: StackAction,
  task: (resource: Resource) => Stepped,
  options: TaskGroupOptions,
  limit: number | null = stack.timeout,
): Op<Outcome> {
  const { kernel } = stack.parts;
  try {
    const group = new TaskGroup(kernel, yield* stack.dependencies(), task, String, options);
    const runner = new TaskRunner(kernel, `${action} of ${stack.name}`, () => group.run());
    yield* runner.run(limit ?? undefined);
  } catch (error) {
    if (error instanceof ResourceFailure || error instanceof ExceptionGroup) {
      return { status: "FAILED", reason: `Resource ${action} failed: ${error.message}` };
    }
    if (!(error instanceof Timeout)) throw error;
    return { status: "FAILED", reason: `${titled(action)} timed out` };
  }
  return { status: "COMPLETE", reason: `Stack ${action} completed successfully` };
}

const titled = (word: string): string => word.charAt(0) + word.slice(1).toLowerCase();
