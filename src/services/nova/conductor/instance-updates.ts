/**
 * The columns that may be written past the objects, the old way. Upstream:
 * nova/conductor/manager.py (allowed_updates, instance_update); nova §0.2.
 */
import type { RequestContext } from "../../../framework/index.js";
import { KeyError, type JsonObject } from "../../../python/index.js";
import type { NovaDatabase } from "../db/database.js";
import { updateInstance, type InstanceUpdate } from "../db/instances/instances.js";
import type { Expectations } from "../objects/instance.js";
import type { TaskState } from "../states/task-states.js";

const ALLOWED = new Set([
  ...["task_state", "vm_state", "expected_task_state", "power_state", "access_ip_v4"],
  ...["access_ip_v6", "launched_at", "terminated_at", "host", "node", "memory_mb", "vcpus"],
  ...["root_gb", "ephemeral_gb", "instance_type_id", "root_device_name", "launched_on"],
  ...["progress", "vm_mode", "default_ephemeral_device", "default_swap_device"],
  ...["system_metadata", "updated_at"],
]);

/**
 * Write `updates`.
 * @throws KeyError for a column that is not on the list; InstanceNotFound, UnexpectedTaskStateError
 */
export function writeInstance(
  db: NovaDatabase,
  { read_deleted }: RequestContext,
  uuid: string,
  updates: JsonObject,
): InstanceUpdate {
  const refused = Object.keys(updates).find((key) => !ALLOWED.has(key));
  if (refused !== undefined) throw new KeyError(`unexpected update keyword '${refused}'`);
  // The database dates its rows itself.
  const { expected_task_state: expected, updated_at: _, ...columns } = updates;
  return updateInstance(db, uuid, columns, expectations(expected), "unicode", read_deleted);
}

/** One state or several; upstream takes both. */
function expectations(expected: JsonObject[string] | undefined): Expectations {
  if (expected === undefined) return {};
  return { expected_task_state: expected as TaskState | readonly TaskState[] };
}
