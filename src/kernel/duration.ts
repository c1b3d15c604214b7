/**
 * Durations as people write them (`250ms`, `3s`, `2ms..5ms`), in scenario files and to the library,
 * and virtual microseconds: both ways.
 */
import type { Span } from "./random.js";
import { hours, type Duration, type Micros } from "./time.js";

export const DURATION = /^(\d{1,15}(?:\.\d{1,6})?)(us|ms|s|m|h)$/;
export const SPAN =
  /^(\d{1,15}(?:\.\d{1,6})?)(us|ms|s|m|h|(?=\.\.))(?:\.\.(\d{1,15}(?:\.\d{1,6})?)(us|ms|s|m|h))?$/;

/** No scenario needs more virtual time than this in one go. */
export const LONGEST = hours(720);

/**
 * No run goes on for longer than a hundred years. Dates are whole microseconds, which a number holds
 * until the year 2255; so this much is left after any date at which a cloud begins.
 */
export const LONGEST_RUN = hours(876_000);

/** Unbounded, as it is written: whoever asks for it knows how much is too much. */
const lengthOf = (count: string | undefined, unit: string | undefined): Duration =>
  Math.round(Number(count) * microsOf(unit)) as Duration;

function microsOf(name: string | undefined): Micros {
  switch (name) {
    case "us":
      return 1;
    case "ms":
      return 1_000;
    case "s":
      return 1_000_000;
    case "m":
      return 60_000_000;
    default:
      return 3_600_000_000;
  }
}

/** `250ms` as microseconds; undefined if it is not a duration. */
export function parseDuration(text: string): Duration | undefined {
  const match = DURATION.exec(text);
  return match === null ? undefined : lengthOf(match[1], match[2]);
}

/** `2ms..5ms`, `2..5ms`, or one duration for a span of no width; undefined if it is neither. */
export function parseSpan(text: string): Span | undefined {
  const match = SPAN.exec(text);
  if (match === null) return undefined;
  // `0..2ms`: one unit for both.
  const min = lengthOf(match[1], match[2] === "" ? match[4] : match[2]);
  const max = match[3] === undefined ? min : lengthOf(match[3], match[4]);
  return { min, max };
}

/**
 * `1m 12.3s`, `250ms`: for people.
 *
 * @example
 * ```ts
 * import { formatDuration, seconds } from "novasim";
 *
 * console.log(formatDuration(seconds(72.3))); // 1m 12.3s
 * ```
 */
export function formatDuration(time: Micros): string {
  if (time < 1_000) return `${String(time)}us`;
  if (time < 1_000_000) return `${trim(time / 1_000)}ms`;
  const hours = Math.floor(time / 3_600_000_000);
  const minutes = Math.floor((time % 3_600_000_000) / 60_000_000);
  const seconds = (time % 60_000_000) / 1_000_000;
  const parts: string[] = [];
  if (hours > 0) parts.push(`${String(hours)}h`);
  if (minutes > 0) parts.push(`${String(minutes)}m`);
  if (seconds > 0) parts.push(`${trim(seconds)}s`);
  return parts.join(" ");
}

const trim = (value: number): string => String(Math.round(value * 1_000) / 1_000);
