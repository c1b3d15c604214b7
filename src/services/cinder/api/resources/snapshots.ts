/**
 * The requests about snapshots. Upstream: cinder/api/v2/snapshots.py, cinder/api/v1/snapshots.py,
 * cinder/api/contrib/snapshot_actions.py, admin_actions.py at 2014.2.
 */
import { respond, type HttpFault, type HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import {
  boolFromString,
  contains,
  get,
  isObject,
  item,
  PythonTypeError,
  str,
  truth,
  typeName,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import { snapshotGet, snapshotUpdate, type Snapshot } from "../../db/snapshots.js";
import type { Volume } from "../../db/volumes.js";
import { InvalidParameterValue, NotFound } from "../../exception.js";
import { badRequest, notFound, plainFault } from "../faults.js";
import {
  bodyOf,
  columnText,
  integerIn,
  isBoolString,
  limited,
  required,
  validEntity,
} from "../input.js";
import { BOTH, inVersions, type ApiVersion, type CinderCall } from "../route.js";
import { snapshotAttributes, snapshotView } from "../views/snapshot-view.js";
import {
  createSnapshot,
  deleteSnapshot,
  getSnapshot,
  listSnapshots,
} from "../volumes/snapshots.js";
import { getVolume } from "../volumes/volumes.js";
import { resetStatus, type Resettable } from "./reset-status.js";
import { actionIn } from "./volume-actions.js";

const MAKING = ["volume:get", "volume:create_snapshot"] as const;
const DELETING = ["volume:get_snapshot", "volume:delete_snapshot"] as const;
const UPDATING = ["volume:get_snapshot", "volume:update_snapshot"] as const;
const ACTING = [
  "volume:get_snapshot",
  "volume:delete_snapshot",
  "snapshot_extension:snapshot_actions:update_snapshot_status",
  "volume_extension:snapshot_admin_actions:reset_status",
  "volume_extension:snapshot_admin_actions:force_delete",
] as const;

export const snapshotRoutes = inVersions(BOTH, (route, version) => [
  route("GET", "/snapshots", { inside: "volume:get_all_snapshots" }, (call) =>
    list(call, version, false),
  ),
  route("GET", "/snapshots/detail", { inside: "volume:get_all_snapshots" }, (call) =>
    list(call, version, true),
  ),
  route("POST", "/snapshots", { inside: MAKING }, (call) => create(call, version)),
  route("GET", "/snapshots/{id}", { inside: "volume:get_snapshot" }, (call) => show(call, version)),
  route("PUT", "/snapshots/{id}", { inside: UPDATING }, (call) => update(call, version)),
  route("DELETE", "/snapshots/{id}", { inside: DELETING }, (call) => remove(call, version)),
  route("POST", "/snapshots/{id}/action", { inside: ACTING }, (call) =>
    actionIn(call, {
      "os-reset_status": (one, argument) => resetStatus(one, byAdmin, argument),
      "os-force_delete": forceDeleting,
      "os-update_snapshot_status": updatingStatus,
    }),
  ),
]);

const missing = (version: ApiVersion, what = "Snapshot"): HttpFault =>
  version === "v1" ? plainFault(404) : notFound(`${what} could not be found`);

/** @throws HttpFault 404 */
function found(call: CinderCall<"id">, version: ApiVersion): Snapshot {
  try {
    return getSnapshot(call, call.params.id);
  } catch (error) {
    throw error instanceof NotFound ? missing(version) : error;
  }
}

function* show(call: CinderCall<"id">, version: ApiVersion): Op<HttpResponse> {
  const snapshot = found(call, version);
  const view = snapshotView(call.app, snapshot, version);
  return respond(200, { snapshot: { ...view, ...snapshotAttributes(call.ctxt, snapshot) } });
}

function* list(call: CinderCall, version: ApiVersion, detail: boolean): Op<HttpResponse> {
  const { app, ctxt, request } = call;
  const name = version === "v1" ? "display_name" : "name";
  const filters = new Map<string, string>();
  for (const [key, value] of request.query.pairs) {
    if (key === "limit" || key === "offset") continue;
    if (!ctxt.is_admin && !["status", "volume_id", name].includes(key)) continue;
    filters.set(key === "name" && version === "v2" ? "display_name" : key, value);
  }
  const all = listSnapshots(call, filters);
  const page = limited(all, request.query, app.flags.osapi_max_limit);
  const snapshots = page.map((snapshot) => ({
    ...snapshotView(app, snapshot, version),
    ...(detail && snapshotAttributes(ctxt, snapshot)),
  }));
  return respond(200, { snapshots });
}

function* create(call: CinderCall, version: ApiVersion): Op<HttpResponse> {
  const { app, request } = call;
  const body = validEntity(bodyOf(request), "snapshot");
  if (body === undefined) throw unnamed(version);
  const metadata = get(body, "metadata");
  const volumeId = str(required(body, "volume_id", "'volume_id' must be specified"));
  const volume = volumeFor(call, volumeId, version);
  const force = Object.hasOwn(body, "force") ? (body["force"] ?? null) : false;
  app.env.log("info", `Create snapshot from volume ${volumeId}`);
  if (!isBoolString(force)) {
    throw new InvalidParameterValue({ err: `Invalid value '${str(force)}' for force. ` });
  }
  const named = version === "v2" && Object.hasOwn(body, "name");
  const snapshot = yield* createSnapshot(call, volume, {
    name: get(body, named ? "name" : "display_name"),
    description: get(body, version === "v2" ? "description" : "display_description"),
    metadata,
    force: boolFromString(force),
  });
  const status = version === "v1" ? 200 : 202;
  return respond(status, { snapshot: snapshotView(app, snapshot, version, true) });
}

const unnamed = (version: ApiVersion): HttpFault =>
  version === "v1"
    ? plainFault(422)
    : badRequest("Missing required element 'snapshot' in request body");

/** @throws HttpFault 404 */
function volumeFor(call: CinderCall, id: string, version: ApiVersion): Volume {
  try {
    return getVolume(call, id);
  } catch (error) {
    throw error instanceof NotFound ? missing(version, "Volume") : error;
  }
}

function* update(call: CinderCall<"id">, version: ApiVersion): Op<HttpResponse> {
  const { app, ctxt, request } = call;
  const changes = textsIn(updateIn(bodyOf(request), version), version);
  const snapshot = found(call, version);
  call.enforce(snapshot, "volume:update_snapshot");
  const updated = snapshotUpdate(app.db, ctxt, snapshot.uuid, changes);
  return respond(200, { snapshot: snapshotView(app, updated, version) });
}

/** @throws HttpFault 400, in v1 422; PythonTypeError for what has no members */
function updateIn(body: Json, version: ApiVersion): JsonObject {
  if (!truth(body)) throw version === "v1" ? plainFault(422) : badRequest("Missing request body");
  if (!contains(body, "snapshot")) throw unnamed(version);
  const entity = item(body, "snapshot");
  if (isObject(entity)) return entity;
  throw new PythonTypeError(`argument of type '${typeName(entity)}' is not iterable`);
}

/** In v2 the short names count for more. */
function textsIn(body: JsonObject, version: ApiVersion) {
  const text = (short: string, long: string): string | null | undefined => {
    const key = version === "v2" && Object.hasOwn(body, short) ? short : long;
    return Object.hasOwn(body, key) ? columnText(body[key] ?? null) : undefined;
  };
  const display_name = text("name", "display_name");
  const display_description = text("description", "display_description");
  return {
    ...(display_name !== undefined && { display_name }),
    ...(display_description !== undefined && { display_description }),
  };
}

function* remove(call: CinderCall<"id">, version: ApiVersion): Op<HttpResponse> {
  const { app, params } = call;
  app.env.log("info", `Delete snapshot with id: ${params.id}`);
  try {
    yield* deleteSnapshot(call, getSnapshot(call, params.id));
  } catch (error) {
    throw error instanceof NotFound ? missing(version) : error;
  }
  return respond(202);
}

const byAdmin: Resettable = {
  collection: "snapshots",
  rule: "volume_extension:snapshot_admin_actions:reset_status",
  statuses: ["creating", "available", "deleting", "error", "error_deleting"],
  update: ({ app, ctxt }, id, { status }) => {
    snapshotUpdate(app.db, ctxt, id, status === undefined ? {} : { status });
  },
};

function* forceDeleting(call: CinderCall<"id">): Op<HttpResponse> {
  call.enforce(call.ctxt, "volume_extension:snapshot_admin_actions:force_delete");
  yield* deleteSnapshot(call, found(call, "v1"), true);
  return respond(202);
}

/** From which status Nova may bring a snapshot into which. */
const TRANSITIONS: Readonly<Record<string, readonly string[]>> = {
  creating: ["creating", "available", "error"],
  deleting: ["deleting", "error_deleting"],
};

/** Nova made a snapshot of a volume that it has in use. @throws HttpFault 400, SnapshotNotFound */
function* updatingStatus(call: CinderCall<"id">, argument: Json): Op<HttpResponse> {
  const { app, ctxt, params } = call;
  call.enforce(ctxt, "snapshot_extension:snapshot_actions:update_snapshot_status");
  const status = str(required(argument, "status", "'status' must be specified."));
  const { status: current } = snapshotGet(app.db, ctxt, params.id);
  const allowed = Object.hasOwn(TRANSITIONS, current) ? TRANSITIONS[current] : undefined;
  if (allowed === undefined) {
    throw badRequest(`Snapshot status ${current} not allowed for update_snapshot_status`);
  }
  if (!allowed.includes(status)) {
    const what = `Provided snapshot status ${status} not allowed for snapshot with status ${current}.`;
    throw badRequest(what);
  }
  const progress = get(argument, "progress");
  const changes = truth(progress) ? { progress: percentage(progress) } : {};
  snapshotUpdate(app.db, ctxt, params.id, { status, ...changes });
  return respond(202);
}

/** @throws HttpFault 400 */
function percentage(progress: Json): string {
  const text = typeof progress === "string" ? progress : "";
  const number = integerIn(text.slice(0, -1));
  if (number !== undefined && number >= 0 && number <= 100 && text.endsWith("%")) return text;
  throw badRequest("progress must be an integer percentage");
}
