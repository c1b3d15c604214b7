/** Lines of flow that cannot be read: better said before a run than after it. */
import { FlowSyntaxError, parseFlowLine } from "../../timeline/index.js";
import type { Scenario } from "../schema/scenario.js";
import type { Step } from "../schema/steps.js";
import type { Finding } from "./finding.js";
import type { Path } from "./path.js";

export function checkFlowLines({ steps, expect }: Scenario): Finding[] {
  return [...unreadable(expect?.flow, ["expect", "flow"]), ...inSteps(steps, ["steps"])];
}

function inSteps(steps: readonly Step[], path: Path): Finding[] {
  return steps.flatMap((step, index) => {
    if ("repeat" in step) return inSteps(step.repeat.steps, [...path, index, "repeat", "steps"]);
    return "check" in step ? unreadable(step.check.flow, [...path, index, "check", "flow"]) : [];
  });
}

function unreadable(lines: readonly string[] = [], path: Path): Finding[] {
  return lines.flatMap((line, index) => {
    try {
      parseFlowLine(line);
      return [];
    } catch (error) {
      if (!(error instanceof FlowSyntaxError)) throw error;
      return [{ path: [...path, index], message: error.message }];
    }
  });
}
