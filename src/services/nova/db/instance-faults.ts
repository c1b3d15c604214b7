/** Faults of instances; the last one counts. Upstream: nova/objects/instance_fault.py. */
import type { ObjectStore } from "../objects/base.js";
import { InstanceFault } from "../objects/instance-fault.js";
import type { NovaDatabase } from "./database.js";

export function createFault(db: NovaDatabase, fault: InstanceFault): void {
  const { instance_uuid, code, message, details, host } = fault;
  const { id, created_at } = db.instance_faults.insert({
    instance_uuid,
    code,
    message,
    details,
    host,
  });
  fault.refreshWith({ id, created_at });
}

export function latestFault(
  db: NovaDatabase,
  store: ObjectStore,
  instanceUuid: string,
): InstanceFault | null {
  const row = db.instance_faults.find({ instance_uuid: instanceUuid }).at(-1);
  if (row === undefined) return null;
  const { id, instance_uuid, code, message, details, host, created_at } = row;
  return new InstanceFault(store, { id, instance_uuid, code, message, details, host, created_at });
}
