/**
 * The `flags` of a cloud as values by name, for all services or for one. A section is a service
 * (`nova-compute`) or a group of options (`glance`), and a service may have groups in its section.
 */
import { parseName, type FlagValue, type Given, type Source } from "../../framework/flags/index.js";
import { groupsOf, normalName } from "./names.js";
import type { FlagProblem, FlagOptions, FlagSection, FlagCatalogue } from "./types.js";
import { didYouMean } from "../../text/nearest.js";

/** One value of `flags`, and where it stands. */
export interface Entry {
  /** For whom; everybody if absent. */
  readonly binary?: string;
  readonly name: string;
  readonly given: Given;
  readonly path: readonly string[];
  readonly key: string;
}

export interface Entries {
  readonly entries: readonly Entry[];
  readonly problems: readonly FlagProblem[];
}

/** All values in `options`. */
export function entriesOf(options: FlagOptions, catalogue: FlagCatalogue): Entries {
  const entries: Entry[] = [];
  const problems: FlagProblem[] = [];
  // Most clouds are made without: what groups there are is asked for where somebody names one.
  let known: readonly string[] | undefined;
  const groups = (): readonly string[] => (known ??= groupsOf([...catalogue.values()].flat()));
  const enter = (
    key: string,
    value: FlagValue,
    path: readonly string[],
    place: { binary?: string; group?: string },
  ): void => {
    const { binary, group } = place;
    const name = normalName(group === undefined ? key : `${group}.${key}`);
    const label = ["cloud", ...path, key].join(".");
    const given = { value, origin: { label } };
    entries.push({ ...(binary !== undefined && { binary }), name, given, path, key });
  };
  const section = (
    values: FlagSection,
    path: readonly string[],
    place: { binary?: string; group?: string },
  ): void => {
    for (const [key, value] of Object.entries(values)) {
      if (!isSection(value)) enter(key, value, path, place);
      else if (place.binary === undefined && place.group === undefined && catalogue.has(key)) {
        section(value, [...path, key], { binary: key });
      } else if (place.group === undefined && groups().includes(parseName(`${key}.`).group)) {
        section(value, [...path, key], { ...place, group: key });
      } else {
        const top = place.binary === undefined && place.group === undefined;
        const what = top ? "service" : "group of flags";
        const names = top ? [...catalogue.keys(), ...groups()] : groups();
        const message = `there is no ${what} "${key}"`;
        problems.push({ message, hint: didYouMean(key, names), path, key });
      }
    }
  };
  section(options, ["flags"], {});
  return { entries, problems };
}

/** The values for `binary` alone, or for everybody. */
export function sourceOfEntries(entries: readonly Entry[], binary: string | undefined): Source {
  const own = entries.filter((entry) => entry.binary === binary);
  return new Map(own.map(({ name, given }) => [name, [given]]));
}

function isSection(value: FlagValue | FlagSection): value is FlagSection {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Map)
  );
}
