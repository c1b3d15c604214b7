/**
 * What a schema cannot see: names used twice, names of nothing, steps that multiply without end.
 * Only what is certain before a run is an error; a guess is a warning.
 */
import { optionConflicts } from "../../cloud/options/conflicts.js";
import type { Known } from "../known.js";
import type { Scenario } from "../schema/scenario.js";
import { steps as vocabulary } from "../steps/index.js";
import { checkFlags } from "./flags.js";
import { everyStep } from "./every-step.js";
import { checkNames } from "./names.js";
import { asProblem } from "./issues.js";
import type { Problem, Spot } from "./problem.js";
import { checkSize } from "./size.js";

/** All that is wrong with a scenario whose shape is right. */
export function findings(scenario: Scenario, known: Known): Problem<Spot>[] {
  const conflicts = optionConflicts(scenario.cloud ?? {}, ["cloud"]).map(asProblem);
  const found = [...conflicts, ...checkFlags(scenario, known)];
  const size = checkSize(scenario);
  if (size.length > 0) return [...found, ...size];
  const ofVerbs = [...checkVerbs(scenario, known), ...checkQuestions(scenario)];
  // What a line makes that cannot be read, nobody knows: no guesses about it.
  const names = checkNames(scenario, known).filter(
    ({ severity }) => severity === "error" || ofVerbs.length === 0,
  );
  return [...found, ...names, ...ofVerbs];
}

/** What each verb finds wrong with its own. */
const checkVerbs = ({ steps }: Scenario, known: Known): Problem<Spot>[] =>
  everyStep(steps).flatMap(({ step, path }) =>
    vocabulary.problems(step, known).map((problem) => {
      const { place } = problem;
      return { ...problem, place: { ...place, path: [...path, ...place.path] } };
    }),
  );

/** An answer to what nobody asks. */
const checkQuestions = ({ steps }: Scenario): Problem<Spot>[] =>
  everyStep(steps).flatMap(({ step, path }) =>
    step.answer === undefined || step.question !== undefined
      ? []
      : [
          {
            severity: "error",
            message: "an answer: without a question:",
            hint: "Write question: beside it, or make a note: of it.",
            place: { path, key: "answer" },
          },
        ],
  );
