/** Instances that are read and never written, see `../store/snapshots.ts`, and what they know of their network. */
import type { Row } from "../../../../framework/index.js";
import type { ObjectStore } from "../../objects/base/versioned-object.js";
import type { Instance } from "../../objects/instance.js";
import type { InstanceInfoCache } from "../../objects/instance-info-cache.js";
import type { NovaDatabase } from "../database.js";
import type { InfoCacheRow, InstanceRow } from "../schema.js";
import { Snapshots } from "../store/snapshots.js";
import { infoCacheFromRow, instanceFromRow } from "./instances.js";

export type InstanceSnapshots = Snapshots<Row<InstanceRow>, Instance>;

export function instanceSnapshots(db: NovaDatabase, store: ObjectStore): InstanceSnapshots {
  // Kept by their own rows: an instance is written a dozen times while it is built, its network three times.
  const caches = new Snapshots<Row<InfoCacheRow>, InstanceInfoCache>((row) =>
    infoCacheFromRow(store, row),
  );
  return new Snapshots(
    (row) => instanceFromRow(db, store, row, (cache) => caches.of(cache)),
    ({ uuid }) => [
      db.instance_info_caches.getAny(uuid),
      db.instance_metadata.getAny(uuid),
      db.instance_system_metadata.getAny(uuid),
      db.instance_extra.getAny(uuid),
    ],
  );
}
