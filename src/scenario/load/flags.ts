/** Flags of a scenario, and the files of flags in it, against the flags that services declare. */
import { flagProblems } from "../../cloud/flags/check.js";
import { readFlagSources } from "../../cloud/flags/sources.js";
import type { FlagProblem } from "../../cloud/flags/types.js";
import { cloudOptions } from "../run/cloud-options.js";
import type { Scenario } from "../schema/scenario.js";
import type { Known } from "../known.js";
import type { Problem, Spot } from "./problem.js";

/** Everything that is wrong with `cloud.flags` and `cloud.flag_files`. */
export function checkFlags(scenario: Scenario, { catalogue }: Known): Problem<Spot>[] {
  const { flags = {}, flag_files: files = {} } = cloudOptions(scenario);
  if (catalogue === undefined) return [];
  return flagProblems(readFlagSources(flags, files, catalogue), catalogue).map((problem) => ({
    severity: "error",
    message: problem.message,
    hint: problem.hint,
    place: spotOf(problem),
  }));
}

function spotOf({ path = [], key, file, origin }: FlagProblem): Spot {
  if (file === undefined) return { path: ["cloud", ...path], key };
  // A flag file may have been included by another one: the place is in that one's text.
  const { label = file, line, column = 1 } = origin ?? {};
  const text = label.slice(label.lastIndexOf("/") + 1);
  const inside = line === undefined ? {} : { inside: { line, column } };
  return { path: ["cloud", "flag_files", text], ...inside };
}
