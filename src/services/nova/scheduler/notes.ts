/**
 * What a scheduler says while it chooses. What it logs at debug, and the whole of a decision, is
 * recorded at detail `full` alone, since there is a line for each host and filter; with the flag
 * `debug` the lines are part of the story. Upstream: the levels of its own log calls.
 */
import { serviceFlags, type Env } from "../../../framework/index.js";
import type { Decision, LogLine } from "../../../framework/observations.js";
import type { Kernel } from "../../../kernel/index.js";

/** What a decision says beside where it was made. */
export type DecisionFacts = Omit<Decision, "kind" | "actor" | "request" | "what">;

export class SchedulerNotes {
  readonly #kernel: Kernel;
  readonly #env: Env;
  readonly #debug: boolean;

  constructor(env: Env) {
    this.#env = env;
    this.#kernel = env.kernel;
    this.#debug = env.flags.read(serviceFlags).debug;
  }

  /** Whether anybody hears what is said of the rows at each look. */
  get heard(): boolean {
    return this.#kernel.watched("flow");
  }

  /** Whether anybody keeps what is said of each host. */
  get wanted(): boolean {
    return this.#kernel.keeps(this.#debug ? "flow" : "full");
  }

  /** Whether anybody keeps whole decisions. */
  get decisions(): boolean {
    return this.#kernel.keeps("full");
  }

  log(level: "info" | "warning" | "error", message: string): void {
    this.#env.log(level, message);
  }

  /** Nobody makes the line if nobody keeps it. */
  debug(line: () => string): void {
    if (!this.wanted) return;
    const { actor } = this.#env;
    const { current, cause, detail } = this.#kernel;
    const request = current?.request;
    const said: LogLine = { kind: "log", actor, request, level: "debug", message: line() };
    this.#kernel.observe(said, cause, this.#debug ? detail : "full");
  }

  decided(facts: DecisionFacts): void {
    const { actor } = this.#env;
    const { current, cause } = this.#kernel;
    const request = current?.request;
    this.#kernel.observe<Decision>(
      { kind: "decision", actor, request, what: "select_destinations", ...facts },
      cause,
      "full",
    );
  }
}
