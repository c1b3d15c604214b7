/**
 * A number that a filter compares hosts with: the same for all of them, out of a flag, or what the metadata
 * of a host's aggregates say. Upstream: nova/scheduler/filters/utils.py (aggregate_values_from_db,
 * validate_num_values) at 2014.2.
 */
import { ValueError } from "../../../../../python/index.js";
import { valuesOfHost } from "../../../db/aggregates/aggregates.js";
import type { NovaDatabase } from "../../../db/database.js";
import type { HostState } from "../../host-state.js";
import type { Remark } from "../filter.js";

export interface PerHost {
  readonly of: (host: HostState) => number;
  /** What is said of a host while its number is found out; undefined if nothing ever is. */
  readonly remarks: ((host: HostState) => readonly Remark[]) | undefined;
}

const NO_REMARKS: readonly Remark[] = [];

/** A flag's, for all hosts. */
export const fixed = (value: number): PerHost => ({ of: () => value, remarks: undefined });

/**
 * What stands under `key` in the metadata of each host's aggregates, read by `cast`; `otherwise` where nothing
 * does or what does is no number. Of several it is the least **as texts go**: "10" is less than "9".
 */
export function fromAggregates(
  db: NovaDatabase,
  key: string,
  cast: (text: string) => number,
  otherwise: number,
): PerHost {
  const known = new Map<string, readonly [number, readonly Remark[]]>();
  const look = ({ host }: HostState): readonly [number, readonly Remark[]] => {
    const before = known.get(host);
    if (before !== undefined) return before;
    const found = numberOf(valuesOfHost(db, host, key), key, cast, otherwise);
    known.set(host, found);
    return found;
  };
  return { of: (host) => look(host)[0], remarks: (host) => look(host)[1] };
}

function numberOf(
  values: readonly string[],
  key: string,
  cast: (text: string) => number,
  otherwise: number,
): readonly [number, readonly Remark[]] {
  const [first, ...others] = values;
  if (first === undefined) return [otherwise, NO_REMARKS];
  const remarks: Remark[] =
    others.length === 0
      ? []
      : [["info", `${values.length} values found, of which the minimum value will be used.`]];
  const least = others.reduce((least, value) => (value < least ? value : least), first);
  try {
    return [cast(least), remarks];
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    return [otherwise, [...remarks, ["warning", `Could not decode ${key}: '${error.message}'`]]];
  }
}
