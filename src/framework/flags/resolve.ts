/**
 * What one option reads as, given every source: the last value that was given under any of its
 * names, with other options substituted, as its type. Pure; both the quick `Flags` of a process and
 * the registry `ConfigOpts` stand on it. Upstream: `ConfigOpts._do_get` in oslo.config 1.4.
 */
import { bytesRepr, ValueError } from "../../python/index.js";
import { convert } from "./convert.js";
import { allGiven, lastGiven, type Given, type Source } from "./source.js";
import { substitute, withEscapes } from "./template.js";
import type { Flag, FlagValue } from "./types.js";

/** The value of the option that a template names. @throws if there is none */
export type Lookup = (name: string) => FlagValue;

export interface Resolved {
  readonly value: FlagValue;
  /** What it came from; undefined is the default. */
  readonly given?: Given;
}

/** A value that its option cannot have. */
export class Refused extends ValueError {
  readonly given: Given;

  constructor(given: Given, why: string) {
    super(why);
    this.given = given;
  }
}

/** @throws Refused for a value of the wrong type; what `lookup` throws */
export function resolve(
  flag: Flag<FlagValue>,
  names: readonly string[],
  sources: readonly Source[],
  lookup: Lookup,
): Resolved {
  if (flag.type === "multi") return resolveMulti(flag, names, sources, lookup);
  const given = lastGiven(sources, names);
  if (given === undefined) return { value: expand(flag.default, lookup) };
  return { value: typed(flag, given, lookup), given };
}

function resolveMulti(
  flag: Flag<FlagValue>,
  names: readonly string[],
  sources: readonly Source[],
  lookup: Lookup,
): Resolved {
  const all = allGiven(sources, names);
  const given = all.at(-1);
  if (given === undefined) return { value: expand(flag.default, lookup) };
  const value = all.flatMap((one) => {
    const part = typed(flag, one, lookup);
    return Array.isArray(part) ? (part as readonly string[]) : [];
  });
  return { value, given };
}

function typed(flag: Flag<FlagValue>, given: Given, lookup: Lookup): FlagValue {
  const value = expand(given.value, lookup);
  try {
    return convert(flag, value);
  } catch (error) {
    throw error instanceof ValueError ? new Refused(given, error.message) : error;
  }
}

/** `value` with `$other` replaced, in a text and in each item of a list. */
export function expand(value: FlagValue, lookup: Lookup): FlagValue {
  if (typeof value === "string") return expandText(value, lookup);
  if (Array.isArray(value)) {
    const items = value as readonly string[];
    return items.some((item) => item.includes("$"))
      ? items.map((item) => expandText(item, lookup))
      : items;
  }
  return value;
}

function expandText(text: string, lookup: Lookup): string {
  if (!text.includes("$")) return text;
  return substitute(withEscapes(text), (name) => {
    const value = lookup(name);
    return typeof value === "string" ? value : bytesRepr(value);
  });
}
