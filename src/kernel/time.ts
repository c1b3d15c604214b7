/**
 * Units of virtual time and the calendar of a run. Time is an integer number of microseconds
 * since the run's epoch; a date is only ever made from it to be shown or stored.
 */
import { describe } from "../text/complaints.js";
import { DriverError, InvariantError } from "./errors.js";

/** Virtual time, or a length of it, in whole microseconds. */
export type Micros = number;

declare const UNIT: unique symbol;

/** What tells a length of time from a number, to the compiler alone. */
export interface OfUnit {
  readonly [UNIT]: "microseconds";
}

/**
 * A length of virtual time that somebody asks for. No plain number is one, so that nobody waits 60
 * microseconds who meant a minute: `seconds(60)` and its like make it, and of what was computed
 * `between(now, next)` or `microseconds(n)`. Zero is the same in every unit.
 */
export type Duration = 0 | (Micros & OfUnit);

/** @throws InvariantError if `n` is no time: a fraction or NaN would unsettle the order of a run */
export function wholeMicros<T extends Micros>(n: T): T {
  if (Number.isSafeInteger(n)) return n;
  throw new InvariantError(`${String(n)} is not a whole number of microseconds`);
}

/** @throws DriverError for what is no length of time: NaN, or more than a run can count */
function lengthOf(n: number, unit: string, micros: Micros): Duration {
  const length = typeof n === "number" ? Math.round(n * micros) : NaN;
  if (Number.isSafeInteger(length)) return length as Duration;
  throw new DriverError(
    `${unit}(${describe(n)}) is no length of time: it takes a number such as 60`,
  );
}

/** From `from` to `to`. No more than a subtraction: whoever schedules checks what comes of it. */
export const between = (from: Micros, to: Micros): Duration => (to - from) as Duration;

export const shorter = (a: Duration, b: Duration): Duration => (b < a ? b : a);

/**
 * So many microseconds of virtual time. @throws DriverError for what is no length of time
 *
 * @example
 * ```ts
 * import { formatDuration, microseconds } from "novasim";
 *
 * console.log(formatDuration(microseconds(5))); // 5us
 * ```
 */
export const microseconds = (n: number): Duration => lengthOf(n, "microseconds", 1);
/**
 * So many milliseconds of virtual time. @throws DriverError for what is no length of time
 *
 * @example
 * ```ts
 * import { formatDuration, milliseconds } from "novasim";
 *
 * console.log(formatDuration(milliseconds(2.5))); // 2.5ms
 * ```
 */
export const milliseconds = (n: number): Duration => lengthOf(n, "milliseconds", 1_000);
/**
 * So many seconds of virtual time. @throws DriverError for what is no length of time
 *
 * @example
 * ```ts
 * import { formatDuration, seconds } from "novasim";
 *
 * console.log(formatDuration(seconds(90))); // 1m 30s
 * ```
 */
export const seconds = (n: number): Duration => lengthOf(n, "seconds", 1_000_000);
/**
 * So many minutes of virtual time. @throws DriverError for what is no length of time
 *
 * @example
 * ```ts
 * import { formatDuration, minutes } from "novasim";
 *
 * console.log(formatDuration(minutes(90))); // 1h 30m
 * ```
 */
export const minutes = (n: number): Duration => lengthOf(n, "minutes", 60_000_000);
/**
 * So many hours of virtual time. @throws DriverError for what is no length of time
 *
 * @example
 * ```ts
 * import { formatDuration, hours } from "novasim";
 *
 * console.log(formatDuration(hours(1.5))); // 1h 30m
 * ```
 */
export const hours = (n: number): Duration => lengthOf(n, "hours", 3_600_000_000);

/** The moment at which runs begin unless told otherwise: that of transcripts §T3. */
export const DEFAULT_EPOCH = "2014-09-18T04:03:09.000Z";

/** A date in UTC, the time of day and its fraction optional; never read by a host's own rules. */
const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?)?Z?$/;

/** Microseconds since 1970 of a date that there is, as `ISO` has it, or NaN. */
export function unixMicros(text: string): number {
  const [, day, time = "00:00:00", fraction = ""] = ISO.exec(text) ?? [];
  if (day === undefined || time.startsWith("24")) return NaN;
  const millis = Date.parse(`${day}T${time}Z`);
  // Date.parse takes 30 February for 2 March.
  const ofMonth = Number(day.slice(8));
  if (ofMonth > 28 && new Date(millis).getUTCDate() !== ofMonth) return NaN;
  return millis * 1_000 + Number(fraction.padEnd(6, "0"));
}

/** `00` to `99`. */
const TWO_DIGITS: readonly string[] = Array.from({ length: 100 }, (_, n) =>
  String(n).padStart(2, "0"),
);

const twoDigits = (n: number): string => TWO_DIGITS[n] as string;

/** Turns virtual time into the dates that services store and show. */
export class Calendar {
  readonly epoch: string;
  readonly #epoch: number;
  /** The last minute that was written, and how: dates are stored far more often than minutes pass. */
  #minute = NaN;
  #minuteText = "";

  /** @throws RangeError if `epoch` is not a date in UTC */
  constructor(epoch: string = DEFAULT_EPOCH) {
    this.#epoch = unixMicros(epoch);
    if (Number.isNaN(this.#epoch)) {
      throw new RangeError(`epoch "${epoch}" is not a date such as ${DEFAULT_EPOCH}`);
    }
    this.epoch = this.#date(0).toISOString();
  }

  /** The last virtual time that has a date: microseconds since 1970 are exact until the year 2255. */
  get last(): Micros {
    return Number.MAX_SAFE_INTEGER - this.#epoch;
  }

  /** `2014-09-18T04:03:09Z`: how REST answers write a date. */
  iso(at: Micros): string {
    return `${this.#upToSeconds(Math.floor((this.#epoch + at) / 1_000_000))}Z`;
  }

  /** `2014-09-18T04:03:09.000000`: how services store a date and put it on the bus (strtime). */
  stamp(at: Micros): string {
    const unix = this.#epoch + at;
    const second = Math.floor(unix / 1_000_000);
    const micros = unix - second * 1_000_000;
    const hundreds = Math.floor(micros / 100);
    const [high, low] = [Math.floor(hundreds / 100), micros - hundreds * 100];
    return `${this.#upToSeconds(second)}.${twoDigits(high)}${twoDigits(hundreds - high * 100)}${twoDigits(low)}`;
  }

  /** `Thu, 18 Sep 2014 04:03:09 GMT`: the HTTP date header. */
  http(at: Micros): string {
    return this.#date(at).toUTCString();
  }

  /** The virtual time of a date as `stamp` or `iso` write it, or NaN. */
  parse(text: string): Micros {
    return unixMicros(text) - this.#epoch;
  }

  /** `2014-09-18T04:03:09` */
  #upToSeconds(second: number): string {
    const minute = Math.floor(second / 60);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#minuteText = new Date(minute * 60_000).toISOString().slice(0, 17);
    }
    return this.#minuteText + twoDigits(second - minute * 60);
  }

  #date(at: Micros): Date {
    return new Date(Math.floor((this.#epoch + at) / 1_000));
  }
}
