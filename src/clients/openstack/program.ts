/**
 * A command-line program of OpenStack from what is its own: options, words, commands, client. What
 * all of them do alike is here: reading twice, help, login, the trace, and what becomes of errors.
 * Tracebacks that `--debug` adds upstream are left out. Upstream: the `main` of each shell.py, which
 * the python-*clients copied from novaclient's.
 */
import { CommandError } from "../../framework/apiclient/index.js";
import type { Env } from "../../framework/index.js";
import { type Op, caught } from "../../kernel/index.js";
import { Exception, float, type Json } from "../../python/index.js";
import {
  Exit,
  help,
  notSimulated,
  parse,
  parseKnown,
  type Environment,
  type OptionSpec,
  type Parsed,
  type ParserSpec,
} from "../shell/parser/index.js";
import type { ParsedCommand, Program } from "../shell/program.js";
import { Arguments } from "./arguments.js";
import type { Command } from "./command.js";
import type { Console } from "../shell/console.js";
import { table } from "./table.js";
import type { Timing, Transport } from "./transport.js";

/** Who types a command, and where: all that a program needs to log in. */
export interface Opening {
  readonly env: Env;
  /** The options before the sub-command. */
  readonly args: Arguments;
  /** Print each request and response. */
  readonly debug: boolean;
  readonly console: Console;
  /** Which service the command asks, if that is not the program's. */
  readonly serviceType?: string | undefined;
}

/** What a command is given, once the user is logged in. */
export interface Opened<Client> {
  readonly client: Client;
  /** What counts how long requests take, where the program has `--timings`. */
  readonly transport?: Transport;
}

export interface ProgramDefinition<Client> {
  /** `nova`. */
  readonly name: string;
  /** In a sentence. */
  readonly about: string;
  /** Before the sub-command; `baseOptions` and `loginOptions` among them. */
  readonly options: readonly OptionSpec[];
  readonly commands: readonly Command<Client>[];
  /** The names of all commands of the real program; those of `commands` may be among them. */
  readonly upstream?: readonly string[];
  /** Words of the command line that stand for others: spellings of old. */
  readonly aliases?: ReadonlyMap<string, string>;
  /** Its parser is argparse's own, and prints errors as that does; else as novaclient's does. */
  readonly argparse?: ParserSpec["argparse"];
  /** Of options that a prefix is short for, the only one that is shown is meant. */
  readonly prefersShown?: boolean;
  /** Log in, as every program does before its command begins. */
  readonly open: (opening: Opening) => Op<Opened<Client>>;
  /** What it calls an error that ended a command, where that is not what the library calls it. */
  readonly reworded?: (error: Exception) => Exception;
  /** How it prints the error that ends it. */
  readonly errorLine: (error: Exception) => string;
}

export function openStackProgram<Client>(definition: ProgramDefinition<Client>): Program {
  const { name, errorLine } = definition;
  const reader = new Reader(definition);
  return {
    name,

    read(words, variables): ParsedCommand {
      const { command, parsed } = reader.read(words, variables);
      const inner = parsed.command?.parsed;
      const args = new Arguments(inner?.values ?? new Map());
      refuse(command, args, errorLine);
      return {
        program: name,
        subcommand: command?.name ?? "",
        options: new Map([...parsed.options, ...(inner?.options ?? [])]),
        positionals: inner?.positionals ?? [],
        names: command?.names?.(args) ?? [],
      };
    },

    *run(env, words, variables, console): Op<number> {
      try {
        const { command, parsed, options } = reader.read(words, variables);
        if (command === undefined) return 0;
        const global = new Arguments(parsed.values);
        const debug = options.flag("debug");
        const { serviceType } = command;
        const opening = { env, args: global, debug, console, serviceType };
        const { client, transport } = yield* definition.open(opening);
        const args = new Arguments(parsed.command?.parsed.values ?? new Map());
        yield* carriedOut(command.run(client, args, console), definition.reworded);
        if (options.flag("timings")) console.write(timingTable(transport?.timings ?? []));
        return 0;
      } catch (thrown) {
        if (thrown instanceof Exit) throw thrown;
        const error = yield* caught(thrown);
        console.error(errorLine(error));
        return 1;
      }
    },
  };
}

function* carriedOut(op: Op<void>, reworded: (error: Exception) => Exception = (e) => e): Op<void> {
  try {
    yield* op;
  } catch (thrown) {
    throw reworded(yield* caught(thrown));
  }
}

/** @throws Exit with what `run` would print */
function refuse<Client>(
  command: Command<Client> | undefined,
  args: Arguments,
  errorLine: (error: Exception) => string,
): void {
  try {
    command?.check?.(args);
  } catch (error) {
    if (!(error instanceof Exception)) throw error;
    throw new Exit(1, "", errorLine(error), error.message);
  }
}

/** A command line taken apart. */
interface Invocation<Client> {
  readonly parsed: Parsed;
  /** What the first reading found; `--debug` behind the sub-command is only here. */
  readonly options: Arguments;
  readonly command: Command<Client> | undefined;
}

/** Reads the command lines of one program. */
class Reader<Client> {
  readonly #commands: ReadonlyMap<string, Command<Client>>;
  readonly #aliases: ReadonlyMap<string, string>;
  readonly #errorLine: (error: Exception) => string;
  /** Without sub-commands: read first, since `--debug` and `--help` count wherever they stand. */
  readonly #base: ParserSpec;
  readonly #whole: ParserSpec;

  constructor({
    name,
    about,
    options,
    commands,
    upstream = [],
    aliases,
    argparse,
    prefersShown = false,
    errorLine,
  }: ProgramDefinition<Client>) {
    this.#commands = new Map(commands.map((command) => [command.name, command]));
    this.#aliases = aliases ?? new Map<string, string>();
    this.#errorLine = errorLine;
    const epilog = `See "${name} help COMMAND" for one of the sub-commands.`;
    const style = { prefersShown, ...(argparse !== undefined && { argparse }) };
    this.#base = { prog: name, about, options, positionals: [], epilog, ...style };
    const specs = commands.map((command): [string, ParserSpec] => [
      command.name,
      { ...specOf(name, command), ...style },
    ]);
    this.#whole = {
      ...this.#base,
      commands: new Map([["help", helpSpec(name)], ...specs]),
      unmodelled: new Set(upstream.filter((known) => !this.#commands.has(known))),
    };
  }

  /** @throws Exit for help and for wrong use */
  read(words: readonly string[], variables: Environment): Invocation<Client> {
    const options = new Arguments(parseKnown(this.#base, words, variables).values);
    if (options.flag("help") || words.length === 0) throw new Exit(0, help(this.#whole), "");
    const argv = words.map((word) => this.#aliases.get(word) ?? word);
    const parsed = parse(this.#whole, argv, variables);
    const name = parsed.command?.name ?? "";
    if (name === "help") throw new Exit(0, this.#helpPage(parsed), "");
    return { parsed, options, command: this.#commands.get(name) };
  }

  /** @throws Exit if there is no such sub-command */
  #helpPage(parsed: Parsed): string {
    const [name] = parsed.command?.parsed.positionals ?? [];
    if (name === undefined) return help(this.#whole);
    const spec = this.#whole.commands?.get(name);
    if (spec !== undefined) return help(spec);
    if (this.#whole.unmodelled?.has(name) === true) {
      throw notSimulated(this.#whole, name, [...this.#commands.keys()]);
    }
    const error = new CommandError(`'${name}' is not a valid subcommand`);
    const known = [...(this.#whole.commands?.keys() ?? [])];
    throw new Exit(1, "", this.#errorLine(error), error.message, { word: name, known });
  }
}

const HELP: OptionSpec = { names: ["-h", "--help"], dest: "help", takes: "nothing", ends: "help" };

function specOf<Client>(program: string, command: Command<Client>): ParserSpec {
  const { name, about, options = [], positionals = [] } = command;
  return {
    prog: `${program} ${name}`,
    about,
    positionals,
    options: [HELP, ...options],
    wrong: (values) => command.wrong?.(new Arguments(values)),
  };
}

const helpSpec = (program: string): ParserSpec => ({
  prog: `${program} help`,
  about: "Show what this program or one of its sub-commands takes.",
  options: [],
  positionals: [
    { dest: "command", metavar: "<subcommand>", count: "optional", about: "Which sub-command." },
  ],
});

function timingTable(timings: readonly Timing[]): string {
  const total = timings.reduce((sum, { took }) => sum + took, 0);
  const rows: Json[][] = [...timings, { what: "Total", took: total }].map(({ what, took }) => [
    what,
    float(took / 1e6),
  ]);
  return table(["url", "seconds"], rows);
}
