/**
 * The program `nova`: options, login, the sub-command, and what becomes of errors. Tracebacks that
 * `--debug` adds upstream are left out. Upstream: novaclient/shell.py (OpenStackComputeShell.main).
 */
import type { Op } from "../../kernel/index.js";
import { Exception, float, type Json } from "../../python/index.js";
import type { Timing } from "../rest/transport.js";
import {
  Exit,
  help,
  parse,
  parseKnown,
  type Environment,
  type Parsed,
  type ParserSpec,
} from "../shell/parser/index.js";
import type { ParsedCommand, Program } from "../shell/program.js";
import { table } from "../shell/table.js";
import { Arguments, type NovaCommand } from "./command.js";
import { boot } from "./commands/boot.js";
import { flavorCommands } from "./commands/flavors.js";
import { list } from "./commands/list.js";
import { listCommands } from "./commands/lists.js";
import { serverCommands } from "./commands/servers.js";
import { globalOptions } from "./global-options.js";
import { clientOf, login } from "./login.js";

const COMMANDS: ReadonlyMap<string, NovaCommand> = new Map(
  [boot, list, ...serverCommands, ...listCommands, ...flavorCommands].map((command) => [
    command.name,
    command,
  ]),
);

const HELP: ParserSpec = {
  prog: "nova help",
  about: "Show what this program or one of its sub-commands takes.",
  options: [],
  positionals: [
    { dest: "command", metavar: "<subcommand>", count: "optional", about: "Which sub-command." },
  ],
};

/** Without sub-commands: read first, since `--debug` and `--help` count wherever they stand. */
const BASE: ParserSpec = {
  prog: "nova",
  about: "The compute API of OpenStack from the command line.",
  options: globalOptions,
  positionals: [],
  epilog: 'See "nova help COMMAND" for one of the sub-commands.',
};

const NOVA: ParserSpec = { ...BASE, commands: new Map([["help", HELP], ...specs()]) };

function specs(): [string, ParserSpec][] {
  return [...COMMANDS.values()].map(({ name, about, options = [], positionals = [] }) => [
    name,
    {
      prog: `nova ${name}`,
      about,
      positionals,
      options: [
        { names: ["-h", "--help"], dest: "help", takes: "nothing", ends: "help" },
        ...options,
      ],
    },
  ]);
}

export const novaProgram: Program = {
  name: "nova",

  read(words, variables): ParsedCommand {
    const { command, parsed } = understood(words, variables);
    const inner = parsed.command?.parsed;
    const args = new Arguments(inner?.values ?? new Map());
    refuse(command, args);
    return {
      program: "nova",
      subcommand: command?.name ?? "",
      options: new Map([...parsed.given, ...(inner?.given ?? [])]),
      positionals: inner?.positionals ?? [],
      names: command?.names?.(args) ?? [],
    };
  },

  *run(env, words, variables, console): Op<number> {
    try {
      const { command, parsed, options } = understood(words, variables);
      if (command === undefined) return 0;
      const global = new Arguments(parsed.values);
      const nova = clientOf(env, global, options.flag("debug"), console);
      yield* login(nova, console);
      const args = new Arguments(parsed.command?.parsed.values ?? new Map());
      yield* command.run(nova, args, console);
      if (options.flag("timings")) console.write(timingTable(nova.transport.timings));
      return 0;
    } catch (error) {
      if (error instanceof Exit || !(error instanceof Exception)) throw error;
      console.error(errorLine(error));
      return 1;
    }
  },
};

const errorLine = ({ name, message }: Exception): string => `ERROR (${name}): ${message}\n`;

/** @throws Exit with what `run` would print */
function refuse(command: NovaCommand | undefined, args: Arguments): void {
  try {
    command?.check?.(args);
  } catch (error) {
    if (!(error instanceof Exception)) throw error;
    throw new Exit(1, "", errorLine(error), error.message);
  }
}

interface Understood {
  readonly parsed: Parsed;
  /** What the first reading found; `--debug` behind the sub-command is only here. */
  readonly options: Arguments;
  readonly command: NovaCommand | undefined;
}

/** @throws Exit for help and for wrong use */
function understood(words: readonly string[], variables: Environment): Understood {
  const options = new Arguments(parseKnown(BASE, words, variables).values);
  if (options.flag("help") || words.length === 0) throw new Exit(0, help(NOVA), "");
  const argv = words.map((word) => (word === "--endpoint_type" ? "--endpoint-type" : word));
  const parsed = parse(NOVA, argv, variables);
  const name = parsed.command?.name ?? "";
  if (name === "help") throw new Exit(0, helpPage(parsed), "");
  return { parsed, options, command: COMMANDS.get(name) };
}

/** @throws Exit if there is no such sub-command */
function helpPage(parsed: Parsed): string {
  const [name] = parsed.command?.parsed.positionals ?? [];
  if (name === undefined) return help(NOVA);
  const spec = NOVA.commands?.get(name);
  if (spec !== undefined) return help(spec);
  const message = `'${name}' is not a valid subcommand`;
  const known = [...(NOVA.commands?.keys() ?? [])];
  throw new Exit(1, "", `ERROR (CommandError): ${message}\n`, message, { word: name, known });
}

function timingTable(timings: readonly Timing[]): string {
  const total = timings.reduce((sum, { took }) => sum + took, 0);
  const rows: Json[][] = [...timings, { what: "Total", took: total }].map(({ what, took }) => [
    what,
    float(took / 1e6),
  ]);
  return table(["url", "seconds"], rows);
}
