/**
 * Zones of the IANA database by the names that it has, from 1970 to 2030: they come with a library and not from the
 * machine, so that every machine knows the same. Upstream: pytz.
 */
import moment from "moment-timezone/builds/moment-timezone-with-data-1970-2030.js";

const NAMES: ReadonlySet<string> = new Set(moment.tz.names());

/** The name as it is in the database: capitals count but for UTC's, and signs may be written out. */
const nameOf = (zone: string): string =>
  zone.toUpperCase() === "UTC" ? "UTC" : zone.replace("_plus_", "+").replace("_minus_", "-");

export const isTimezone = (zone: string): boolean => NAMES.has(nameOf(zone));

/** Microseconds east of UTC in a zone that is known. @param unix the moment, in microseconds since 1970 */
export function offsetAt(zone: string, unix: number): number {
  const west = isTimezone(zone) ? moment.tz.zone(nameOf(zone))?.utcOffset(unix / 1000) : undefined;
  return west === undefined ? 0 : -west * 60_000_000;
}
