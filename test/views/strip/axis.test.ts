/** The axis of scrubber and strips: even, or by time as the sequence cuts it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SequenceRow } from "../../../src/views/sequence/row.js";
import { Axis } from "../../../src/views/strip/axis.js";

const rowsAt = (times: readonly number[]): SequenceRow[] =>
  times.map((at, seq) => ({ kind: "mark", seq, at, sign: "other", actor: undefined, label: [] }));

describe("the axis", () => {
  const runs = fc.array(fc.integer({ min: 0, max: 30_000_000 }), { minLength: 1, maxLength: 60 });

  it("begins at 0, ends at 1, never goes back, and finds each row again where it put it", () => {
    fc.assert(
      fc.property(runs, fc.constantFrom(undefined, 2, 8, 32), (times, stretch) => {
        const rows = rowsAt([...times].sort((a, b) => a - b));
        const axis = new Axis(rows, stretch);
        expect(axis.at(0)).toBe(0);
        expect(axis.at(rows.length - 1)).toBe(rows.length === 1 ? 0 : 1);
        for (let i = 0; i < rows.length; i++) {
          if (i > 0) expect(axis.at(i)).toBeGreaterThan(axis.at(i - 1));
          expect(axis.nearest(axis.at(i))).toBe(i);
        }
      }),
      { numRuns: 200, seed: 6 },
    );
  });

  it("gives a row a row in even steps, whatever time passes", () => {
    const axis = new Axis(rowsAt([0, 1, 30_000_000, 30_000_001, 30_000_002]));
    expect([0, 1, 2, 3, 4].map((i) => axis.at(i))).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });

  it("gives a minute no more than a few rows by time", () => {
    const axis = new Axis(rowsAt([0, 1_000, 60_000_000, 60_001_000]), 8);
    expect(axis.at(2) - axis.at(1)).toBeLessThan(0.8);
    expect(axis.at(2) - axis.at(1)).toBeGreaterThan(axis.at(1) - axis.at(0));
  });
});
