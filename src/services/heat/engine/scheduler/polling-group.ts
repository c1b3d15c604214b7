/**
 * Tasks that do nothing but look whether something is over: all begin at once, and each is looked at when those before it
 * are done. Upstream: heat/engine/scheduler.py (PollingTaskGroup) at 2014.2.
 */
import { endStep, type Kernel, type Stepped } from "../../../../kernel/index.js";
import { TaskRunner } from "./task.js";

/** @param label what they do together */
export function* pollingGroup(
  kernel: Kernel,
  label: string,
  tasks: readonly (() => Stepped)[],
): Stepped {
  const runners = tasks.map((task) => new TaskRunner(kernel, label, task));
  let ended = false;
  try {
    for (const runner of runners) yield* runner.start();
    for (const runner of runners) {
      while (!(yield* runner.step())) yield* endStep();
    }
    ended = true;
  } finally {
    if (!ended) for (const runner of runners) yield* runner.cancel();
  }
}
