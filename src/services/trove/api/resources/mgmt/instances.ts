/**
 * What administrators do with everybody's instances. Upstream: trove/extensions/mgmt/instances at 2014.2.
 */
import { ClientException } from "../../../../../framework/apiclient/index.js";
import { respond, type HttpResponse } from "../../../../../http/index.js";
import { caught, done, type Op } from "../../../../../kernel/index.js";
import {
  AttributeError,
  get,
  item,
  str,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import type { Server } from "../../../../nova/client/index.js";
import { failBackupsOf } from "../../../backups.js";
import { ModelNotFoundError, TroveError } from "../../../exception.js";
import {
  builtInstance,
  freshInstance,
  listedServer,
  serviceStatus,
  setTask,
  type Instance,
} from "../../../instance/instances.js";
import { validateCanPerformAction } from "../../../instance/status.js";
import { MIGRATING, NONE, REBOOTING } from "../../../instance/tasks.js";
import { shownTime } from "../../../times.js";
import { heldByFirstKey } from "../../bodies.js";
import { instanceDetailView } from "../../instance-view.js";
import {
  accepted,
  adminRoute,
  bodyOf,
  route,
  shown,
  type TroveCall,
  type TroveRoute,
} from "../../route.js";
import { MGMT_ACTION } from "../../schemas/schemas.js";
import { updateConfiguration } from "../instance-actions.js";
import { deleteInstance, postInstance, spaceOf, type Space } from "../instances.js";
import { oneAction } from "./one-action.js";

type Call = TroveCall<"tenant_id" | "id">;

export const mgmtInstanceRoutes: readonly TroveRoute[] = [
  adminRoute("GET", "/mgmt/instances", list),
  adminRoute("GET", "/mgmt/instances/{id}", function* (call) {
    const { app, params } = call;
    const instance = yield* loaded(call, params.id);
    const volume = yield* volumeOf(call, instance);
    const space = yield* spaceOf(call, instance);
    const history = app.db.root_enabled_history.get(params.id);
    return shown({
      instance: {
        ...view(call, instance, undefined),
        ...(history !== undefined && {
          root_enabled: shownTime(history.created_at),
          root_enabled_by: history.user,
        }),
        volume: volume && volumeView(volume, space),
        guest_status: { state_description: instance.service.description },
      },
    });
  }),
  adminRoute(
    "POST",
    "/mgmt/instances/{id}/action",
    function* (call): Op<HttpResponse> {
      const { app, ctxt, params } = call;
      const body = bodyOf(call);
      const instance = yield* builtInstance(app, ctxt, params.id);
      const name = oneAction(body, ACTIONS, (key) => `Invalid instance action: ${key}`);
      yield* ACTIONS[name](call, instance, item(body, name));
      return accepted();
    },
    { check: heldByFirstKey(MGMT_ACTION) },
  ),
  adminRoute("GET", "/mgmt/instances/{id}/root", function* (call) {
    const { app, ctxt, params } = call;
    try {
      yield* builtInstance(app, ctxt, params.id);
    } catch (thrown) {
      const error = yield* caught(thrown);
      if (error instanceof TroveError) return respond(404, error.message);
      throw error;
    }
    const history = app.db.root_enabled_history.get(params.id);
    const enabled = history === undefined ? "Never" : shownTime(history.created_at);
    const user = history === undefined ? "Nobody" : history.user;
    return shown({ root_history: { id: params.id, enabled, user } });
  }),
  // Inherited from the controller of everybody's instances, with nobody asked whether they may, and no schema to create by.
  route("POST", "/mgmt/instances", postInstance),
  route("PUT", "/mgmt/instances/{id}", updateConfiguration),
  route("DELETE", "/mgmt/instances/{id}", deleteInstance),
];

/** What Nova refuses is told as it is, as a text. */
function* list(call: TroveCall): Op<HttpResponse> {
  const { app, ctxt, request } = call;
  let servers: ReadonlyMap<string, Server>;
  try {
    const all = yield* app.remote.nova(ctxt).servers({ all_tenants: 1 });
    servers = new Map(all.map((one) => [one.id, one]));
  } catch (error) {
    if (!(error instanceof ClientException)) throw error;
    app.env.log("error", error.message);
    return respond(403, error.message);
  }
  app.env.log("info", `Found ${String(servers.size)} servers in Nova`);
  const deleted = request.query.get("deleted")?.toLowerCase() ?? "";
  const clustered = request.query.get("include_clustered")?.toLowerCase() === "true";
  const rows = app.db.instances
    .findAny()
    .filter(
      (row) => !["true", "false"].includes(deleted) || (row.deleted !== 0) === (deleted === "true"),
    )
    .filter((row) => clustered || row.cluster_id === null);
  const instances = rows.flatMap((row): JsonObject[] => {
    const server = listedServer(app, row, servers);
    try {
      const instance = { row, server, service: serviceStatus(app.db, row.uuid) };
      return [view(call, instance, servers.get(row.compute_instance_id ?? ""))];
    } catch (error) {
      if (!(error instanceof ModelNotFoundError)) throw error;
      app.env.log("error", `Server status could not be read for instance id(${row.uuid}).`);
      return [];
    }
  });
  return shown({ instances });
}

type ActionName = "stop" | "reboot" | "migrate" | "reset-task-status";

const ACTIONS: Readonly<
  Record<ActionName, (call: Call, instance: Instance, asked: Json) => Op<void>>
> = {
  *stop({ app, ctxt }, { row }) {
    yield* app.guest(ctxt, row.uuid).stopDb();
  },
  *reboot({ app, ctxt }, instance) {
    const { uuid: instance_id } = instance.row;
    validateCanPerformAction(app, instance);
    app.env.log("info", `Rebooting instance ${instance_id}.`);
    setTask(app.db, instance_id, REBOOTING);
    yield* app.tasks.reboot(ctxt, { instance_id });
  },
  *migrate({ app, ctxt }, instance, asked) {
    const { uuid: instance_id } = instance.row;
    const wanted = get(asked, "host");
    const host = wanted === null ? null : str(wanted);
    validateCanPerformAction(app, instance);
    app.env.log("info", `Migrating instance id = ${instance_id} to host = ${host ?? "None"}.`);
    setTask(app.db, instance_id, MIGRATING);
    yield* app.tasks.migrate(ctxt, { instance_id, host });
  },
  *"reset-task-status"({ app }, { row }) {
    app.env.log("info", `Resetting task status to NONE on instance ${row.uuid}.`);
    setTask(app.db, row.uuid, NONE);
    failBackupsOf(app.db, row.uuid);
    yield* done(undefined);
  },
};

function view(call: TroveCall, instance: Instance, server: Server | undefined): JsonObject {
  const { row, service } = instance;
  const shownAs = row.deleted === 0 ? {} : { status: "SHUTDOWN" };
  return {
    ...instanceDetailView(call, instance),
    ...shownAs,
    server:
      server === undefined
        ? null
        : {
            id: server.id,
            name: server.name,
            status: server.status,
            tenant_id: server.tenant_id,
            host: server.hostId,
          },
    service_status: service.apiStatus,
    tenant_id: row.tenant_id,
    deleted: row.deleted !== 0,
    deleted_at: row.deleted_at === null ? null : shownTime(row.deleted_at),
    task_description: row.task_description,
  };
}

/**
 * `load_mgmt_instance`: Nova is asked twice, and for what it does not tell; so the instance is always loaded
 * again without its server.
 */
function* loaded({ app, ctxt }: Call, id: string): Op<Instance> {
  try {
    const { row } = yield* builtInstance(app, ctxt, id);
    const server: JsonObject = yield* app.remote
      .nova(ctxt)
      .server(row.compute_instance_id ?? "None");
    if (server["host"] === undefined) throw new AttributeError("host");
  } catch (thrown) {
    app.env.log("error", (yield* caught(thrown)).message);
  }
  return yield* freshInstance(app, ctxt, id);
}

/** null where Cinder does not know it. */
function* volumeOf({ app, ctxt }: Call, { row }: Instance): Op<JsonObject | null> {
  const cinder = app.remote.cinder(ctxt);
  try {
    return yield* cinder.volumes.get(row.volume_id ?? "None");
  } catch (thrown) {
    yield* caught(thrown);
    return null;
  }
}

const volumeView = (volume: JsonObject, space: Space): JsonObject => ({
  attachments: volume["attachments"] ?? null,
  availability_zone: volume["availability_zone"] ?? null,
  created_at: volume["created_at"] ?? null,
  id: volume["id"] ?? null,
  size: volume["size"] ?? null,
  status: volume["status"] ?? null,
  used: space?.used || null,
  total: space?.total || null,
});
