/**
 * Moments by a cron expression, of five fields: minute, hour, day of month, month, day of week. Where both days
 * are limited, either will do. Upstream: croniter 0.3, with ceilometer/alarm/evaluator/__init__.py at 2014.2.
 */
import { unixMicros, type Calendar, type Micros } from "../../kernel/index.js";
import { KeyError, ValueError, bytesRepr } from "../../python/index.js";

interface Field {
  readonly first: number;
  readonly last: number;
  readonly names: readonly string[];
}

const FIELDS: readonly Field[] = [
  { first: 0, last: 59, names: [] },
  { first: 0, last: 23, names: [] },
  { first: 1, last: 31, names: [] },
  {
    first: 1,
    last: 12,
    names: ["jan", "feb", "mar", "apr", "may", "jun"].concat([
      ...["jul", "aug", "sep", "oct", "nov", "dec"],
    ]),
  },
  { first: 0, last: 7, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] },
];

const MINUTE = 60_000_000;
const DAY = 24 * 60 * MINUTE;

export class Cron {
  readonly text: string;
  readonly #sets: readonly ReadonlySet<number>[];
  /** Which fields are `*`. */
  readonly #any: readonly boolean[];

  /** @throws ValueError, KeyError for what is none */
  constructor(text: string) {
    this.text = text;
    const words = text.trim().split(/\s+/);
    if (words.length !== FIELDS.length) {
      throw new ValueError("Exactly 5 or 6 columns has to be specified for iteratorexpression.");
    }
    this.#any = words.map((word) => word === "*");
    this.#sets = FIELDS.map((field, at) => valuesOf(words[at] ?? "", field));
  }

  /** The last start before a moment, in minutes that have begun; undefined if none was in five years. */
  previous(calendar: Calendar, before: Micros): Micros | undefined {
    const unix = unixMicros(calendar.stamp(before));
    const latest = Math.ceil(unix / MINUTE) * MINUTE - MINUTE;
    for (let day = Math.floor(latest / DAY) * DAY; day > unix - 5 * 366 * DAY; day -= DAY) {
      if (!this.#onDay(calendar, before + (day - unix), day / DAY)) continue;
      const end = Math.min(latest, day + DAY - MINUTE);
      for (let at = end; at >= day; at -= MINUTE) {
        if (this.#atMinute((at - day) / MINUTE)) return before + (at - unix);
      }
    }
    return undefined;
  }

  #atMinute(minute: number): boolean {
    const [minutes, hours] = this.#sets;
    return minutes?.has(minute % 60) === true && hours?.has(Math.floor(minute / 60)) === true;
  }

  /** @param days since 1970, which began with a Thursday */
  #onDay(calendar: Calendar, at: Micros, days: number): boolean {
    const stamp = calendar.stamp(at);
    const [, , days31, months, weekdays] = this.#sets;
    if (months?.has(Number(stamp.slice(5, 7))) !== true) return false;
    const ofMonth = days31?.has(Number(stamp.slice(8, 10))) === true;
    const weekday = (((days + 4) % 7) + 7) % 7;
    const ofWeek = weekdays?.has(weekday) === true || (weekday === 0 && weekdays?.has(7) === true);
    if (this.#any[2] === true) return ofWeek;
    return this.#any[4] === true ? ofMonth : ofMonth || ofWeek;
  }
}

function valuesOf(word: string, { first, last, names }: Field): ReadonlySet<number> {
  const values = new Set<number>();
  for (const part of word.split(",")) {
    const [range = "", step = "1"] = part.split("/");
    const [from = "", to] = range === "*" ? [String(first), String(last)] : range.split("-");
    const start = valueOf(from, names, first);
    const end = to !== undefined ? valueOf(to, names, first) : part.includes("/") ? last : start;
    const by = Number(step);
    if (!Number.isInteger(by) || by < 1 || start < first || end > last || start > end) {
      throw new ValueError(`[${word}] is not acceptable`);
    }
    for (let value = start; value <= end; value += by) values.add(value);
  }
  return values;
}

function valueOf(word: string, names: readonly string[], first: number): number {
  if (/^\d+$/.test(word)) return Number(word);
  const named = names.indexOf(word.toLowerCase());
  if (named < 0) throw new KeyError(bytesRepr(word.toLowerCase()));
  return named + first;
}
