/** Errors of JavaScript's: a mistake of the simulator, until data has come in that nothing checked. */
import { describe, expect, it } from "vitest";
import { InvariantError, Kernel, UnhandledError, caught, type Op } from "../../src/kernel/index.js";
import { AttributeError, ValueError } from "../../src/python/index.js";

const slip = (): unknown => (null as unknown as { uuid: string }).uuid;

function* survived(): Op<string> {
  try {
    slip();
    return "nothing";
  } catch (thrown) {
    return (yield* caught(thrown)).message;
  }
}

describe("`except Exception`", () => {
  it("does not catch a mistake of the simulator", () => {
    const kernel = new Kernel();
    expect(() => kernel.complete(survived(), { name: "t" })).toThrow(TypeError);
  });

  it("catches what Python would have raised once unchecked data is about, and counts it", () => {
    const kernel = new Kernel();
    kernel.unchecked.admit();
    expect(kernel.complete(survived(), { name: "t" })).toBe(
      "'NoneType' object has no attribute 'uuid'",
    );
    expect(kernel.unchecked.count).toBe(1);
    expect(kernel.unchecked.errors).toEqual([expect.any(TypeError)]);
  });

  it("never catches a broken invariant, and hands on what is an exception already", () => {
    const { unchecked } = new Kernel();
    unchecked.admit();
    const own = new ValueError("v");
    expect(unchecked.caught(own)).toBe(own);
    expect(() => unchecked.caught(new InvariantError("broken"))).toThrow(InvariantError);
    expect(unchecked.count).toBe(0);
  });
});

describe("an error that nobody waits for", () => {
  function* dies(): Op<void> {
    slip();
  }

  it("ends the run, unless it is a process that choked on unchecked data", () => {
    const strict = new Kernel();
    strict.spawn(dies(), { name: "t", actor: "nova-compute@h" });
    expect(() => {
      strict.run(0);
    }).toThrow(UnhandledError);
    const kernel = new Kernel();
    kernel.unchecked.admit();
    kernel.spawn(dies(), { name: "t", actor: "nova-compute@h" });
    kernel.run(0);
    expect(kernel.unchecked.caught(new AttributeError("a")).message).toBe("a");
    expect(kernel.unchecked.count).toBe(1);
  });
});
