/**
 * Objects that are made of rows and never changed: of a row there is one, for as long as it and the rows beside it are
 * the same values. Clients look at servers, and hosts ask for theirs, far more often than servers change, and an object
 * has sixty fields. Whoever changes an object makes his own. Upstream reads every row anew; what is seen is the same.
 */

interface Snapshot<T> {
  /** The rows of other tables that it was made from. */
  readonly beside: readonly (object | undefined)[];
  readonly object: T;
}

/** The objects of a table's rows. They go when their rows do, as a row that is written is another value. */
export class Snapshots<R extends object, T> {
  readonly #make: (row: R) => T;
  readonly #beside: (row: R) => readonly (object | undefined)[];
  readonly #known = new WeakMap<R, Snapshot<T>>();

  constructor(make: (row: R) => T, beside: (row: R) => readonly (object | undefined)[] = () => []) {
    this.#make = make;
    this.#beside = beside;
  }

  /** The object of `row`, which nobody may change. */
  of(row: R): T {
    const beside = this.#beside(row);
    const known = this.#known.get(row);
    if (known?.beside.every((other, at) => other === beside[at]) === true) return known.object;
    const object = this.#make(row);
    this.#known.set(row, { beside, object });
    return object;
  }
}
