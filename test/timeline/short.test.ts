import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Measure } from "../../src/timeline/digest.js";
import { surelyWithin } from "../../src/timeline/short.js";

const bytesOf = (value: unknown): number => new Measure().of(value);

describe("surelyWithin", () => {
  it("is never said of what is longer, whatever is in it", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 0, max: 200 }), (value, limit) => {
        if (surelyWithin(limit, value)) expect(bytesOf(value)).toBeLessThanOrEqual(limit);
      }),
    );
  });

  it("is said of plain texts to the last byte", () => {
    expect(surelyWithin(1024, "x".repeat(1022))).toBe(true);
    expect(surelyWithin(1024, "x".repeat(1023))).toBe(false);
    expect(surelyWithin(1024, { ["k".repeat(10)]: "x".repeat(1006) })).toBe(true);
  });

  it("counts what needs escaping as if all of it did", () => {
    expect(surelyWithin(1024, "é".repeat(200))).toBe(false);
    expect(surelyWithin(1024, "é".repeat(170))).toBe(true);
  });

  it("leaves to others what is deep, or holds itself", () => {
    let deep: unknown = 1;
    for (let i = 0; i < 60; i++) deep = [deep];
    expect(surelyWithin(1024, deep)).toBe(false);
    const circle: Record<string, unknown> = {};
    circle["again"] = circle;
    expect(surelyWithin(1024, circle)).toBe(false);
  });
});
