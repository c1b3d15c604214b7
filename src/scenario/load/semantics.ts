/**
 * What a schema cannot see: names used twice, names of nothing, steps that multiply without end.
 * Only what is certain before a run is an error; a guess is a warning.
 */
import type { Known } from "../known.js";
import type { Scenario } from "../schema/scenario.js";
import { checkFlags } from "./flags.js";
import { checkFlowLines } from "./flow-lines.js";
import type { Finding } from "./finding.js";
import type { Path } from "./path.js";
import { checkStatuses } from "./statuses.js";
import { checkSteps } from "./step-names.js";
import { checkTargets } from "./targets.js";

/** All that is wrong with a scenario whose shape is right. */
export function findings(scenario: Scenario, known: Known): Finding[] {
  const found: Finding[] = [];
  const cloud = scenario.cloud ?? {};
  for (const section of ["computes", "images", "networks", "flavors", "users"] as const) {
    const entries = cloud[section];
    if (typeof entries === "object") found.push(...twice(entries, ["cloud", section]));
  }
  if (cloud.flavors !== undefined) found.push(...defaultFlavors(cloud.flavors, known));
  found.push(...checkFlags(scenario, known));
  found.push(...checkSteps(scenario, known));
  found.push(...checkTargets(scenario));
  found.push(...checkStatuses(scenario, known));
  found.push(...checkFlowLines(scenario));
  return found;
}

function twice(entries: readonly { readonly name: string }[], path: Path): Finding[] {
  const seen = new Set<string>();
  const found: Finding[] = [];
  entries.forEach(({ name }, index) => {
    if (seen.has(name)) {
      const message = `the name "${name}" is given twice in ${path.join(".")}`;
      found.push({ path: [...path, index, "name"], message, hint: "Names must differ." });
    }
    seen.add(name);
  });
  return found;
}

function defaultFlavors(flavors: readonly { readonly name: string }[], known: Known): Finding[] {
  return flavors.flatMap(({ name }, index) =>
    known.flavors.includes(name)
      ? [
          {
            path: ["cloud", "flavors", index, "name"],
            message: `the flavor "${name}" exists from the start`,
            hint: "Choose another name.",
          },
        ]
      : [],
  );
}
