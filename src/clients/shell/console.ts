/**
 * What a command prints, kept until it ends: standard output and standard error apart. Lines have
 * what could move the cursor written out, since names come from anybody. And the folder in which it is
 * typed.
 */
import { printable } from "./char-width.js";
import { Folder } from "./folder.js";

/**
 * What a command line printed, and its exit code.
 *
 * @example
 * ```ts
 * import { Cloud, type CommandResult } from "novasim";
 *
 * const result: CommandResult = new Cloud({ seed: 1 }).user("demo").command("nova boot");
 * result.exit; // → 2
 * ```
 */
export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

export class Console {
  readonly folder: Folder;
  #stdout = "";
  #stderr = "";

  constructor(folder = new Folder("/home/user", new Map())) {
    this.folder = folder;
  }

  /** Standard output, as it is: tables, which see to it themselves, and progress. */
  write(text: string): void {
    this.#stdout += text;
  }

  /** A line of standard output. */
  print(line = ""): void {
    this.#stdout += `${printable(line)}\n`;
  }

  /** Lines of standard error, each with its end. */
  error(text: string): void {
    this.#stderr += printable(text);
  }

  result(exit: number): CommandResult {
    return { stdout: this.#stdout, stderr: this.#stderr, exit };
  }
}
