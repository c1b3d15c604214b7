/**
 * One replica of an account: its containers and what they have told of themselves. Times of a
 * container only grow; its counts are those that came last. Upstream: swift/account/backend.py
 * (AccountBroker) at 2.2.0.
 */
import type { JsonObject } from "../../../python/index.js";
import type { Timestamp } from "../common/timestamp.js";
import { DatabaseBroker, numberIn, textIn, type ListingRow } from "./broker.js";
import { listed, type ListOptions, type Subdir } from "./listing.js";

export interface ContainerRow extends ListingRow {
  readonly put_timestamp: Timestamp;
  readonly delete_timestamp: Timestamp;
  readonly object_count: number;
  readonly bytes_used: number;
}

/** What a container tells of itself. */
export type ContainerRecord = Omit<ContainerRow, "rowid" | "deleted">;

export class AccountBroker extends DatabaseBroker<ContainerRow> {
  containerCount = 0;
  objectCount = 0;
  bytesUsed = 0;

  override get isDeleted(): boolean {
    if (this.status === "DELETED") return true;
    return this.empty && Number(this.deleteTimestamp) > Number(this.putTimestamp);
  }

  /** Somebody has deleted it; the reaper may not have been there. */
  get isStatusDeleted(): boolean {
    return this.status === "DELETED" || this.deleteTimestamp > this.putTimestamp;
  }

  override get empty(): boolean {
    return this.containerCount === 0;
  }

  putContainer(record: ContainerRecord): void {
    this.#merge(record);
  }

  list(options: ListOptions): (ContainerRow | Subdir)[] {
    return listed(this.sorted(), { ...options, path: undefined });
  }

  override mergeItems(items: readonly JsonObject[], source?: string): void {
    for (const item of items) {
      this.#merge({
        name: textIn(item, "name"),
        put_timestamp: textIn(item, "put_timestamp"),
        delete_timestamp: textIn(item, "delete_timestamp"),
        object_count: numberIn(item, "object_count"),
        bytes_used: numberIn(item, "bytes_used"),
      });
    }
    if (source === undefined) return;
    const sync_point = Math.max(...items.map((item) => numberIn(item, "ROWID")), -1);
    this.mergeSyncs([{ remote_id: source, sync_point }]);
  }

  copy(): AccountBroker {
    const { id, createdAt, putTimestamp } = this;
    const copy = new AccountBroker(this.account, { id, createdAt, putTimestamp });
    copy.takeOver(this);
    copy.containerCount = this.containerCount;
    copy.objectCount = this.objectCount;
    copy.bytesUsed = this.bytesUsed;
    return copy;
  }

  protected override itemOf({ rowid: _, ...row }: ContainerRow): JsonObject {
    return { ...row, storage_policy_index: 0 };
  }

  protected override fingerprint(row: ContainerRow): string {
    const { name, put_timestamp, delete_timestamp, object_count, bytes_used } = row;
    return `${name}-${put_timestamp}-${delete_timestamp}-${String(object_count)}-${String(bytes_used)}`;
  }

  protected override deletedAt({ delete_timestamp }: ContainerRow): Timestamp {
    return delete_timestamp;
  }

  protected override drop(key: string): void {
    const row = this.rows.get(key);
    if (row?.deleted === 0) {
      this.containerCount--;
      this.objectCount -= row.object_count;
      this.bytesUsed -= row.bytes_used;
    }
    super.drop(key);
  }

  #merge(record: ContainerRecord): void {
    const { name, object_count, bytes_used } = record;
    const known = this.rows.get(name);
    const put = later(record.put_timestamp, known?.put_timestamp);
    const gone = later(record.delete_timestamp, known?.delete_timestamp);
    const deleted = gone > put && object_count === 0 ? 1 : 0;
    const times = { put_timestamp: put, delete_timestamp: gone };
    this.add(name, { name, ...times, object_count, bytes_used, deleted });
    if (deleted === 1) return;
    this.containerCount++;
    this.objectCount += object_count;
    this.bytesUsed += bytes_used;
  }
}

const later = (one: Timestamp, other: Timestamp = one): Timestamp => (other > one ? other : one);
