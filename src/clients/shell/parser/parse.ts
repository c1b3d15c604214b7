/**
 * Reads words by a `ParserSpec`: options anywhere, prefixes of long options, `--name=value`, `--`,
 * sub-commands. Errors have the words of Python 2.7's argparse. Upstream: argparse.ArgumentParser
 * (_parse_known_args), whose order of reading decides which error a user sees first.
 */
import { bytesRepr, repr } from "../../../python/index.js";
import { help } from "./help.js";
import { kindOf, patternOf, type WordKind } from "./match.js";
import { Exit, notSimulated, usageError } from "./exit.js";
import { InvalidArgument, SUBCOMMAND, type ArgumentValue } from "./spec.js";
import { form } from "./usage.js";
import type { OptionSpec, ParserSpec, PositionalSpec } from "./spec.js";

export interface Parsed {
  /** By `dest`; every option and argument is there. */
  readonly values: ReadonlyMap<string, ArgumentValue>;
  /** The options that were typed, under their full names, with the values as typed; bare ones have "". */
  readonly options: ReadonlyMap<string, readonly string[]>;
  readonly positionals: readonly string[];
  /** What no option or argument took. */
  readonly extras: readonly string[];
  /** The sub-command and what followed it. */
  readonly command?: { readonly spec: ParserSpec; readonly name: string; readonly parsed: Parsed };
}

export type Environment = ReadonlyMap<string, string>;

/** Read `words`; nothing may be left over. @throws Exit */
export function parse(spec: ParserSpec, words: readonly string[], env: Environment): Parsed {
  const parsed = parseKnown(spec, words, env);
  const extras = [...parsed.extras, ...(parsed.command?.parsed.extras ?? [])];
  if (extras.length > 0) {
    const [word = ""] = extras;
    const known = word.startsWith("-") ? optionNames(spec, parsed.command?.spec) : [];
    throw usageError(spec, `unrecognized arguments: ${extras.join(" ")}`, { word, known });
  }
  return parsed;
}

/** Of the options that are shown, those of the command first. */
const optionNames = (spec: ParserSpec, command: ParserSpec | undefined): string[] =>
  [...(command?.options ?? []), ...spec.options]
    .filter(({ about }) => about !== undefined)
    .flatMap(({ names }) => names);

/** Read what `spec` knows of `words`. @throws Exit for a wrong use of what it knows, and for help */
export function parseKnown(spec: ParserSpec, words: readonly string[], env: Environment): Parsed {
  return new Reading(spec, words, env).run();
}

/** One reading of one command line. */
class Reading {
  readonly #spec: ParserSpec;
  readonly #words: readonly string[];
  readonly #env: Environment;
  readonly #kinds: readonly WordKind[];
  /** One letter for each word: O for an option, A for an argument, - for `--`. */
  readonly #pattern: string;
  readonly #values = new Map<string, ArgumentValue>();
  readonly #options = new Map<string, string[]>();
  readonly #arguments: string[] = [];
  readonly #extras: string[] = [];
  /** The option of each group that was typed. */
  readonly #groups = new Map<string, OptionSpec>();
  #waiting: readonly PositionalSpec[];
  #command: Parsed["command"];

  constructor(spec: ParserSpec, words: readonly string[], env: Environment) {
    this.#spec = spec;
    this.#words = words;
    this.#env = env;
    this.#waiting = spec.positionals;
    let over = false;
    this.#kinds = words.map((word) => {
      if (over) return { letter: "A" };
      over = word === "--";
      return over ? { letter: "-" } : kindOf(spec, word);
    });
    this.#pattern = this.#kinds.map(({ letter }) => letter).join("");
    for (const option of spec.options) this.#values.set(option.dest, this.#otherwise(option));
    for (const { dest, count } of spec.positionals) {
      this.#values.set(dest, count === "some" || count === "any" ? [] : null);
    }
  }

  run(): Parsed {
    const last = this.#pattern.lastIndexOf("O");
    let at = 0;
    while (at <= last) {
      const next = this.#pattern.indexOf("O", at);
      if (at !== next) {
        const end = this.#positionals(at);
        if (end > at) {
          at = end;
          continue;
        }
        this.#extras.push(...this.#words.slice(at, next));
        at = next;
      }
      at = this.#option(at);
    }
    const end = this.#positionals(at);
    this.#extras.push(...this.#words.slice(end));
    const command = this.#command;
    const wanting = this.#waiting.some(({ count }) => count !== "any");
    if (wanting || (this.#spec.commands !== undefined && command === undefined)) {
      throw usageError(this.#spec, "too few arguments", { form: form(this.#spec) });
    }
    const missing = this.#spec.options.find(
      ({ required = false, names: [name = ""] }) => required && !this.#options.has(name),
    );
    if (missing !== undefined) {
      const [name = ""] = missing.names;
      throw usageError(this.#spec, `argument ${name} is required`, { form: form(this.#spec) });
    }
    const wrong = this.#spec.wrong?.(this.#values);
    if (wrong !== undefined) throw usageError(this.#spec, wrong, { form: form(this.#spec) });
    return {
      values: this.#values,
      options: this.#options,
      positionals: this.#arguments,
      extras: this.#extras,
      ...(command === undefined ? {} : { command }),
    };
  }

  #otherwise({ otherwise = null, env = [] }: OptionSpec): ArgumentValue {
    const set = env.map((name) => this.#env.get(name) ?? "").find((value) => value !== "");
    return set ?? otherwise;
  }

  /** Give the words from `at` on to as many waiting arguments as they serve. @returns where it ends */
  #positionals(at: number): number {
    const rest = this.#pattern.slice(at);
    const subcommand = this.#spec.commands !== undefined && this.#command === undefined;
    for (let many = this.#waiting.length; many > 0; many--) {
      const these = this.#waiting.slice(0, many);
      const found = new RegExp(`^${these.map(patternOf).join("")}`).exec(rest);
      if (found === null) continue;
      let from = at;
      these.forEach((positional, i) => {
        const length = found[i + 1]?.length ?? 0;
        this.#fill(positional, this.#words.slice(from, from + length));
        from += length;
      });
      this.#waiting = this.#waiting.filter(({ count }, i) => i >= many || count === "any");
      return from;
    }
    if (!subcommand || !/^-*A/.test(rest)) return at;
    this.#choose(this.#words.slice(at));
    return this.#words.length;
  }

  #fill(positional: PositionalSpec, words: readonly string[]): void {
    const { dest, metavar, count, choices } = positional;
    const mark = words.indexOf("--");
    const texts = mark < 0 ? words : words.filter((_, i) => i !== mark);
    const wrong = choices && texts.find((text) => !choices.includes(text));
    if (choices !== undefined && wrong !== undefined) {
      const right = choices.map((choice) => bytesRepr(choice)).join(", ");
      const said = repr(wrong, this.#spec.argparse?.prefix);
      const message = `argument ${metavar}: invalid choice: ${said} (choose from ${right})`;
      throw usageError(this.#spec, message, { word: wrong, known: choices });
    }
    this.#arguments.push(...texts);
    const values = texts.map((text) => this.#argument(positional, text));
    const before = this.#values.get(dest);
    const earlier = Array.isArray(before) ? (before as ArgumentValue[]) : [];
    const all = count === "some" || count === "any";
    this.#values.set(dest, all ? [...earlier, ...values] : (values[0] ?? null));
  }

  #argument({ metavar, type = (word) => word }: PositionalSpec, text: string): ArgumentValue {
    try {
      return type(text, this.#spec.argparse?.prefix);
    } catch (error) {
      if (!(error instanceof InvalidArgument)) throw error;
      const message = `argument ${metavar}: ${error.message}`;
      throw usageError(this.#spec, message, { word: text });
    }
  }

  #choose([name = "", ...rest]: readonly string[]): void {
    const spec = this.#spec.commands?.get(name);
    if (spec === undefined) {
      const known = [...(this.#spec.commands?.keys() ?? [])];
      if (this.#spec.unmodelled?.has(name) === true) throw notSimulated(this.#spec, name, known);
      const { prefix, choices = [] } = this.#spec.argparse ?? {};
      const all = choices.map((choice) => bytesRepr(choice)).join(", ");
      const end = choices.length === 0 ? "" : ` (choose from ${all})`;
      const message = `argument ${SUBCOMMAND}: invalid choice: ${repr(name, prefix)}${end}`;
      throw usageError(this.#spec, message, { word: name, known });
    }
    this.#command = { spec, name, parsed: parseKnown(spec, rest, this.#env) };
  }

  /** The option at `at` with its value. @returns where it ends */
  #option(at: number): number {
    const kind = this.#kinds[at];
    const option = kind?.option;
    if (option === undefined) {
      this.#extras.push(this.#words[at] ?? "");
      return at + 1;
    }
    const said = kind?.value;
    if (option.takes === "nothing") return this.#flags(option, said, at);
    if (option.takes === "any" || option.takes === "some") return this.#any(option, said, at);
    if (said !== undefined) {
      this.#set(option, said, this.#typed(option, said, at, 1), at);
      return at + 1;
    }
    if (this.#pattern[at + 1] === "A") {
      const word = this.#words[at + 1] ?? "";
      this.#set(option, word, this.#typed(option, word, at, 2), at);
      return at + 2;
    }
    if (option.takes === "value") throw this.#wrong(option, "expected one argument", at);
    this.#set(option, "", option.alone ?? null, at);
    return at + 1;
  }

  /** `--metadata a=b c=d`: every argument up to the next option is its own. */
  #any(option: OptionSpec, said: string | undefined, at: number): number {
    const count = /^A*/.exec(this.#pattern.slice(at + 1))?.[0].length ?? 0;
    const end = said === undefined ? at + 1 + count : at + 1;
    const words = said === undefined ? this.#words.slice(at + 1, end) : [said];
    if (option.takes === "some" && words.length === 0) {
      throw this.#wrong(option, "expected at least one argument", at);
    }
    const values = words.map((word) => this.#typed(option, word, at, end - at));
    this.#set(option, words.join(" "), values, at);
    return end;
  }

  /** A flag, and those whose letters stand behind it after one dash: `-vq`. */
  #flags(option: OptionSpec, said: string | undefined, at: number): number {
    this.#set(option, "", true, at);
    if (said === undefined) return at + 1;
    const next = this.#spec.options.find(({ names }) => names.includes(`-${said.slice(0, 1)}`));
    if (next?.takes !== "nothing" || (this.#words[at] ?? "").startsWith("--")) {
      throw this.#wrong(option, `ignored explicit argument ${repr(said)}`, at);
    }
    return this.#flags(next, said.length > 1 ? said.slice(1) : undefined, at);
  }

  #set(option: OptionSpec, said: string, value: ArgumentValue, at: number): void {
    const { group } = option;
    const other = group === undefined ? undefined : this.#groups.get(group);
    if (other !== undefined && other.dest !== option.dest) {
      throw this.#wrong(option, `not allowed with argument ${other.names.join("/")}`, at);
    }
    if (group !== undefined) this.#groups.set(group, option);
    if (option.ends === "help") throw new Exit(0, help(this.#spec), "");
    if (option.ends !== undefined) throw new Exit(0, "", `${option.ends.version}\n`);
    // A hidden twin counts as the option that is shown.
    const shown = this.#spec.options.find(({ dest }) => dest === option.dest) ?? option;
    const name = shown.names[0] ?? "";
    this.#options.set(name, [...(this.#options.get(name) ?? []), said]);
    const before = this.#values.get(option.dest);
    const list = Array.isArray(before) ? (before as ArgumentValue[]) : [];
    this.#values.set(option.dest, option.many === true ? [...list, value] : value);
  }

  /** The value of `word`, which with its option takes `count` words from `at` on. */
  #typed(option: OptionSpec, word: string, at: number, count: number): ArgumentValue {
    try {
      return option.type?.(word, this.#spec.argparse?.prefix) ?? word;
    } catch (error) {
      if (error instanceof InvalidArgument) throw this.#wrong(option, error.message, at, count);
      throw error;
    }
  }

  #wrong(option: OptionSpec, message: string, at: number, count = 1): Exit {
    const word = this.#words.slice(at, at + count).join(" ");
    return usageError(this.#spec, `argument ${option.names.join("/")}: ${message}`, { word });
  }
}
