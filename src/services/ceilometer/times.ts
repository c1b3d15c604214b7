/**
 * Dates as Ceilometer reads them. A row has them as `2014-09-18T04:03:09.000000`, in UTC and with
 * the microseconds, for the column is a PreciseTimestamp. Upstream: oslo.utils 1.0 `timeutils.py`, iso8601 0.1.
 */
import type { Kernel, Micros } from "../../kernel/index.js";
import { ValueError } from "../../python/index.js";

const ISO =
  /^(\d{4})(?:-?(\d{1,2})(?:-?(\d{1,2})(?:[ T](\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,](\d+))?)?(Z|[+-]\d{2}:?(?:\d{2})?)?)?)?)?$/;

/** `timeutils.normalize_time(timeutils.parse_isotime(text))`. @throws ValueError */
export function parseIsotime(kernel: Kernel, text: string): Micros {
  const { at, zone } = read(kernel, text);
  return at - offset(zone);
}

/** `timeutils.parse_isotime(text).replace(tzinfo=None)`: whatever zone it names. @throws ValueError */
export const zonelessTime = (kernel: Kernel, text: string): string =>
  kernel.calendar.stamp(read(kernel, text).at);

/** `isoformat()` of a date out of a row. */
export const isoformat = (stamp: string): string => stamp.replace(/\.000000$/, "");

function read({ calendar }: Kernel, text: string): { readonly at: Micros; readonly zone: string } {
  const [
    ,
    year,
    month = "1",
    day = "1",
    hour = "0",
    minute = "00",
    second = "00",
    fraction = "",
    zone = "Z",
  ] = ISO.exec(text) ?? [];
  const of = (part: string): string => part.padStart(2, "0");
  const at =
    year === undefined
      ? NaN
      : calendar.parse(
          `${year}-${of(month)}-${of(day)}T${of(hour)}:${minute}:${second}.${fraction.slice(0, 6).padEnd(6, "0")}`,
        );
  if (Number.isNaN(at)) throw new ValueError(`Unable to parse date string ${text}`);
  return { at, zone };
}

function offset(zone: string): Micros {
  if (zone === "Z") return 0;
  const [, sign, hours = "", minutes = "0"] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? [];
  const size = (Number(hours) * 60 + Number(minutes)) * 60_000_000;
  return sign === "-" ? -size : size;
}

/** As a row has it. @throws ValueError */
export const storedTime = (kernel: Kernel, text: string): string =>
  kernel.calendar.stamp(parseIsotime(kernel, text));
