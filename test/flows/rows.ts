/**
 * A flow as it is specified: one line a message, and before each the row of the specification that
 * asks for it. `1.4-15b` is row 15b of nova §1.4; `os-3.6-9` is row 9 of other-services §3.6.
 */

/** The messages of a table, without their rows. */
export function texts(table: string): string[] {
  return table
    .split("\n")
    .map((line) => /^\s*\S+\s+(.*)$/.exec(line)?.[1])
    .filter((text) => text !== undefined);
}
