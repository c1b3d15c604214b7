/** `docs/flags-coverage.md` is complete, and what it says of tests is so. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const table = readFileSync(path.join(root, "docs/flags-coverage.md"), "utf8");
const rows = [...table.matchAll(/^\| (CFG-\d\d) +\| (\w+) +\| (.+?) +\|$/gmu)].map(
  ([, id = "", is = "", where = ""]) => ({ id, is, where }),
);

/** The ids that titles of tests in `file` name. */
function named(file: string): string[] {
  const text = readFileSync(path.join(root, file), "utf8");
  return [...text.matchAll(/\(CFG-\d\d\)/gu)].map(([id]) => id.slice(1, -1));
}

describe("the coverage of flags", () => {
  it("lists CFG-01 to CFG-32, each once and in order", () => {
    const ids = Array.from({ length: 32 }, (_, i) => `CFG-${String(i + 1).padStart(2, "0")}`);
    expect(rows.map(({ id }) => id)).toEqual(ids);
  });

  it("names, for what is pinned, a test that names the id", () => {
    const pinned = rows.filter(({ is }) => is !== "out");
    const wrong = pinned.filter(({ id, where }) => {
      const [file] = /^test\/[\w/.-]+\.test\.ts/u.exec(where) ?? [];
      return file === undefined || !named(file).includes(id);
    });
    expect(wrong).toEqual([]);
    expect(rows.every(({ is }) => ["pinned", "fixed", "out"].includes(is))).toBe(true);
  });

  it("gives a reason for what is out, and no test claims to pin that", () => {
    const out = rows.filter(({ is }) => is === "out");
    const claimed = ["flags-2011", "flags-oslo"].flatMap((name) =>
      named(`test/framework/${name}.test.ts`),
    );
    for (const { id, where } of out) {
      expect(where.length).toBeGreaterThan(40);
      expect(claimed).not.toContain(id);
    }
  });
});
