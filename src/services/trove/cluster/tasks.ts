/** What is being done with a cluster, as the column `task_id` says it. Upstream: trove/cluster/tasks.py at 2014.2. */
export interface ClusterTask {
  readonly code: number;
  readonly name: string;
  readonly description: string;
}

const task = (code: number, name: string, description: string): ClusterTask => ({
  code,
  name,
  description,
});

export const NONE = task(0x01, "NONE", "No tasks for the cluster.");
export const BUILDING_INITIAL = task(0x02, "BUILDING", "Building the initial cluster.");
export const DELETING = task(0x03, "DELETING", "Deleting the cluster.");
export const ADDING_SHARD = task(0x04, "ADDING_SHARD", "Adding a shard to the cluster.");

const ALL: readonly ClusterTask[] = [NONE, BUILDING_INITIAL, DELETING, ADDING_SHARD];

export const clusterTaskOf = ({ task_id }: { readonly task_id: number }): ClusterTask =>
  ALL.find(({ code }) => code === task_id) ?? NONE;
