/**
 * A cluster as the API shows it, with its members; administrators see its other instances, too. Upstream:
 * trove/cluster/views.py, trove/common/strategies/mongodb/api.py (MongoDbClusterView, MongoDbMgmtClusterView),
 * trove/extensions/mgmt/clusters/views.py at 2014.2.
 */
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import { instancesOf, type Cluster } from "../cluster/clusters.js";
import { clusterTaskOf } from "../cluster/tasks.js";
import { datastoreOf, versionById } from "../datastores.js";
import { visibleAddresses } from "../instance/addresses.js";
import { anyInstance, freshInstance, type Instance } from "../instance/instances.js";
import { instanceStatus } from "../instance/status.js";
import { shownTime } from "../times.js";
import { linksTo } from "./links.js";
import type { TroveCall } from "./route.js";

export interface ClusterViewOptions {
  /** In a list nothing is told of servers. */
  readonly servers: boolean;
  readonly mgmt?: true;
}

export function* clusterView(
  call: TroveCall,
  cluster: Cluster,
  { servers, mgmt }: ClusterViewOptions,
): Op<JsonObject> {
  const { app, ctxt } = call;
  const version = versionById(app.db, cluster.datastore_version_id);
  const instances: Instance[] = [];
  for (const { uuid } of instancesOf(app.db, cluster.uuid)) {
    instances.push(yield* servers ? anyInstance(app, ctxt, uuid) : freshInstance(app, ctxt, uuid));
  }
  const ip = servers
    ? instances
        .filter(({ row }) => row.type === "query_router")
        .flatMap((router) => visibleAddresses(app, router).slice(0, 1))
        .sort()
    : [];
  const shown = instances.filter(({ row }) => mgmt === true || row.type === "member");
  const task = clusterTaskOf(cluster);
  return {
    id: cluster.uuid,
    name: cluster.name,
    task: { id: task.code, name: task.name, description: task.description },
    created: shownTime(cluster.created_at),
    updated: shownTime(cluster.updated_at ?? cluster.created_at),
    links: linksTo(call, "clusters", cluster.uuid),
    datastore: { type: datastoreOf(app.db, version.datastore_id).name, version: version.name },
    instances: shown.map((instance) =>
      memberView(call, instance, { servers, ...(mgmt && { mgmt }) }),
    ),
    ...(ip.length > 0 && { ip }),
    ...(mgmt === true && {
      tenant_id: cluster.tenant_id,
      deleted: cluster.deleted !== 0,
      ...(cluster.deleted_at !== null && { deleted_at: shownTime(cluster.deleted_at) }),
    }),
  };
}

function memberView(
  call: TroveCall,
  instance: Instance,
  { servers, mgmt }: ClusterViewOptions,
): JsonObject {
  const { app } = call;
  const { row } = instance;
  const { manager } = versionById(app.db, row.datastore_version_id);
  const ip = visibleAddresses(app, instance);
  return {
    id: row.uuid,
    name: row.name,
    ...(mgmt === true && { type: row.type }),
    links: linksTo(call, "instances", row.uuid),
    ...(mgmt === true && servers && ip.length > 0 && { ip: [...ip] }),
    ...(row.shard_id !== null && { shard_id: row.shard_id }),
    ...(servers && {
      status: instanceStatus(app, instance),
      ...(app.datastore(manager).volumeSupport && { volume: { size: row.volume_size } }),
      flavor: { id: row.flavor_id, links: linksTo(call, "flavors", row.flavor_id) },
    }),
  };
}
