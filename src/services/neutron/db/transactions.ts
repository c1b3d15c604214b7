/**
 * Takes back what one greenthread has done to the tables, if it fails before it is through: a bulk
 * request makes all of its objects or none. Statements of others in between stay. Upstream:
 * `session.begin` and its rollback in neutron/db/db_base_plugin_v2.py (_create_bulk).
 */
import type { Row, Table } from "../../../framework/index.js";
import type { Kernel, Op } from "../../../kernel/index.js";

type Undo = () => void;

export class Transactions {
  readonly #kernel: Kernel;
  /** What each greenthread that is within a transaction has done, oldest first. */
  readonly #open = new Map<object, Undo[]>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** Changes of `table` can be taken back from now on. */
  cover<R extends object>(table: Table<R>, keyOf: (row: Row<R>) => string | number): void {
    table.follow({
      moved: (before, after) => {
        const { current } = this.#kernel;
        const done = current === undefined ? undefined : this.#open.get(current);
        done?.push(() => {
          if (after === undefined) {
            if (before !== undefined) table.insert(before);
          } else if (before === undefined) table.remove(keyOf(after));
          else table.update(keyOf(after), before);
        });
      },
    });
  }

  /** Do `op`; whatever it has changed is as before if it fails. @throws what `op` throws */
  *atomically<T>(op: Op<T>): Op<T> {
    const { current } = this.#kernel;
    // One within another is part of it.
    if (current === undefined || this.#open.has(current)) return yield* op;
    const done: Undo[] = [];
    this.#open.set(current, done);
    try {
      return yield* op;
    } catch (error) {
      this.#open.delete(current);
      for (const undo of done.reverse()) undo();
      throw error;
    } finally {
      this.#open.delete(current);
    }
  }
}
