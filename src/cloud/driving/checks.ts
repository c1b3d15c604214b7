/**
 * What the driver of a cloud may ask of it, checked before anything happens: how much time is to go
 * by, and what is to be run. Types say the same; a program in plain JavaScript hears it here.
 */
import {
  DriverError,
  formatDuration,
  milliseconds,
  parseDuration,
  type Duration,
  type Kernel,
  type Op,
} from "../../kernel/index.js";

const RIGHT = 'give seconds(60), or a text such as "60s"';

/** Below this, a number was most likely meant as seconds. */
const UNLIKELY = milliseconds(1);

/**
 * A length of time as people write it: a number and its unit, `"250ms"`, `"60s"`, `"1.5h"`. Not `"1m30s"`.
 *
 * @example
 * ```ts
 * import { Cloud, type DurationText } from "novasim";
 *
 * const tick: DurationText = "250ms";
 * const cloud = new Cloud({ seed: 1 });
 * cloud.advance(tick);
 * cloud.now; // → 250000
 * ```
 */
export type DurationText = `${number}${"us" | "ms" | "s" | "m" | "h"}`;

/** @throws DriverError for what is no length of time, or would leave the calendar */
export function asDuration(duration: Duration | DurationText, kernel: Kernel): Duration {
  const length = typeof duration === "string" ? parseDuration(duration) : duration;
  if (length === undefined) {
    throw new DriverError(`${JSON.stringify(duration)} is no length of time: ${RIGHT}`);
  }
  if (!Number.isSafeInteger(length) || length < 0) {
    throw new DriverError(`time cannot advance by ${String(length)}: ${RIGHT}`);
  }
  if (typeof duration === "number" && length > 0 && length < UNLIKELY) {
    throw new DriverError(
      `advance(${String(length)}) would be ${String(length)} microseconds: ${RIGHT}; ` +
        `if it is meant, write "${formatDuration(length)}"`,
    );
  }
  if (kernel.now + length > kernel.calendar.last) {
    throw new DriverError(`time cannot advance by ${String(duration)}: dates end in the year 2255`);
  }
  return length;
}

/** @throws DriverError for what is no operation */
export function asOperation<T>(op: Op<T>): Op<T> {
  const value: unknown = op;
  const iterable = typeof value === "object" && value !== null && Symbol.iterator in value;
  if (iterable && !Array.isArray(value)) return op;
  throw new DriverError(
    `run takes an operation such as demo.nova.boot({ ... }), not ${Object.prototype.toString.call(value)}`,
  );
}
