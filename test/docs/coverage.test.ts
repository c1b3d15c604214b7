/** `docs/coverage/messaging.md` is complete, and what it says of tests is so. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const text = readFileSync(path.join(root, "docs/coverage/messaging.md"), "utf8");

interface Row {
  readonly id: string;
  readonly is: string;
  readonly file: string | undefined;
  readonly title: string;
  readonly why: string;
}

/** The rows of the table under a heading. */
function rows(heading: string): Row[] {
  const section = text.split(/^## /mu).find((part) => part.startsWith(heading)) ?? "";
  const lines = section.split("\n").filter((line) => line.startsWith("| "));
  return lines.slice(2).map((line) => {
    const cells = line.split(/(?<!\\)\|/u).map((cell) => cell.replaceAll("\\|", "|").trim());
    const [, id = "", is = "", where = "", why = ""] = cells;
    const [, file, title = ""] = /^`([^`]+)`: (.*)$/u.exec(where) ?? [];
    return { id, is, file, title: title.replaceAll(/\\([_*])/gu, "$1"), why };
  });
}

/** `RPC-01` to `RPC-90`. */
const range = (prefix: string, last: number): string[] =>
  Array.from({ length: last }, (_, i) => `${prefix}-${String(i + 1).padStart(2, "0")}`);

const STATEMENTS = [
  ...range("RPC", 90),
  ...range("CTX", 4),
  ...range("CLI", 5),
  ...range("HK", 6),
  ...range("FAK", 5),
  ...range("NTF", 12),
];

const sources = new Map<string, string>();

/** A test file as it is written, its quotes unescaped. */
function source(file: string): string {
  const known = sources.get(file);
  if (known !== undefined) return known;
  const read = readFileSync(path.join(root, file), "utf8").replaceAll('\\"', '"');
  sources.set(file, read);
  return read;
}

describe("the coverage table of the bus", () => {
  const statements = rows("Statements");
  const originals = rows("oslo.messaging");

  it("has every statement exactly once, in order", () => {
    expect(statements.map(({ id }) => id)).toEqual(STATEMENTS);
  });

  it("has every original once", () => {
    const ids = originals.map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(50);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each([...statements, ...originals])("$id is $is, and says where or why not", (row) => {
    if (row.is === "out") {
      expect(row.why).not.toBe("");
      expect(row.file).toBeUndefined();
      return;
    }
    expect(["pinned", "fixed"]).toContain(row.is);
    if (row.is === "fixed") expect(row.why).not.toBe("");
    const file = row.file ?? "";
    expect(existsSync(path.join(root, file)), `${file} exists`).toBe(true);
    expect([`"${row.title}"`, `'${row.title}'`].some((title) => source(file).includes(title))).toBe(
      true,
    );
  });

  it.each(statements.filter(({ is }) => is !== "out"))(
    "$id stands in the title of the test that pins it",
    ({ id, title }) => {
      expect(title).toContain(id);
    },
  );

  it("names no test file that there is not in its reasons", () => {
    const named = [...statements, ...originals].flatMap(
      ({ why }) => why.match(/test\/\S+\.ts/gu) ?? [],
    );
    for (const file of named) expect(existsSync(path.join(root, file)), file).toBe(true);
  });
});
