/**
 * A flow as it is specified: one line a message, and before each the row of the specification that
 * asks for it. `1.4-15b` is row 15b of nova §1.4; `os-3.6-9` is row 9 of other services §3.6.
 */
export interface Row {
  readonly row: string;
  readonly text: string;
}

export function rows(table: string): Row[] {
  return table
    .split("\n")
    .map((line) => /^\s*(\S+)\s+(.*)$/.exec(line))
    .filter((match) => match !== null)
    .map((match) => ({ row: match[1] ?? "", text: match[2] ?? "" }));
}

export const texts = (table: string): string[] => rows(table).map(({ text }) => text);
