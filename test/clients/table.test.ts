import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textWidth } from "../../src/clients/shell/char-width.js";
import { propertyTable, table } from "../../src/clients/openstack/table.js";

describe("a table", () => {
  it("without rows has its headers and two rules below them", () => {
    expect(table(["ID", "Name"], [])).toBe(
      "+----+------+\n| ID | Name |\n+----+------+\n+----+------+\n",
    );
  });

  it("is sorted by one column, then by the columns from the left", () => {
    const rows = [
      ["3", "b"],
      ["2", "a"],
      ["1", "b"],
    ];
    const shown = table(["ID", "Name"], rows, 1).split("\n").slice(3, 6);
    expect(shown).toEqual(["| 2  | a    |", "| 1  | b    |", "| 3  | b    |"]);
  });

  it("writes values as Python does", () => {
    expect(table(["V"], [[true], [null], [7], [{ a: ["x"] }]])).toContain("| {u'a': [u'x']} |");
    expect(table(["V"], [[true], [null]])).toContain("| True |\n| None |");
  });

  it("counts wide characters twice and combining ones not at all", () => {
    const shown = table(["N"], [["名前"], ["e\u0301e"]]);
    expect(shown).toContain("| 名前 |");
    expect(shown).toContain("| e\u0301e   |");
  });

  it("keeps its shape whatever a name holds", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 1 }), (names) => {
        const lines = table(
          ["Name"],
          names.map((name) => [name]),
        )
          .split("\n")
          .slice(0, -1);
        expect(new Set(lines.map(textWidth)).size).toBe(1);
        expect(lines.join("")).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
      }),
    );
  });

  it("refuses two columns of one name, as prettytable does", () => {
    expect(() => table(["ID", "ID"], [])).toThrow("Field names must be unique!");
  });
});

describe("the table of a thing", () => {
  it("has its properties in order, a dash for None and JSON for the rest", () => {
    const shown = propertyTable({ b: null, a: { y: 1, x: [] }, C: true }).split("\n");
    expect(shown.slice(3, 6)).toEqual([
      "| C        | True              |",
      '| a        | {"y": 1, "x": []} |',
      "| b        | -                 |",
    ]);
  });

  it("breaks a traceback within a fault into rows", () => {
    const shown = propertyTable({ fault: { details: "a\nb" } }).split("\n");
    expect(shown.slice(3, 5)).toEqual([
      '| fault    | {"details": "a |',
      '|          | b"}            |',
    ]);
  });
});
