/**
 * What a row itself does not tell of its past, for those who look from outside for what is wrong: when a status was
 * written, and not when whatever of its row was. It follows its table, and forgets a row with it; no process reads or
 * writes it, and upstream has nothing of the kind.
 */
import type { Kernel, Micros } from "../../kernel/index.js";
import type { Row } from "./row.js";
import type { Table } from "./table.js";

/** Of a row that was made or changed: what is to be known of it from now on. `known`: what was, so far. */
export type Lesson<R extends object, T> = (
  known: T | undefined,
  before: Row<R> | undefined,
  after: Row<R>,
) => T | undefined;

export class RowHistory<R extends object, T> {
  readonly #known = new Map<string, T>();

  /** @param uuidOf whose it is that a row tells of */
  constructor(table: Table<R>, uuidOf: (row: Row<R>) => string, lesson: Lesson<R, T>) {
    table.follow({
      moved: (before, after) => {
        if (after === undefined) {
          if (before !== undefined) this.#known.delete(uuidOf(before));
          return;
        }
        const uuid = uuidOf(after);
        const known = this.#known.get(uuid);
        const learned = lesson(known, before, after);
        if (learned !== undefined && learned !== known) this.#known.set(uuid, learned);
      },
    });
  }

  of(uuid: string): T | undefined {
    return this.#known.get(uuid);
  }
}

/** When a column was given the value that it has. */
export const lastChange = <R extends { readonly uuid: string }>(
  kernel: Kernel,
  table: Table<R>,
  column: keyof R & string,
): RowHistory<R, Micros> =>
  new RowHistory(
    table,
    ({ uuid }) => uuid,
    (known, before, after) =>
      before !== undefined && before[column] === after[column] ? known : kernel.now,
  );
