/** What is wrong with a cloud that somebody asked for: never the simulator's own mistake. */

/**
 * A cloud that cannot be made as it was described, or cannot start; what would be right is said.
 *
 * @example
 * ```ts
 * import { Cloud, CloudError } from "novasim";
 *
 * try {
 *   new Cloud({ computes: 0 });
 * } catch (error) {
 *   error instanceof CloudError; // → true
 * }
 * ```
 */
export class CloudError extends Error {
  override readonly name = "CloudError";
}
