/** What recordings exercise of all that there is. */
export {
  Coverage,
  type Countable,
  type Line,
  type Method,
  type Route,
  type Table,
  type Universe,
} from "./coverage.js";
export { coveragePage, renderCoverage } from "./text.js";
