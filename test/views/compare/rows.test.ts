/** Two sequences row by row. */
import { describe, expect, it } from "vitest";
import type { Timeline } from "../../../src/timeline/index.js";
import { compareModels, comparedRows } from "../../../src/views/compare/index.js";
import { Model } from "../../../src/views/model/model.js";
import { LEVELS } from "../../../src/views/sequence/row.js";
import { sequenceRows } from "../../../src/views/sequence/rows.js";
import { Story } from "../../timeline/fake-run.js";
import { shipped } from "../model/shipped.js";

const compared = (a: Timeline, b: Timeline) => compareModels(Model.of(a), Model.of(b));

describe("rows of two runs", () => {
  const comparison = compared(shipped("boot-and-shelve"), shipped("boot-no-valid-host"));

  it.each(LEVELS)("at %s have each row of either side once, in its order", (level) => {
    const rows = comparedRows(comparison, level);
    for (const side of ["a", "b"] as const) {
      const shown = rows.flatMap((row) => row[side] ?? []);
      const seqs = shown.map(({ seq }) => seq);
      expect(seqs).toEqual([...seqs].sort((x, y) => x - y));
      const alone = new Set(sequenceRows(comparison[side], level).map(({ seq }) => seq));
      for (const seq of alone) expect(seqs).toContain(seq);
    }
  });

  it("have the same deed in one row, and say whose a row is alone", () => {
    const rows = comparedRows(comparison, "messages");
    for (const { a, b, mark, changes } of rows) {
      if (a?.kind === "gap" || b?.kind === "gap") continue;
      if (a !== undefined && b !== undefined) expect(comparison.ofA(a.seq)?.b).toBe(b.seq);
      if (mark === "onlyA") expect(comparison.onlyA).toContain(a?.seq);
      if (mark === "onlyB") expect(comparison.onlyB).toContain(b?.seq);
      expect(mark === "changed").toBe(changes.length > 0);
    }
    expect(rows.some(({ mark }) => mark === "onlyA")).toBe(true);
    expect(rows.some(({ mark }) => mark === "changed")).toBe(true);
  });

  it("of one run and itself are all alike, side by side", () => {
    const same = compared(shipped("boot"), shipped("boot"));
    for (const level of LEVELS) {
      for (const { a, b, mark } of comparedRows(same, level)) {
        expect([mark, a?.seq]).toEqual(["alike", b?.seq]);
      }
    }
  });

  it("show on both sides what the outline leaves out on one of them", () => {
    const run = (status: number) => {
      const story = new Story();
      const step = story.step("one");
      story.rest(["nova-client@demo", "nova-api@c"], ["GET", "/x"], { status, cause: step });
      return story.timeline;
    };
    const rows = comparedRows(compared(run(200), run(500)), "outline");
    const arrow = rows.find(({ b }) => b?.kind === "arrow");
    expect(arrow?.a?.kind).toBe("arrow");
  });
});
