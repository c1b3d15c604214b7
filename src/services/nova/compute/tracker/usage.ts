/** What the resource tracker needs to know of an instance. Both objects and plain rows have it. */
import type { TaskState } from "../../task-states.js";
import type { VmState } from "../../vm-states.js";

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

/** What `instance` is now, whatever becomes of it. */
export function usageOf(instance: InstanceUsage): InstanceUsage {
  const { uuid, host, node, project_id, os_type, vm_state, task_state } = instance;
  const { memory_mb, root_gb, ephemeral_gb, vcpus } = instance;
  const states = { uuid, host, node, project_id, os_type, vm_state, task_state };
  return { ...states, memory_mb, root_gb, ephemeral_gb, vcpus };
}
