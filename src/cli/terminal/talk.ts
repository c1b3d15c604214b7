/** What the command says about its work: on standard error, as loud as wanted. */
import {
  formatPlace,
  formatProblem,
  PLAIN,
  printable,
  type Loaded,
  type Paint,
  type Problem,
} from "../../scenario/index.js";
import { problemPaint, wantsColour } from "./colours.js";
import type { CliError } from "../exit.js";
import type { Io } from "../io.js";

export interface Loudness {
  readonly quiet?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  /** Commander's name for `--no-color`. */
  readonly color?: boolean | undefined;
}

export class Talk {
  readonly verbose: boolean;
  readonly #io: Io;
  readonly #quiet: boolean;
  readonly #paint: Paint;

  constructor(io: Io, { quiet = false, verbose = false, color = true }: Loudness = {}) {
    this.#io = io;
    this.#quiet = quiet;
    this.verbose = verbose;
    this.#paint = wantsColour(io, io.stderr, !color) ? problemPaint(true) : PLAIN;
  }

  /** News; silenced by --quiet. */
  say(text: string): void {
    if (!this.#quiet) this.#io.stderr.write(`${text}\n`);
  }

  problem(problem: Problem): void {
    if (this.#quiet && problem.severity === "warning") return;
    this.#io.stderr.write(`${formatProblem(problem, this.#paint)}\n`);
  }

  /** What configuration files say that nothing here reads: counted, and in full with --verbose. */
  unread(unread: Loaded["unread"]): void {
    if (unread.length === 0) return;
    const counts = new Map<string, number>();
    for (const { file } of unread) counts.set(file, (counts.get(file) ?? 0) + 1);
    const total = `${String(unread.length)} ${unread.length === 1 ? "option" : "options"}`;
    const [only] = counts.keys();
    const parts = [...counts].map(([file, count]) => `${String(count)} of ${file}`).join(", ");
    const which = counts.size === 1 ? `${total} of ${only ?? ""}` : `${total} (${parts})`;
    const are = unread.length === 1 ? "is" : "are";
    const more = this.verbose ? ":" : " (-v lists them)";
    this.say(`${printable(which)} ${are} read by no service here and ignored${more}`);
    if (!this.verbose) return;
    for (const { name, place } of unread) {
      this.say(`  ${printable(formatPlace(place))}: ${printable(name)}`);
    }
  }

  error(error: CliError): void {
    this.#io.stderr.write(`${this.#paint.error("error")}: ${printable(error.message)}\n`);
    if (error.hint !== undefined) this.#io.stderr.write(`  ${printable(error.hint)}\n`);
  }

  /** More about an error, one thought a line. */
  details(lines: readonly string[]): void {
    for (const line of lines) this.#io.stderr.write(`  ${printable(line)}\n`);
  }

  /** The one line that repeats what failed. */
  repeat(command: string): void {
    this.#io.stderr.write(`${this.#paint.faint("repeat with:")} ${command}\n`);
  }
}
