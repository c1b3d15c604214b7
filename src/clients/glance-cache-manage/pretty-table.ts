/**
 * The table that Glance's own programs print: columns of fixed width, cells cut to it, no frame.
 * Upstream: glance/common/utils.py (PrettyTable) at 2014.2.
 */
import { printable } from "../shell/char-width.js";

export interface TableColumn {
  readonly width: number;
  readonly label: string;
  /** Cells stand at the right; labels never do. */
  readonly right?: boolean;
}

/** Ends with a newline. */
export function prettyTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
): string {
  const labels = columns.map(({ width, label }) => label.slice(0, width).padEnd(width));
  const rules = columns.map(({ width }) => "-".repeat(width));
  const cells = rows.map((row) =>
    columns.map(({ width, right }, at) => {
      const cut = printable(row[at] ?? "").slice(0, width);
      return right === true ? cut.padStart(width) : cut.padEnd(width);
    }),
  );
  return [labels, rules, ...cells].map((line) => `${line.join(" ")}\n`).join("");
}
