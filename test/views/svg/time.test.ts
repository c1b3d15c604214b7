/** Rows by time, and where any moment of a run stands between them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Model } from "../../../src/views/model/model.js";
import { flightsOf } from "../../../src/views/sequence/flights.js";
import { sequenceRows } from "../../../src/views/sequence/rows.js";
import { down } from "../../../src/views/svg/place.js";
import { byTime, Moments, STRETCHES } from "../../../src/views/svg/time.js";
import { Story } from "../../timeline/fake-run.js";
import { shipped } from "../model/shipped.js";

const model = Model.of(shipped("boot-and-shelve"));
const even = down(sequenceRows(model, "messages"), 0, 900, 0, { again: Infinity });
const stretch = fc.constantFrom(...STRETCHES);

describe("rows by time", () => {
  it("are apart as their times are, never too near and never too far, and say where time is cut", () => {
    for (const pixels of STRETCHES) {
      const rows = byTime(even, pixels);
      rows.forEach((one, at) => {
        const next = rows[at + 1];
        if (next === undefined) return;
        expect(next.y).toBe(one.y + one.height);
        if (one.row.kind === "gap" || one.row.kind === "chapter") {
          expect(one.height).toBe(even[at]?.height);
          return;
        }
        if (next.row.kind === "gap" || next.row.kind === "chapter") return;
        const apart = ((next.row.at - one.row.at) / 1_000) * pixels;
        expect(one.height).toBeCloseTo(Math.max(18, Math.min(110, apart)));
        expect(one.cut).toBe(apart > 110);
      });
    }
  });

  it("have every moment between the row before and the row after it, later ones below", () => {
    const last = model.entries.length - 1;
    const seq = fc.integer({ min: 0, max: last });
    fc.assert(
      fc.property(stretch, seq, seq, (pixels, one, other) => {
        const moments = new Moments(byTime(even, pixels), (n) => model.entries[n]?.at ?? 0);
        const [first, second] = [Math.min(one, other), Math.max(one, other)];
        expect(moments.from(first)).toBeLessThanOrEqual(moments.from(second));
      }),
      { seed: 6 },
    );
  });

  it("have the row of an entry where the entry is", () => {
    const rows = byTime(even, 8);
    const moments = new Moments(rows, (n) => model.entries[n]?.at ?? 0);
    for (const { row, line } of rows) {
      if (row.kind === "arrow" || row.kind === "mark") expect(moments.from(row.seq)).toBe(line);
    }
  });
});

describe("when a request was taken", () => {
  const run = (taken: number | undefined): Model => {
    const story = new Story();
    story.rest(["a", "b"], ["GET", "/x"], { status: 200 });
    const { header, entries } = story.timeline;
    const told = entries.map((entry) =>
      entry.kind === "rest.response" && taken !== undefined ? { ...entry, taken } : entry,
    );
    return Model.of({ header, entries: told });
  };

  it("is what was recorded", () => {
    const flight = flightsOf(run(1_250)).get(0);
    expect([...(flight?.taken ?? [])]).toEqual([["b", { at: 1_250, seq: undefined }]]);
    expect(flight?.guessed).toBe(false);
  });

  it("is else the first that was done for it, and where nothing was, a guess in the middle", () => {
    expect(flightsOf(run(undefined)).get(0)?.guessed).toBe(true);
    expect(flightsOf(run(undefined)).get(0)?.taken.get("b")?.at).toBe(1_500);
    const story = new Story();
    story.rest(["a", "b"], ["GET", "/x"], {
      status: 200,
      inside: (sent) => void story.rest(["b", "c"], ["GET", "/y"], { status: 200, cause: sent }),
    });
    const flight = flightsOf(Model.of(story.timeline)).get(0);
    expect(flight?.guessed).toBe(false);
    expect(flight?.taken.get("b")?.seq).toBe(1);
    expect(flight?.left?.seq).toBe(2);
  });

  it("of an RPC message is when it was delivered, to each who took it", () => {
    const flights = flightsOf(Model.of(shipped("boot")));
    for (const { sent, delivered } of Model.of(shipped("boot")).messages.rpc.values()) {
      expect(flights.get(sent.seq)?.taken.size).toBe(new Set(delivered.map(({ to }) => to)).size);
    }
  });
});
