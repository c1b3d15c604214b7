/**
 * Where values come from: an ordered row of sources, of which the later one wins. A source is one
 * file, one stretch of a command line, or what a scenario says; it keeps the names that nobody has
 * declared (yet). Upstream: `_Namespace` and `MultiConfigParser` in oslo.config 1.4.
 */
import type { FlagValue } from "./types.js";

/** Where a value stands, for people. Line and column count from 1. */
export interface Origin {
  /** `nova.conf`, `--set`, `cloud.flags`. */
  readonly label: string;
  readonly line?: number;
  readonly column?: number;
}

/** One value, as it was given. */
export interface Given {
  readonly value: FlagValue;
  readonly origin: Origin;
}

/** Values by flat name (`glance.num_retries`), all that were given for a name in their order. */
export type Source = ReadonlyMap<string, readonly Given[]>;

/** `nova.conf:3:1`. */
export function formatOrigin({ label, line, column }: Origin): string {
  if (line === undefined) return label;
  return `${label}:${String(line)}:${String(column ?? 1)}`;
}

/** A source from plain values. */
export function sourceOf(values: Readonly<Record<string, FlagValue>>, label: string): Source {
  const origin = { label };
  return new Map(Object.entries(values).map(([name, value]) => [name, [{ value, origin }]]));
}

/** What counts for an option: the last value of the last source that has any of its names. */
export function lastGiven(sources: readonly Source[], names: readonly string[]): Given | undefined {
  for (let i = sources.length - 1; i >= 0; i--) {
    for (const name of names) {
      const given = sources[i]?.get(name)?.at(-1);
      if (given !== undefined) return given;
    }
  }
  return undefined;
}

/** Every value of an option under all of its names, sources in order (CFG-20). */
export function allGiven(sources: readonly Source[], names: readonly string[]): readonly Given[] {
  return sources.flatMap((source) => names.flatMap((name) => source.get(name) ?? []));
}
