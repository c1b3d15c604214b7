/** The map of a run: what is under way, waits, is dead or cut off at an entry, and nothing else. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RunMap } from "../../../src/views/map/map.js";
import { Intervals, type Span } from "../../../src/views/model/intervals.js";
import { Model } from "../../../src/views/model/model.js";
import { HEADER, Story } from "../../timeline/fake-run.js";
import { shipped } from "../model/shipped.js";

const mapOf = (model: Model, n: number) => new RunMap(model).at(n);
const serviceAt = (model: Model, n: number, name: string) =>
  mapOf(model, n)
    .hosts.flatMap(({ services }) => services)
    .find(({ actor }) => actor.name === name);

describe("intervals", () => {
  it("are found at n by looking at few of them as they are by looking at all", () => {
    const span = fc.tuple(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: 900 }));
    fc.assert(
      fc.property(fc.array(span), fc.integer({ min: 0, max: 3_200 }), (made, n) => {
        const spans = made.map(([from, long]): Span => [from, long > 800 ? Infinity : from + long]);
        const found = new Intervals(spans, (one) => one).at(n);
        const all = spans.filter(([from, to]) => from <= n && to > n);
        expect([...found].sort()).toEqual([...all].sort());
        expect(found.map(([from]) => from)).toEqual(
          all.map(([from]) => from).sort((a, b) => a - b),
        );
      }),
      { numRuns: 300, seed: 5 },
    );
  });
});

describe.each(["boot-and-shelve", "service-crash-loses-casts", "bus-call-timeout"])(
  "the map of %s",
  (name) => {
    const model = Model.of(shipped(name));
    const map = new RunMap(model);
    const anyEntry = fc.integer({ min: 0, max: model.entries.length - 1 });

    it("has a line for each call and request that is not answered yet, and for none that is", () => {
      fc.assert(
        fc.property(anyEntry, (n) => {
          const open = new Map<string, number>();
          for (const entry of model.entries.slice(0, n + 1)) {
            if (entry.kind === "rest.request") open.set(`rest ${String(entry.id)}`, entry.seq);
            if (entry.kind === "rpc.call") open.set(`rpc ${String(entry.id)}`, entry.seq);
            if (entry.kind === "rest.response") open.delete(`rest ${String(entry.id)}`);
            if (/^rpc\.(reply|failure|timeout|lost)$/u.test(entry.kind) && "id" in entry)
              open.delete(`rpc ${String(entry.id)}`);
          }
          const lines = map
            .at(n)
            .messages.filter(({ mark, stage }) => stage !== "ends" && /^(rest|call)$/u.test(mark));
          expect(lines.map(({ seq }) => seq)).toEqual([...open.values()].sort((a, b) => a - b));
        }),
        { numRuns: 60, seed: 1 },
      );
    });

    it("says of every host that stands idle that nothing is under way there", () => {
      fc.assert(
        fc.property(anyEntry, (n) => {
          const { hosts, messages } = map.at(n);
          for (const { idle, services } of hosts) {
            const names = services.map(({ actor }) => actor.name);
            const ends = messages.flatMap(({ from, to, stage }) =>
              stage === "waits" ? [from] : [from, ...to],
            );
            expect(idle).toBe(!ends.some((end) => names.includes(end)));
          }
        }),
        { numRuns: 60, seed: 2 },
      );
    });
  },
);

describe("the map of a crash", () => {
  const model = Model.of(shipped("service-crash-loses-casts"));
  const cast = model.entries.find(
    (entry) => entry.kind === "rpc.cast" && entry.method === "shelve_instance" && entry.at > 17e6,
  );
  const seq = cast?.seq ?? -1;

  it("has the dead process dead, and the message to it in the queue of its host", () => {
    expect(serviceAt(model, seq, "nova-compute@compute-1")?.life).toBe("crashed");
    const { queues, messages } = mapOf(model, seq);
    expect(queues.find(({ name }) => name === "compute.compute-1")?.waiting).toEqual([seq]);
    expect(messages.find((one) => one.seq === seq)).toMatchObject({ mark: "cast", stage: "waits" });
  });

  it("has the message at work once the new process has taken it, until its last entry there", () => {
    const taken = model.entries.find(
      ({ kind, cause }) => kind === "rpc.delivered" && cause === seq,
    );
    const at = (n: number) => mapOf(model, n).messages.find((one) => one.seq === seq)?.stage;
    expect(at((taken?.seq ?? 0) - 1)).toBe("waits");
    expect(at(taken?.seq ?? 0)).toBe("works");
    expect(at(model.entries.length - 1)).toBeUndefined();
  });
});

describe("the map", () => {
  it("puts clients apart, the host of most services in the middle, and the others at the edge", () => {
    const { hosts } = mapOf(Model.of(shipped("boot-and-shelve")), 100);
    const sides = new Map(hosts.map(({ name, side }) => [name, side]));
    expect([sides.get("controller"), sides.get("compute-1"), sides.get("demo")]).toEqual([
      "core",
      "edge",
      "clients",
    ]);
  });

  it("shows the answer at the entry that is one, and no more of it after", () => {
    const model = Model.of(shipped("boot-and-shelve"));
    const answer = model.entries.find(({ kind }) => kind === "rest.response");
    const n = answer?.seq ?? 0;
    const [sent] = mapOf(model, n - 1).messages.slice(-1);
    expect(mapOf(model, n).messages.at(-1)).toMatchObject({ seq: sent?.seq, stage: "ends" });
    expect(mapOf(model, n + 1).messages.some(({ seq }) => seq === sent?.seq)).toBe(false);
  });

  it("has a cut from when it is declared until it is lifted, whomever it is from", () => {
    const story = new Story();
    const fault = (event: "declared" | "lifted", words: string) =>
      story.add({ kind: "fault", event, fault: words });
    fault("declared", "cut off nova-api@c1 from glance-api@c1 for 200 s");
    fault("declared", "cut off h1 one way, inwards");
    fault("declared", "drop start_db");
    fault("lifted", "cut off nova-api@c1 from glance-api@c1 for 200 s");
    const model = Model.of(story.timeline);
    const [api, host] = [
      { from: "nova-api@c1", peer: "glance-api@c1" },
      { from: "h1", peer: undefined },
    ];
    const cutsAt = (n: number) => mapOf(model, n).cuts;
    expect(cutsAt(0)).toMatchObject([api]);
    expect(cutsAt(2)).toMatchObject([api, host]);
    expect(cutsAt(3)).toMatchObject([host]);
    expect(mapOf(model, 3).hosts.find(({ name }) => name === "h1")?.idle).toBe(false);
  });

  it("has a pool where the recording says how large it is, with its work and who waits for a place", () => {
    const actors = HEADER.actors.map((actor) =>
      actor.service === "nova-conductor" ? { ...actor, pool: 2 } : actor,
    );
    const story = new Story({ header: { actors } });
    const inside: number[] = [];
    const ends = ["nova-api@c1", "nova-conductor@c1"] as const;
    story.rpc("rpc.call", ends, "one", {
      inside: () => void inside.push(story.timeline.length - 1),
    });
    const waits = { kind: "rpc.waits", actor: ends[1], id: 9, to: ends[1], queue: "conductor" };
    story.add(waits as never);
    const model = Model.of(story.timeline);
    const poolAt = (n: number, name: string) => serviceAt(model, n, name)?.pool;
    expect(poolAt(inside[0] ?? -1, ends[1])).toEqual({ size: 2, busy: 1, waiting: 0 });
    expect(poolAt(inside[0] ?? -1, ends[0])).toBeUndefined();
    expect(poolAt(model.entries.length - 1, ends[1])).toEqual({ size: 2, busy: 0, waiting: 1 });
    // The process ends, and the message with it.
    story.add({ kind: "rpc.lost", actor: ends[0], id: 9, why: "it ended" } as never);
    const after = Model.of(story.timeline);
    expect(serviceAt(after, after.entries.length - 1, ends[1])?.pool?.waiting).toBe(0);
  });
});
