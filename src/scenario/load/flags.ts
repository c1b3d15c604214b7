/** Flags of a scenario against the flags that services declare. */
import type { CloudSection } from "../schema/cloud.js";
import type { Known } from "../known.js";
import { didYouMean, type Finding } from "./finding.js";
import type { Path } from "./path.js";

/** Unknown flags and services in `cloud.flags`. */
export function checkFlags(flags: NonNullable<CloudSection["flags"]>, known: Known): Finding[] {
  const found: Finding[] = [];
  for (const [key, value] of Object.entries(flags)) {
    const path = ["cloud", "flags"];
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      found.push(...checkName("flag", key, path, known.flags));
      continue;
    }
    found.push(...checkName("service", key, path, known.services));
    for (const name of Object.keys(value)) {
      found.push(...checkName("flag", name, [...path, key], known.flags));
    }
  }
  return found;
}

function checkName(what: string, name: string, path: Path, names?: readonly string[]): Finding[] {
  if (names === undefined || names.includes(name)) return [];
  return [
    { path, key: name, message: `there is no ${what} "${name}"`, hint: didYouMean(name, names) },
  ];
}
