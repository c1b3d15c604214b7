/** What is wrong with a scenario whose shape is right, and the words in which names are suggested. */
import type { Complaint } from "./issues.js";
export { didYouMean } from "../../text/nearest.js";

/** A complaint, and whether the scenario can be run in spite of it. */
export interface Finding extends Complaint {
  readonly warning?: boolean;
}
