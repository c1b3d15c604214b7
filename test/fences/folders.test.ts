/**
 * A folder's listing reads as a table of contents: at most 15 files, the 16th makes a sub-folder. Only
 * the filters of Nova's scheduler are more, because upstream has each as a file of its own.
 */
import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../../src");
const MOST = 15;

it("no folder of src holds more than 15 files, but for the scheduler's filters", () => {
  const count = new Map<string, number>();
  for (const entry of fs.readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const folder = path.relative(root, entry.parentPath).split(path.sep).join("/");
    count.set(folder, (count.get(folder) ?? 0) + 1);
  }
  expect(count.size).toBeGreaterThan(50);
  const crowded = [...count].filter(([, files]) => files > MOST).map(([folder]) => folder);
  expect(crowded).toEqual(["services/nova/scheduler/filters"]);
});
