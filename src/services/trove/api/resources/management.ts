/**
 * What administrators do with everybody's instances, and the quotas of tenants. Hardware and diagnostics of
 * guests, hosts, storage and accounts are not simulated. Upstream: trove/extensions/mgmt/instances,
 * trove/extensions/mgmt/quota at 2014.2. Nova never tells what is asked of it for one instance, so that its
 * server is not shown.
 */
import { respond, type HttpResponse } from "../../../../http/index.js";
import { caught, done, type Op } from "../../../../kernel/index.js";
import { get, isObject, str, type Json, type JsonObject } from "../../../../python/index.js";
import type { Server } from "../../../nova/client/index.js";
import { failBackupsOf } from "../../backups.js";
import { BadRequest, ModelNotFoundError, TroveError } from "../../exception.js";
import {
  builtInstance,
  freshInstance,
  listedServer,
  serviceStatus,
  setTask,
  type Instance,
} from "../../instance/instances.js";
import { validateCanPerformAction } from "../../instance/status.js";
import { MIGRATING, NONE, REBOOTING } from "../../instance/tasks.js";
import { RESOURCES, type Resource } from "../../quota.js";
import { shownTime } from "../../times.js";
import { instanceDetailView } from "../instance-view.js";
import { accepted, adminRoute, bodyOf, shown, type TroveCall, type TroveRoute } from "../route.js";
import { MGMT_ACTION } from "../schemas/schemas.js";
import { validate } from "../schemas/validator.js";
import { memberOf } from "./instances.js";

type Call = TroveCall<"tenant_id" | "id">;

export const managementRoutes: readonly TroveRoute[] = [
  adminRoute("GET", "/mgmt/instances", function* (call) {
    const { app, ctxt, request } = call;
    const servers = new Map(
      (yield* app.remote.nova(ctxt).servers({ all_tenants: 1 })).map((one) => [one.id, one]),
    );
    const deleted = request.query.get("deleted")?.toLowerCase();
    const clustered = request.query.get("include_clustered")?.toLowerCase() === "true";
    const rows = app.db.instances
      .findAny()
      .filter((row) => deleted === undefined || (row.deleted !== 0) === (deleted === "true"))
      .filter((row) => clustered || row.cluster_id === null);
    const instances = rows.flatMap((row): JsonObject[] => {
      const server = listedServer(app, row, servers);
      try {
        const instance = { row, server, service: serviceStatus(app.db, row.uuid) };
        return [view(call, instance, servers.get(row.compute_instance_id ?? ""))];
      } catch (error) {
        if (error instanceof ModelNotFoundError) return [];
        throw error;
      }
    });
    return shown({ instances });
  }),
  adminRoute("GET", "/mgmt/instances/{id}", function* (call) {
    const { app, ctxt, params } = call;
    const instance = yield* freshInstance(app, ctxt, params.id);
    const history = app.db.root_enabled_history.get(params.id);
    const volume = yield* volumeView(call, instance);
    return shown({
      instance: {
        ...view(call, instance, undefined),
        ...(history !== undefined && {
          root_enabled: shownTime(history.created_at),
          root_enabled_by: history.user,
        }),
        volume,
        guest_status: { state_description: instance.service.description },
      },
    });
  }),
  adminRoute("POST", "/mgmt/instances/{id}/action", function* (call): Op<HttpResponse> {
    const { app, ctxt, params } = call;
    const body = bodyOf(call);
    const action = actionIn(body);
    const instance = yield* builtInstance(app, ctxt, params.id);
    yield* ACTIONS[action](call, instance, memberOf(body, action));
    return accepted();
  }),
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
  adminRoute("GET", "/mgmt/quotas/{id}", ({ app, params }) =>
    done(shown({ quotas: { ...app.quotas.limits(params.id) } })),
  ),
  adminRoute("PUT", "/mgmt/quotas/{id}", (call) => {
    const { app, params } = call;
    const changed = Object.entries(memberOf(bodyOf(call), "quotas")).filter(
      ([resource, limit]) => limit !== null && resource !== "xmlns",
    );
    for (const [resource, limit] of changed) {
      app.quotas.setLimit(params.id, resource, Number(str(limit)));
    }
    const names = changed.map(([resource]) => resource as Resource);
    const quotas = Object.fromEntries(
      RESOURCES.filter((resource) => names.includes(resource)).map((resource) => [
        resource,
        app.quotas.limit(params.id, resource),
      ]),
    );
    return done(shown({ quotas }));
  }),
];

type ActionName = "stop" | "reboot" | "migrate" | "reset-task-status";

const ACTIONS: Readonly<
  Record<ActionName, (call: Call, instance: Instance, asked: JsonObject) => Op<void>>
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

/** @throws BadRequest */
function actionIn(body: Json): ActionName {
  const keys = isObject(body) ? Object.keys(body) : [];
  const [first, another] = keys;
  if (first === undefined) throw new BadRequest({}, "Invalid request body.");
  const schema = Object.hasOwn(MGMT_ACTION, first) ? MGMT_ACTION[first] : undefined;
  if (schema !== undefined) validate(schema, body);
  const wrong = keys.find((key) => !Object.hasOwn(ACTIONS, key));
  if (wrong !== undefined) throw new BadRequest({}, `Invalid instance action: ${wrong}`);
  if (another === undefined) return first as ActionName;
  throw new BadRequest({}, "Only one action can be specified per request.");
}

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

/** null where Cinder does not know it. */
function* volumeView({ app, ctxt }: Call, { row, service }: Instance): Op<JsonObject | null> {
  let volume: JsonObject;
  try {
    volume = yield* app.remote.cinder(ctxt).volumes.get(row.volume_id ?? "None");
  } catch (thrown) {
    yield* caught(thrown);
    return null;
  }
  let space: { readonly used: number; readonly total: number } | undefined;
  if (service.apiStatus === "ACTIVE") {
    try {
      space = yield* app.guest(ctxt, row.uuid).volumeInfo();
    } catch (thrown) {
      app.env.log("error", (yield* caught(thrown)).message);
    }
  }
  return {
    attachments: volume["attachments"] ?? null,
    availability_zone: volume["availability_zone"] ?? null,
    created_at: volume["created_at"] ?? null,
    id: volume["id"] ?? null,
    size: volume["size"] ?? null,
    status: volume["status"] ?? null,
    used: space?.used ?? null,
    total: space?.total ?? null,
  };
}
