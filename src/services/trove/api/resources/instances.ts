/** Instances. Upstream: trove/instance/service.py (InstanceController), trove/instance/models.py at 2014.2. */
import { HttpFault, explanation, type HttpResponse } from "../../../../http/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { parseInteger, RuntimeException, ValueError } from "../../../../python/index.js";
import {
  ClusterInstanceOperationNotSupported,
  ModelNotFoundError,
  ReplicaSourceDeleteForbidden,
  UnprocessableEntity,
} from "../../exception.js";
import {
  anyInstance,
  instanceRecord,
  listedServer,
  serviceStatus,
  simpleServer,
  updateInstance,
  type Instance,
  type ServerView,
} from "../../instance/instances.js";
import { instanceStatus } from "../../instance/status.js";
import { DELETING, taskColumns } from "../../instance/tasks.js";
import { isDeleting } from "../../cluster/clusters.js";
import { memberOf } from "../bodies.js";
import { createInstance } from "../create/create-instance.js";
import { instanceDetailView, instanceView } from "../instance-view.js";
import { paged } from "../links.js";
import { accepted, bodyOf, route, shown, type TroveCall, type TroveRoute } from "../route.js";
import { CREATE_INSTANCE } from "../schemas/schemas.js";
import { heldTo } from "../schemas/validator.js";

export const instanceRoutes: readonly TroveRoute[] = [
  route("GET", "/instances", function* (call) {
    const { app, params } = call;
    app.env.log("info", `Listing database instances for tenant '${params.tenant_id}'`);
    const clustered = call.request.query.get("include_clustered")?.toLowerCase() === "true";
    const { instances, marker } = yield* list(call, clustered);
    const views = instances.map((instance) => instanceView(call, instance));
    return shown(paged(call, "instances", views, marker));
  }),
  route("POST", "/instances", postInstance, { check: heldTo(CREATE_INSTANCE) }),
  route("GET", "/instances/{id}", function* (call) {
    const { app, ctxt, params } = call;
    const who = `'${params.id}' for tenant '${params.tenant_id}'`;
    app.env.log("info", `Showing database instance ${who}`);
    const row = instanceRecord(app, ctxt, params.id);
    const server = yield* simpleServer(app, ctxt, row);
    const instance = { row, server, service: serviceStatus(app.db, row.uuid) };
    const space = yield* spaceOf(call, instance);
    return shown({ instance: instanceDetailView(call, instance, { used: space?.used }) });
  }),
  route("DELETE", "/instances/{id}", deleteInstance),
];

export function* postInstance(call: TroveCall): Op<HttpResponse> {
  const { app, params } = call;
  app.env.log("info", `Creating a database instance for tenant '${params.tenant_id}'`);
  const asked = memberOf(bodyOf(call), "instance");
  const { instance, password } = yield* createInstance(call, asked);
  return shown({ instance: instanceDetailView(call, instance, { password }) });
}

export function* deleteInstance(call: TroveCall<"tenant_id" | "id">): Op<HttpResponse> {
  const { app, ctxt, params } = call;
  const who = `'${params.id}' for tenant '${params.tenant_id}'`;
  app.env.log("info", `Deleting database instance ${who}`);
  yield* deleteLoaded(call, yield* anyInstance(app, ctxt, params.id));
  return accepted();
}

/** `Instance.delete`. @throws UnprocessableEntity, ClusterInstanceOperationNotSupported, ReplicaSourceDeleteForbidden */
export function* deleteLoaded(call: TroveCall, instance: Instance): Op<void> {
  const { app } = call;
  const { volume_size, tenant_id, datastore_version_id } = instance.row;
  const { manager } = app.db.datastore_versions.get(datastore_version_id) ?? { manager: "" };
  const sized = app.datastore(manager).volumeSupport;
  const deltas = { instances: -1, ...(sized && { volumes: -(volume_size ?? 0) }) };
  yield* app.quotas.run(tenant_id ?? "None", deltas, remove(call, instance));
}

function* remove({ app, ctxt }: TroveCall, instance: Instance): Op<void> {
  const { uuid: id, cluster_id, tenant_id } = instance.row;
  if (instanceStatus(app, instance) === "BUILD") {
    throw new UnprocessableEntity({}, `Instance ${id} is not ready.`);
  }
  if (cluster_id !== null && !isDeleting(app, ctxt, cluster_id)) {
    throw new ClusterInstanceOperationNotSupported({});
  }
  if (app.db.instances.find({ tenant_id, slave_of_id: id }).length > 0) {
    const words = "Detach replicas before deleting replica source.";
    app.env.log("warning", words);
    throw new ReplicaSourceDeleteForbidden({}, words);
  }
  updateInstance(app.db, id, { ...taskColumns(DELETING), configuration_id: null });
  yield* app.tasks.delete_instance(ctxt, { instance_id: id });
}

/** What a guest says of its file system; undefined where it is not asked, or does not answer. */
export type Space = { readonly used: number; readonly total: number } | undefined;

/** `load_guest_info`. */
export function* spaceOf({ app, ctxt }: TroveCall, instance: Instance): Op<Space> {
  const { row } = instance;
  const status = row.deleted === 0 ? instanceStatus(app, instance) : "SHUTDOWN";
  if (["BUILD", "REBOOT", "RESIZE"].includes(status)) return undefined;
  try {
    return yield* app.guest(ctxt, row.uuid).volumeInfo();
  } catch (thrown) {
    app.env.log("error", (yield* caught(thrown)).message);
    return undefined;
  }
}

interface Listed {
  readonly instances: readonly Instance[];
  readonly marker: string | null;
}

/** One page, by id; Nova is asked for its servers first, which may be a page as well. */
function* list(call: TroveCall, clustered: boolean): Op<Listed> {
  const { app, ctxt } = call;
  const servers = new Map<string, ServerView>(
    (yield* app.remote.nova(ctxt).servers()).map((server) => [server.id, server]),
  );
  const rows = app.db.instances
    .find({ tenant_id: ctxt.project_id })
    .filter(({ cluster_id }) => clustered || cluster_id === null);
  const page = pageOf(rows, ({ uuid }) => uuid, {
    limit: limitIn(ctxt.limit, app.flags.instances_page_size),
    marker: ctxt.marker,
  });
  const instances = page.items.flatMap((row): readonly Instance[] => {
    const server = listedServer(app, row, servers);
    try {
      return [{ row, server, service: serviceStatus(app.db, row.uuid) }];
    } catch (error) {
      if (!(error instanceof ModelNotFoundError)) throw error;
      app.env.log("error", `Server status could not be read for instance id(${row.uuid}).`);
      return [];
    }
  });
  return { instances, marker: page.marker };
}

/** `int(limit)`, but no more than there may be. @throws ValueError */
export function limitIn(limit: string | null, most: number): number {
  if (limit === null || limit === "") return most;
  const number = parseInteger(limit);
  if (number === undefined) {
    throw new ValueError(`invalid literal for int() with base 10: '${limit}'`);
  }
  // One more is asked for than is shown.
  if (number < -1) throw refusedLimit(number + 1);
  return Math.min(number, most);
}

/** What MySQL says of a limit that is none. */
export const refusedLimit = (limit: number): RuntimeException =>
  new RuntimeException(`(ProgrammingError) (1064, "You have an error near '${String(limit)}'")`);

/** What is after a marker, in the order of ids, and the last of a page that is not the last. */
export function pageOf<T>(
  all: readonly T[],
  idOf: (item: T) => string,
  { limit, marker }: { readonly limit: number; readonly marker: string | null },
): { readonly items: readonly T[]; readonly marker: string | null } {
  const rest = all
    .filter((item) => marker === null || marker === "" || idOf(item) > marker)
    .sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
  const items = rest.slice(0, Math.max(0, limit));
  const last = items.at(-1);
  return { items, marker: rest.length > limit && last !== undefined ? idOf(last) : null };
}

export const notImplemented = (): HttpFault => new HttpFault(501, explanation(501));
