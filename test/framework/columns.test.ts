/** What MySQL makes of values that no compiler has checked, in mode TRADITIONAL. */
import { describe, expect, it } from "vitest";
import { Table, column, nullableColumn } from "../../src/framework/index.js";
import { Kernel } from "../../src/kernel/index.js";
import type { Exception, Json } from "../../src/python/index.js";

interface Row {
  readonly host: string | null;
  readonly count: number;
  readonly disabled: boolean;
  readonly at: string | null;
}

const RIGHT: Row = { host: "h", count: 1, disabled: false, at: null };

function table(unchecked = true): Table<Row> {
  const kernel = new Kernel();
  if (unchecked) kernel.unchecked.admit();
  return new Table<Row>(kernel, {
    project: "p",
    name: "services",
    columns: {
      host: nullableColumn("text"),
      count: column("integer"),
      disabled: column("boolean"),
      at: nullableColumn("date"),
    },
  });
}

/** The column as it is stored, or why it is not. */
function stored(name: keyof Row, value: Json): unknown {
  try {
    return table().insert({ ...RIGHT, [name]: value })[name];
  } catch (error) {
    return (error as Exception).message;
  }
}

describe("a column", () => {
  it.each<[keyof Row, Json, unknown]>([
    ["host", 5, "5"],
    ["host", true, "1"],
    ["host", null, null],
    ["host", "x".repeat(256), `(DataError) (1406, "Data too long for column 'host' at row 1")`],
    ["host", ["a"], "(OperationalError) (1241, 'Operand should contain 1 column(s)')"],
    ["count", "7", 7],
    ["count", 2.5, 3],
    [
      "count",
      "abc",
      `(DataError) (1366, "Incorrect integer value: 'abc' for column 'count' at row 1")`,
    ],
    ["count", 2 ** 63, `(DataError) (1264, "Out of range value for column 'count' at row 1")`],
    ["count", null, `(IntegrityError) (1048, "Column 'count' cannot be null")`],
    ["disabled", 1, true],
    ["at", "2014-09-18 04:03:09", "2014-09-18T04:03:09.000000"],
    [
      "at",
      "junk",
      `(DataError) (1292, "Incorrect datetime value: 'junk' for column 'at' at row 1")`,
    ],
  ])("%s given %j", (name, value, expected) => {
    expect(stored(name, value)).toBe(expected);
  });

  it("is left as it was when what was to be written is refused", () => {
    const services = table();
    const { id } = services.insert(RIGHT);
    expect(() => services.update(id, { count: "abc" as unknown as number })).toThrow("DataError");
    expect(services.get(id)).toMatchObject(RIGHT);
  });

  it("that there is not is not written: an attribute of the model is no column", () => {
    const row = table().insert({ ...RIGHT, moon: 1 } as Row);
    expect(Object.keys(row)).not.toContain("moon");
  });

  it("is not looked at while the compiler has seen all that is written", () => {
    const row = table(false).insert({ ...RIGHT, count: "abc" as unknown as number });
    expect(row.count).toBe("abc");
  });
});
