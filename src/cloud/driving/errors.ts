/** What a driver waited for in vain. */

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
