/**
 * The usage line of a command, folded at 78 columns as on a terminal of 80. Upstream: Python 2.7,
 * argparse.HelpFormatter (_format_usage).
 */
import {
  metavarOf,
  SUBCOMMAND,
  type OptionSpec,
  type ParserSpec,
  type PositionalSpec,
} from "./spec.js";

export const WIDTH = 78;
const PREFIX = "usage: ";

/** `usage: nova shelve <server>`, with a newline at its end. */
export function usage(spec: ParserSpec): string {
  const options = grouped(spec.options.filter((option) => option.about !== undefined));
  const positionals = spec.positionals.map(positionalUsage);
  if (spec.commands !== undefined) positionals.push(`${SUBCOMMAND} ...`);
  const line = [spec.prog, ...options, ...positionals].join(" ");
  if (PREFIX.length + line.length <= WIDTH) return `${PREFIX}${line}\n`;
  return `${PREFIX}${folded(spec.prog, options.join(" "), positionals.join(" ")).join("\n")}\n`;
}

/** `nova shelve <server>`: what must be typed, in one line. */
export function form({ prog, options, positionals, commands }: ParserSpec): string {
  const must = options.filter(({ required }) => required === true).map(optionUsage);
  const more = commands === undefined ? [] : [`${SUBCOMMAND} ...`];
  return [prog, ...must, ...positionals.map(positionalUsage), ...more].join(" ");
}

function folded(prog: string, options: string, positionals: string): string[] {
  const indent = " ".repeat(PREFIX.length + prog.length + 1);
  if (options === "") return lines([prog, ...parts(positionals)], indent, true);
  return [
    ...lines([prog, ...parts(options)], indent, true),
    ...lines(parts(positionals), indent, false),
  ];
}

/** What is not broken: a bracketed option, a word. */
const parts = (text: string): string[] => text.match(/\(.*?\)+|\[.*?\]+|\S+/g) ?? [];

function lines(words: readonly string[], indent: string, first: boolean): string[] {
  const done: string[] = [];
  let line: string[] = [];
  let length = (first ? PREFIX.length : indent.length) - 1;
  for (const word of words) {
    if (length + 1 + word.length > WIDTH && line.length > 0) {
      done.push(line.join(" "));
      line = [];
      length = indent.length - 1;
    }
    line.push(word);
    length += word.length + 1;
  }
  if (line.length > 0) done.push(line.join(" "));
  return done.map((text, i) => (first && i === 0 ? text : indent + text));
}

/** `[--a A]`, and `[--b | --c]` for those of one group. */
function grouped(options: readonly OptionSpec[]): string[] {
  const texts: string[] = [];
  options.forEach((option, i) => {
    const { group } = option;
    if (group === undefined) {
      const used = optionUsage(option);
      texts.push(option.required === true ? used : `[${used}]`);
    } else if (options.findIndex((other) => other.group === group) === i) {
      const all = options.filter((other) => other.group === group);
      texts.push(`[${all.map(optionUsage).join(" | ")}]`);
    }
  });
  return texts;
}

const optionUsage = (option: OptionSpec): string => `${option.names[0] ?? ""}${valueUsage(option)}`;

/** What stands behind the name of an option, with a space before it. */
export function valueUsage(option: OptionSpec): string {
  const metavar = metavarOf(option);
  const { takes } = option;
  switch (takes) {
    case "nothing":
      return "";
    case "value":
      return ` ${metavar}`;
    case "optional":
      return ` [${metavar}]`;
    case "any":
      return ` [${metavar} [${metavar} ...]]`;
    case "some":
      return ` ${metavar} [${metavar} ...]`;
    default:
      return takes satisfies never;
  }
}

export function positionalUsage({ metavar, count }: PositionalSpec): string {
  if (count === "some") return `${metavar} [${metavar} ...]`;
  return count === "optional" ? `[${metavar}]` : metavar;
}
