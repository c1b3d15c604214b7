/** Tables of what was there at an instant: as data for programs, and in lines for a person. */
import { columns } from "../../text/width.js";
import type { Paint } from "../view.js";
import { clip, pad, safe } from "../words.js";

export type Value = string | number | boolean | null;

export interface Cell {
  readonly value: Value;
  /** How a person reads it, if not as it is. */
  readonly shown?: string;
  readonly tone?: keyof Paint;
}

export interface Table {
  /** `servers`, `nova.instances 1`. */
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** What is not in it, in words; empty for nothing. */
  readonly besides: string;
}

export const cell = (value: Value, tone?: keyof Paint, shown?: string): Cell => ({
  value,
  ...(tone !== undefined && { tone }),
  ...(shown !== undefined && { shown }),
});

/** Each row by the names of its columns. */
export function tableData({ columns: names, rows }: Table): readonly Record<string, Value>[] {
  return rows.map((row) =>
    Object.fromEntries(names.map((name, at) => [name, row[at]?.value ?? null])),
  );
}

/** Columns are as wide as they must be; where that is too much, the last ones give way. */
export function tableLines(table: Table, width: number, paint: Paint): string[] {
  const { title, columns: names, rows, besides } = table;
  const more = besides === "" ? "" : `  ${besides}`;
  if (rows.length === 0) return [paint.strong(title) + paint.dim(`  none${more}`)];
  const texts = rows.map((row) => row.map(shownOf));
  const wide = names.map((name, at) =>
    Math.max(columns(name), ...texts.map((row) => columns(row[at] ?? ""))),
  );
  const line = (cells: readonly string[], brush: (text: string, at: number) => string): string => {
    let left = width - INDENT.length;
    const parts: string[] = [];
    for (const [at, text] of cells.entries()) {
      if (left <= 0) break;
      const room = Math.min(left, wide[at] ?? 0);
      parts.push(brush(pad(clip(text, room), room), at));
      left -= room + 2;
    }
    return (INDENT + parts.join("  ")).trimEnd();
  };
  return [
    paint.strong(title) + paint.dim(more),
    line(names, (text) => paint.dim(text)),
    ...rows.map((row, at) =>
      line(texts[at] ?? [], (text, column) => {
        const tone = row[column]?.tone;
        return tone === undefined ? text : paint[tone](text);
      }),
    ),
  ];
}

const INDENT = "  ";

function shownOf({ value, shown }: Cell): string {
  if (shown !== undefined) return safe(shown);
  return value === null ? "-" : safe(String(value));
}
