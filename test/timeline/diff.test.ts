/** Where two timelines part. */
import { describe, expect, it } from "vitest";
import {
  diffHeaders,
  diffTimelines,
  diffValues,
  divergenceOf,
  firstDifference,
  readTimeline,
} from "../../src/timeline/index.js";
import { boot } from "./fake-run.js";

const t3 = boot().timeline;
const t4 = boot({ name: "t4" }).timeline;

describe("comparing two timelines", () => {
  it("finds nothing between a run and the same run again", () => {
    expect(firstDifference(t3.lines, boot().timeline.lines)).toBeUndefined();
    expect(diffTimelines(t3, boot().timeline)).toEqual({ header: [], divergence: undefined });
  });

  it("names the first entry that differs, its time, and the field", () => {
    const { divergence } = diffTimelines(t3, t4);
    expect(divergence).toMatchObject({ seq: 5, at: 6_000, field: { path: "text" } });
    expect(divergence?.expected).toMatchObject({ kind: "step" });
  });

  it("says the same from the lines alone", () => {
    const difference = firstDifference(t3.lines, t4.lines);
    expect(difference?.line).toBe(7);
    expect(divergenceOf(difference ?? { line: 0, expected: "", actual: "" })).toEqual(
      diffTimelines(t3, t4).divergence,
    );
  });

  it("tells that one side has ended", () => {
    const short = readTimeline(t3.lines.slice(0, -1));
    const { divergence } = diffTimelines(t3, short);
    expect(divergence).toMatchObject({
      seq: short.entries.length,
      actual: undefined,
      field: undefined,
    });
    expect(firstDifference(t3.lines.slice(0, -1), t3.lines)).toMatchObject({ expected: undefined });
  });

  it("names another kind of entry before another time", () => {
    const entry = '{"seq":0,"at":1,"kind":"log","level":"info","message":"x"}';
    const other = '{"seq":0,"at":2,"kind":"fault","event":"struck","fault":"x"}';
    expect(divergenceOf({ line: 2, expected: entry, actual: other })?.field?.path).toBe("kind");
  });

  it("gives the path of the first differing field, also through lists and odd keys", () => {
    expect(
      diffValues(
        { args: { list: [1, { vm_state: "a" }] } },
        { args: { list: [1, { vm_state: "b" }] } },
      ),
    ).toEqual({
      path: "args.list[1].vm_state",
      expected: "a",
      actual: "b",
    });
    expect(diffValues({ "a b": 1 }, { "a b": 2 })?.path).toBe('["a b"]');
    expect(diffValues({ a: 1 }, {})).toEqual({ path: "a", expected: 1, actual: undefined });
    expect(diffValues([1], { 0: 1 })?.path).toBe("");
  });

  it("sees an own key named __proto__ or constructor and no inherited one", () => {
    const hostile: unknown = JSON.parse('{"__proto__":1,"constructor":2}');
    expect(diffValues({}, hostile)?.path).toBe("__proto__");
    expect(diffValues({ toString: 1 }, {})).toEqual({
      path: "toString",
      expected: 1,
      actual: undefined,
    });
  });

  it("lists what differs between headers, field by field", () => {
    const other = { ...t3.header, seed: 8, source: { scenario: "shelve" } };
    expect(diffHeaders(t3.header, other).map(({ path }) => path)).toEqual([
      "seed",
      "source.scenario",
    ]);
  });

  it("reads no further than the first difference", () => {
    let read = 0;
    const endless: Iterable<string> = {
      [Symbol.iterator]: () => ({ next: () => ({ done: false, value: String(read++) }) }),
    };
    expect(firstDifference(["0", "1", "x"], endless)?.line).toBe(3);
    expect(read).toBe(3);
  });
});
