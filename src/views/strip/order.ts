/** Which things are shown in which order, and how many of them are how, at one entry. */
import { stateAt, type Mood, type Thing } from "../model/things.js";

export const SORTS = ["created", "name", "error"] as const;
export type Sort = (typeof SORTS)[number];

/** What a reader came for; whatever else has a state comes after. */
const FIRST = ["server", "port", "image", "volume", "stack"];

/** What is told of no run: it has a state, and nobody follows it. */
const UNTOLD = new Set(["token"]);

const rank = ({ thing }: Thing): number => {
  const place = FIRST.indexOf(thing);
  return place === -1 ? FIRST.length : place;
};

/** @param things in the order in which they came to be */
export function ordered(things: readonly Thing[], sort: Sort): readonly Thing[] {
  const told = things.filter(({ thing }) => !UNTOLD.has(thing));
  const by = (a: Thing, b: Thing): number => {
    if (sort === "error" && failed(a) !== failed(b)) return failed(a) ? -1 : 1;
    if (rank(a) !== rank(b)) return rank(a) - rank(b);
    return sort === "name" ? byName(a.name, b.name) : 0;
  };
  return told.sort(by);
}

/** Whether it was in error at any time: what has been deleted since tells of it all the same. */
export function failed({ stretches }: Thing): boolean {
  return stretches.some(({ mood }) => mood === "error");
}

/** `web-9` comes before `web-10`. */
function byName(a: string, b: string): number {
  const parts = (name: string): readonly string[] => name.match(/\d+|\D+/gu) ?? [];
  const [left, right] = [parts(a), parts(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [one = "", other = ""] = [left[i], right[i]];
    if (one === other) continue;
    const numbers = [one, other].map(Number);
    const [n = NaN, m = NaN] = numbers;
    if (one !== "" && other !== "" && n !== m && !numbers.some(Number.isNaN)) return n - m;
    return one < other ? -1 : 1;
  }
  return 0;
}

/** How many are how once entry `seq` had happened; those that were not there yet do not count. */
export function moodsAt(things: readonly Thing[], seq: number): Readonly<Record<Mood, number>> {
  const moods = { rest: 0, busy: 0, error: 0, gone: 0 };
  for (const thing of things) {
    const state = stateAt(thing, seq);
    if (state !== undefined) moods[state.mood] += 1;
  }
  return moods;
}
