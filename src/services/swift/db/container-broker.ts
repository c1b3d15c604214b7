/**
 * One replica of a container: its objects as a listing has them. The newer row of a name wins, whatever
 * order rows come in. There is one storage policy. Upstream: swift/container/backend.py (ContainerBroker)
 * at 2.2.0.
 */
import type { JsonObject } from "../../../python/index.js";
import type { Timestamp } from "../common/timestamp.js";
import { DatabaseBroker, numberIn, textIn, type Birth, type ListingRow } from "./broker.js";
import { listed, type ListOptions, type Subdir } from "./listing.js";

export interface ObjectRow extends ListingRow {
  readonly created_at: Timestamp;
  readonly size: number;
  readonly content_type: string;
  readonly etag: string;
}

/** An object as updates and replicas tell of it. */
export type ObjectRecord = Omit<ObjectRow, "rowid">;

/** What was last told to the account. */
interface Reported {
  readonly put_timestamp: Timestamp;
  readonly delete_timestamp: Timestamp;
  readonly object_count: number;
  readonly bytes_used: number;
}

export class ContainerBroker extends DatabaseBroker<ObjectRow> {
  readonly container: string;
  objectCount = 0;
  bytesUsed = 0;
  #reported: Reported = {
    put_timestamp: "0",
    delete_timestamp: "0",
    object_count: 0,
    bytes_used: 0,
  };

  constructor(account: string, container: string, birth: Birth) {
    super(account, birth);
    this.container = container;
  }

  override get isDeleted(): boolean {
    return this.empty && Number(this.deleteTimestamp) > Number(this.putTimestamp);
  }

  override get empty(): boolean {
    return this.objectCount === 0;
  }

  putObject(record: ObjectRecord): void {
    this.#merge([record]);
  }

  deleteObject(name: string, at: Timestamp): void {
    const gone = { size: 0, content_type: "application/deleted", etag: "noetag" };
    this.putObject({ name, created_at: at, deleted: 1, ...gone });
  }

  /** What the account should know, and whether it has been told. */
  get report(): Reported {
    return {
      put_timestamp: this.putTimestamp,
      delete_timestamp: this.deleteTimestamp,
      object_count: this.objectCount,
      bytes_used: this.bytesUsed,
    };
  }

  get reported(): Reported {
    return this.#reported;
  }

  markReported(report: Reported): void {
    this.#reported = report;
  }

  get upToDate(): boolean {
    const [told, now] = [this.#reported, this.report];
    return (
      told.put_timestamp === now.put_timestamp &&
      told.delete_timestamp === now.delete_timestamp &&
      told.object_count === now.object_count &&
      told.bytes_used === now.bytes_used
    );
  }

  list(options: ListOptions): (ObjectRow | Subdir)[] {
    return listed(this.sorted(), options);
  }

  override mergeItems(items: readonly JsonObject[], source?: string): void {
    this.#merge(
      items.map((item) => ({
        name: textIn(item, "name"),
        created_at: textIn(item, "created_at"),
        size: numberIn(item, "size"),
        content_type: textIn(item, "content_type"),
        etag: textIn(item, "etag"),
        deleted: numberIn(item, "deleted") === 0 ? 0 : 1,
      })),
    );
    if (source === undefined) return;
    const sync_point = Math.max(...items.map((item) => numberIn(item, "ROWID")), -1);
    this.mergeSyncs([{ remote_id: source, sync_point }]);
  }

  /** The same file under another path, until it is given an id of its own. */
  copy(): ContainerBroker {
    const { id, createdAt, putTimestamp } = this;
    const copy = new ContainerBroker(this.account, this.container, { id, createdAt, putTimestamp });
    copy.takeOver(this);
    copy.objectCount = this.objectCount;
    copy.bytesUsed = this.bytesUsed;
    copy.#reported = this.#reported;
    return copy;
  }

  override newId(id: string, remote: string): void {
    super.newId(id, remote);
    // ContainerBroker._newid: the account is told by this replica, too.
    this.#reported = {
      put_timestamp: "0",
      delete_timestamp: "0",
      object_count: 0,
      bytes_used: 0,
    };
  }

  protected override itemOf({ rowid: _, ...row }: ObjectRow): JsonObject {
    return { ...row, storage_policy_index: 0 };
  }

  protected override fingerprint({ name, created_at }: ObjectRow): string {
    return `${name}-${created_at}`;
  }

  protected override deletedAt({ created_at }: ObjectRow): Timestamp {
    return created_at;
  }

  protected override drop(key: string): void {
    const row = this.rows.get(key);
    if (row?.deleted === 0) {
      this.objectCount--;
      this.bytesUsed -= row.size;
    }
    super.drop(key);
  }

  #merge(records: readonly ObjectRecord[]): void {
    for (const record of records) {
      const known = this.rows.get(record.name);
      if (known !== undefined && known.created_at >= record.created_at) continue;
      this.add(record.name, record);
      if (record.deleted === 1) continue;
      this.objectCount++;
      this.bytesUsed += record.size;
    }
  }
}
