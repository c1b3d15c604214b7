/** Servers as they are stored: what an operator would read from Nova's database. */
import { POWER_STATE_NAMES } from "../../hardware/power-states.js";
import type { NovaDatabase } from "../../services/nova/db/database.js";
import { allStatuses, statusOf } from "../../services/nova/states/status.js";
import type { Kind } from "./query.js";

/**
 * A server as it is stored. Times are texts of the cloud's calendar, sizes MB and GB as the names say.
 *
 * @example
 * ```ts
 * import { Cloud, type ServerState } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * cloud.user("demo").command("nova boot t1 --flavor m1.nano --image cirros");
 * cloud.settle();
 * const server: ServerState | undefined = cloud.server("t1");
 * server?.power_state; // → "Running"
 * ```
 */
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
  readonly project_id: string;
  readonly user_id: string;
  /** The image's id; empty if it was booted from a volume. */
  readonly image: string;
  /** The flavor's name. */
  readonly flavor: string;
  readonly vcpus: number;
  readonly memory_mb: number;
  readonly root_gb: number;
  readonly ephemeral_gb: number;
}

export const SERVERS: Kind<ServerState> = {
  name: "servers",
  fields: [
    "id",
    "name",
    "status",
    "vm_state",
    "task_state",
    "power_state",
    "host",
    "fault",
    "project_id",
    "user_id",
    "image",
    "flavor",
    "vcpus",
    "memory_mb",
    "root_gb",
    "ephemeral_gb",
  ],
  values: { status: allStatuses(), power_state: [...POWER_STATE_NAMES.values()] },
};

type Instance = NonNullable<ReturnType<NovaDatabase["instances"]["getAny"]>>;

/** Those that there are, oldest first. */
export const serversIn = (db: NovaDatabase): ServerState[] =>
  db.instances.find().map((row) => stateOf(db, row));

/** By name (the newest, deleted ones last) or by id. */
export function serverState(db: NovaDatabase, nameOrId: string): ServerState | undefined {
  const row =
    db.instances.getAny(nameOrId) ??
    db.instances.find({ display_name: nameOrId }).at(-1) ??
    db.instances.findAny({ display_name: nameOrId }).at(-1);
  return row === undefined ? undefined : stateOf(db, row);
}

/** How many servers have that status. */
export function countServers(db: NovaDatabase, status: string): number {
  return db.instances.find().filter((row) => statusOf(row.vm_state, row.task_state) === status)
    .length;
}

function stateOf(db: NovaDatabase, row: Instance): ServerState {
  const fault = db.instance_faults.findAny({ instance_uuid: row.uuid }).at(-1);
  const flavor = db.instance_types.getAny(row.instance_type_id);
  return {
    id: row.uuid,
    name: row.display_name,
    status: statusOf(row.vm_state, row.task_state, row.deleted !== 0),
    vm_state: row.vm_state,
    task_state: row.task_state,
    power_state: POWER_STATE_NAMES.get(row.power_state) ?? String(row.power_state),
    host: row.host,
    fault: fault?.message ?? null,
    project_id: row.project_id,
    user_id: row.user_id,
    image: row.image_ref,
    flavor: flavor?.name ?? "",
    vcpus: row.vcpus,
    memory_mb: row.memory_mb,
    root_gb: row.root_gb,
    ephemeral_gb: row.ephemeral_gb,
  };
}
