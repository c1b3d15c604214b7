/**
 * Dates as clients write them: a year is enough, and any time zone will do. Upstream:
 * nova/openstack/common/timeutils.py (parse_isotime) at 2014.2, over iso8601 0.1.9.
 */
import { minutes, type Calendar } from "../../../kernel/index.js";
import { ValueError } from "../../../python/index.js";

const DATE = /^(\d{4})(?:(?:-(\d{1,2})|(\d\d)(?!$))(?:(?:-(\d{1,2})|(\d\d))(?:[ T](.+))?)?)?$/;
const TIME = /^(\d\d)(?::?(\d\d))?(?::?(\d{1,2})(?:[.,](\d+))?)?(?:Z|([-+])(\d\d):?(\d\d)?)?$/;

/** `2014-09-18T04:03:09.000000` in UTC, as columns hold dates. @throws ValueError */
export function parseIsotime(calendar: Calendar, text: string): string {
  const date = DATE.exec(text);
  const time = TIME.exec(date?.[6] ?? "00");
  if (date === null || time === null) throw unreadable(text);
  const [, year = "", dashed, month = dashed ?? "01", dayDashed, day = dayDashed ?? "01"] = date;
  const [, hour = "", minute = "00", second = "00", fraction = "", sign, hours, more] = time;
  const two = (part: string): string => part.padStart(2, "0");
  const local = calendar.parse(
    `${year}-${two(month)}-${two(day)}T${hour}:${minute}:${two(second)}.${fraction.slice(0, 6).padEnd(6, "0")}`,
  );
  if (Number.isNaN(local)) throw unreadable(text);
  const ahead = minutes(Number(hours ?? 0) * 60 + Number(more ?? 0));
  return calendar.stamp(sign === "-" ? local + ahead : local - ahead);
}

const unreadable = (text: string): ValueError =>
  new ValueError(`Unable to parse date string '${text}'`);
