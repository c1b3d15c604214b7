/** Every flag of every service as plain rows, with the value that a deployment gives it. */
import {
  Flags,
  namesOf,
  parseName,
  type FlagSet,
  type FlagType,
  type FlagValue,
  type Origin,
} from "../../framework/flags/index.js";
import { sourcesFor, type FlagSources } from "./sources.js";
import type { FlagCatalogue } from "./types.js";

/** One flag as one service reads it. */
export interface FlagRow {
  /** `glance.num_retries`; what `cloud.flags` takes. */
  readonly name: string;
  /** `DEFAULT` or the section that it has in a file. */
  readonly group: string;
  /** Its name in that section. */
  readonly option: string;
  readonly type: FlagType;
  readonly help: string;
  readonly default: FlagValue;
  readonly value: FlagValue;
  /** Where the value was given; absent for a default. */
  readonly origin?: Origin;
  readonly min?: number;
  readonly max?: number;
  readonly choices?: readonly string[];
  /** Other names that are accepted. */
  readonly formerly: readonly string[];
  readonly secret: boolean;
}

/**
 * The flags of `binary`, those of no group first, each group's in the order of their names.
 * @throws FlagError for values that were not checked
 */
export function listFlags(
  binary: string,
  catalogue: FlagCatalogue,
  sources: FlagSources,
): readonly FlagRow[] {
  const sets = catalogue.get(binary) ?? [];
  const flags = Flags.of(sourcesFor(sources, binary), sets);
  const rows = new Map(
    sets.flatMap((set) => rowsOf(set, flags)).map((row) => [row.name, row] as const),
  );
  return [...rows.values()].sort(
    (a, b) =>
      order(a.group === "DEFAULT" ? "" : a.group, b.group === "DEFAULT" ? "" : b.group) ||
      order(a.option, b.option),
  );
}

function rowsOf(set: FlagSet, flags: Flags): FlagRow[] {
  return Object.entries(set).map(([key, flag]) => {
    const [name = key, ...formerly] = namesOf(key, flag);
    const { group, name: option } = parseName(name);
    const { value, given } = flags.look(key, flag, set);
    const { type, help, min, max, choices } = flag;
    return {
      name,
      group,
      option,
      type,
      help,
      default: flag.default,
      value,
      formerly,
      secret: flag.secret === true,
      ...(given && { origin: given.origin }),
      ...(min !== undefined && { min }),
      ...(max !== undefined && { max }),
      ...(choices && { choices }),
    };
  });
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
