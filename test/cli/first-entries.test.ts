import { describe, expect, it } from "vitest";
import { FirstEntries } from "../../src/cli/recording/first-entries.js";
import { MemoryTimeline } from "../../src/timeline/index.js";

describe("the beginning of a timeline", () => {
  it("is held up to a limit, however long the run, and the rest is counted", () => {
    const first = new FirstEntries(new MemoryTimeline(), 3);
    first.write('{"timeline":1}');
    for (let seq = 0; seq < 10; seq++) first.write(JSON.stringify({ seq, at: 0, kind: "x" }));
    expect(first.timeline.entries.map(({ seq }) => seq)).toEqual([0, 1, 2]);
    expect(first.missing).toBe(7);
  });
});
