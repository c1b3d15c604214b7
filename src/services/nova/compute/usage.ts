/** What the resource tracker needs to know of an instance. Both objects and plain rows have it. */
import type { TaskState } from "../task-states.js";
import type { VmState } from "../vm-states.js";

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
