/** Operations that are done step by step, as Python drives a generator by hand. */
import { describe, expect, it } from "vitest";
import {
  endStep,
  Kernel,
  seconds,
  sleep,
  Steps,
  type Op,
  type Stepped,
} from "../../src/kernel/index.js";

function complete<T>(op: (kernel: Kernel) => Op<T>): T {
  const kernel = new Kernel();
  return kernel.complete(op(kernel), { name: "test", actor: "tester" });
}

/** Says what it does. */
function* worker(said: string[]): Stepped {
  try {
    said.push("begun");
    yield* sleep(seconds(1));
    said.push("slept");
    yield* endStep();
    said.push("ended");
  } finally {
    yield* sleep(seconds(1));
    said.push("cleaned up");
  }
}

describe("an operation that is done step by step", () => {
  it("waits within a step, and stands between two", () => {
    const said: string[] = [];
    complete(function* (kernel) {
      const steps = new Steps(worker(said));
      expect(yield* steps.next()).toBe(false);
      expect([said, kernel.now / 1e6]).toEqual([["begun", "slept"], 1]);
      expect(yield* steps.next()).toBe(true);
    });
    expect(said.slice(2)).toEqual(["ended", "cleaned up"]);
  });

  it("is closed where it stands, and may wait while it cleans up", () => {
    const said: string[] = [];
    const end = complete(function* (kernel) {
      const steps = new Steps(worker(said));
      yield* steps.next();
      expect(yield* steps.close()).toBe(true);
      return kernel.now / 1e6;
    });
    expect([said.slice(2), end]).toEqual([["cleaned up"], 2]);
  });

  it("has an error thrown into it, which goes on to who drives it", () => {
    const said: string[] = [];
    const run = () =>
      complete(function* () {
        const steps = new Steps(worker(said));
        yield* steps.next();
        yield* steps.throw(new RangeError("now"));
      });
    expect(run).toThrow("now");
    expect(said.slice(2)).toEqual(["cleaned up"]);
  });
});
