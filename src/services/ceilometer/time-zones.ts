/**
 * Time zones that are known here: UTC under its names, and those that are so many hours away from it all year.
 * Of the rest of the world the rules are not here, so its zones count as unknown. Upstream: pytz.
 */
const UTC = ["UTC", "GMT", "Zulu", "UCT", "Universal", "Greenwich", "GMT0", "GMT+0", "GMT-0"];

/** Microseconds east of UTC; undefined for a zone that is not known. */
export function offsetOf(zone: string): number | undefined {
  if (UTC.includes(zone) || UTC.some((name) => zone === `Etc/${name}`)) return 0;
  // Of old these count westwards.
  const [, sign, hours] = /^Etc\/GMT([+-])(1[0-4]|[1-9])$/.exec(zone) ?? [];
  if (hours === undefined || (sign === "+" && Number(hours) > 12)) return undefined;
  return (sign === "+" ? -1 : 1) * Number(hours) * 3_600_000_000;
}

export const isTimezone = (zone: string): boolean => offsetOf(zone) !== undefined;
