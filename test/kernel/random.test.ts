/** Chance: from the seed alone, one stream per owner and purpose. */
import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { Streams, microseconds, type Stream } from "../../src/kernel/index.js";

const draw = (stream: Stream, count: number): number[] =>
  Array.from({ length: count }, () => stream.int(0, 1e9));

describe("Streams", () => {
  it("draws the same for the same seed, owner and purpose, and else something else", () => {
    const first = draw(new Streams(7).of("nova-api", "ids"), 5);
    expect(draw(new Streams(7).of("nova-api", "ids"), 5)).toEqual(first);
    for (const other of [
      new Streams(8).of("nova-api", "ids"),
      new Streams(7).of("nova-apj", "ids"),
      new Streams(7).of("nova-api", "latency"),
      new Streams(7).of("nova", "api/ids"),
    ]) {
      expect(draw(other, 5)).not.toEqual(first);
    }
  });

  it("never lets the draws of one shift those of another", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "b", "c")), (order) => {
        const mixed = new Streams(1);
        const seen = new Map<string, number[]>([
          ["a", []],
          ["b", []],
          ["c", []],
        ]);
        for (const name of order) seen.get(name)?.push(mixed.of(name, "x").int(0, 1e9));
        for (const [name, draws] of seen) {
          expect(draws).toEqual(draw(new Streams(1).of(name, "x"), draws.length));
        }
      }),
    );
  });

  it("draws nothing for a choice of one", () => {
    const streams = new Streams(1);
    const stream = streams.of("a", "x");
    expect([
      stream.int(5, 5),
      stream.pick(["only"]),
      stream.within({ min: microseconds(3), max: microseconds(3) }),
    ]).toEqual([5, "only", 3]);
    expect(draw(stream, 3)).toEqual(draw(new Streams(1).of("a", "x"), 3));
  });

  it("stays within its range, both ends included, and refuses an empty one", () => {
    const stream = new Streams(1).of("a", "x");
    expect(new Set(Array.from({ length: 200 }, () => stream.int(2, 4)))).toEqual(
      new Set([2, 3, 4]),
    );
    expect(() => stream.int(4, 2)).toThrow("no whole number from 4 to 2");
    expect(() => stream.pick([])).toThrow("cannot pick from nothing");
  });

  it("makes ids in their usual spelling, all different among many owners", () => {
    const streams = new Streams(1);
    const uuids = Array.from({ length: 5000 }, (_, i) =>
      streams.of(`actor-${String(i)}`, "ids").uuid(),
    );
    expect(new Set(uuids).size).toBe(uuids.length);
    for (const uuid of uuids.slice(0, 50)) {
      expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
    expect(streams.of("keystone", "ids").hex32()).toMatch(/^[0-9a-f]{32}$/);
    expect(streams.of("nova", "ids").text("abc", 20)).toMatch(/^[abc]{20}$/);
  });

  it("makes the hexadecimal digits that nanoid makes of the same bytes", () => {
    fc.assert(
      fc.property(fc.string(), (owner) => {
        const [one, other] = [new Streams(1).of(owner, "x"), new Streams(1).of(owner, "x")];
        for (let i = 0; i < 5; i++) expect(one.hex32()).toBe(other.text("0123456789abcdef", 32));
      }),
    );
  });

  it("keeps the bytes of a seed for good, so that recorded runs stay valid", () => {
    const stream = new Streams(7).of("nova-api@controller", "ids");
    expect([stream.uuid(), stream.int(0, 999), stream.hex32()]).toMatchInlineSnapshot(`
      [
        "86ade4db-a07d-42e3-93d4-7757fa683b2b",
        373,
        "59c2bdfbce8ee588214b81a30b9a66d8",
      ]
    `);
  });
});
