/** What hosts have and what Nova believes of them: nodes, guests, and what projects may have. */
import { POWER_STATE_NAMES } from "../../hardware/power-states.js";
import type { Hypervisor } from "../../hardware/hypervisor.js";
import type { NovaDatabase } from "../../services/nova/db/database.js";
import type { Kind } from "./query.js";

/**
 * A compute host as the resource tracker last wrote it: what it has and what of it is promised.
 *
 * @example
 * ```ts
 * import { Cloud, type NodeState } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, computes: 2 });
 * const nodes: readonly NodeState[] = cloud.nodes();
 * nodes.map(({ host }) => host).join(); // → "compute-1,compute-2"
 * ```
 */
export interface NodeState {
  readonly host: string;
  readonly hypervisor_hostname: string;
  readonly vcpus: number;
  readonly vcpus_used: number;
  readonly memory_mb: number;
  readonly memory_mb_used: number;
  readonly local_gb: number;
  readonly local_gb_used: number;
  readonly running_vms: number;
  readonly current_workload: number;
  /** Whether an operator has taken its service out of the scheduler's choice. */
  readonly disabled: boolean;
}

export const NODES: Kind<NodeState> = {
  name: "nodes",
  fields: [
    "host",
    "hypervisor_hostname",
    "vcpus",
    "vcpus_used",
    "memory_mb",
    "memory_mb_used",
    "local_gb",
    "local_gb_used",
    "running_vms",
    "current_workload",
    "disabled",
  ],
};

export const nodesIn = (db: NovaDatabase): NodeState[] =>
  db.compute_nodes.find().map((row) => {
    const service = db.services.getAny(row.service_id);
    return {
      host: service?.host ?? row.hypervisor_hostname,
      hypervisor_hostname: row.hypervisor_hostname,
      vcpus: row.vcpus,
      vcpus_used: row.vcpus_used,
      memory_mb: row.memory_mb,
      memory_mb_used: row.memory_mb_used,
      local_gb: row.local_gb,
      local_gb_used: row.local_gb_used,
      running_vms: row.running_vms,
      current_workload: row.current_workload,
      disabled: service?.disabled ?? false,
    };
  });

/**
 * A guest on a hypervisor, whatever Nova believes.
 *
 * @example
 * ```ts
 * import { Cloud, type GuestState } from "novasim";
 *
 * const guests: readonly GuestState[] = new Cloud({ seed: 1 }).guests();
 * guests.length; // → 0
 * ```
 */
export interface GuestState {
  /** The id of its server. */
  readonly server: string;
  readonly host: string;
  /** `instance-00000001`. */
  readonly name: string;
  /** `Running`. */
  readonly power_state: string;
  readonly vcpus: number;
  readonly memory_mb: number;
  readonly disk_gb: number;
}

export const GUESTS: Kind<GuestState> = {
  name: "guests",
  fields: ["server", "host", "name", "power_state", "vcpus", "memory_mb", "disk_gb"],
  values: { power_state: [...POWER_STATE_NAMES.values()] },
};

export const guestsOn = (hosts: ReadonlyMap<string, Hypervisor>): GuestState[] =>
  [...hosts].flatMap(([host, hypervisor]) =>
    hypervisor.guests.map(({ uuid, name, powerState, vcpus, memory_mb, disk_gb }) => ({
      server: uuid,
      host,
      name,
      power_state: POWER_STATE_NAMES.get(powerState) ?? String(powerState),
      vcpus,
      memory_mb,
      disk_gb,
    })),
  );

/**
 * What a project uses of a resource, as a service's quotas have it. Reservations are what is being made.
 *
 * @example
 * ```ts
 * import { Cloud, type QuotaState } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * cloud.user("demo").command("nova boot t1 --flavor m1.nano --image cirros");
 * const instances: QuotaState | undefined = cloud.quotas("demo", { resource: "instances" })[0];
 * instances?.in_use; // → 1
 * ```
 */
export interface QuotaState {
  /** `nova` or `cinder`. */
  readonly service: string;
  readonly project_id: string;
  /** Null: of all users together. */
  readonly user_id: string | null;
  /** `instances`, `cores`, `ram`, `volumes`, `gigabytes` ... */
  readonly resource: string;
  readonly in_use: number;
  readonly reserved: number;
}

export const QUOTAS: Kind<QuotaState> = {
  name: "quotas",
  fields: ["service", "project_id", "user_id", "resource", "in_use", "reserved"],
  values: { service: ["nova", "cinder"] },
};
