import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hexOf } from "../../src/text/hex.js";

describe("hexOf", () => {
  it("writes a word of 32 bits in eight digits, signed or not", () => {
    expect([0, 42, -1, 0x80000000, 0xdeadbeef].map(hexOf)).toEqual([
      "00000000",
      "0000002a",
      "ffffffff",
      "80000000",
      "deadbeef",
    ]);
    fc.assert(
      fc.property(fc.nat({ max: 0xffff_ffff }), (word) => {
        expect(parseInt(hexOf(word), 16)).toBe(word);
      }),
    );
  });
});
