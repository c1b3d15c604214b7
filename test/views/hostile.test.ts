/** Whatever a timeline holds, the reader says what is wrong with it or every view draws it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTimeline, TimelineError } from "../../src/timeline/index.js";
import { VIEWS } from "../../src/views/index.js";
import { boot } from "../timeline/fake-run.js";
import { decision } from "./fake-decision.js";

/** A boot with everything else that may be in a timeline. */
function everything(): readonly string[] {
  const story = boot();
  story.rpc("rpc.call", ["a", "b"], "m", { fails: "NoValidHost" });
  story.rpc("rpc.fanout", ["a", "b"], "m");
  story.rest(["a", "b"], ["GET", "/x"], { status: 500, answer: { fault: { message: "no" } } });
  story.add({ kind: "rpc.timeout", id: 1, why: "too late" });
  story.add({ kind: "rpc.lost", id: 2, why: "nobody" });
  story.add({ kind: "fault", event: "struck", fault: "x", entry: 3 });
  story.add({ kind: "log", actor: "a", level: "error", message: "x" });
  story.add(decision());
  return story.timeline.lines;
}

const LINES = everything();
const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom("", "__proto__", "\u001b[2J", -1, 1e308, [], {}, null),
);

/** A line of the boot with one of its fields, at any depth, replaced. */
const spoilt = fc
  .record({
    line: fc.integer({ min: 0, max: LINES.length - 1 }),
    path: fc.array(fc.nat(20), { minLength: 1, maxLength: 5 }),
    value: odd,
  })
  .map(({ line, path, value }) => {
    const entry: unknown = JSON.parse(LINES[line] ?? "");
    let at = entry as Record<string, unknown>;
    for (const [depth, pick] of path.entries()) {
      const keys = Object.keys(at);
      const key = keys[pick % Math.max(1, keys.length)] ?? "extra";
      const next = at[key];
      if (depth === path.length - 1 || typeof next !== "object" || next === null) {
        at[key] = value;
        break;
      }
      at = next as Record<string, unknown>;
    }
    return LINES.map((text, i) => (i === line ? JSON.stringify(entry) : text));
  });

describe("a spoilt timeline", () => {
  it("is refused with its line, or drawn by every view", () => {
    fc.assert(
      fc.property(spoilt, (lines) => {
        let timeline;
        try {
          timeline = readTimeline(lines);
        } catch (error) {
          expect(error).toBeInstanceOf(TimelineError);
          expect((error as TimelineError).message).toMatch(/^line \d+: /);
          return;
        }
        for (const view of VIEWS.values()) {
          for (const verbose of [false, true]) {
            const text = view.render(timeline, { verbose });
            expect(text.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
          }
        }
      }),
      { numRuns: 1_000, seed: 1 },
    );
  });

  it("is refused where it is nested so deep that nothing could walk it, and drawn where not", () => {
    const lines = (levels: number): string[] => {
      const deep = `${"[".repeat(levels)}"]]["${"]".repeat(levels)}`;
      const line = `{"seq":0,"at":0,"kind":"rpc.cast","id":1,"from":"a","exchange":"e","topic":"t","method":"mmm","args":{"x":${deep}}}`;
      return [LINES[0] ?? "", line];
    };
    for (const view of VIEWS.values()) {
      const drawn = view.render(readTimeline(lines(498)), { verbose: true });
      expect(drawn).toContain(view.name === "scheduler" ? "decisions are recorded" : "mmm");
    }
    expect(() => readTimeline(lines(100_000))).toThrow("line 2: nested deeper than 500 levels");
  });
});
