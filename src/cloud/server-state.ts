/** A server as it is stored: what an operator would read from the database. */
import type { NovaDatabase } from "../services/nova/db/database.js";
import { POWER_STATE_NAMES } from "../hardware/power-states.js";
import { statusOf } from "../services/nova/states/status.js";

export interface ServerState {
  readonly id: string;
  readonly name: string;
  /** As users see it: `ACTIVE`. */
  readonly status: string;
  readonly vm_state: string;
  readonly task_state: string | null;
  /** `Running`. */
  readonly power_state: string;
  readonly host: string | null;
  /** The last fault's message. */
  readonly fault: string | null;
}

/** By name (the newest, deleted ones last) or by id. */
export function serverState(db: NovaDatabase, nameOrId: string): ServerState | undefined {
  const row =
    db.instances.getAny(nameOrId) ??
    db.instances.find({ display_name: nameOrId }).at(-1) ??
    db.instances.findAny({ display_name: nameOrId }).at(-1);
  if (row === undefined) return undefined;
  const fault = db.instance_faults.findAny({ instance_uuid: row.uuid }).at(-1);
  return {
    id: row.uuid,
    name: row.display_name,
    status: statusOf(row.vm_state, row.task_state, row.deleted !== 0),
    vm_state: row.vm_state,
    task_state: row.task_state,
    power_state: POWER_STATE_NAMES.get(row.power_state) ?? String(row.power_state),
    host: row.host,
    fault: fault?.message ?? null,
  };
}

/** How many servers have that status. */
export function countServers(db: NovaDatabase, status: string): number {
  return db.instances.find().filter((row) => statusOf(row.vm_state, row.task_state) === status)
    .length;
}
