/**
 * What an instance takes of a node, and whether there is room for it. Limits come from the
 * scheduler; what has no limit has no end: by default only memory is checked. Upstream:
 * nova/compute/claims.py at 2014.2; nova §1.6.
 */
import { ComputeResourcesUnavailable } from "../../exception.js";
import type { Limits } from "../../scheduler/rpcapi.js";
import type { TaskState } from "../../states/task-states.js";
import type { VmState } from "../../states/vm-states.js";

/** What the resource tracker needs to know of an instance. Both objects and plain rows have it. */
export interface InstanceUsage {
  readonly uuid: string;
  readonly host: string | null;
  readonly node: string | null;
  readonly project_id: string;
  readonly os_type: string | null;
  readonly vm_state: VmState;
  readonly task_state: TaskState;
  readonly memory_mb: number;
  readonly root_gb: number;
  readonly ephemeral_gb: number;
  readonly vcpus: number;
}

/** What a server of a flavor takes. */
export interface Sizes {
  readonly memory_mb: number;
  readonly root_gb: number;
  readonly ephemeral_gb: number;
  readonly vcpus: number;
}

/** What `instance` is now, whatever becomes of it. */
export function usageOf(instance: InstanceUsage): InstanceUsage {
  const { uuid, host, node, project_id, os_type, vm_state, task_state } = instance;
  const { memory_mb, root_gb, ephemeral_gb, vcpus } = instance;
  return {
    uuid,
    host,
    node,
    project_id,
    os_type,
    vm_state,
    task_state,
    memory_mb,
    root_gb,
    ephemeral_gb,
    vcpus,
  };
}

/** What a node has, or what is in use there. */
export interface Used {
  readonly memory_mb: number;
  readonly local_gb: number;
  readonly vcpus: number;
}

/** What is logged of a claim before it is decided (`LOG.audit`); of CPUs only those hear who ask for everything. */
export function claimLines(
  { memory_mb, root_gb, ephemeral_gb }: Sizes,
  overheadMb: number,
  total: Used,
  used: Used,
  limits: Limits,
): string[] {
  const wanted = `memory ${String(memory_mb + overheadMb)} MB, disk ${String(root_gb + ephemeral_gb)} GB`;
  return [
    `Attempting claim: ${wanted}`,
    ...roomOf("memory", "MB", total.memory_mb, used.memory_mb, limits.memory_mb),
    ...roomOf("disk", "GB", total.local_gb, used.local_gb, limits.disk_gb),
  ];
}

const roomOf = (
  what: string,
  unit: string,
  total: number,
  used: number,
  limit: number | undefined,
): string[] => [
  `Total ${what}: ${String(total)} ${unit}, used: ${used.toFixed(2)} ${unit}`,
  limit === undefined
    ? `${what} limit not specified, defaulting to unlimited`
    : `${what} limit: ${limit.toFixed(2)} ${unit}, free: ${(limit - used).toFixed(2)} ${unit}`,
];

/**
 * CPUs are a resource that is plugged in (nova/compute/resources/vcpu.py), which says its unit itself.
 * @throws ComputeResourcesUnavailable naming everything there is too little of
 */
export function testClaim(wanted: Sizes, overheadMb: number, used: Used, limits: Limits): void {
  const { root_gb, ephemeral_gb, vcpus } = wanted;
  const reasons = [
    test("memory", " MB", wanted.memory_mb + overheadMb, used.memory_mb, limits.memory_mb),
    test("disk", " GB", root_gb + ephemeral_gb, used.local_gb, limits.disk_gb),
    test("CPUs", " VCPUs", vcpus, used.vcpus, limits.vcpu),
  ].filter((reason) => reason !== undefined);
  if (reasons.length > 0) throw new ComputeResourcesUnavailable({ reason: reasons.join("; ") });
}

function test(
  what: string,
  unit: string,
  requested: number,
  used: number,
  limit: number | undefined,
): string | undefined {
  if (limit === undefined) return undefined;
  const free = limit - used;
  if (requested <= free) return undefined;
  return `Free ${what} ${free.toFixed(2)}${unit} < requested ${String(requested)}${unit}`;
}
