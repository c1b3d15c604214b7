/** Steps that `repeat` multiplies without end, and the virtual time that they let go by. */
import { formatDuration, LONGEST_RUN } from "../../kernel/index.js";
import type { Scenario } from "../schema/scenario.js";
import { steps as vocabulary } from "../steps/index.js";
import { everyStep } from "./every-step.js";
import type { Path } from "./path.js";
import type { Problem, Spot } from "./problem.js";

/** More steps than this, repetitions counted, are a mistake. */
const MAX_STEPS = 10_000_000;
const MAX_NESTING = 5;

export function checkSize({ steps }: Scenario): Problem<Spot>[] {
  let count = 0;
  let time = 0;
  for (const { step, path, times } of everyStep(steps)) {
    count += nesting(path) > MAX_NESTING ? Infinity : times;
    const lasting = vocabulary.lasts(step) * times;
    if (time <= LONGEST_RUN && time + lasting > LONGEST_RUN) {
      return [
        {
          severity: "error",
          message: `up to here the steps let ${formatDuration(time + lasting)} of virtual time go by, repetitions counted`,
          hint: `A run lasts at most ${formatDuration(LONGEST_RUN)}, a hundred years.`,
          place: { path },
        },
      ];
    }
    time += lasting;
  }
  if (count <= MAX_STEPS) return [];
  return [
    {
      severity: "error",
      message: `the steps come to ${count === Infinity ? "no end" : String(count)}, repetitions counted`,
      hint: `At most ${String(MAX_STEPS)}, nested ${String(MAX_NESTING)} deep.`,
      place: { path: ["steps"] },
    },
  ];
}

const nesting = (path: Path): number => path.filter((part) => part === "repeat").length;
