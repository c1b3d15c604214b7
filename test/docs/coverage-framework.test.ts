/** `docs/coverage/framework.md` is complete, and what it says of tests is so. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");

const table = read("docs/coverage/framework.md");
const rows = [...table.matchAll(/^\| ((?:SVC|HK)-\d\d) +\| (.+?) +\| (.+?) +\|$/gmu)].map(
  ([, id = "", statement = "", where = ""]) => ({ id, statement, where }),
);

const pinned = rows.filter(({ where }) => where.startsWith("`"));
const out = rows.filter(({ where }) => !where.startsWith("`"));

const count = (prefix: string, last: number): string[] =>
  Array.from({ length: last }, (_, i) => `${prefix}-${String(i + 1).padStart(2, "0")}`);

/** The file that a row names, and the title. */
function law(where: string): { file: string; title: string } {
  const [, file = "", title = ""] = /^`(test\/[\w/.-]+\.test\.ts)`: (.+)$/u.exec(where) ?? [];
  return { file, title };
}

describe("the coverage of the framework", () => {
  it("lists SVC-01 to SVC-42 and HK-01 to HK-06, each once and in order", () => {
    expect(rows.map(({ id }) => id)).toEqual([...count("SVC", 42), ...count("HK", 6)]);
  });

  it.each(pinned)("names for $id a test whose title names it", ({ id, where }) => {
    const { file, title } = law(where);
    expect(existsSync(path.join(root, file))).toBe(true);
    expect(read(file)).toContain(`"${title}"`);
    const named = /\(((?:[A-Z]+-\d\d(?:, )?)+)\)/u.exec(title)?.[1]?.split(", ");
    expect(named).toContain(id);
  });

  it.each(out)("gives for $id the reason why it is out of the profile", ({ where }) => {
    expect(where).toMatch(/^out of profile: .{40,}$/u);
  });
});
