/** Fence 3: a run done twice is the same run, and what is not is found where it begins. */
import { describe, expect, it } from "vitest";
import { diffTimelines, firstDifference } from "../../src/timeline/index.js";
import { record, seeded } from "./record.js";

describe("twice and compare", () => {
  it("finds nothing in a run that only the seed decides", () => {
    expect(firstDifference(record().lines, record().lines)).toBeUndefined();
    expect(record().length).toBe(9);
  });

  it("finds a draw from the host, at the first entry that it reached", () => {
    // The sixth draw is the first that the host makes; before it, both runs agree.
    const planted = (): ReturnType<typeof record> => {
      let draws = 0;
      return record(
        (stream) => seeded(stream) + (++draws > 5 ? 1 + Math.floor(Math.random() * 1e9) : 0),
      );
    };
    const { header, divergence } = diffTimelines(planted(), planted());
    expect(header).toEqual([]);
    expect(divergence?.seq).toBeGreaterThan(1);
    expect(divergence?.expected).not.toEqual(divergence?.actual);
    expect(divergence?.field).toBeDefined();
  });

  it("finds state that outlives a run", () => {
    let counter = 0;
    const planted = (): ReturnType<typeof record> => record((stream) => seeded(stream) + counter++);
    const difference = firstDifference(planted().lines, planted().lines);
    // Line 1 is the header; the very first entry comes at another time.
    expect(difference?.line).toBe(2);
  });
});
