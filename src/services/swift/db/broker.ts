/**
 * One replica of a listing database: when it was made, put and deleted, its metadata, its rows with
 * their numbers, and how far it has been synchronised with others. What rows are and how they merge is
 * the affair of containers and accounts. Pending files are merged at once. Upstream: swift/common/db.py
 * (DatabaseBroker) at 2.2.0.
 */
import type { Json, JsonObject } from "../../../python/index.js";
import { Answered, answer } from "../common/answer.js";
import { md5Hex } from "../common/hash-path.js";
import { ZERO, type Timestamp } from "../common/timestamp.js";

/** A value, and when it was set; the empty one is that of a key that was removed. */
export type Metadata = Record<string, readonly [value: string, at: Timestamp]>;

export interface ListingRow {
  readonly name: string;
  readonly deleted: 0 | 1;
  /** `ROWID`: who is newer in this replica. */
  readonly rowid: number;
}

/** How far something was synchronised, by the id of the other replica. */
export interface SyncPoint {
  readonly remote_id: string;
  readonly sync_point: number;
}

/** What both kinds of database are at first. */
export interface Birth {
  readonly id: string;
  readonly createdAt: Timestamp;
  readonly putTimestamp: Timestamp;
}

const MAX_META_COUNT = 90;
const MAX_META_OVERALL_SIZE = 4096;
const NO_HASH = "0".repeat(32);

export abstract class DatabaseBroker<R extends ListingRow> {
  readonly account: string;
  id: string;
  createdAt: Timestamp;
  putTimestamp: Timestamp;
  deleteTimestamp: Timestamp = "0";
  statusChangedAt: Timestamp;
  status: "" | "DELETED" = "";
  hash = NO_HASH;
  maxRow = -1;
  protected rows = new Map<string, R>();
  #metadata: Metadata = {};
  #incoming = new Map<string, number>();
  #outgoing = new Map<string, number>();
  #sorted: readonly R[] | undefined;

  constructor(account: string, { id, createdAt, putTimestamp }: Birth) {
    this.account = account;
    this.id = id;
    this.createdAt = createdAt;
    this.putTimestamp = putTimestamp;
    this.statusChangedAt = putTimestamp;
  }

  /** Whether it counts as not being there. */
  abstract get isDeleted(): boolean;
  abstract get empty(): boolean;
  /** Take over rows of another replica or updates, each by its own time. */
  abstract mergeItems(items: readonly JsonObject[], source?: string): void;
  /** What goes over the wire of a row. */
  protected abstract itemOf(row: R): JsonObject;
  /** What two replicas have in common if they have the same row. */
  protected abstract fingerprint(row: R): string;

  get metadata(): Readonly<Metadata> {
    return this.#metadata;
  }

  /** Keys with values, those of removed ones left out. */
  shownMetadata(): (readonly [key: string, value: string])[] {
    return Object.entries(this.#metadata)
      .filter(([, [value]]) => value !== "")
      .map(([key, [value]]) => [key, value]);
  }

  /** For each key the newer value stays. @throws Answered with 400 for more than is allowed */
  updateMetadata(updates: Readonly<Metadata>, validate = false): void {
    const merged = new Map(Object.entries(this.#metadata));
    for (const [key, value] of Object.entries(updates)) {
      const known = merged.get(key);
      if (known === undefined || value[1] > known[1]) merged.set(key, value);
    }
    if (validate) validateMetadata(merged);
    this.#metadata = Object.fromEntries(merged);
  }

  updatePutTimestamp(at: Timestamp): void {
    if (at > this.putTimestamp) this.putTimestamp = at;
  }

  updateStatusChangedAt(at: Timestamp): void {
    if (at > this.statusChangedAt) this.statusChangedAt = at;
  }

  /** All metadata goes, and it is marked. */
  deleteDb(at: Timestamp): void {
    const keys = Object.keys(this.#metadata);
    this.updateMetadata(Object.fromEntries(keys.map((key) => [key, ["", at] as const])));
    if (this.deleteTimestamp >= at) return;
    this.deleteTimestamp = at;
    this.status = "DELETED";
    this.statusChangedAt = at;
  }

  /** The earliest birth, the latest put and delete. */
  mergeTimestamps(created: Timestamp, put: Timestamp, deleted: Timestamp): void {
    const before = this.isDeleted;
    if (created < this.createdAt) this.createdAt = created;
    if (put > this.putTimestamp) this.putTimestamp = put;
    if (deleted > this.deleteTimestamp) this.deleteTimestamp = deleted;
    // A container that was deleted here was made again elsewhere, or the other way round.
    if (before !== this.isDeleted) this.updateStatusChangedAt(put > deleted ? put : deleted);
  }

  /** Rows that are not deleted, by the bytes of their names. */
  sorted(): readonly R[] {
    return (this.#sorted ??= [...this.rows.values()]
      .filter(({ deleted }) => deleted === 0)
      .sort((a, b) => compareNames(a.name, b.name)));
  }

  /** Deleted ones too. */
  get allRows(): readonly R[] {
    return [...this.rows.values()];
  }

  /** At most `count` rows that came behind `point`, as they go over the wire. */
  itemsSince(point: number, count: number): JsonObject[] {
    return [...this.rows.values()]
      .filter(({ rowid }) => rowid > point)
      .sort((a, b) => a.rowid - b.rowid)
      .slice(0, count)
      .map((row) => ({ ...this.itemOf(row), ROWID: row.rowid }));
  }

  syncPoint(remote: string, incoming: boolean): number {
    return (incoming ? this.#incoming : this.#outgoing).get(remote) ?? -1;
  }

  syncPoints(incoming = true): SyncPoint[] {
    return [...(incoming ? this.#incoming : this.#outgoing)].map(([remote_id, sync_point]) => ({
      remote_id,
      sync_point,
    }));
  }

  mergeSyncs(points: readonly SyncPoint[], incoming = true): void {
    const table = incoming ? this.#incoming : this.#outgoing;
    for (const { remote_id, sync_point } of points) {
      table.set(remote_id, Math.max(sync_point, table.get(remote_id) ?? -1));
    }
  }

  /** Rows and metadata of what was deleted before `age` are forgotten. */
  reclaim(age: Timestamp): void {
    for (const [key, row] of this.rows) {
      if (row.deleted === 1 && this.deletedAt(row) < age) this.drop(key);
    }
    const kept = Object.entries(this.#metadata).filter(
      ([, [value, at]]) => value !== "" || at >= age,
    );
    this.#metadata = Object.fromEntries(kept);
  }

  /** The file was copied from another host: it is a replica of its own from now on. */
  newId(id: string, remote: string): void {
    this.id = id;
    this.mergeSyncs([{ remote_id: remote, sync_point: this.maxRow }]);
  }

  /** Rows by their names keep the numbers that they had in a file that was copied. */
  renumber(rowids: ReadonlyMap<string, number>, maxRow: number): void {
    for (const [key, row] of this.rows) {
      this.rows.set(key, { ...row, rowid: rowids.get(key) ?? row.rowid });
    }
    this.maxRow = maxRow;
    this.#sorted = undefined;
  }

  /** The sync tables as they are in a file that is copied. */
  protected takeOver(other: DatabaseBroker<R>): void {
    this.deleteTimestamp = other.deleteTimestamp;
    this.statusChangedAt = other.statusChangedAt;
    this.status = other.status;
    this.hash = other.hash;
    this.maxRow = other.maxRow;
    this.rows = new Map(other.rows);
    this.#metadata = { ...other.#metadata };
    this.#incoming = new Map(other.#incoming);
    this.#outgoing = new Map(other.#outgoing);
    this.#sorted = undefined;
  }

  protected abstract deletedAt(row: R): Timestamp;

  protected drop(key: string): void {
    const row = this.rows.get(key);
    if (row === undefined) return;
    this.rows.delete(key);
    this.#sorted = undefined;
    this.hash = xor(this.hash, md5Hex(this.fingerprint(row)));
  }

  protected add(key: string, row: Omit<R, "rowid">): void {
    this.drop(key);
    this.#sorted = undefined;
    this.maxRow = Math.max(0, this.maxRow) + 1;
    const numbered = { ...row, rowid: this.maxRow } as R;
    this.rows.set(key, numbered);
    this.hash = xor(this.hash, md5Hex(this.fingerprint(numbered)));
  }
}

/** As SQLite compares texts: by their bytes in UTF-8, which is by code points. */
export function compareNames(a: string, b: string): number {
  if (a === b) return 0;
  const [one, other] = [Array.from(a), Array.from(b)];
  for (const [at, sign] of one.entries()) {
    const difference = (sign.codePointAt(0) ?? 0) - (other[at]?.codePointAt(0) ?? -1);
    if (difference !== 0) return difference;
  }
  return -1;
}

function xor(a: string, b: string): string {
  let text = "";
  for (let at = 0; at < 32; at += 8) {
    const word = parseInt(a.slice(at, at + 8), 16) ^ parseInt(b.slice(at, at + 8), 16);
    text += (word >>> 0).toString(16).padStart(8, "0");
  }
  return text;
}

/** @throws Answered with 400 */
function validateMetadata(metadata: ReadonlyMap<string, readonly [string, Timestamp]>): void {
  let count = 0;
  let size = 0;
  for (const [key, [value]] of metadata) {
    const [, name] = /^x-(?:account|container)-meta-(.*)$/.exec(key) ?? [];
    if (name === undefined || value === "") continue;
    count++;
    size += name.length + value.length;
  }
  const refuse = (body: string): never => {
    throw new Answered(answer(400, { body }));
  };
  if (count > MAX_META_COUNT) refuse(`Too many metadata items; max ${String(MAX_META_COUNT)}`);
  if (size > MAX_META_OVERALL_SIZE) {
    refuse(`Total metadata too large; max ${String(MAX_META_OVERALL_SIZE)}`);
  }
}

/** A member of an item that came over the wire, as text. */
export const textIn = (item: JsonObject, key: string): string => {
  const value: Json | undefined = item[key];
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : ZERO;
};

export const numberIn = (item: JsonObject, key: string): number => {
  const number = Number(item[key] ?? 0);
  return Number.isFinite(number) ? number : 0;
};
