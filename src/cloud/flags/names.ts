/** The names under which flags can be given, present and former ones, and what they stand for. */
import {
  formatName,
  namesOf,
  parseName,
  type Flag,
  type FlagSet,
  type FlagValue,
} from "../../framework/flags/index.js";

/** Every name by which an option of `sets` can be given. */
export function declaredNames(sets: readonly FlagSet[]): ReadonlyMap<string, Flag<FlagValue>> {
  const all = sets.flatMap((set) =>
    Object.entries(set).flatMap(([key, flag]) =>
      namesOf(key, flag).map((name) => [name, flag] as const),
    ),
  );
  return new Map(all);
}

/** The groups that options of `sets` are in. */
export function groupsOf(sets: readonly FlagSet[]): readonly string[] {
  const names = [...declaredNames(sets).keys()].filter((name) => name.includes("."));
  return [...new Set(names.map((name) => parseName(name).group))];
}

/** `Glance.num_retries` is `glance.num_retries`. */
export const normalName = (name: string): string => formatName(parseName(name));

/** Every name under which Juno reads an option of `sets` in a file: not the keys that only code has. */
export function namesInFiles(
  sets: readonly FlagSet[],
  isFormerInJuno: (name: string) => boolean,
): ReadonlySet<string> {
  const names = sets.flatMap((set) =>
    Object.entries(set).flatMap(([key, flag]) => {
      const plain = flag.name === undefined || flag.deprecated?.includes(key) === true;
      return namesOf(key, flag).filter((name) => name !== key || plain || isFormerInJuno(name));
    }),
  );
  return new Set(names);
}
