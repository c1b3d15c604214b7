/** Two recordings compared by cause. */
export {
  compareModels,
  compareOutlines,
  compareTimelines,
  type Comparison,
  type CompareOptions,
  type Pair,
} from "./compare.js";
export type { Change } from "./changes.js";
export { Outline } from "./outline.js";
export { comparedRows, type ComparedRow } from "./rows.js";
export type { Place } from "./places.js";
export { headerChanges, renderComparison, verdict } from "./text.js";
