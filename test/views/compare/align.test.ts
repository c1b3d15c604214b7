/** Which items of one list are which of another. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { align, type Item } from "../../../src/views/compare/align.js";

const item = (key: number): Item => ({ key, loose: key, text: key });
const list = fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 25 });

/** How long the longest common sub-sequence is, by the book. */
function longest(a: readonly number[], b: readonly number[]): number {
  const before = new Array<number>(b.length + 1).fill(0);
  for (const one of a) {
    let corner = 0;
    for (let j = 1; j <= b.length; j++) {
      const above = before[j] ?? 0;
      before[j] = one === b[j - 1] ? corner + 1 : Math.max(above, before[j - 1] ?? 0);
      corner = above;
    }
  }
  return before[b.length] ?? 0;
}

describe("lists", () => {
  it("share at least their longest common sub-sequence, each item once, like with like", () => {
    fc.assert(
      fc.property(list, list, (a, b) => {
        const found = align(a.map(item), b.map(item));
        expect(found.length).toBeGreaterThanOrEqual(longest(a, b));
        expect(new Set(found.map(([i]) => i)).size).toBe(found.length);
        expect(new Set(found.map(([, j]) => j)).size).toBe(found.length);
        for (const [i, j] of found) expect(a[i]).toBe(b[j]);
      }),
    );
  });

  it("that are too long for a table are cut at what both have once", () => {
    const a = Array.from({ length: 3_000 }, (_, i) => item(i));
    const b = a.filter(({ key }) => key % 100 !== 7);
    const found = align(a, b);
    expect(found).toHaveLength(b.length);
    for (const [i, j] of found) expect(a[i]).toBe(b[j]);
  });

  it("that are long and all alike keep step", () => {
    const many = (length: number): Item[] => Array.from({ length }, () => item(1));
    expect(align([item(2), ...many(2_000)], [...many(1_500), item(3)])).toHaveLength(1_500);
  });

  it("match what says the same before what is merely the same deed", () => {
    const said = (text: number): Item => ({ key: 1, loose: 1, text });
    expect(align([said(10)], [said(11), said(10)])).toEqual([[0, 1]]);
  });
});
