/**
 * A command line of a user: read without running, for checks before a run, or run. Words, names,
 * the program; what each program does is its own affair.
 */
import type { Env } from "../framework/index.js";
import type { Op } from "../kernel/index.js";
import { novaProgram } from "./nova/program.js";
import { rabbitmqctl } from "./rabbitmqctl/program.js";
import { rpcProgram } from "./rpc/program.js";
import { printable } from "./shell/char-width.js";
import { Console, type CommandResult } from "./shell/console.js";
import {
  fillIds,
  fillReferences,
  freeReferences,
  holdReferences,
  UnknownName,
  type NameResolver,
} from "./shell/names.js";
import { Exit, type Environment } from "./shell/parser/index.js";
import type { ParsedCommand, Program } from "./shell/program.js";
import { ShellSyntaxError, shellWords, type CommandWords } from "./shell/words.js";
import { environmentOf, type ClientUser } from "./user.js";

/** What can be typed. A new client is one more entry. */
const PROGRAMS: ReadonlyMap<string, Program> = new Map(
  [novaProgram, rpcProgram, rabbitmqctl].map((program) => [program.name, program]),
);

/** What came of reading a line. A line that would only print help is no command. */
export type CommandReading =
  | { readonly ok: true; readonly command: ParsedCommand }
  | {
      readonly ok: false;
      /** One line: what is wrong, or why nothing would run. */
      readonly message: string;
      /** What the line would print if it ran. */
      readonly result: CommandResult;
    };

const NOBODY: Environment = new Map();

/** Understand `line` without running it. Names and `{{references}}` are left as they are. */
export function readCommand(line: string): CommandReading {
  try {
    const [name, ...rest] = shellWords(holdReferences(line)).words.map(freeReferences);
    if (name === undefined) return failure("the command line is empty", 0, "");
    const program = PROGRAMS.get(name);
    if (program === undefined) return failure(notFound(name), 127, `${notFound(name)}\n`);
    return { ok: true, command: program.read(rest, NOBODY) };
  } catch (error) {
    if (error instanceof ShellSyntaxError) return failure(error.message, 2, `${error.message}\n`);
    if (!(error instanceof Exit)) throw error;
    const message = error.message === "" ? "this only prints help" : error.message;
    const { exit, stdout, stderr } = error;
    return failure(message, exit, stderr, stdout);
  }
}

/**
 * Run `line` as `user` in the process of `env`. Whatever a user can do wrong ends in an exit
 * code; nothing is thrown for it.
 */
export function* runCommand(
  env: Env,
  user: ClientUser,
  line: string,
  resolve: NameResolver,
): Op<CommandResult> {
  const console = new Console();
  try {
    const { assignments, words } = understood(line, resolve);
    const [name, ...rest] = words;
    if (name === undefined) return console.result(0);
    const program = PROGRAMS.get(name);
    if (program === undefined) {
      console.error(`${notFound(name)}\n`);
      return console.result(127);
    }
    const variables = new Map([...environmentOf(user), ...assignments]);
    const exit = yield* program.run(env, rest, variables, console);
    return console.result(exit);
  } catch (error) {
    if (error instanceof Exit) {
      console.write(error.stdout);
      console.error(error.stderr);
      return console.result(error.exit);
    }
    if (!(error instanceof ShellSyntaxError) && !(error instanceof UnknownName)) throw error;
    console.error(`${error.message}\n`);
    return console.result(error instanceof ShellSyntaxError ? 2 : 1);
  }
}

function understood(line: string, resolve: NameResolver): CommandWords {
  const { assignments, words } = shellWords(fillReferences(line, resolve));
  return { assignments, words: fillIds(words, resolve) };
}

const notFound = (name: string): string => `bash: ${name}: command not found`;

const failure = (message: string, exit: number, stderr: string, stdout = ""): CommandReading => ({
  ok: false,
  message: printable(message),
  result: { stdout, stderr: printable(stderr), exit },
});
