/** Clusters. Upstream: trove/cluster/service.py (ClusterController), trove/cluster/models.py at 2014.2. */
import type { HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { item, truth, type JsonObject } from "../../../../python/index.js";
import { assertIdle, clusterById, instancesOf, setClusterTask } from "../../cluster/clusters.js";
import { DELETING, NONE } from "../../cluster/tasks.js";
import { BadRequest, NotFound, TroveError } from "../../exception.js";
import {
  anyInstance,
  instanceRecord,
  serviceStatus,
  simpleServer,
} from "../../instance/instances.js";
import { versionById } from "../../datastores.js";
import { firstKey, keysIn } from "../bodies.js";
import { clusterView } from "../cluster-view.js";
import { addShard, createCluster } from "../create/create-cluster.js";
import { instanceDetailView } from "../instance-view.js";
import { paged } from "../links.js";
import { accepted, bodyOf, route, shown, type TroveCall, type TroveRoute } from "../route.js";
import { CREATE_CLUSTER } from "../schemas/schemas.js";
import { heldTo } from "../schemas/validator.js";
import { deleteLoaded, limitIn, pageOf, spaceOf } from "./instances.js";

export const clusterRoutes: readonly TroveRoute[] = [
  route("GET", "/clusters", function* (call) {
    const { app, ctxt, params } = call;
    const all = app.db.clusters.find({ tenant_id: params.tenant_id });
    const limit = limitIn(ctxt.limit, app.flags.clusters_page_size);
    const page = pageOf(all, ({ uuid }) => uuid, { limit, marker: ctxt.marker });
    const views: JsonObject[] = [];
    for (const cluster of page.items) {
      views.push(yield* clusterView(call, cluster, { servers: false }));
    }
    return shown(paged(call, "clusters", views, page.marker));
  }),
  route("POST", "/clusters", postCluster, { check: heldTo(CREATE_CLUSTER) }),
  route("GET", "/clusters/{id}", function* (call) {
    const cluster = clusterById(call.app, call.ctxt, call.params.id);
    return shown({ cluster: yield* clusterView(call, cluster, { servers: true }) });
  }),
  // No schema is found for an action, but it is looked for by the first key.
  route("POST", "/clusters/{id}", act, { check: (body) => void firstKey(body) }),
  route("DELETE", "/clusters/{id}", deleteCluster),
  route("GET", "/clusters/{cluster}/instances/{id}", function* (call) {
    const { app, ctxt, params } = call;
    const { uuid } = clusterById(app, ctxt, params.cluster);
    const row = instanceRecord(app, ctxt, params.id);
    if (row.cluster_id !== uuid) throw new NotFound({ uuid: params.id });
    const server = yield* simpleServer(app, ctxt, row);
    const instance = { row, server, service: serviceStatus(app.db, row.uuid) };
    const space = yield* spaceOf(call, instance);
    return shown({ instance: instanceDetailView(call, instance, { used: space?.used }) });
  }),
];

type Call = TroveCall<"tenant_id" | "id">;

export function* postCluster(call: TroveCall): Op<HttpResponse> {
  const cluster = yield* createCluster(call, item(bodyOf(call), "cluster"));
  return shown({ cluster: yield* clusterView(call, cluster, { servers: true }) });
}

/** @throws TroveError for what there is none of */
function* act(call: Call): Op<HttpResponse> {
  const { app, ctxt, params } = call;
  const body = bodyOf(call);
  if (!truth(body)) throw new BadRequest({}, "Invalid request body.");
  const cluster = clusterById(app, ctxt, params.id);
  const { manager } = versionById(app.db, cluster.datastore_version_id);
  const keys = keysIn(body);
  if (!keys.includes("add_shard")) {
    const action = keys.at(-1) ?? "";
    throw new TroveError({}, `No action '${action}' supplied by strategy for manager '${manager}'`);
  }
  yield* addShard(call, cluster);
  return accepted();
}

/** Its instances go first. @throws UnprocessableEntity */
export function* deleteCluster(call: Call): Op<HttpResponse> {
  const { app, ctxt, params } = call;
  const cluster = clusterById(app, ctxt, params.id);
  assertIdle(app, cluster, [NONE, DELETING]);
  const rows = instancesOf(app.db, cluster.uuid);
  setClusterTask(app.db, cluster.uuid, DELETING);
  for (const { uuid } of rows) {
    yield* deleteLoaded(call, yield* anyInstance(app, ctxt, uuid));
  }
  yield* app.tasks.delete_cluster(ctxt, { cluster_id: cluster.uuid });
  return accepted();
}
