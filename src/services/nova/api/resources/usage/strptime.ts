/**
 * Dates in a form that is given: `datetime.strptime` of the directives that Nova's API uses, which knows no time zone and takes one
 * digit for two. Upstream: the module _strptime of CPython 2.7.
 */
import type { Calendar, Micros } from "../../../../../kernel/index.js";

const DIRECTIVES: Readonly<Record<string, string>> = {
  "%Y": String.raw`(?<year>\d{4})`,
  "%m": "(?<month>1[0-2]|0[1-9]|[1-9])",
  "%d": String.raw`(?<day>3[01]|[12]\d|0[1-9]|[1-9]| [1-9])`,
  "%H": String.raw`(?<hour>2[0-3]|[01]\d|\d)`,
  "%M": String.raw`(?<minute>[0-5]\d|\d)`,
  "%S": String.raw`(?<second>6[01]|[0-5]\d|\d)`,
  "%f": String.raw`(?<fraction>\d{1,6})`,
  // A blank stands for any number of them.
  " ": String.raw`\s+`,
  ".": String.raw`\.`,
};

/** `%Y-%m-%d %H:%M:%S`, read once; the case of letters does not count. */
export const dateFormat = (format: string): RegExp =>
  new RegExp(`^${format.replace(/%\w|[ .]/gu, (part) => DIRECTIVES[part] ?? part)}$`, "iu");

/** undefined where that raises ValueError: the 60th second and the 31st of June are no dates. */
export function strptime(calendar: Calendar, text: string, format: RegExp): Micros | undefined {
  const { groups } = format.exec(text) ?? {};
  if (groups === undefined || groups["year"] === "0000") return undefined;
  const two = (part: string): string => (groups[part] ?? "").trim().padStart(2, "0");
  const date = [groups["year"], two("month"), two("day")].join("-");
  const time = ["hour", "minute", "second"].map(two).join(":");
  const at = calendar.parse(`${date}T${time}.${(groups["fraction"] ?? "").padEnd(6, "0")}`);
  return Number.isNaN(at) ? undefined : at;
}
