/**
 * Whether a name in a file is one of Juno's own: an option that its services registered, which a file
 * may have although nothing here reads it. Upstream: the option lists of the projects at 2014.2, from
 * `juno-options.ts`.
 */
import { formatName, parseName } from "../../framework/flags/index.js";
import { JUNO_FORMER_NAMES, JUNO_OPTIONS } from "./juno-options.js";
import { SWIFT_OPTIONS } from "./swift-options.js";

/** By project, then by section. */
const OPTIONS: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>> = new Map(
  [...Object.entries(JUNO_OPTIONS), ["swift", SWIFT_OPTIONS] as const].map(([project, text]) => [
    project,
    sections(text),
  ]),
);

/** By project: former names, and what they have become. */
const FORMER: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  Object.entries(JUNO_FORMER_NAMES).map(([project, text]) => [
    project,
    new Map(
      words(text).map((pair) => {
        const [before = "", now = ""] = pair.split("=");
        return [before, now];
      }),
    ),
  ]),
);

/** `glance.host` in a file of `nova`. */
export function isOptionOfJuno(project: string, name: string): boolean {
  const { group, name: option } = parseName(name);
  return OPTIONS.get(project)?.get(group)?.has(option) === true;
}

/** The projects of Juno that have an option of this name. */
export function projectsOfJuno(name: string): readonly string[] {
  return [...OPTIONS.keys()].filter((project) => isOptionOfJuno(project, name));
}

export function isSectionOfJuno(project: string, group: string): boolean {
  return OPTIONS.get(project)?.has(group) === true;
}

/** The names by which `name` went before, in files of `project`. */
export function formerNamesInJuno(project: string, name: string): readonly string[] {
  const former = FORMER.get(project) ?? new Map<string, string>();
  return [...former].filter(([, now]) => now === name).map(([before]) => before);
}

export const isFormerNameInJuno = (project: string, name: string): boolean =>
  FORMER.get(project)?.has(name) === true;

function sections(text: string): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  let section = new Set<string>();
  for (const word of words(text)) {
    const [, group] = /^\[(.+)\]$/u.exec(word) ?? [];
    if (group === undefined) section.add(word);
    else {
      section = new Set();
      found.set(parseName(formatName({ group, name: "" })).group, section);
    }
  }
  return found;
}

function words(text: string): readonly string[] {
  return text.split(/\s+/u).filter((word) => word !== "");
}
