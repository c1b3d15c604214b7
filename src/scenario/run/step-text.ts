/** A step in one line, as it stands in timelines and messages. */
import { formatDuration } from "../../kernel/index.js";
import type { RunStep, Step } from "../schema/steps.js";
import { describeFault } from "./fault.js";
import { describeWait } from "./wait.js";

/** `nova list`, `wait for server t3: status ACTIVE, within 2m`; empty for a mere note. */
export function stepText(step: Step): string {
  if ("run" in step) return runText(step);
  if ("together" in step) return step.together.map(runText).join(" & ");
  if ("wait" in step) return `wait for ${describeWait(step.wait)}`;
  if ("advance" in step) return `let ${formatDuration(step.advance)} go by`;
  if ("fault" in step) return `fault: ${describeFault(step.fault)}`;
  if ("heal" in step)
    return typeof step.heal === "string" ? `heal ${step.heal}` : "heal everything";
  if ("start" in step) return `start ${step.start}`;
  if ("stop" in step) return `stop ${step.stop}`;
  if ("crash" in step) return `crash ${step.crash}`;
  if ("check" in step) return "check";
  if ("repeat" in step) return `repeat ${String(step.repeat.times)} times`;
  return "";
}

function runText({ run, as }: RunStep): string {
  return as === undefined ? run : `(${as}) ${run}`;
}
