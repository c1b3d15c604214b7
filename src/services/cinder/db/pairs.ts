/**
 * Key-value pairs that belong to a volume, a snapshot or a volume type, a row each. Upstream:
 * cinder/db/sqlalchemy/api.py (_volume_x_metadata_update, snapshot_metadata_update) at 2014.2.
 */

export type Metadata = Readonly<Record<string, string | null>>;

interface Pair {
  readonly id: number;
  readonly key: string;
  readonly value: string | null;
}

/** The table that has them. */
export interface PairTable {
  find(owner: string): readonly Pair[];
  insert(owner: string, key: string, value: string | null): void;
  update(id: number, value: string | null): void;
  softDelete(id: number): void;
}

export class Pairs {
  readonly #table: PairTable;

  constructor(table: PairTable) {
    this.#table = table;
  }

  get(owner: string): Metadata {
    return Object.fromEntries(this.#table.find(owner).map(({ key, value }) => [key, value]));
  }

  /** @param all whether keys that are not named go */
  set(owner: string, metadata: Metadata, all = false): void {
    const rows = this.#table.find(owner);
    if (all) {
      for (const { id, key } of rows) if (!Object.hasOwn(metadata, key)) this.#table.softDelete(id);
    }
    for (const [key, value] of Object.entries(metadata)) {
      const row = rows.find((one) => one.key === key);
      if (row === undefined) this.#table.insert(owner, key, value);
      else this.#table.update(row.id, value);
    }
  }

  /** @returns false if there is no such key */
  delete(owner: string, key: string): boolean {
    const row = this.#table.find(owner).find((one) => one.key === key);
    if (row !== undefined) this.#table.softDelete(row.id);
    return row !== undefined;
  }

  /** The owner is gone. */
  clear(owner: string): void {
    for (const { id } of this.#table.find(owner)) this.#table.softDelete(id);
  }
}
