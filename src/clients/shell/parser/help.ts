/**
 * The help page of a command: usage, what it does, its arguments in two columns. Upstream: Python
 * 2.7's argparse with novaclient's OpenStackHelpFormatter (capital headings, help at column 32).
 */
import { SUBCOMMAND, type OptionSpec, type ParserSpec } from "./spec.js";
import { positionalUsage, usage, valueUsage, WIDTH } from "./usage.js";

const FURTHEST_COLUMN = 32;

interface Item {
  readonly indent: number;
  readonly head: string;
  readonly about: string;
}

/** The whole page, with a newline at its end. */
export function help(spec: ParserSpec): string {
  const positionals = positionalItems(spec);
  const options = spec.options.flatMap((option) => optionItems(option));
  const longest = Math.max(
    0,
    ...[...positionals, ...options].map((item) => item.indent + item.head.length),
  );
  const column = Math.min(longest + 2, FURTHEST_COLUMN);
  const page = [usage(spec), `${wrapped(spec.about, WIDTH).join("\n")}\n`];
  if (positionals.length > 0) page.push(section("Positional arguments", positionals, column));
  if (options.length > 0) page.push(section("Optional arguments", options, column));
  if (spec.epilog !== undefined) page.push(`${wrapped(spec.epilog, WIDTH).join("\n")}\n`);
  return page.join("\n");
}

function positionalItems(spec: ParserSpec): Item[] {
  const items = spec.positionals.map((positional) => ({
    indent: 2,
    // A page names the argument once, a usage line shows that it may come again.
    head:
      positional.count === "some"
        ? positional.metavar
        : positionalUsage({ ...positional, count: "one" }),
    about: positional.about,
  }));
  if (spec.commands === undefined) return items;
  const names = [...spec.commands.keys()].sort();
  const commands = names.map((name) => ({
    indent: 4,
    head: name,
    about: spec.commands?.get(name)?.about ?? "",
  }));
  return [...items, { indent: 2, head: SUBCOMMAND, about: "" }, ...commands];
}

function optionItems(option: OptionSpec): Item[] {
  if (option.about === undefined) return [];
  const head = option.names.map((name) => name + valueUsage(option)).join(", ");
  return [{ indent: 2, head, about: option.about }];
}

const section = (heading: string, items: readonly Item[], column: number): string =>
  `${heading}:\n${items.map((item) => entry(item, column)).join("")}`;

function entry({ indent, head, about }: Item, column: number): string {
  const start = " ".repeat(indent) + head;
  if (about === "") return `${start}\n`;
  const [first = "", ...rest] = wrapped(about, WIDTH - column);
  const more = rest.map((line) => `${" ".repeat(column)}${line}\n`).join("");
  // Two columns stay free between an argument and its text, or the text begins below it.
  if (start.length + 2 <= column) return `${start.padEnd(column)}${first}\n${more}`;
  return `${start}\n${" ".repeat(column)}${first}\n${more}`;
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}
