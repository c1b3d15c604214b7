/**
 * The program `openstack`: it reads its own options wherever they stand, looks for the command among the words
 * that are left, logs in, and only then reads what the command takes. The shell of its own that it has without
 * a command is not simulated, nor is `complete`. Upstream: openstackclient/shell.py (OpenStackShell), 0.4.1, on
 * cliff 1.7.0 (App, CommandManager, HelpCommand).
 */
import { caught, type Op } from "../../kernel/index.js";
import { bytesRepr, Exception } from "../../python/index.js";
import { Arguments } from "../openstack/arguments.js";
import type { Console } from "../shell/console.js";
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
import type { OpenStackClients } from "./clients.js";
import { commandsFor, type CommandSet } from "./command-groups.js";
import { globalOptions } from "./global-options.js";
import { authenticate } from "./login/authenticate.js";
import type { OpenStackCommand } from "./output.js";
import { timings } from "./timings.js";

const NAME = "openstack";

const HELP: OptionSpec = { names: ["-h", "--help"], dest: "help", takes: "nothing", ends: "help" };

const STYLE: ParserSpec["argparse"] = { prefix: "" };

const specOf = ({ name, about, options = [], positionals = [] }: OpenStackCommand): ParserSpec => ({
  prog: `${NAME} ${name}`,
  about,
  positionals,
  options: [HELP, ...options],
  argparse: STYLE,
});

const GLOBAL: ParserSpec = {
  prog: NAME,
  about: "The APIs of OpenStack from the command line.",
  options: globalOptions,
  positionals: [],
  argparse: STYLE,
};

/** What a line asks for, as far as it can be told without a login. */
interface Line {
  readonly own: Parsed;
  readonly command: OpenStackCommand;
  /** The words behind the command. */
  readonly behind: readonly string[];
}

/** @throws Exit for help and for what is no command */
function lineOf(words: readonly string[], variables: Environment): Line {
  const own = parseKnown(GLOBAL, words, variables);
  const { extras } = own;
  const options = new Arguments(own.values);
  const known = commandsFor(options);
  if (options.flag("help") || (extras[0] === "help" && extras.length === 1)) {
    throw new Exit(0, help(wholeOf(known)), "");
  }
  if (extras.length === 0) {
    const message = `${NAME} without a command, a shell of its own, is not simulated`;
    throw new Exit(1, "", `${message}. \`${NAME} help\` lists the commands.\n`, message);
  }
  if (extras[0] === "help") throw helpOf(extras.slice(1), known);
  return { own, ...commandIn(extras, known) };
}

const wholeOf = ({ commands, unmodelled }: CommandSet): ParserSpec => ({
  ...GLOBAL,
  commands: new Map([...commands].map(([name, command]) => [name, specOf(command)])),
  unmodelled,
});

/** The page of a command, or the commands whose names begin as the first word does. */
function helpOf(words: readonly string[], known: CommandSet): Exit {
  try {
    return new Exit(0, help(specOf(commandIn(words, known).command)), "");
  } catch (error) {
    if (!(error instanceof Exit) || error.exit !== 2) throw error;
    const [first = ""] = words;
    const alike = known.names.filter((name) => name.startsWith(first));
    if (alike.length === 0) return new Exit(1, "", error.stderr, error.message, error.advice);
    const lines = [`Command "${first}" matches:`, ...alike.map((name) => `  ${name}`), ""];
    return new Exit(0, lines.join("\n"), "");
  }
}

/** The command of the fewest words that begin the line, and what stands behind it. @throws Exit */
function commandIn(words: readonly string[], set: CommandSet): Omit<Line, "own"> {
  const known = [...set.commands.keys()];
  const dash = words.findIndex((word) => word.startsWith("-"));
  const name = dash < 0 ? words : words.slice(0, dash);
  for (let count = 1; count <= name.length; count += 1) {
    const tried = name.slice(0, count).join(" ");
    const command = set.commands.get(tried);
    if (command !== undefined) return { command, behind: words.slice(count) };
    if (set.unmodelled.has(tried)) throw notSimulated(GLOBAL, tried, known);
  }
  const message =
    dash < 0
      ? `Unknown command ${bytesRepr([...words])}`
      : `Invalid command ${bytesRepr(words[dash] ?? "")}`;
  const word = dash < 0 ? words.join(" ") : (words[dash] ?? "");
  throw new Exit(2, "", errorLine(message), message, { word, known });
}

const errorLine = (message: string): string => `ERROR: ${NAME} ${message}\n`;

const PROGRAM: Program = {
  name: NAME,

  read(words, variables): ParsedCommand {
    const { own, command, behind } = lineOf(words, variables);
    const parsed = parse(specOf(command), behind, variables);
    const args = new Arguments(parsed.values);
    refuse(command, args);
    return {
      program: NAME,
      subcommand: command.name,
      options: new Map([...own.options, ...parsed.options]),
      positionals: parsed.positionals,
      names: command.names?.(args) ?? [],
    };
  },

  *run(env, words, variables, console): Op<number> {
    const { own, command, behind } = lineOf(words, variables);
    const options = new Arguments(own.values);
    let clients: OpenStackClients | undefined;
    let args = new Arguments(new Map());
    let code = 0;
    try {
      if ("run" in command) clients = yield* authenticate(env, options, console);
      args = new Arguments(parse(specOf(command), behind, variables).values);
      if ("offline" in command) command.offline(args, console);
      else if (clients !== undefined) yield* command.run(clients, args, console);
    } catch (thrown) {
      if (thrown instanceof Exit) throw thrown;
      const { message } = yield* caught(thrown);
      console.error(errorLine(message));
      code = 1;
    }
    if (options.flag("timing")) yield* cleanUp(clients, args, console);
    return code;
  },
};

export const openstackProgram = (): Program => PROGRAM;

/** @throws Exit with what `run` would print */
function refuse(command: OpenStackCommand, args: Arguments): void {
  try {
    command.check?.(args);
  } catch (error) {
    if (!(error instanceof Exception)) throw error;
    throw new Exit(1, "", errorLine(error.message), error.message);
  }
}

function* cleanUp(clients: OpenStackClients | undefined, args: Arguments, console: Console) {
  try {
    timings(clients, args, console);
  } catch (thrown) {
    const { message } = yield* caught(thrown);
    console.error(errorLine(`Could not clean up: ${message}`));
  }
}
