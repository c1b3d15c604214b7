/**
 * Clusters as they are stored, and their instances. Upstream: trove/cluster/models.py (Cluster, DBCluster) at
 * 2014.2.
 */
import type { Row } from "../../../framework/index.js";
import type { TroveContext } from "../context.js";
import type { TroveDatabase } from "../db/database.js";
import type { ClusterRow } from "../db/schema.js";
import { ClusterNotFound, ModelNotFoundError, UnprocessableEntity } from "../exception.js";
import type { InstanceRecord } from "../instance/instances.js";
import type { TroveParts } from "../parts.js";
import { clusterTaskOf, DELETING, NONE, type ClusterTask } from "./tasks.js";

export type Cluster = Row<ClusterRow>;

/** @throws ClusterNotFound, for whoever may not see it as well */
export function clusterById(
  { env, db }: Pick<TroveParts, "env" | "db">,
  ctxt: TroveContext,
  id: string,
): Cluster {
  const row = db.clusters.get(id);
  if (row === undefined) throw new ClusterNotFound({ cluster: id });
  if (ctxt.is_admin || row.tenant_id === ctxt.project_id) return row;
  const owner = row.tenant_id ?? "None";
  env.log("error", `Tenant ${ctxt.tenant} tried to access DBCluster, owned by ${owner}.`);
  throw new ClusterNotFound({ cluster: id });
}

/** @throws ModelNotFoundError */
export function setClusterTask(db: TroveDatabase, id: string, { code }: ClusterTask): void {
  if (db.clusters.touch(id, { task_id: code }) !== undefined) return;
  throw new ModelNotFoundError({}, "DBCluster Not Found");
}

/** Those that are there, in the order in which they were made. */
export const instancesOf = (db: TroveDatabase, cluster_id: string): readonly InstanceRecord[] =>
  db.instances.find({ cluster_id });

/** `is_cluster_deleting`. @throws ClusterNotFound */
export const isDeleting = (
  parts: Pick<TroveParts, "env" | "db">,
  ctxt: TroveContext,
  id: string,
): boolean => clusterTaskOf(clusterById(parts, ctxt, id)).code === DELETING.code;

/** @throws UnprocessableEntity unless its task is one of `idle` */
export function assertIdle(
  { env }: Pick<TroveParts, "env">,
  cluster: Cluster,
  idle: readonly ClusterTask[] = [NONE],
): void {
  const { code, name } = clusterTaskOf(cluster);
  if (idle.some((task) => task.code === code)) return;
  const words =
    "This action cannot be performed on the cluster while the current cluster task is " +
    `'${name}'.`;
  env.log("error", words);
  throw new UnprocessableEntity({}, words);
}
