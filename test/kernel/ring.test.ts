/** The ring, held against a plain array. */
import { expect, it } from "vitest";
import fc from "fast-check";
import { Ring } from "../../src/kernel/index.js";

it("is an array with push, unshift, shift, remove and clear, at any capacity", () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.constant("push" as const) },
    { weight: 2, arbitrary: fc.constant("unshift" as const) },
    { weight: 3, arbitrary: fc.constant("shift" as const) },
    { weight: 1, arbitrary: fc.constant("remove" as const) },
    { weight: 1, arbitrary: fc.constantFrom("clear" as const, "remove unknown" as const) },
  );
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.array(step, { maxLength: 200 }),
      (capacity, steps) => {
        const ring = new Ring<number>(capacity);
        const model: number[] = [];
        let next = 0;
        for (const each of steps) {
          if (each === "push") {
            ring.push(next);
            model.push(next++);
          } else if (each === "unshift") {
            ring.unshift(next);
            model.unshift(next++);
          } else if (each === "shift") {
            expect(ring.shift()).toBe(model.shift());
          } else if (each === "clear") {
            ring.clear();
            model.length = 0;
          } else if (each === "remove unknown") {
            expect(ring.remove(-1)).toBe(false);
          } else if (model.length > 0) {
            const [item] = model.splice(model.length >> 1, 1);
            expect(ring.remove(item!)).toBe(true);
          }
          expect(ring.toArray()).toEqual(model);
          expect(ring.size).toBe(model.length);
        }
      },
    ),
    { numRuns: 200 },
  );
});
