/** What a command prints, kept until it ends: standard output and standard error apart. */

/** What a command line printed, and its exit code. */
export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

export class Console {
  #stdout = "";
  #stderr = "";

  /** Standard output, as it is. */
  write(text: string): void {
    this.#stdout += text;
  }

  /** A line of standard output. */
  print(line = ""): void {
    this.#stdout += `${line}\n`;
  }

  /** Standard error, as it is. */
  error(text: string): void {
    this.#stderr += text;
  }

  result(exit: number): CommandResult {
    return { stdout: this.#stdout, stderr: this.#stderr, exit };
  }
}
