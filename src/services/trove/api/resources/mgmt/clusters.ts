/**
 * Clusters of everybody, for administrators. Upstream: trove/extensions/mgmt/clusters/service.py, models.py at
 * 2014.2; its POST to the list, which is a create that no schema has seen, is not here.
 */
import type { HttpResponse } from "../../../../../http/index.js";
import type { Op } from "../../../../../kernel/index.js";
import type { JsonObject } from "../../../../../python/index.js";
import { setClusterTask, type Cluster } from "../../../cluster/clusters.js";
import { NONE } from "../../../cluster/tasks.js";
import { ModelNotFoundError } from "../../../exception.js";
import { heldByFirstKey } from "../../bodies.js";
import { clusterView } from "../../cluster-view.js";
import {
  accepted,
  adminRoute,
  bodyOf,
  route,
  shown,
  type TroveCall,
  type TroveRoute,
} from "../../route.js";
import { MGMT_CLUSTER_ACTION } from "../../schemas/schemas.js";
import { deleteCluster, postCluster } from "../clusters.js";
import { oneAction } from "./one-action.js";

export const mgmtClusterRoutes: readonly TroveRoute[] = [
  adminRoute("GET", "/mgmt/clusters", function* (call) {
    const { app, request } = call;
    const deleted = request.query.get("deleted")?.toLowerCase() ?? "";
    const rows = app.db.clusters
      .findAny()
      .filter(
        (row) =>
          !["true", "false"].includes(deleted) || (row.deleted !== 0) === (deleted === "true"),
      );
    const clusters: JsonObject[] = [];
    for (const row of rows) {
      clusters.push(yield* clusterView(call, row, { servers: false, mgmt: true }));
    }
    return shown({ clusters });
  }),
  adminRoute("GET", "/mgmt/clusters/{id}", function* (call) {
    const view = clusterView(call, found(call, call.params.id), { servers: true, mgmt: true });
    return shown({ cluster: yield* view });
  }),
  adminRoute("POST", "/mgmt/clusters/{id}/action", act, {
    check: heldByFirstKey(MGMT_CLUSTER_ACTION),
  }),
  // Inherited, with nobody asked whether they may, and no schema to create by.
  route("POST", "/mgmt/clusters", postCluster),
  route("DELETE", "/mgmt/clusters/{id}", deleteCluster),
];

/** Deleted or not. @throws ModelNotFoundError */
function found({ app }: TroveCall, id: string): Cluster {
  const row = app.db.clusters.getAny(id);
  if (row !== undefined) return row;
  throw new ModelNotFoundError({}, "DBCluster Not Found");
}

/** The one action that there is: its task is over. @throws ModelNotFoundError for one that is deleted */
function* act(call: TroveCall<"tenant_id" | "id">): Op<HttpResponse> {
  const { app, params } = call;
  const cluster = found(call, params.id);
  oneAction(bodyOf(call), { "reset-task": true }, (key) => `Invalid cluster action: ${key}.`);
  app.env.log("info", `Setting task to NONE on cluster ${cluster.uuid}`);
  setClusterTask(app.db, cluster.uuid, NONE);
  return accepted();
}
