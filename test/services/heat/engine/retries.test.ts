/**
 * Resources that fail, and what becomes of the others: heat/engine/resource.py (create, check),
 * heat/engine/stack.py (create, supports_check_action) at 2014.2 (test_resource.py, test_parser.py).
 */
import { describe, expect, it } from "vitest";
import { ValueError } from "../../../../src/python/index.js";
import { ResourceInError } from "../../../../src/services/heat/engine/resources/errors.js";
import { Bed, state } from "./bed.js";

const ONE = { a: { type: "Test" } };
const gone = (why: string) => new ResourceInError("ERROR", why);

/** The seconds between two things that are done. */
const pauses = (bed: Bed): number[] => {
  const at = bed.done.map((line) => Number(line.split(" ")[0]));
  return at.slice(1).map((second, index) => second - (at[index] ?? 0));
};

describe("a resource that goes into an error", () => {
  it("is not made again where nothing is (HEAT-181)", () => {
    const bed = new Bed();
    bed.retryLimit = 0;
    bed.fates = { a: { errors: [gone("just because")] } };
    const stack = bed.created(bed.stack(ONE));
    expect(state(stack)).toBe(
      'CREATE_FAILED: Resource CREATE failed: ResourceInError: Went to status ERROR due to "just because"',
    );
    // Upstream's loop ends when a create has failed once too often, so it is not deleted either.
    expect(bed.done).toEqual(["0 create a"]);
  });

  it("is deleted until that succeeds, after pauses of their own (HEAT-182)", () => {
    const bed = new Bed();
    bed.fates = {
      a: {
        errors: [gone("just because")],
        deleteErrors: [gone("delete failed"), gone("delete failed again")],
      },
    };
    expect(state(bed.created(bed.stack(ONE)))).toMatch(/^CREATE_COMPLETE: /u);
    expect(bed.done.map((line) => line.split(" ")[1])).toEqual([
      ...["create", "delete", "delete", "delete", "create"],
    ]);
    const [first = NaN, second = NaN, third = NaN, last = NaN] = pauses(bed);
    expect(first).toBeLessThanOrEqual(1);
    // Two, four and two seconds, each with up to two more, and the steps in which they are noticed.
    for (const [pause, least] of [[second, 2] as const, [third, 4] as const, [last, 2] as const]) {
      expect(pause).toBeGreaterThanOrEqual(least);
      expect(pause).toBeLessThanOrEqual(least + 4);
    }
  });
});

describe("the others, when one resource fails", () => {
  const template = {
    a: { type: "Test" },
    b: { type: "Test" },
    c: { type: "Test", depends_on: "b" },
  };
  const fails = () => ({ a: { errors: [new ValueError("broken")] } });

  it("have 240 seconds to be done, and nothing new starts (other-services §8.6 row 3)", () => {
    const bed = new Bed();
    bed.fates = { ...fails(), b: { looks: 200 } };
    const stack = bed.created(bed.stack(template));
    expect(state(stack)).toBe("CREATE_FAILED: Resource CREATE failed: ValueError: broken");
    expect(bed.events.filter((event) => event.startsWith("b"))).toEqual([
      "b CREATE_IN_PROGRESS",
      "b CREATE_COMPLETE",
    ]);
    expect(bed.done).toEqual(["0 create a", "0 create b"]);
  });

  it("are ended after that, though they were on their way", () => {
    const bed = new Bed();
    bed.fates = { ...fails(), b: { looks: 9999 } };
    bed.created(bed.stack(template));
    expect(bed.events.at(-1)).toBe("b CREATE_FAILED: CREATE aborted");
    expect(Number(bed.second)).toBeGreaterThanOrEqual(240);
    expect(Number(bed.second)).toBeLessThanOrEqual(245);
  });
});

describe("a check", () => {
  it("of what cannot be looked at finds it as it should be, and says so twice (HEAT-184)", () => {
    const bed = new Bed();
    const stack = bed.created(bed.stack(ONE));
    bed.run(stack.check());
    expect(state(stack)).toBe(
      "CHECK_COMPLETE: Stack CHECK completed successfully. 'CHECK' not fully supported (see resources)",
    );
    expect(bed.events.at(-1)).toBe("a CHECK_COMPLETE: CHECK not supported for Test");
  });
});
