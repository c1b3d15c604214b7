/**
 * What can be typed behind `novasim`, read from the commands as they are declared: options with what they take, and
 * what each command is given. Which shell asks is not known here.
 */
import type { Command, Option } from "commander";
import { VIEWS } from "../../views/index.js";

/** What stands in a place: words that are known, or files. */
export interface Takes {
  readonly words: readonly string[];
  /** Endings of files that fit, without the dot; any file, if there is none. Absent where no file does. */
  readonly files?: readonly string[];
}

export interface TypedOption {
  /** `--seed`, and `-q` where there is one. */
  readonly names: readonly string[];
  readonly about: string;
  /** undefined: nothing stands behind it. */
  readonly takes: Takes | undefined;
}

export interface TypedCommand {
  readonly name: string;
  readonly about: string;
  readonly options: readonly TypedOption[];
  /** undefined: it is given nothing. */
  readonly takes: Takes | undefined;
}

export interface Table {
  /** Those of every command. */
  readonly options: readonly TypedOption[];
  readonly commands: readonly TypedCommand[];
}

const NOTHING: Takes = { words: [] };
const ANY_FILE: Takes = { words: [], files: [] };
const SCENARIO = ["yaml", "yml"];
const RECORDING = ["jsonl"];

/** @param shipped the names of the scenarios that ship */
export function completionTable(program: Command, shipped: readonly string[]): Table {
  const scenarios: Takes = { words: shipped, files: SCENARIO };
  const recordings: Takes = { words: [], files: RECORDING };
  const either: Takes = { words: shipped, files: [...RECORDING, ...SCENARIO] };
  const views: Takes = { words: [...VIEWS.keys()] };
  /** By command; one that is not here takes files. */
  const given: Readonly<Record<string, Takes>> = {
    ...{ run: scenarios, check: scenarios, show: recordings, replay: recordings },
    ...{ view: either, play: either, inspect: either, export: either, diff: either },
    ...{ coverage: either, teach: { words: shipped }, flags: NOTHING },
  };
  /** By option; behind one that is not here stands what nobody can know. */
  const behind: Readonly<Record<string, Takes>> = {
    ...{ "--as": views, "--to": views, "--scenario": { words: [], files: SCENARIO } },
    ...{ "--record": ANY_FILE, "--out": ANY_FILE, "--handout": ANY_FILE },
  };
  const typed = (option: Option): TypedOption => ({
    names: [option.long, option.short].filter((name) => name !== undefined),
    about: option.description,
    takes: takenBy(option, behind),
  });
  const commands = program.commands.map((command) => ({
    name: command.name(),
    about: command.description(),
    options: command.options.map(typed),
    takes: argumentOf(command, given),
  }));
  const help = { name: "help", about: "help for a command", options: [] };
  const names = commands.map(({ name }) => name);
  return {
    options: [
      ...program.options.map(typed),
      { names: ["--help", "-h"], about: "what there is", takes: undefined },
    ],
    commands: [...commands, { ...help, takes: { words: names } }],
  };
}

function takenBy(option: Option, behind: Readonly<Record<string, Takes>>): Takes | undefined {
  if (!option.required && !option.optional) return undefined;
  if (option.argChoices !== undefined) return { words: option.argChoices };
  return behind[option.long ?? ""] ?? NOTHING;
}

function argumentOf(command: Command, given: Readonly<Record<string, Takes>>): Takes | undefined {
  const [argument] = command.registeredArguments;
  if (argument === undefined) return undefined;
  if (argument.argChoices !== undefined) return { words: argument.argChoices };
  return given[command.name()] ?? ANY_FILE;
}
