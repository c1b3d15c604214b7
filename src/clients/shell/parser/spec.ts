/**
 * A command line as data: options, arguments, sub-commands. Made by the programs, read by the parser,
 * the usage line and the help page. Upstream: Python 2.7's argparse, as far as the clients use it.
 */
import { Exception } from "../../../python/index.js";

export type ArgumentValue = string | number | boolean | null | readonly ArgumentValue[];

/**
 * Turns a word into a value; `prefix` is what stands before a word in a message.
 * @throws InvalidArgument
 */
export type ArgumentType = (text: string, prefix?: "u" | "") => ArgumentValue;

/** Why a word is not a value. The parser puts the option's name in front. */
export class InvalidArgument extends Exception {
  override readonly name: string = "ArgumentTypeError";
  /** The part of the line that is to blame, where it is not the value of an option. */
  readonly word: string | undefined;

  constructor(message: string, word?: string) {
    super(message);
    this.word = word;
  }
}

export interface OptionSpec {
  /** `["--help", "-h"]`; the first is the one that is shown. */
  readonly names: readonly string[];
  readonly dest: string;
  /** What follows: one word, none, one that may be left out, any number, or some; of the last two the value is a list. */
  readonly takes: "value" | "nothing" | "optional" | "any" | "some";
  /** May be given many times; the value is a list. */
  readonly many?: boolean;
  readonly type?: ArgumentType;
  /** How its value is called in a usage line; without it, `dest` in capitals. */
  readonly metavar?: string;
  /** Hidden if absent. */
  readonly about?: string;
  /** Without the option. Null if absent. */
  readonly otherwise?: ArgumentValue;
  /** With the option, when it stands alone. */
  readonly alone?: ArgumentValue;
  /** The line is wrong without it. */
  readonly required?: boolean;
  /** Of the options of one group, a line has one at most. */
  readonly group?: string;
  /** Variables of the environment that say it as well; the first that is not empty counts. */
  readonly env?: readonly string[];
  /** Ends the reading at once, as `--help` and `--version` do. */
  readonly ends?: "help" | { readonly version: string };
}

export interface PositionalSpec {
  readonly dest: string;
  readonly metavar: string;
  /** `any`: none or more, also where options stand between them, as optparse reads. */
  readonly count: "one" | "optional" | "some" | "any";
  readonly about: string;
  /** The only words that it may be. */
  readonly choices?: readonly string[];
  readonly type?: ArgumentType;
}

export interface ParserSpec {
  /** `nova boot`. */
  readonly prog: string;
  readonly about: string;
  readonly options: readonly OptionSpec[];
  readonly positionals: readonly PositionalSpec[];
  /** Sub-commands, by name; the first word that is no option chooses one. */
  readonly commands?: ReadonlyMap<string, ParserSpec>;
  /** Sub-commands of the real program that are not simulated. */
  readonly unmodelled?: ReadonlySet<string>;
  readonly epilog?: string;
  /** What is wrong with the values together, in the words of the parser. */
  readonly wrong?: (values: ReadonlyMap<string, ArgumentValue>) => string | undefined;
  /** A prefix of several options, of which one is shown, means that one. */
  readonly prefersShown?: boolean;
  /** Errors are argparse's own and not novaclient's, which shortens them and adds where help is. */
  readonly argparse?: {
    /** Of a word in a message: `u`, the default, if the program decodes its arguments. */
    readonly prefix?: "u" | "";
    /** Every sub-command, in the order in which they are made known; untold without them. */
    readonly choices?: readonly string[];
  };
}

/** How the choice of a sub-command is called in messages and help. */
export const SUBCOMMAND = "<subcommand>";

export const metavarOf = (option: OptionSpec): string =>
  option.metavar ?? option.dest.toUpperCase();
