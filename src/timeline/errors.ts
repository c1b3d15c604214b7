/** What can be wrong with a timeline that somebody hands us. Messages are for people. */

/**
 * Not a timeline, or a broken one. `line` counts from 1; the header is line 1.
 *
 * @example
 * ```ts
 * import { TimelineError, readTimeline } from "novasim";
 *
 * try {
 *   readTimeline("not a recording");
 * } catch (error) {
 *   console.log(error instanceof TimelineError && error.line); // 1
 * }
 * ```
 */
export class TimelineError extends Error {
  override readonly name = "TimelineError";
  readonly line: number | undefined;

  constructor(message: string, line?: number) {
    super(line === undefined ? message : `line ${String(line)}: ${message}`);
    this.line = line;
  }
}
