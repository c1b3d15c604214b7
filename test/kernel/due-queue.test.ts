/** The queue of what is to happen, held against a sorted array. */
import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { DueQueue, type Due } from "../../src/kernel/queues/due-queue.js";

class Entry implements Due {
  slot = -1;
  readonly at: number;
  readonly seq: number;

  constructor(at: number, seq: number) {
    this.at = at;
    this.seq = seq;
  }

  due(): void {
    throw new Error("the queue itself never lets an entry happen");
  }
}

type Step = { readonly push: number } | { readonly remove: number } | "pop";

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ push: fc.nat(30) }) },
  { weight: 3, arbitrary: fc.record({ remove: fc.nat() }) },
  { weight: 2, arbitrary: fc.constant("pop" as const) },
);

/** Long enough for a heap of several levels, where the last entry may have to rise into a hole. */
const steps = fc.array(step, { maxLength: 400, size: "max" });

/** Do `steps` to a queue and to a plain array; they must agree after each. */
function compare(steps: readonly Step[]): void {
  const queue = new DueQueue();
  const model: Entry[] = [];
  let seq = 0;
  for (const each of steps) {
    if (each === "pop") {
      if (model.length === 0) continue;
      expect(queue.nextAt).toBe(model[0]?.at);
      expect(queue.pop()).toBe(model.shift());
    } else if ("push" in each) {
      const entry = new Entry(each.push, seq++);
      queue.push(entry.at, entry);
      model.push(entry);
      model.sort((a, b) => a.at - b.at || a.seq - b.seq);
    } else if (model.length > 0) {
      const [entry] = model.splice(each.remove % model.length, 1);
      queue.remove(entry!);
      expect(entry?.slot).toBe(-1);
    }
    expect(queue.size).toBe(model.length);
  }
  while (model.length > 0) expect(queue.pop()).toBe(model.shift());
  expect(queue.size).toBe(0);
}

describe("DueQueue", () => {
  it("pops by (at, seq) whatever is pushed, popped and removed in between", () => {
    fc.assert(fc.property(steps, compare), { numRuns: 200 });
  });

  it("keeps its order when it grows", () => {
    const queue = new DueQueue();
    const entries = Array.from({ length: 5000 }, (_, i) => new Entry((i * 7919) % 1000, i));
    for (const entry of entries) queue.push(entry.at, entry);
    const popped = entries.map(() => queue.pop());
    const sorted = [...entries].sort((a, b) => a.at - b.at || a.seq - b.seq);
    expect(popped).toEqual(sorted);
  });

  it("ignores the removal of what is not in it", () => {
    const queue = new DueQueue();
    const stays = new Entry(1, 0);
    const gone = new Entry(2, 1);
    queue.push(1, stays);
    queue.push(2, gone);
    queue.remove(gone);
    queue.remove(gone);
    expect(queue.size).toBe(1);
    expect(queue.pop()).toBe(stays);
  });
});
