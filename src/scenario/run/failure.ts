/** Why a scenario did not pass: what was expected, where it says so, and what is the case. */
import { CeilingReached, InvariantError, Stalled, UnhandledError } from "../../kernel/index.js";
import type { Path } from "../load/path.js";
import type { Place } from "../load/problem.js";

/**
 * `expectation`: the scenario asked for something else. `step`: a step could not be done.
 * `broken`: the run itself cannot go on; an invariant of the simulator does not hold.
 */
export type FailureKind = "expectation" | "step" | "broken";

/** What did not come as a scenario says that it must, and where that stands. */
export interface Failure {
  readonly kind: FailureKind;
  /** One line: what failed. */
  readonly what: string;
  /** More lines for people. */
  readonly details: readonly string[];
  readonly expected?: unknown;
  readonly actual?: unknown;
  readonly place?: Place;
}

/** A failure and where, below the expectation, what failed is written. */
export interface Unmet {
  readonly failure: Omit<Failure, "place">;
  readonly within: Path;
}

/** Ends the steps of a run. */
export class StepFailed extends Error {
  override readonly name = "StepFailed";
  readonly failure: Omit<Failure, "place">;
  /** Where in the step, when it is not the step as a whole. */
  readonly within: Path;

  constructor(failure: Omit<Failure, "place">, within: Path = []) {
    super(failure.what);
    this.failure = failure;
    this.within = within;
  }
}

/** How `error` ends a run; undefined if it is nobody's but a programmer's. */
export function asFailure(error: unknown): Omit<Failure, "place"> | undefined {
  if (error instanceof StepFailed) return error.failure;
  const broken =
    error instanceof UnhandledError ||
    error instanceof InvariantError ||
    error instanceof Stalled ||
    error instanceof CeilingReached;
  if (!broken) return undefined;
  const [what = error.name, ...details] = error.message.split("\n");
  return { kind: "broken", what: `${error.name}: ${what}`, details };
}

/**
 * Do `work`, which refuses unknown targets with a plain Error.
 * @throws StepFailed in its place
 */
export function attempt<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Error) || error.constructor !== Error) throw error;
    const [what = "", ...details] = error.message.split("\n");
    throw new StepFailed({ kind: "step", what, details });
  }
}
