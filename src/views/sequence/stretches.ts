/** What a level leaves out between two rows: counted, so that a reader can open it. */
import type { Range, SequenceRow } from "./row.js";

export class Stretches {
  readonly #rows: SequenceRow[];
  readonly #open: readonly Range[];
  #left: { readonly from: number; count: number } | undefined;

  /** @param rows those that are there so far; the last one is told what is left out after it */
  constructor(rows: SequenceRow[], open: readonly Range[]) {
    this.#rows = rows;
    this.#open = open;
  }

  /** To be called before the row of entry `seq`, if there is one: what is open begins there. */
  before(seq: number): void {
    const opened = this.#open.find(({ from }) => from === seq);
    if (opened !== undefined) this.#tell({ ...opened, count: 0, open: true });
  }

  /** A message. */
  leaveOut(seq: number): void {
    this.#left ??= { from: seq, count: 0 };
    this.#left.count += 1;
  }

  /** @param next the entry that is shown next */
  end(next: number): void {
    if (this.#left !== undefined) this.#tell({ ...this.#left, to: next - 1, open: false });
    this.#left = undefined;
  }

  #tell(more: NonNullable<SequenceRow["more"]>): void {
    const last = this.#rows.at(-1);
    if (last !== undefined) this.#rows[this.#rows.length - 1] = { ...last, more };
  }
}
