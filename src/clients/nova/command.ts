/**
 * What a sub-command of `nova` is: how it is typed and what it does. Each file of `commands/` holds
 * some; `program.ts` puts them together.
 */
import type { Op } from "../../kernel/index.js";
import type { Console } from "../shell/console.js";
import type { ArgumentValue, OptionSpec, PositionalSpec } from "../shell/parser/index.js";
import type { CommandName } from "../shell/program.js";
import type { NovaClient } from "./client.js";

export interface NovaCommand {
  readonly name: string;
  /** In a sentence. */
  readonly about: string;
  readonly options?: readonly OptionSpec[];
  readonly positionals?: readonly PositionalSpec[];
  /** The names in it that must be there, and those that it makes. */
  names?(args: Arguments): readonly CommandName[];
  /** Refuses, without asking anybody, what `run` would refuse in any case. @throws as `run` does */
  check?(args: Arguments): void;
  /** @throws ClientException, CommandError and whatever else ends a command with exit code 1 */
  run(nova: NovaClient, args: Arguments, console: Console): Op<void>;
}

/** The values of a command's options and arguments by `dest`. */
export class Arguments {
  readonly #values: ReadonlyMap<string, ArgumentValue>;

  constructor(values: ReadonlyMap<string, ArgumentValue>) {
    this.#values = values;
  }

  /** Empty counts as not given. */
  text(dest: string): string | undefined {
    const value = this.#values.get(dest);
    return typeof value === "string" && value !== "" ? value : undefined;
  }

  number(dest: string): number | undefined {
    const value = this.#values.get(dest);
    return typeof value === "number" ? value : undefined;
  }

  flag(dest: string): boolean {
    return this.#values.get(dest) === true;
  }

  texts(dest: string): readonly string[] {
    const value = this.#values.get(dest);
    return Array.isArray(value) ? (value as readonly ArgumentValue[]).map(String) : [];
  }

  /** Of an option that takes `key=value` many times. */
  pairs(dest: string): readonly (readonly [key: string, value: string])[] {
    const value = this.#values.get(dest);
    const list = Array.isArray(value) ? (value as readonly ArgumentValue[]) : [];
    return list.map((pair) => {
      const [key, each] = Array.isArray(pair) ? (pair as readonly ArgumentValue[]) : [];
      return [String(key), String(each)];
    });
  }
}

/** `--flavor <flavor>`: an option with a value. `--key-name` may have a hidden twin `--key_name`. */
export function valueOption(
  name: string,
  metavar: string,
  about: string | undefined,
  more: Partial<OptionSpec> = {},
): OptionSpec {
  const dest = name.slice(2).replaceAll("-", "_");
  const shown = about === undefined ? {} : { about };
  return { names: [name], dest, takes: "value", metavar, ...shown, ...more };
}

/** The hidden twin of an option, with underscores. */
export function twinOf({ about: _about, metavar: _metavar, ...option }: OptionSpec): OptionSpec {
  const name = (option.names[0] ?? "").slice(2).replaceAll("-", "_");
  return { ...option, names: [`--${name}`] };
}

export const flagOption = (name: string, about: string): OptionSpec => ({
  names: [name],
  dest: name.slice(2).replaceAll("-", "_"),
  takes: "nothing",
  otherwise: false,
  about,
});
