/** What a driver waited for in vain. */
import { formatDuration, type Micros } from "../../kernel/index.js";

/**
 * `cloud.runUntil` waited as long as it was told to. The message has the condition, where the cloud is, what is
 * under way, and the last of the flow.
 *
 * @example
 * ```ts
 * import { Cloud, ConditionError } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * try {
 *   cloud.runUntil(() => cloud.count("ACTIVE") === 1, "5s");
 * } catch (error) {
 *   error instanceof ConditionError; // → true
 * }
 * ```
 */
export class ConditionError extends Error {
  override readonly name = "ConditionError";
  /** The last entries of the flow, one line each. */
  readonly tail: readonly string[];

  constructor(message: string, tail: readonly string[]) {
    super(message);
    this.tail = tail;
  }
}

const indented = (line: string): string => `  ${line}`;

/** That a condition does not hold: which, and what goes on instead. */
export function notReached(
  condition: { toString(): string },
  within: string,
  {
    now,
    busy,
    tail,
  }: { readonly now: Micros; readonly busy: readonly string[]; readonly tail: readonly string[] },
): ConditionError {
  const words = condition.toString().replaceAll(/\s+/gu, " ").slice(0, 200);
  const message = [
    `this did not hold within ${within} (it is ${formatDuration(now)} now): ${words}`,
    ...(busy.length === 0 ? ["nothing is under way"] : ["under way:", ...busy.map(indented)]),
    ...(tail.length === 0 ? [] : ["the last of the flow:", ...tail.map(indented)]),
  ].join("\n");
  return new ConditionError(message, tail);
}
