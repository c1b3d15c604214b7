/**
 * Counts of the instances on a node, by state. The scheduler reads `num_instances` and
 * `io_workload`. A count that has come down to zero stays until the next audit, as upstream.
 * Upstream: nova/compute/stats.py at 2014.2.
 */
import * as taskStates from "../../states/task-states.js";
import * as vmStates from "../../states/vm-states.js";
import type { InstanceUsage } from "./claims.js";

/** Tasks that are hard on disks, beside building. */
const IO_TASKS = [
  taskStates.RESIZE_MIGRATING,
  taskStates.REBUILDING,
  taskStates.RESIZE_PREP,
  taskStates.IMAGE_SNAPSHOT,
  taskStates.IMAGE_BACKUP,
  taskStates.RESCUING,
  taskStates.UNSHELVING,
] as const;

export class Stats {
  readonly #counts = new Map<string, number>();
  /** The keys under which each instance is counted now. */
  readonly #counted = new Map<string, readonly string[]>();

  get(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  get runningVms(): number {
    return this.get("num_instances");
  }

  /** Instances that something is being done to. */
  get workload(): number {
    let workload = 0;
    for (const [key, count] of this.#counts) {
      if (key.startsWith("num_task_") && key !== "num_task_None") workload += count;
    }
    return workload;
  }

  /** Count `instance` as it is now, and no longer as it was. */
  update(instance: InstanceUsage): void {
    const before = this.#counted.get(instance.uuid);
    if (before === undefined) this.#add("num_instances", 1);
    else for (const key of before) this.#add(key, -1);
    if (instance.vm_state === vmStates.DELETED) {
      this.#add("num_instances", -1);
      this.#counted.delete(instance.uuid);
    } else {
      const keys = [
        `num_vm_${instance.vm_state}`,
        `num_task_${instance.task_state ?? "None"}`,
        `num_os_type_${instance.os_type ?? "None"}`,
        `num_proj_${instance.project_id}`,
      ];
      for (const key of keys) this.#add(key, 1);
      this.#counted.set(instance.uuid, keys);
    }
    this.#counts.set("io_workload", this.#ioWorkload());
  }

  /** As the column `stats` holds it (`jsonutils.dumps`); keys sorted, so that equal counts are equal texts. */
  toString(): string {
    const counts = [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1));
    const members = counts.map(([key, count]) => `${JSON.stringify(key)}: ${String(count)}`);
    return `{${members.join(", ")}}`;
  }

  #ioWorkload(): number {
    const tasks = IO_TASKS.reduce((sum, task) => sum + this.get(`num_task_${task}`), 0);
    return tasks + this.get(`num_vm_${vmStates.BUILDING}`);
  }

  #add(key: string, by: number): void {
    this.#counts.set(key, this.get(key) + by);
  }
}
