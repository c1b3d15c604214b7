/** Flags of a scenario, and the files of flags in it, against the flags that services declare. */
import { flagProblems } from "../../cloud/flags/check.js";
import { readFlagSources } from "../../cloud/flags/sources.js";
import type { FlagProblem } from "../../cloud/flags/problem.js";
import { cloudOptions } from "../run/cloud-options.js";
import type { Scenario } from "../schema/scenario.js";
import type { Known } from "../known.js";
import type { Finding } from "./finding.js";

/** Everything that is wrong with `cloud.flags` and `cloud.flag_files`. */
export function checkFlags(scenario: Scenario, { catalogue }: Known): Finding[] {
  const { flags = {}, flag_files: files = {} } = cloudOptions(scenario);
  if (catalogue === undefined) return [];
  return flagProblems(readFlagSources(flags, files, catalogue), catalogue).map(asFinding);
}

function asFinding({ message, hint, path = [], key, file, origin }: FlagProblem): Finding {
  const told = { message, ...(hint !== undefined && { hint }) };
  if (file === undefined) {
    return { ...told, path: ["cloud", ...path], ...(key !== undefined && { key }) };
  }
  // A flag file may have been included by another one: the place is in that one's text.
  const { label = file, line, column = 1 } = origin ?? {};
  const text = label.slice(label.lastIndexOf("/") + 1);
  return {
    ...told,
    path: ["cloud", "flag_files", text],
    ...(line !== undefined && { inside: { line, column } }),
  };
}
