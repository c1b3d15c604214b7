/**
 * What MySQL makes of a value that is written into a column: itself, what it converts it to, or an
 * error. Nova's own code writes what the compiler has checked, so only values that may come from
 * elsewhere are looked at. The texts are MySQL's in mode TRADITIONAL, which oslo.db asks for, without
 * the statement that upstream appends. Upstream: oslo.db exc_filters, MySQL 5.5, MySQL-python.
 */
import { Exception, isMapping, str } from "../../python/index.js";

/** `text` is a VARCHAR(255), `bigint` has 64 bits; `json` is kept as it is, which upstream keeps as text of its own. */
export type ColumnType = "text" | "longtext" | "integer" | "bigint" | "boolean" | "date" | "json";

/** `optional`: NULL is allowed. */
export interface Column {
  readonly type: ColumnType;
  readonly optional?: true;
}

export type Columns<R> = Readonly<Record<keyof R & string, Column>>;

export const column = (type: ColumnType): Column => ({ type });
export const nullableColumn = (type: ColumnType): Column => ({ type, optional: true });

/** What the database has refused. */
export class DBError extends Exception {
  static override readonly module: string = "oslo.db.exception";
  override readonly name: string = "DBError";
}

const BASE: Readonly<Record<string, Column>> = {
  id: column("integer"),
  created_at: nullableColumn("date"),
  updated_at: nullableColumn("date"),
  deleted_at: nullableColumn("date"),
  deleted: column("integer"),
};

const LENGTH = 255;
const INTEGERS = 2_147_483_648;
const BIG_INTEGERS = 9_223_372_036_854_775_808;

/** `values` as the columns hold them; what is no column was an attribute, and is not written. */
export function stored(columns: Readonly<Record<string, Column>>, values: object): object {
  const all: Readonly<Record<string, Column>> = { ...BASE, ...columns };
  const known = Object.entries(values).filter(([name]) => Object.hasOwn(all, name));
  return Object.fromEntries(
    known.map(([name, value]) => [name, storedValue(name, all[name] as Column, value)]),
  );
}

/** The same for a new row, which has every column: what nobody gives is NULL. */
export function storedRow(columns: Readonly<Record<string, Column>>, values: object): object {
  const left = Object.keys(columns).filter((name) => !Object.hasOwn(values, name));
  return stored(columns, { ...values, ...Object.fromEntries(left.map((name) => [name, null])) });
}

function storedValue(name: string, { type, optional }: Column, value: unknown): unknown {
  if (value === null || value === undefined) {
    if (optional === true) return null;
    throw new DBError(`(IntegrityError) (1048, "Column '${name}' cannot be null")`);
  }
  if (type === "json") return value;
  if (Array.isArray(value)) {
    throw new DBError("(OperationalError) (1241, 'Operand should contain 1 column(s)')");
  }
  if (isMapping(value)) {
    throw new DBError(
      "(ProgrammingError) (1064, 'You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use')",
    );
  }
  const plain = value as string | number | boolean;
  switch (type) {
    case "integer":
      return integer(name, plain);
    case "bigint":
      return integer(name, plain, BIG_INTEGERS);
    case "boolean":
      return integer(name, plain) !== 0;
    case "date":
      return date(name, plain);
    case "longtext":
      return text(plain);
    case "text": {
      const written = text(plain);
      if (written.length <= LENGTH) return written;
      throw wrong(1406, `Data too long for column '${name}' at row 1`);
    }
  }
  return type satisfies never;
}

const wrong = (code: number, message: string): DBError =>
  new DBError(`(DataError) (${String(code)}, "${message}")`);

const text = (value: string | number | boolean): string =>
  typeof value === "boolean" ? String(Number(value)) : str(value);

function integer(name: string, value: string | number | boolean, range = INTEGERS): number {
  const number = typeof value === "string" && value.trim() === "" ? NaN : Number(value);
  if (Number.isNaN(number)) {
    throw wrong(1366, `Incorrect integer value: '${String(value)}' for column '${name}' at row 1`);
  }
  const whole = Math.round(number);
  if (whole >= -range && whole < range) return whole;
  throw wrong(1264, `Out of range value for column '${name}' at row 1`);
}

const DATE = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?Z?$/;

function date(name: string, value: string | number | boolean): string {
  const found = typeof value === "string" ? DATE.exec(value) : null;
  if (found === null) {
    throw wrong(1292, `Incorrect datetime value: '${String(value)}' for column '${name}' at row 1`);
  }
  const [, day = "", time = "", fraction = ""] = found;
  return `${day}T${time}.${fraction.padEnd(6, "0")}`;
}
