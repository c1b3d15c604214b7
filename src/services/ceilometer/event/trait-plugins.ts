/**
 * What makes the value of a trait out of what its paths have found: a piece of a text, or bits. Upstream:
 * ceilometer/event/trait_plugins.py, setup.cfg (ceilometer.event.trait_plugin) at 2014.2.
 */
import { parseInteger, repr, str, ValueError, type Json } from "../../../python/index.js";
import { asciiOnly } from "../ascii.js";
import type { TraitConfig } from "./config.js";
import type { PathMatch } from "./path.js";

export type TraitPlugin = (found: readonly PathMatch[]) => Json;

type Parameters = NonNullable<Exclude<NonNullable<TraitConfig["plugin"]>, string>["parameters"]>;

/** `value.split(separator, most)`. */
function split(value: string, separator: string, most: number): string[] {
  const pieces = value.split(separator);
  if (most < 0 || pieces.length <= most + 1) return pieces;
  return [...pieces.slice(0, most), pieces.slice(most).join(separator)];
}

function splitter({ separator = ".", segment = 0, max_split }: Parameters): TraitPlugin {
  return ([first]) =>
    first === undefined
      ? null
      : (split(asciiOnly(str(first.value)), separator, max_split ?? -1).at(segment) ?? null);
}

function bitfield({ initial_bitfield = 0, flags = [] }: Parameters): TraitPlugin {
  return (found) => {
    const matches = new Map(found.map(({ path, value }) => [path, value]));
    const bits = flags.filter(({ path, value }) => {
      const there = matches.get(path);
      return there !== undefined && (value === undefined || repr(there) === repr(value));
    });
    const all = bits.map(({ bit }) => BigInt(1) << BigInt(wholeOf(bit)));
    return Number(all.reduce((sum, bit) => sum | bit, BigInt(initial_bitfield)));
  };
}

/** @throws ValueError */
function wholeOf(bit: string | number): number {
  const value = typeof bit === "number" ? bit : parseInteger(bit);
  if (value !== undefined && value >= 0) return value;
  throw new ValueError(`invalid literal for int() with base 10: '${bit}'`);
}

export const TRAIT_PLUGINS: ReadonlyMap<string, (parameters: Parameters) => TraitPlugin> = new Map([
  ["split", splitter],
  ["bitfield", bitfield],
]);
