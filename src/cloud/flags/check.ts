/**
 * Everything that is wrong with the flags of a deployment: names in its options that nobody reads,
 * with the nearest that somebody does, values that their flags cannot have, and what looks like a slip
 * in a file. Each is named once, however many services it would reach.
 */
import {
  FlagError,
  Flags,
  namesOf,
  type FlagSet,
  type Origin,
} from "../../framework/flags/index.js";
import { projectsOfJuno } from "./juno-names.js";
import { declaredNames } from "./names.js";
import type { FlagProblem, FlagCatalogue } from "./types.js";
import { nearest } from "../../text/nearest.js";
import { sourcesFor, type FlagSources } from "./sources.js";
import { likelySlips } from "./unread.js";

/** @returns no error if services can be started with these flags */
export function flagProblems(
  sources: FlagSources,
  catalogue: FlagCatalogue,
): readonly FlagProblem[] {
  if (sources.entries.length === 0 && sources.files.size === 0) return sources.problems;
  return [
    ...sources.problems,
    ...unknownValues(sources, catalogue),
    ...likelySlips(sources, catalogue),
    ...badValues(sources, catalogue),
  ];
}

function unknownValues({ entries }: FlagSources, catalogue: FlagCatalogue): FlagProblem[] {
  const everywhere = declaredNames([...catalogue.values()].flat());
  return entries.flatMap(({ binary, name, path, key }) => {
    const own = binary === undefined ? everywhere : declaredNames(catalogue.get(binary) ?? []);
    if (own.has(name)) return [];
    return [{ ...unknown(name, [...own.keys()], binary, catalogue), path, key }];
  });
}

/** What to say about `name`, which is none of `names`, the flags of `binary` or of several. */
function unknown(
  name: string,
  names: readonly string[],
  binary: string | undefined,
  catalogue: FlagCatalogue,
): FlagProblem {
  const others = [...catalogue].filter(([, sets]) => declaredNames(sets).has(name));
  if (others.length > 0) {
    const message = `${binary ?? "none of these services"} reads no flag "${name}"`;
    return { message, hint: `It is read by ${others.map(([other]) => other).join(", ")}.` };
  }
  const [project] = projectsOfJuno(name);
  if (project !== undefined) {
    const message = `no service here reads "${name}", an option of Juno's ${project}`;
    return { message, hint: "In a file of flag_files it is ignored, as by Juno." };
  }
  const close = nearest(name, names);
  const hint = close === undefined ? "`novasim flags` lists them." : `Did you mean "${close}"?`;
  return { message: `there is no flag "${name}"`, hint };
}

function badValues(sources: FlagSources, catalogue: FlagCatalogue): FlagProblem[] {
  const seen = new Set<Origin | string>();
  return [...catalogue].flatMap(([binary, sets]) => {
    const flags = Flags.of(sourcesFor(sources, binary), sets);
    return refusals(flags, sets).flatMap((error) => {
      const which = error.origin ?? error.message;
      if (seen.has(which)) return [];
      seen.add(which);
      return [place(error, sources)];
    });
  });
}

/** Only flags that were given can be wrong. */
function refusals(flags: Flags, sets: readonly FlagSet[]): FlagError[] {
  return sets.flatMap((set) =>
    Object.entries(set).flatMap(([key, flag]) => {
      const names = namesOf(key, flag);
      if (!flags.sources.some((source) => names.some((name) => source.has(name)))) return [];
      try {
        flags.look(key, flag, set);
        return [];
      } catch (error) {
        if (error instanceof FlagError) return [error];
        throw error;
      }
    }),
  );
}

function place({ message, hint, origin }: FlagError, { entries }: FlagSources): FlagProblem {
  const entry = entries.find(({ given }) => given.origin === origin);
  const problem = { message, hint };
  if (entry !== undefined) return { ...problem, path: [...entry.path, entry.key] };
  return origin?.line === undefined ? problem : { ...problem, file: origin.label, origin };
}
