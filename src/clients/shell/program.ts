/**
 * A program that a user can type: it reads its arguments without running, and runs them. The shell
 * finds it by the first word of a line.
 */
import type { Env } from "../../framework/index.js";
import type { Op } from "../../kernel/index.js";
import type { Console } from "./console.js";
import type { Environment } from "./parser/index.js";

/** A name that a command line uses, or brings into being. */
export interface CommandName {
  readonly what: "server" | "image" | "flavor" | "network";
  readonly name: string;
  /** It is there once the command has been typed: this one, or `name-1`, `name-2` and so on. */
  readonly makes?: "one" | "many";
}

/** A command line as it was understood, before anything of it runs. */
export interface ParsedCommand {
  /** `nova`. */
  readonly program: string;
  /** `boot`; empty for help about the program itself. */
  readonly subcommand: string;
  /** Options of program and sub-command by full name, with the values typed; bare ones have "". */
  readonly options: ReadonlyMap<string, readonly string[]>;
  readonly positionals: readonly string[];
  /** What it uses that must be there, and what it makes. */
  readonly names: readonly CommandName[];
}

export interface Program {
  readonly name: string;
  /** Understand `words`, the arguments. @throws Exit if a real client would end at once */
  read(words: readonly string[], variables: Environment): ParsedCommand;
  /** Run them. @returns the exit code @throws Exit as `read` does */
  run(env: Env, words: readonly string[], variables: Environment, console: Console): Op<number>;
}
