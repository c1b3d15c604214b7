/** Which things stand in a strip, in which order, and how many of them are how. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Model } from "../../../src/views/model/model.js";
import { stateAt, type Thing } from "../../../src/views/model/things.js";
import { moodsAt, ordered } from "../../../src/views/strip/order.js";
import { ThreadThings } from "../../../src/views/strip/threads.js";
import { shipped } from "../model/shipped.js";

const thing = (name: string, kind = "server", mood: "rest" | "error" = "rest"): Thing => ({
  id: name,
  thing: kind,
  name,
  stretches: [{ seq: 0, at: 0, state: mood, mood }],
});
const names = (things: readonly Thing[]) => things.map(({ name }) => name);

describe("things", () => {
  it("stand servers first, then ports and images, as they came to be", () => {
    const all = [
      thing("i", "image"),
      thing("p", "port"),
      thing("b"),
      thing("x", "odd"),
      thing("a"),
    ];
    expect(names(ordered(all, "created"))).toEqual(["b", "a", "p", "i", "x"]);
  });

  it("sort by name with numbers as numbers, and with errors first, of whatever kind", () => {
    const all = [thing("web-10"), thing("web-9"), thing("port", "port", "error"), thing("web-1")];
    expect(names(ordered(all, "name"))).toEqual(["web-1", "web-9", "web-10", "port"]);
    expect(names(ordered(all, "error"))).toEqual(["port", "web-10", "web-9", "web-1"]);
  });

  it("sort by any names into an order that does not depend on where they stood", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), (given) => {
        const once = names(
          ordered(
            given.map((name) => thing(name)),
            "name",
          ),
        );
        const again = names(
          ordered(
            [...given].reverse().map((name) => thing(name)),
            "name",
          ),
        );
        expect(once.length).toBe(given.length);
        // Names that differ in leading zeros alone are alike.
        const plain = (all: string[]) => all.map((name) => name.replace(/0+(?=\d)/gu, ""));
        expect(plain(again)).toEqual(plain(once));
      }),
      { numRuns: 200, seed: 4 },
    );
  });

  it("are counted at an entry as they are there, without those that come later", () => {
    const model = Model.of(shipped("pool-full-of-builds"));
    const things = model.things.all;
    for (const n of [0, 300, 700, model.entries.length - 1]) {
      const there = things.filter((one) => stateAt(one, n) !== undefined);
      const moods = moodsAt(things, n);
      expect(Object.values(moods).reduce((sum, one) => sum + one)).toBe(there.length);
      expect(moods.error).toBe(there.filter((one) => stateAt(one, n)?.mood === "error").length);
    }
    expect(moodsAt(things, model.entries.length - 1).error).toBeGreaterThan(0);
  });
});

describe("the things of a thread", () => {
  const model = Model.of(shipped("boot-over-quota"));
  const threads = new ThreadThings(model, model.things.all);

  it("are those that its entries wrote", () => {
    for (const { seq } of model.entries) {
      const change = model.things.thingAt(seq);
      if (change !== undefined) expect(threads.at(seq).has(change)).toBe(true);
    }
  });

  it("are fewer than all, and those of the thread before where a thread wrote none", () => {
    const [, second] = model.chapters.all;
    const found = threads.at((second?.seq ?? 0) + 60);
    expect(found.size).toBeGreaterThan(0);
    expect(found.size).toBeLessThan(model.things.all.length);
    expect(threads.at(model.entries.length - 1).size).toBeGreaterThan(0);
  });
});
