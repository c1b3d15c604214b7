/**
 * A cluster goes when all of its instances have; nobody waits for longer than three minutes, and then it stays.
 * Upstream: trove/taskmanager/models.py (ClusterTasks.delete_cluster) at 2014.2.
 */
import { done, type Op } from "../../../../kernel/index.js";
import { clusterById, instancesOf, setClusterTask } from "../../cluster/clusters.js";
import { NONE } from "../../cluster/tasks.js";
import type { TroveContext } from "../../context.js";
import { PollTimeOut } from "../../exception.js";
import { pollUntil } from "../../poll.js";
import type { TaskParts } from "../task-parts.js";

export function* deleteCluster(parts: TaskParts, ctxt: TroveContext, id: string): Op<void> {
  const { db, env, flags } = parts;
  clusterById(parts, ctxt, id);
  const patience = { sleepTime: 2, timeOut: flags.cluster_delete_time_out };
  try {
    yield* pollUntil(env, patience, () => done(instancesOf(db, id).length === 0));
  } catch (error) {
    if (!(error instanceof PollTimeOut)) throw error;
    env.log("error", "timeout for instances to be marked as deleted.");
    return;
  }
  setClusterTask(db, id, NONE);
  db.clusters.softDelete(id);
}
