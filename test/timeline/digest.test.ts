/** The size and digest of a payload. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Measure } from "../../src/timeline/digest.js";

const digestOf = (value: unknown): string => {
  const measure = new Measure();
  measure.of(value);
  return measure.digest;
};

const json = fc.jsonValue({ stringUnit: "binary" });

describe("measuring a payload", () => {
  it("counts the bytes of its JSON text", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(new Measure().of(value)).toBe(Buffer.byteLength(JSON.stringify(value)));
      }),
    );
  });

  it("gives what crossed the wire the digest of what was sent", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(digestOf(JSON.parse(JSON.stringify(value)))).toBe(digestOf(value));
      }),
    );
  });

  it("gives different values different digests", () => {
    fc.assert(
      fc.property(json, json, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        expect(digestOf(one)).not.toBe(digestOf(other));
      }),
    );
  });

  it("tells apart what only moves a border: strings, keys, nesting, types", () => {
    const near = [
      ["ab", "c"],
      ["a", "bc"],
      [["ab"], "c"],
      ["abc"],
      { ab: "c" },
      { a: "bc" },
      1,
      "1",
      true,
      "true",
      null,
      "null",
      [],
      {},
      0.5,
      "0.5",
    ];
    expect(new Set(near.map(digestOf)).size).toBe(near.length);
  });

  it("does not depend on what was measured before", () => {
    const measure = new Measure();
    for (let i = 0; i < 20_000; i++) measure.of({ [`key ${String(i)}`]: `value ${String(i)}` });
    measure.of({ vm_state: "building", list: [1, 2.5, null, true] });
    expect(measure.digest).toBe(digestOf({ vm_state: "building", list: [1, 2.5, null, true] }));
  });

  it("is the same on every machine", () => {
    expect(digestOf({ vm_state: "building", list: [1, 2.5, null, true], é: "☃" })).toBe(
      "94fd651a30676196",
    );
  });
});
