/**
 * What a schema cannot see: names used twice, names of nothing, steps that multiply without end.
 * Only what is certain before a run is an error; a guess is a warning.
 */
import type { Known } from "../known.js";
import type { Scenario } from "../schema/scenario.js";
import { steps as vocabulary } from "../steps/index.js";
import { checkFlags } from "./flags.js";
import { everyStep } from "./every-step.js";
import { checkNames } from "./names.js";
import type { Path } from "./path.js";
import type { Problem, Spot } from "./problem.js";
import { checkSize } from "./size.js";

/** All that is wrong with a scenario whose shape is right. */
export function findings(scenario: Scenario, known: Known): Problem<Spot>[] {
  const found: Problem<Spot>[] = [];
  const cloud = scenario.cloud ?? {};
  for (const section of ["computes", "images", "networks", "flavors", "users"] as const) {
    const entries = cloud[section];
    if (typeof entries === "object") found.push(...twice(entries, ["cloud", section]));
  }
  if (cloud.flavors !== undefined) found.push(...defaultFlavors(cloud.flavors, known));
  found.push(...checkFlags(scenario, known));
  const size = checkSize(scenario);
  if (size.length > 0) return [...found, ...size];
  const ofVerbs = checkVerbs(scenario, known);
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

function twice(entries: readonly { readonly name: string }[], path: Path): Problem<Spot>[] {
  const seen = new Set<string>();
  const found: Problem<Spot>[] = [];
  entries.forEach(({ name }, index) => {
    if (seen.has(name)) {
      const message = `the name "${name}" is given twice in ${path.join(".")}`;
      const place = { path: [...path, index, "name"] };
      found.push({ severity: "error", message, hint: "Names must differ.", place });
    }
    seen.add(name);
  });
  return found;
}

function defaultFlavors(
  flavors: readonly { readonly name: string }[],
  known: Known,
): Problem<Spot>[] {
  return flavors.flatMap(({ name }, index) =>
    known.flavors.includes(name)
      ? [
          {
            severity: "error",
            message: `the flavor "${name}" exists from the start`,
            hint: "Choose another name.",
            place: { path: ["cloud", "flavors", index, "name"] },
          },
        ]
      : [],
  );
}
