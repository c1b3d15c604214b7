/**
 * A scenario that chance has made, and the file that it is: what fails is that file, so that who reads of the
 * failure can run it, watch it and cut it further by hand.
 */
import { refuse } from "../../kernel/index.js";
import * as fc from "fast-check";
import { stringify } from "yaml";

/** A step as a file has it. */
export type StepSource = Readonly<Record<string, unknown>>;

/** A scenario as a file has it. */
export interface ScenarioSource {
  readonly scenario: string;
  readonly title?: string;
  readonly seed: number;
  readonly cloud: Readonly<Record<string, unknown>>;
  readonly steps: readonly StepSource[];
  readonly expect?: Readonly<Record<string, unknown>>;
}

/**
 * A scenario that chance has made; `text` is its file.
 *
 * @example
 * ```ts
 * import { RandomScenario } from "novasim/fast-check";
 *
 * const steps = [{ run: "nova list" }];
 * const scenario = new RandomScenario({ scenario: "by-chance", seed: 7, cloud: {}, steps });
 * console.log(scenario.text.split("\n")[0]); // scenario: by-chance
 * ```
 */
export class RandomScenario {
  readonly source: ScenarioSource;

  constructor(source: ScenarioSource) {
    this.source = source;
  }

  /** The file: YAML. */
  get text(): string {
    return stringify(this.source, { lineWidth: 0 });
  }

  /** What fast-check prints as the counterexample. */
  [fc.toStringMethod](): string {
    return `\n${this.text}`;
  }
}

/** @throws DriverError for what is no scenario by chance */
export function assertScenario(value: unknown, method: string): void {
  if (typeof value === "object" && value !== null && "source" in value && "text" in value) return;
  refuse(value, method, "a scenario, as scenarios() makes them or new RandomScenario({ ... })");
}
