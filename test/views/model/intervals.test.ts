/** What lasts at an entry, asked of an index, is what a look at every interval finds. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Intervals, type Span } from "../../../src/views/model/intervals.js";

const span = fc
  .tuple(fc.nat(3_000), fc.oneof(fc.nat(3_000), fc.constant(Infinity)))
  .map(([from, length]): Span => [from, from + length]);

describe("intervals", () => {
  it("at any entry, the end of all time too, are those that begin by then and end later", () => {
    const entry = fc.oneof(fc.nat(7_000), fc.constantFrom(0, 255, 256, 257, Infinity));
    fc.assert(
      fc.property(fc.array(span), entry, (spans, n) => {
        const lasting = spans.filter(([from, to]) => from <= n && to > n);
        const sorted = [...lasting].sort(([a], [b]) => a - b);
        expect(new Intervals(spans, (one) => one).at(n)).toEqual(sorted);
      }),
      { numRuns: 300, seed: 5 },
    );
  });
});
