/** Flags of a scenario, and the files of flags in it, against the flags that services declare. */
import { toldName, unreadOptions } from "../../cloud/flags/unread.js";
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
    severity: problem.severity ?? "error",
    message: problem.message,
    hint: problem.hint,
    place: spotOf(problem),
  }));
}

/** An option in a file that no service here reads; a run ignores it. */
export interface Unread<P> {
  /** `nova.conf`. */
  readonly file: string;
  /** `virt_type of [libvirt]`. */
  readonly name: string;
  readonly place: P;
}

/** What the files of a scenario say that nothing here reads. */
export function unreadFlags(scenario: Scenario, { catalogue }: Known): Unread<Spot>[] {
  const { flags = {}, flag_files: files } = cloudOptions(scenario);
  if (catalogue === undefined || files === undefined) return [];
  const sources = readFlagSources(flags, files, catalogue);
  return unreadOptions(sources, catalogue).map(({ file, name, origin }) => ({
    file,
    name: toldName(name),
    place: spotOf({ message: "", file, origin }),
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
