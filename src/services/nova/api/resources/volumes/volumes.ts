/**
 * Volumes and snapshots by way of the compute API, which asks Cinder. Upstream:
 * nova/api/openstack/compute/contrib/volumes.py (VolumeController, SnapshotController) at 2014.2.
 */
import { HttpFault, respond } from "../../../../../http/index.js";
import type { Op } from "../../../../../kernel/index.js";
import {
  item,
  str,
  strictBoolean,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import { InvalidInput, NotFound } from "../../../exception.js";
import { badRequest, limited, shown, validEntity } from "../../input.js";
import { route, type NovaCall, type NovaRoute } from "../../route.js";
import { snapshotView, volumeView } from "../../views/volume-view.js";

const POLICY = "compute_extension:volumes";

export const volumeRoutes: readonly NovaRoute[] = [
  ...["", "/detail"].map((part) =>
    route("GET", `/os-volumes${part}`, POLICY, function* ({ app, ctxt, request: { query } }) {
      const all = yield* app.volumes.get_all(ctxt);
      const volumes = limited(all, query, app.flags.osapi_max_limit).map(volumeView);
      return respond(200, { volumes });
    }),
  ),
  route("GET", "/os-volumes/{id}", POLICY, function* ({ app, ctxt, params: { id } }) {
    return respond(200, { volume: volumeView(yield* found(app.volumes.get(ctxt, id))) });
  }),
  route("DELETE", "/os-volumes/{id}", POLICY, function* ({ app, ctxt, params: { id } }) {
    app.env.log("info", `Delete volume with id: ${id}`);
    yield* found(app.volumes.delete(ctxt, id));
    return respond(202);
  }),
  route("POST", "/os-volumes", POLICY, function* (call) {
    const volume = yield* createVolume(call);
    const { path, query } = call.request;
    // Behind the whole address of the request, its query as well.
    const location = `${call.app.base}${path}${query.toString()}/${str(volume["id"] ?? null)}`;
    return respond(200, { volume }, { location });
  }),
  ...["", "/detail"].map((part) =>
    route("GET", `/os-snapshots${part}`, POLICY, function* ({ app, ctxt, request: { query } }) {
      const all = yield* app.volumes.get_all_snapshots(ctxt);
      const snapshots = limited(all, query, app.flags.osapi_max_limit).map(snapshotView);
      return respond(200, { snapshots });
    }),
  ),
  route("GET", "/os-snapshots/{id}", POLICY, function* ({ app, ctxt, params: { id } }) {
    const snapshot = yield* found(app.volumes.get_snapshot(ctxt, id));
    return respond(200, { snapshot: snapshotView(snapshot) });
  }),
  route("DELETE", "/os-snapshots/{id}", POLICY, function* ({ app, ctxt, params: { id } }) {
    app.env.log("info", `Delete snapshot with id: ${id}`);
    yield* found(app.volumes.delete_snapshot(ctxt, id));
    return respond(202);
  }),
  route("POST", "/os-snapshots", POLICY, function* (call) {
    return respond(200, { snapshot: yield* createSnapshot(call) });
  }),
];

/** @throws HttpFault 404 in the exception's words */
function* found<T>(op: Op<T>): Op<T> {
  try {
    return yield* op;
  } catch (error) {
    throw error instanceof NotFound ? new HttpFault(404, error.message) : error;
  }
}

/** A snapshot that is not there is nobody's to catch here. @throws HttpFault 400 */
function* createVolume({ app, ctxt, request }: NovaCall): Op<JsonObject> {
  const wanted = validEntity(request.body, "volume");
  if (wanted === undefined) throw badRequest("volume not specified");
  const given = (key: string): Json => wanted[key] ?? null;
  const snapshotId = given("snapshot_id");
  const snapshot =
    snapshotId === null ? null : yield* app.volumes.get_snapshot(ctxt, shown(snapshotId));
  const size = given("size") ?? snapshot?.volume_size ?? null;
  app.env.log("info", `Create volume of ${shown(size)} GB`);
  try {
    const volume = yield* app.volumes.create(ctxt, {
      size,
      name: given("display_name"),
      description: given("display_description"),
      snapshot,
      volume_type: given("volume_type"),
      metadata: given("metadata"),
      availability_zone: given("availability_zone"),
    });
    return volumeView(volume);
  } catch (error) {
    throw error instanceof InvalidInput ? badRequest(error.message) : error;
  }
}

/** @throws HttpFault 400; KeyError without a volume */
function* createSnapshot({ app, ctxt, request }: NovaCall): Op<JsonObject> {
  const wanted = validEntity(request.body, "snapshot");
  if (wanted === undefined) throw badRequest("snapshot not specified");
  const volumeId = shown(item(wanted, "volume_id"));
  app.env.log("info", `Create snapshot from volume ${volumeId}`);
  const { display_name = null, display_description = null, force: given = false } = wanted;
  const force = strictBoolean(given);
  if (force === undefined) throw badRequest(`Invalid value '${shown(given)}' for force.`);
  const made = yield* app.volumes.create_snapshot(
    ctxt,
    volumeId,
    display_name,
    display_description,
    force,
  );
  return snapshotView(made);
}
