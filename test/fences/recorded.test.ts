/**
 * Fence 4: a recorded timeline in git catches what two runs on one machine cannot: drift between
 * machines, between versions of Node and of this code.
 */
import { describe, expect, it } from "vitest";
import fs from "node:fs";
import path from "node:path";
import { firstDifference, linesOf } from "../../src/timeline/index.js";
import { record, seeded } from "./record.js";

const recording = path.join(import.meta.dirname, "recorded.jsonl");
const recorded = (): Iterable<string> => linesOf(fs.readFileSync(recording, "utf8"));

describe("recorded timelines", () => {
  it("are what a run gives today, byte for byte", async () => {
    await expect(`${record().lines.join("\n")}\n`).toMatchFileSnapshot(recording);
  });

  it("show one microsecond of drift in one draw", () => {
    let draws = 0;
    const drifted = record((stream) => seeded(stream) + (++draws === 9 ? 1 : 0));
    const difference = firstDifference(recorded(), drifted.lines);
    expect(difference?.line).toBe(10);
    expect(difference?.actual).not.toBe(difference?.expected);
  });

  it("show an entry that is missing at the end", () => {
    const lines = record().lines;
    const difference = firstDifference(recorded(), lines.slice(0, -1));
    expect(difference).toEqual({ line: lines.length, expected: lines.at(-1), actual: undefined });
  });
});
