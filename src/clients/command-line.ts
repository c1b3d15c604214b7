/**
 * A command line of a user: read without running, for checks before a run, or run. Words, names,
 * the program; what each program does is its own affair.
 */
import type { Env } from "../framework/index.js";
import type { Op } from "../kernel/index.js";
import { ceilometerProgram } from "./ceilometer/program.js";
import { cinderProgram } from "./cinder/program.js";
import { glanceCacheManage } from "./glance-cache-manage/program.js";
import { glanceProgram } from "./glance/program.js";
import { heatProgram } from "./heat/program.js";
import { keystoneProgram } from "./keystone/program.js";
import { neutronProgram } from "./neutron/program.js";
import { novaProgram } from "./nova/program.js";
import { openstackProgram } from "./openstackclient/program.js";
import { rabbitmqctl } from "./rabbitmqctl/program.js";
import { rpcProgram } from "./rpc/program.js";
import { printable } from "./shell/char-width.js";
import { Console, type CommandResult } from "./shell/console.js";
import type { Folder } from "./shell/folder.js";
import {
  fillIds,
  fillReferences,
  freeReferences,
  holdReferences,
  UnknownName,
  type NameResolver,
} from "./shell/names.js";
import { Exit, type Advice, type Environment } from "./shell/parser/index.js";
import type { ParsedCommand, Program } from "./shell/program.js";
import { ShellSyntaxError, shellWords } from "./shell/words.js";
import { swiftProgram } from "./swift/program.js";
import { troveProgram } from "./trove/program.js";
import { environmentOf, type ClientUser } from "./user.js";

/**
 * What can be typed; asked for, since the bundle reads a program when it is first typed
 * (`tools/late.mjs`). A new client is one more entry.
 */
const PROGRAMS: ReadonlyMap<string, () => Program> = new Map(
  Object.entries({
    nova: novaProgram,
    neutron: neutronProgram,
    keystone: keystoneProgram,
    glance: glanceProgram,
    cinder: cinderProgram,
    ceilometer: ceilometerProgram,
    swift: swiftProgram,
    heat: heatProgram,
    trove: troveProgram,
    openstack: openstackProgram,
    rpc: rpcProgram,
    rabbitmqctl,
    "glance-cache-manage": glanceCacheManage,
  }),
);

/** What came of reading a line. A line that would only print help is no command. */
export type CommandReading =
  | { readonly ok: true; readonly command: ParsedCommand }
  | {
      readonly ok: false;
      /** One line: what is wrong, or why nothing would run. */
      readonly message: string;
      /** What the line would print if it ran, unless something else goes wrong before. */
      readonly result: CommandResult;
      readonly advice: Advice;
    };

/** A line as its program got it, with ids in the place of references, and what came of it. */
export interface CommandRun {
  readonly command: string;
  readonly result: CommandResult;
}

const NOBODY: Environment = new Map();

/** Understand `line` without running it. Names and `{{references}}` are left as they are. */
export function readCommand(line: string): CommandReading {
  try {
    const [name, ...rest] = shellWords(holdReferences(line)).words.map(freeReferences);
    if (name === undefined) return failure("the command line is empty", new Exit(0, "", ""));
    return { ok: true, command: programOf(name).read(rest, NOBODY) };
  } catch (error) {
    if (error instanceof ShellSyntaxError) {
      const { message, word } = error;
      return failure(message, new Exit(2, "", `${message}\n`, message, { word }));
    }
    if (error instanceof UnknownName) {
      return failure(error.message, new Exit(1, "", `${error.message}\n`));
    }
    if (!(error instanceof Exit)) throw error;
    return failure(error.message === "" ? "this only prints help" : error.message, error);
  }
}

/**
 * Run `line` as `user` in the process of `env`, in `folder`. Whatever a user can do wrong ends in an exit
 * code; nothing is thrown for it.
 */
export function* runCommand(
  env: Env,
  user: ClientUser,
  line: string,
  resolve: NameResolver,
  folder?: Folder,
): Op<CommandRun> {
  const console = new Console(folder);
  let command = line;
  try {
    command = fillReferences(line, resolve);
    const { assignments, words } = shellWords(command);
    const [name, ...rest] = fillIds(words, resolve);
    if (name === undefined) return { command, result: console.result(0) };
    const variables = new Map([...environmentOf(user), ...assignments]);
    const exit = yield* programOf(name).run(env, rest, variables, console);
    return { command, result: console.result(exit) };
  } catch (error) {
    return { command, result: ended(error, console) };
  }
}

/** The end of a command that `error` has ended. @throws `error` if it is nobody's who typed it */
function ended(error: unknown, console: Console): CommandResult {
  if (error instanceof Exit) {
    console.write(error.stdout);
    console.error(error.stderr);
    return console.result(error.exit);
  }
  if (!(error instanceof ShellSyntaxError) && !(error instanceof UnknownName)) throw error;
  console.error(`${error.message}\n`);
  return console.result(error instanceof ShellSyntaxError ? 2 : 1);
}

/** @throws Exit if there is no such program */
function programOf(name: string): Program {
  const program = PROGRAMS.get(name);
  if (program !== undefined) return program();
  const message = `bash: ${name}: command not found`;
  throw new Exit(127, "", `${message}\n`, message, { word: name, known: [...PROGRAMS.keys()] });
}

function failure(message: string, { exit, stdout, stderr, advice }: Exit): CommandReading {
  const result = { stdout, stderr: printable(stderr), exit };
  return { ok: false, message: printable(message), result, advice };
}
