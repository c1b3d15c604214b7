/** What is wrong with a scenario whose shape is right, and the words in which names are suggested. */
import { nearest } from "../nearest.js";
import type { Complaint } from "./issues.js";

/** A complaint, and whether the scenario can be run in spite of it. */
export interface Finding extends Complaint {
  readonly warning?: boolean;
}

/** `Did you mean "cirros"?`, or what there is. */
export function didYouMean(written: string, names: readonly string[]): string | undefined {
  const close = nearest(written, names);
  if (close !== undefined) return `Did you mean "${close}"?`;
  return names.length > 0 && names.length <= 16 ? `There is: ${names.join(", ")}.` : undefined;
}
