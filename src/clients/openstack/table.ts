/**
 * Tables as the clients print them: a frame, left-aligned cells, one space of padding. Not a general
 * table maker. Upstream: prettytable 0.7 as novaclient/utils.py calls it; transcripts §T2.
 */
import { dumps, Exception, str, wrapped, type Json, type JsonObject } from "../../python/index.js";
import { printable, textWidth } from "../shell/char-width.js";

/**
 * A table of `rows` under `headers`, sorted by the column `sortBy` and then by the columns from the
 * left. Ends with a newline.
 * @throws Exception if two columns have the same name, as prettytable does
 */
export function table(
  headers: readonly string[],
  rows: readonly (readonly Json[])[],
  sortBy?: number,
  layout: Layout = {},
): string {
  if (new Set(headers).size < headers.length) throw new Exception("Field names must be unique!");
  const head = headers.map(lines);
  const body = (sortBy === undefined ? rows : sorted(rows, sortBy)).map((row) =>
    row.map((cell) => folded(lines(str(cell)), layout.widest)),
  );
  const widths = head.map((_, column) => columnWidth([head, ...body], column));
  const rule = `+${widths.map((width) => "-".repeat(width + 2)).join("+")}+`;
  const shown = body.flatMap((row) => rowLines(row, widths, layout.right));
  return [rule, ...rowLines(head, widths, layout.right), rule, ...shown, rule, ""].join("\n");
}

/** What is not as usual. */
export interface Layout {
  /** Columns whose cells stand at the right. */
  readonly right?: ReadonlySet<number>;
  /** Cells that are longer are folded. */
  readonly widest?: number;
}

/** A cell for the member `key`: a dash for None, nothing if it is not there. */
export function cell(thing: JsonObject, key: string): Json {
  const value = thing[key];
  return value === null ? "-" : (value ?? "");
}

/** A table of `things`, each column the member that its header names. Upstream: utils.print_list. */
export function listing(
  things: readonly JsonObject[],
  headers: readonly string[],
  sortBy?: number,
): string {
  const keys = headers.map((header) => header.toLowerCase().replaceAll(" ", "_"));
  const rows = things.map((thing) => keys.map((key) => cell(thing, key)));
  return table(headers, rows, sortBy);
}

/** What stands above the two columns, and how long a value may be before it is wrapped. */
interface PropertyLayout {
  readonly property?: string;
  readonly value?: string;
  readonly wrap?: number;
}

/** The two-column table of one thing: its properties in the order of their names. Upstream: utils.print_dict. */
export function propertyTable(
  properties: JsonObject,
  { property = "Property", value: valued = "Value", wrap = 0 }: PropertyLayout = {},
): string {
  const rows: [string, Json][] = [];
  for (const name of Object.keys(properties).sort()) {
    const value = properties[name] ?? null;
    const whole = value !== null && typeof value === "object" ? dumps(value) : value;
    // Wrapped, it is a text before it is looked at: None as well.
    const text = wrap > 0 ? wrapped(str(whole), wrap).join("\n") : whole;
    if (typeof text === "string" && text.includes("\\n")) {
      // A traceback within a fault: its escaped line ends become rows.
      text
        .trim()
        .split("\\n")
        .forEach((line, i) => rows.push([i === 0 ? name : "", line]));
    } else rows.push([name, text ?? "-"]);
  }
  return table([property, valued], rows);
}

const lines = (text: string): string[] => text.split("\n").map(printable);

function columnWidth(rows: readonly (readonly string[][])[], column: number): number {
  let width = 0;
  for (const row of rows) {
    for (const line of row[column] ?? []) width = Math.max(width, textWidth(line));
  }
  return width;
}

const folded = (cell: string[], widest = 0): string[] =>
  widest > 0
    ? cell.flatMap((line) => (textWidth(line) > widest ? wrapped(line, widest) : [line]))
    : cell;

function rowLines(
  row: readonly string[][],
  widths: readonly number[],
  right: ReadonlySet<number> = new Set(),
): string[] {
  const height = Math.max(...row.map((cell) => cell.length));
  return Array.from({ length: height }, (_, line) => {
    const cells = widths.map((width, column) => {
      const text = row[column]?.[line] ?? "";
      const blank = " ".repeat(Math.max(0, width - textWidth(text)));
      return right.has(column) ? ` ${blank}${text} ` : ` ${text}${blank} `;
    });
    return `|${cells.join("|")}|`;
  });
}

function sorted(rows: readonly (readonly Json[])[], by: number): (readonly Json[])[] {
  const keyed = rows.map((row) => ({ row, keys: [row[by] ?? null, ...row].map(str) }));
  keyed.sort((a, b) => {
    for (const [i, key] of a.keys.entries()) {
      const other = b.keys[i] ?? "";
      if (key !== other) return key < other ? -1 : 1;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
}
