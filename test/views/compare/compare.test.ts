/** Two recordings laid beside each other by what led to what. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Entry, Timeline } from "../../../src/timeline/index.js";
import {
  compareModels,
  compareTimelines,
  renderComparison,
  type Comparison,
} from "../../../src/views/compare/index.js";
import { Model } from "../../../src/views/model/model.js";
import { boot, Story } from "../../timeline/fake-run.js";
import { shipped } from "../model/shipped.js";

const NAMES = ["boot", "boot-and-shelve", "boot-no-valid-host", "service-crash-loses-casts"];
const timelines = new Map(NAMES.map((name) => [name, shipped(name)]));
const of = (name: string): Timeline => timelines.get(name) ?? shipped(name);

/** `timeline` without the entries that `drops` names; who comes after them is numbered anew. */
function without(timeline: Timeline, drops: (entry: Entry) => boolean): Timeline {
  const kept = timeline.entries.filter((entry) => !drops(entry));
  const numbers = new Map(kept.map(({ seq }, at) => [seq, at]));
  const renumbered = (cause: number | undefined): number | undefined => {
    for (let at = cause; at !== undefined; at = timeline.entries[at]?.cause) {
      const found = numbers.get(at);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const entries = kept.map((entry, seq): Entry => {
    const { cause: old, ...rest } = entry;
    const cause = renumbered(old);
    return { ...rest, seq, ...(cause === undefined ? {} : { cause }) };
  });
  return { header: timeline.header, entries };
}

/** `timeline` as it comes from a file: its entries can be gone through once. */
const once = ({ header, entries }: Timeline) => ({ header, entries: entries.values() });

const pairsOf = ({ pairs }: Comparison) => pairs.map(({ a, b }) => [a, b]);
const someOf = (...all: readonly string[]) => fc.constantFrom(...all);

describe("a recording and itself", () => {
  it.each([...NAMES, "grand-tour", "boot-over-quota"])("have no difference: %s", (name) => {
    for (const times of [false, true]) {
      const found = compareTimelines(of(name), of(name), { times });
      const { length } = of(name).entries;
      expect([found.alike, found.changed, found.onlyA.length, found.onlyB.length]).toEqual([
        length,
        0,
        0,
        0,
      ]);
      expect(found.first).toBeUndefined();
      expect(pairsOf(found)).toEqual(of(name).entries.map(({ seq }) => [seq, seq]));
    }
  });
});

describe("two recordings", () => {
  it("swapped give the same difference, mirrored", () => {
    const drops = fc.array(fc.nat(200), { maxLength: 12 });
    fc.assert(
      fc.property(someOf(...NAMES), someOf(...NAMES), drops, drops, (one, other, cutA, cutB) => {
        const a = without(of(one), ({ seq }) => cutA.includes(seq));
        const b = without(of(other), ({ seq }) => cutB.includes(seq));
        const found = compareTimelines(a, b);
        const swapped = compareTimelines(b, a);
        expect(new Set(pairsOf(swapped).map(([x, y]) => `${String(y)} ${String(x)}`))).toEqual(
          new Set(pairsOf(found).map(([x, y]) => `${String(x)} ${String(y)}`)),
        );
        expect(swapped.onlyA).toEqual(found.onlyB);
        expect(swapped.onlyB).toEqual(found.onlyA);
        expect([swapped.alike, swapped.changed]).toEqual([found.alike, found.changed]);
        expect(swapped.first?.a).toBe(found.first?.b);
        expect(swapped.first?.b).toBe(found.first?.a);
        for (const { a: x, b: y, changes } of found.pairs) {
          const mirrored = swapped.ofB(x);
          expect(mirrored?.a).toBe(y);
          expect(new Set(mirrored?.changes.map((one) => [one.what, one.b, one.a].join()))).toEqual(
            new Set(changes.map((one) => [one.what, one.a, one.b].join())),
          );
        }
      }),
      { numRuns: 25, seed: 4 },
    );
  });

  it("have each entry once: in a pair, or as one that the other has not", () => {
    fc.assert(
      fc.property(someOf(...NAMES), someOf(...NAMES), (one, other) => {
        const found = compareTimelines(of(one), of(other));
        const a = [...found.pairs.map((pair) => pair.a), ...found.onlyA].sort((x, y) => x - y);
        const b = [...found.pairs.map((pair) => pair.b), ...found.onlyB].sort((x, y) => x - y);
        expect(a).toEqual(of(one).entries.map(({ seq }) => seq));
        expect(b).toEqual(of(other).entries.map(({ seq }) => seq));
        for (const side of ["a", "b"] as const) {
          const inOrder = found.places.flatMap((place) => place[side] ?? []);
          expect(inOrder).toEqual(side === "a" ? a : b);
        }
      }),
      { numRuns: 12, seed: 5 },
    );
  });
});

describe("recordings that pass through", () => {
  it.each([
    ["boot", "boot-and-shelve"],
    ["boot-and-shelve", "boot-no-valid-host"],
    ["service-crash-loses-casts", "service-crash-loses-casts"],
  ])("differ as they do in memory: %s and %s", (one, other) => {
    const [a, b] = [of(one), of(other)];
    const whole = compareModels(Model.of(a), Model.of(b), { times: true });
    const passing = compareTimelines(once(a), once(b), { times: true });
    expect(passing.pairs).toEqual(whole.pairs);
    expect(passing.places).toEqual(whole.places);
    expect(renderComparison(passing, { verbose: true })).toBe(
      renderComparison(whole, { verbose: true }),
    );
  });

  it("leave none of their payloads in memory, only what they say", () => {
    const { a } = compareTimelines(once(of("boot-and-shelve")), once(of("boot")));
    const calls = a.entries.filter(({ kind }) => kind === "rpc.call");
    expect(calls.length).toBeGreaterThan(0);
    for (const call of calls) expect(call).toMatchObject({ args: null });
  });
});

describe("one message less", () => {
  const whole = of("boot-and-shelve");
  const call = whole.entries.find(
    (entry) => entry.kind === "rpc.call" && entry.method === "instance_update",
  );

  it("is all of the difference: what came after it has its partner", () => {
    const id = call?.kind === "rpc.call" ? call.id : -1;
    const gone = new Set<number>();
    for (const entry of whole.entries) {
      const own = entry.kind.startsWith("rpc.") && "id" in entry && entry.id === id;
      const taken = entry.cause === undefined ? undefined : whole.entries[entry.cause];
      if (own || (taken?.kind === "rpc.delivered" && taken.id === id)) gone.add(entry.seq);
    }
    const found = compareTimelines(
      whole,
      without(whole, ({ seq }) => gone.has(seq)),
    );
    expect(new Set(found.onlyA)).toEqual(gone);
    expect([found.changed, found.onlyB]).toEqual([0, []]);
    expect(found.first).toEqual({ a: call?.seq, b: undefined });
  });
});

describe("what differs", () => {
  it("is told in words, how a message ended before all else", () => {
    const found = compareTimelines(of("boot-and-shelve"), of("boot-no-valid-host"));
    const ended = found.pairs.find(({ changes }) => changes[0]?.what === "outcome");
    expect(ended?.changes).toEqual([{ what: "outcome", a: "reply", b: "NoValidHost" }]);
    const post = found.pairs.find(({ changes }) => changes[0]?.what === "body.server.name");
    expect(post?.changes[0]).toMatchObject({ a: "t3", b: "big" });
  });

  it("is a status, with the row that has it", () => {
    const run = (status: number): Timeline => {
      const story = new Story();
      story.step("one");
      story.rest(["a", "b"], ["GET", "/x"], { status: 200 });
      story.rest(["a", "b"], ["GET", "/y"], { status });
      return story.timeline;
    };
    const found = compareTimelines(run(200), run(404));
    expect([found.alike, found.changed]).toEqual([4, 1]);
    expect(found.first).toEqual({ a: 4, b: 4 });
    expect(found.ofA(4)?.changes).toEqual([{ what: "status", a: "200", b: "404" }]);
  });

  it("is shown in long texts from where they part", () => {
    const run = (end: string): Timeline => {
      const story = new Story();
      const command = { command: "nova list", stderr: "", exit: 0 };
      story.add({ kind: "client", user: "demo", stdout: `${"x".repeat(500)}${end}`, ...command });
      return story.timeline;
    };
    const [change] = compareTimelines(run("one"), run("two")).ofA(0)?.changes ?? [];
    expect(change).toEqual({
      what: "stdout",
      a: `…${"x".repeat(16)}one`,
      b: `…${"x".repeat(16)}two`,
    });
  });

  it("is not an id, and a time only if times count", () => {
    const run = (id: string, late: number): Timeline => {
      const story = new Story();
      const step = story.step("one");
      story.rest(["a", "b"], ["GET", `/v2/servers/${id}`], { cause: step });
      story.at += late;
      story.rest(["a", "b"], ["GET", "/x"], { cause: step });
      return story.timeline;
    };
    const one = run("0f6d1a52-4c0f-44b8-9d8f-0a7b5c1d2e3f", 0);
    const other = run("11111111-2222-3333-4444-555555555555", 5_000);
    expect(compareTimelines(one, other).first).toBeUndefined();
    const timed = compareTimelines(one, other, { times: true });
    expect(timed.first).toEqual({ a: 2, b: 2 });
    expect(timed.ofA(2)?.changes).toEqual([{ what: "after", a: "2 ms", b: "7 ms" }]);
  });

  it("is nobody's order: what two do at once may come either way", () => {
    const run = (first: string, second: string): Timeline => {
      const story = new Story();
      const step = story.step("one");
      for (const actor of [first, second]) {
        story.rest([actor, "c"], ["POST", `/${actor}`], { status: 201, cause: step });
      }
      return story.timeline;
    };
    const found = compareTimelines(run("a", "b"), run("b", "a"));
    expect([found.alike, found.changed, found.first]).toEqual([5, 0, undefined]);
  });
});

describe("hostile recordings", () => {
  it("with names of objects' own parts are compared like any other", () => {
    const run = (value: string): Timeline => {
      const story = boot({ name: "__proto__" });
      story.rpc("rpc.cast", ["constructor", "toString@__proto__"], "__proto__", {
        args: JSON.parse(`{"__proto__":{"x":${JSON.stringify(value)}},"<script>":1}`) as unknown,
      });
      return story.timeline;
    };
    const found = compareTimelines(run("one"), run("two"));
    expect([found.changed, found.onlyA.length, found.onlyB.length]).toEqual([1, 0, 0]);
  });

  it("that are empty, or of kinds that nobody knows, are compared as well", () => {
    const { header } = of("boot");
    const weather = { seq: 0, at: 0, kind: "weather", sky: "blue" } as unknown as Entry;
    const one = { header, entries: [weather] };
    expect(compareTimelines(one, one).alike).toBe(1);
    expect(compareTimelines({ header, entries: [] }, one).onlyB).toEqual([0]);
    expect(compareTimelines({ header, entries: [] }, { header, entries: [] }).first).toBe(
      undefined,
    );
  });
});
