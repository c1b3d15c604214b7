/** The end of a command line before anything has run: help was asked for, or it is wrong. */
import { Exception } from "../../../python/index.js";
import { nearest } from "../../../text/nearest.js";
import type { ParserSpec } from "./spec.js";
import { usage } from "./usage.js";

/** What helps whoever typed a line that is wrong. */
export interface Advice {
  /** The word or words that are to blame, as they were typed. */
  readonly word?: string;
  /** What could have stood in their place. */
  readonly known?: readonly string[];
  /** How the command is typed: `nova shelve <server>`. */
  readonly form?: string;
}

export class Exit extends Exception {
  override readonly name: string = "SystemExit";
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly advice: Advice;

  /** `message` says in one line what is wrong. */
  constructor(exit: number, stdout: string, stderr: string, message = "", advice: Advice = {}) {
    super(message);
    this.exit = exit;
    this.stdout = stdout;
    this.stderr = stderr;
    this.advice = advice;
  }
}

/**
 * Usage and error. As novaclient's parser prints it, where to find help as well, and not which words
 * there are to choose from. Exit code 2.
 */
export function usageError(spec: ParserSpec, message: string, advice?: Advice): Exit {
  if (spec.argparse !== undefined) {
    return new Exit(2, "", `${usage(spec)}${spec.prog}: error: ${message}\n`, message, advice);
  }
  const [main = "", ...rest] = spec.prog.split(" ");
  const hint = `Try '${main} help ${rest.join(" ")}' for more information.`;
  const [said = ""] = message.split(" (choose from");
  return new Exit(2, "", `${usage(spec)}error: ${said}\n${hint}\n`, message, advice);
}

/**
 * The real program has a sub-command `name`, and nothing here does what it would do. Not the words of
 * upstream, which has no such thing; exit code 1, as nothing is wrong with the line.
 */
export function notSimulated({ prog }: ParserSpec, name: string, known: readonly string[]): Exit {
  const words = new Set(name.split("-"));
  const close = nearest(name, known);
  const alike = known.filter(
    (other) => other === close || other.split("-").some((word) => words.has(word)),
  );
  const near =
    alike.length > 0
      ? `Near it: ${alike.slice(0, MOST_NEAR).join(", ")}.`
      : `\`${prog} help\` lists what is.`;
  const message = `${prog} ${name} is not simulated`;
  const said = `${message}. ${near}\n`;
  return new Exit(1, "", said, message, { word: name, known: alike });
}

const MOST_NEAR = 12;
