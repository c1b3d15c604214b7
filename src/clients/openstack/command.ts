/**
 * What a sub-command of an OpenStack program is: how it is typed and what it does with the project's
 * client. Upstream: a function `do_x` of novaclient/v1_1/shell.py and its like, with its decorators.
 */
import type { Op } from "../../kernel/index.js";
import type { Console } from "../shell/console.js";
import type { OptionSpec, PositionalSpec } from "../shell/parser/index.js";
import type { CommandName } from "../shell/program.js";
import type { Arguments } from "./arguments.js";

export interface Command<Client> {
  readonly name: string;
  /** In a sentence. */
  readonly about: string;
  /** Of which service it asks, where that is not the program's: `volume`. */
  readonly serviceType?: string;
  readonly options?: readonly OptionSpec[];
  readonly positionals?: readonly PositionalSpec[];
  /** The names in it that must be there, and those that it makes. */
  names?(args: Arguments): readonly CommandName[];
  /** What is wrong with the line as a whole, in the words of its parser. */
  wrong?(args: Arguments): string | undefined;
  /** Refuses, without asking anybody, what `run` would refuse in any case. @throws as `run` does */
  check?(args: Arguments): void;
  /** @throws ClientException, CommandError and whatever else ends a command with exit code 1 */
  run(client: Client, args: Arguments, console: Console): Op<void>;
}
