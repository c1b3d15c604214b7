/**
 * What two replicas of a database tell each other of themselves. Upstream: swift/common/db.py
 * (get_replication_info) at 2.2.0.
 */
import type { JsonObject } from "../../../python/index.js";
import type { AccountBroker } from "./account-broker.js";
import type { ContainerBroker } from "./container-broker.js";

export type Broker = AccountBroker | ContainerBroker;

/** Where on a drive they are. */
export type TableName = "accounts" | "containers";

export function replicationInfo(broker: Broker): JsonObject {
  const common = {
    account: broker.account,
    created_at: broker.createdAt,
    put_timestamp: broker.putTimestamp,
    delete_timestamp: broker.deleteTimestamp,
    status_changed_at: broker.statusChangedAt,
    hash: broker.hash,
    id: broker.id,
    max_row: broker.maxRow,
    metadata: Object.fromEntries(
      Object.entries(broker.metadata).map(([key, pair]) => [key, [...pair]]),
    ),
  };
  if (!("container" in broker)) {
    const { containerCount, objectCount, bytesUsed } = broker;
    return { ...common, count: containerCount, object_count: objectCount, bytes_used: bytesUsed };
  }
  const { container, objectCount, bytesUsed, reported } = broker;
  return {
    ...common,
    container,
    count: objectCount,
    bytes_used: bytesUsed,
    reported_put_timestamp: reported.put_timestamp,
    reported_delete_timestamp: reported.delete_timestamp,
    reported_object_count: reported.object_count,
    reported_bytes_used: reported.bytes_used,
    storage_policy_index: 0,
  };
}
