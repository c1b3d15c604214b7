/**
 * What a single word is to a parser: an option (by its name or a prefix of it), an unknown option or
 * an argument; and how many arguments each positional takes. Upstream: argparse (_parse_optional,
 * _get_nargs_pattern).
 */
import { usageError } from "./exit.js";
import type { OptionSpec, ParserSpec, PositionalSpec } from "./spec.js";

export interface WordKind {
  readonly letter: "O" | "A" | "-";
  /** Absent when no option has this name. */
  readonly option?: OptionSpec;
  /** What stands behind `=`, or behind the letter of a short option. */
  readonly value?: string;
}

/** @throws Exit if `word` could be short for several options */
export function kindOf(spec: ParserSpec, word: string): WordKind {
  if (!word.startsWith("-") || word === "-") return { letter: "A" };
  const exact = named(spec, word);
  if (exact !== undefined) return { letter: "O", option: exact };
  const equals = word.indexOf("=");
  const name = equals < 0 ? word : word.slice(0, equals);
  const value = equals < 0 ? {} : { value: word.slice(equals + 1) };
  const whole = equals < 0 ? undefined : named(spec, name);
  if (whole !== undefined) return { letter: "O", option: whole, ...value };
  const short = word.startsWith("--") ? undefined : named(spec, word.slice(0, 2));
  if (short !== undefined) return { letter: "O", option: short, value: word.slice(2) };
  const longer = word.startsWith("--") ? longerNames(spec, name) : [];
  const [first, ...others] = longer;
  if (first !== undefined && others.length > 0) {
    const matches = longer.map(([full]) => full).join(", ");
    throw usageError(spec, `ambiguous option: ${word} could match ${matches}`, { word });
  }
  if (first !== undefined) return { letter: "O", option: first[1], ...value };
  if (/^-\d+$|^-\d*\.\d+$/.test(word) || word.includes(" ")) return { letter: "A" };
  return { letter: "O" };
}

const named = (spec: ParserSpec, name: string): OptionSpec | undefined =>
  spec.options.find((option) => option.names.includes(name));

/** The options that `prefix` could be short for. */
function longerNames(spec: ParserSpec, prefix: string): [string, OptionSpec][] {
  const all = spec.options.flatMap((option) => startingWith(option, prefix));
  const shown = all.filter(([, { about }]) => about !== undefined);
  return spec.prefersShown === true && shown.length === 1 ? shown : all;
}

const startingWith = (option: OptionSpec, prefix: string): [string, OptionSpec][] =>
  option.names.filter((name) => name.startsWith(prefix)).map((name) => [name, option]);

/** As a regular expression over the letters of the words. */
export function patternOf({ count }: PositionalSpec): string {
  switch (count) {
    case "one":
      return "(-*A-*)";
    case "optional":
      return "(-*A?-*)";
    case "some":
      return "(-*A[A-]*)";
    case "any":
      return "([A-]*)";
    default:
      return count satisfies never;
  }
}
