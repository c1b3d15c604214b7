/** `toShowFlow`: these messages in this order, others between them; as `expect: { flow: [...] }` of a scenario. */
import { matchFlow } from "../../../timeline/index.js";
import { outcome, timelineIn, type Outcome } from "./outcome.js";

export function toShowFlow(received: unknown, lines: readonly string[]): Outcome {
  const match = matchFlow(timelineIn(received, "toShowFlow").entries, lines);
  if (match.matched) {
    return outcome(true, ["expected the flow not to be there, and it is:", ...lines.map(indented)]);
  }
  return outcome(false, match.message.split("\n"));
}

const indented = (line: string): string => `  ${line}`;
