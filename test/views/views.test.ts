/** The registry of views, and what all of them hold to. */
import { describe, expect, it } from "vitest";
import { readTimeline } from "../../src/timeline/index.js";
import { VIEWS } from "../../src/views/index.js";
import { boot, HEADER } from "../timeline/fake-run.js";

/** What a view has to show of the run. */
const KNOWN: ReadonlyMap<string, string> = new Map([
  ["jsonl", "blue"],
  ["scheduler", "decisions are recorded at detail full"],
]);

describe.each([...VIEWS])("the view %s", (name, view) => {
  it("bears the name by which it is found", () => {
    expect(view.name).toBe(name);
  });

  it("makes of the same timeline the same text, whether just recorded or read", () => {
    const { timeline } = boot();
    expect(view.render(readTimeline(timeline.lines))).toBe(view.render(timeline));
  });

  it("draws what it knows of a timeline from a later version", () => {
    const later = [...boot().timeline.lines];
    later.push(
      `{"seq":${String(later.length - 1)},"at":9000000,"kind":"weather","id":1,"sky":"blue"}`,
    );
    expect(view.render(readTimeline(later))).toContain(KNOWN.get(name) ?? "build_instances");
  });

  it("draws a recording that broke off anywhere", () => {
    const { lines } = boot().timeline;
    for (let length = 1; length <= lines.length; length++) {
      expect(view.render(readTimeline(lines.slice(0, length)))).toContain(HEADER.scenario);
    }
  });
});

it("the JSON Lines view is the timeline as it was recorded", () => {
  const { timeline } = boot();
  expect(VIEWS.get("jsonl")?.render(timeline)).toBe(`${timeline.lines.join("\n")}\n`);
});
