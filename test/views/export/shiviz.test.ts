/** ShiViz reads the log as its js/shiviz.js and js/model do, and the clocks say what the causes say. */
import { describe, expect, it } from "vitest";
import type { Timeline } from "../../../src/timeline/index.js";
import { VIEWS } from "../../../src/views/index.js";
import { shipped } from "../model/shipped.js";
import { hostile, later, some } from "./some.js";

interface Event {
  readonly host: string;
  readonly clock: ReadonlyMap<string, number>;
  readonly event: string;
}

const shiviz = VIEWS.get("shiviz")!;

/** The first line is the expression, the second the delimiter, the rest the log: js/shiviz.js. */
function read(text: string): Event[] {
  const [expression = "", delimiter, ...rest] = text.split("\n");
  expect(delimiter).toBe("");
  const log = rest.join("\n").trim();
  const found = [...log.matchAll(new RegExp(`^${expression}$`, "gm"))];
  expect(found.map(([whole]) => whole).join("\n")).toBe(log);
  return found.map(({ groups = {} }) => ({
    host: groups["host"] ?? "",
    event: groups["event"] ?? "",
    clock: new Map(
      Object.entries(JSON.parse(groups["clock"] ?? "", undefined) as Record<string, number>),
    ),
  }));
}

const before = (one: Event, other: Event): boolean =>
  one !== other && [...one.clock].every(([host, time]) => time <= (other.clock.get(host) ?? 0));

/** Whether entry a comes before entry b: on the same actor, or because one led to the other. */
function happensBefore({ entries }: Timeline): (a: number, b: number) => boolean {
  const pasts: Set<number>[] = [];
  const last = new Map<string, number>();
  for (const { seq, cause, actor = "scenario" } of entries) {
    const past = new Set<number>();
    for (const from of [cause, last.get(actor)]) {
      if (from === undefined) continue;
      past.add(from);
      for (const earlier of pasts[from]!) past.add(earlier);
    }
    pasts.push(past);
    last.set(actor, seq);
  }
  return (a, b) => pasts[b]!.has(a);
}

describe.each(some)("the log of %s", (_, timeline) => {
  const events = read(shiviz.render(timeline()));

  it("has clocks that begin at 1, count by 1, and know no host that there is not", () => {
    const times = new Map<string, number>();
    for (const { host, clock } of events) {
      const time = (times.get(host) ?? 0) + 1;
      times.set(host, time);
      expect(clock.get(host)).toBe(time);
    }
    for (const { clock } of events) {
      for (const [host, time] of clock) expect(time).toBeLessThanOrEqual(times.get(host) ?? 0);
    }
  });
});

it.each([
  ["boot", () => shipped("boot")],
  ["bus-fanout", () => shipped("bus-fanout")],
  ["hostile names", hostile],
  ["a later version", () => later],
])("of two entries of %s one happened before the other where the causes say so", (_, of) => {
  const timeline = of();
  // The first event is the title of the run.
  const events = read(shiviz.render(timeline)).slice(1);
  expect(events).toHaveLength(timeline.entries.length);
  const expected = happensBefore(timeline);
  let compared = 0;
  for (const [a, one] of events.entries()) {
    for (const [b, other] of events.entries()) {
      if (before(one, other) !== expected(a, b)) expect([a, b]).toEqual("in another order");
      compared += 1;
    }
  }
  expect(compared).toBe(events.length ** 2);
});
