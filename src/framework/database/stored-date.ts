/**
 * A date as MySQL gives it back: a DATETIME has no fraction. Virtual time has one, and rows keep it, so
 * that what happened within a second stays in order. Upstream: SQLAlchemy models over MySQL 5.5.
 */
const UP_TO_SECONDS = "2014-09-18T04:03:09".length;

export function storedDate(stamp: string): string;
export function storedDate(stamp: string | null): string | null;
export function storedDate(stamp: string | null): string | null {
  return stamp === null ? null : `${stamp.slice(0, UP_TO_SECONDS)}.000000`;
}
