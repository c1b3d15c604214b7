/** Exit codes, and errors that end the command with one. */

export const EXIT = {
  ok: 0,
  /** An expectation or an invariant failed. */
  failed: 1,
  /** Bad usage, or a bad or unusable file. */
  bad: 2,
  notDeterministic: 3,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A mistake of the user or of the machine's, told in one or a few lines, without a stack trace. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly hint: string | undefined;
  readonly exit: ExitCode;

  constructor(message: string, hint?: string, exit: ExitCode = EXIT.bad) {
    super(message);
    this.hint = hint;
    this.exit = exit;
  }
}

/** What went wrong most among several: bad files before differences before failures. */
export function worst(codes: readonly ExitCode[]): ExitCode {
  const order = [EXIT.interrupted, EXIT.bad, EXIT.notDeterministic, EXIT.failed];
  return order.find((code) => codes.includes(code)) ?? EXIT.ok;
}
