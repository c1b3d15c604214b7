/**
 * Swift's timestamps: seconds since 1970 with five digits behind the point, sixteen characters, so that
 * texts sort as times do. Whoever writes last wins by them. Offsets, which only the reconciler makes,
 * are not simulated. Upstream: swift/common/utils.py (Timestamp, normalize_delete_at_timestamp) at 2.2.0.
 */
import type { Env } from "../../../framework/index.js";
import { unixMicros, type Micros } from "../../../kernel/index.js";
import { ValueError } from "../../../python/index.js";

/** `1411013000.12345`. */
export type Timestamp = string;

export const ZERO: Timestamp = "0000000000.00000";

/** As `float` of Python reads a text. */
const FLOAT = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

/** The time now, for something that is written. */
export const now = (env: Env): Timestamp => ofMicros(unixNow(env));

/** Microseconds since 1970. */
export const unixNow = ({ kernel }: Env): number => unixMicros(kernel.calendar.stamp(kernel.now));

function ofMicros(micros: number): Timestamp {
  const tens = Math.floor(micros / 10);
  const whole = Math.floor(tens / 100_000);
  const fraction = String(tens - whole * 100_000).padStart(5, "0");
  return `${String(whole).padStart(10, "0")}.${fraction}`;
}

/** What somebody has written, as a timestamp. @throws ValueError for what is none */
export function timestamp(text: string): Timestamp {
  const value = FLOAT.test(text) ? Number(text) : NaN;
  if (Number.isNaN(value)) throw new ValueError(`could not convert string to float: ${text}`);
  return value.toFixed(5).padStart(16, "0");
}

export const secondsOf = (stamp: Timestamp): number => Number(stamp);

/** A second since 1970 as virtual time. */
const virtual = (env: Env, second: number): Micros =>
  Math.round(second * 1e6) - unixNow(env) + env.kernel.now;

/** `2014-10-16T10:00:00.123450`: in listings. */
export function isoformat(env: Env, stamp: Timestamp): string {
  const [whole = "0", fraction = "00000"] = stamp.split(".");
  const date = env.kernel.calendar.stamp(virtual(env, Number(whole))).slice(0, 19);
  return `${date}.${fraction}0`;
}

/** `Thu, 18 Sep 2014 04:03:10 GMT`: rounded up to a second. */
export const httpDate = (env: Env, stamp: Timestamp): string =>
  env.kernel.calendar.http(virtual(env, Math.ceil(secondsOf(stamp))));

const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

/** The second of such a date, or NaN. */
export function parseHttpDate(text: string | undefined): number {
  const [, day = "", month = "", year = "", time = ""] =
    /^\w{3}, (\d{2}) (\w{3}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT$/.exec(text ?? "") ?? [];
  const number = MONTHS.indexOf(month) / 3 + 1;
  if (day === "" || !Number.isInteger(number) || number < 1) return NaN;
  return unixMicros(`${year}-${String(number).padStart(2, "0")}-${day}T${time}Z`) / 1e6;
}

/** The second in which an object ends, ten digits. */
export const deleteAt = (second: number): string =>
  String(Math.min(Math.max(0, Math.trunc(second)), 9_999_999_999)).padStart(10, "0");
