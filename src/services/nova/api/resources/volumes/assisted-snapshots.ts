/**
 * Snapshots of volumes that Cinder leaves to the host of the server which has the volume: Cinder's drivers for NFS and GlusterFS ask for
 * them. Upstream: contrib/assisted_volume_snapshots.py, nova/compute/api.py (volume_snapshot_create, volume_snapshot_delete) at 2014.2.
 */
import { plainFault as bareFault, respond } from "../../../../../http/index.js";
import type { RequestContext } from "../../../../../framework/index.js";
import type { Op } from "../../../../../kernel/index.js";
import {
  get,
  isObject,
  item,
  KeyError,
  loads,
  ValueError,
  type JsonObject,
} from "../../../../../python/index.js";
import { computeHost } from "../../../compute/rpcapi.js";
import { NotFound } from "../../../exception.js";
import { getBlockDeviceOfVolume } from "../../../objects/block-device-mapping.js";
import { getInstance, type Instance } from "../../../objects/instance.js";
import type { NovaApp } from "../../app.js";
import { plainFault } from "../../faults.js";
import { badRequest, shown, validEntity } from "../../input.js";
import { route, type NovaRoute } from "../../route.js";

const EXTENSION = "compute_extension:os-assisted-volume-snapshots";
const CREATE = [`${EXTENSION}:create`, "compute:volume_snapshot_create"] as const;
const DELETE = [`${EXTENSION}:delete`, "compute:volume_snapshot_delete"] as const;

export const assistedSnapshotRoutes: readonly NovaRoute[] = [
  route(
    "POST",
    "/os-assisted-volume-snapshots",
    { inside: CREATE },
    function* ({ app, ctxt, enforce, request: { body } }) {
      enforce(ctxt, CREATE[0]);
      const snapshot = validEntity(body, "snapshot");
      if (snapshot === undefined) throw plainFault(400);
      const { create_info, volume_id } = snapshot;
      if (create_info === undefined || volume_id === undefined) throw plainFault(400);
      enforce(ctxt, CREATE[1]);
      const instance = yield* serverWith(app, ctxt, shown(volume_id));
      const call = {
        instance,
        volume_id: shown(volume_id),
        create_info: create_info as JsonObject,
      };
      yield* hostOf(app, instance).volume_snapshot_create(ctxt, call);
      return respond(200, { snapshot: { id: get(create_info, "id"), volumeId: volume_id } });
    },
  ),
  route(
    "DELETE",
    "/os-assisted-volume-snapshots/{id}",
    { inside: DELETE },
    function* ({ app, ctxt, enforce, request: { query }, params: { id } }) {
      enforce(ctxt, DELETE[0]);
      const { delete_info, volume_id } = deleteInfo(query.get("delete_info"));
      enforce(ctxt, DELETE[1]);
      try {
        const instance = yield* serverWith(app, ctxt, volume_id);
        const call = { instance, volume_id, snapshot_id: id, delete_info };
        yield* hostOf(app, instance).volume_snapshot_delete(ctxt, call);
      } catch (error) {
        if (!(error instanceof NotFound)) throw error;
        // It is returned and not raised, and so is no fault of Nova's.
        return bareFault(404);
      }
      return respond(204);
    },
  ),
];

/** The server that a volume is attached to. @throws VolumeBDMNotFound */
function* serverWith(app: NovaApp, ctxt: RequestContext, volumeId: string): Op<Instance> {
  const { instance_uuid } = yield* getBlockDeviceOfVolume(app.store, ctxt, volumeId);
  return yield* getInstance(app.store, ctxt, instance_uuid);
}

const hostOf = (app: NovaApp, instance: Instance) =>
  app.computeRpc.prepare({ server: computeHost(instance) });

/** JSON in the URL. @throws HttpFault 400; PythonTypeError for what has no members */
function deleteInfo(text: string | undefined): {
  readonly delete_info: JsonObject;
  readonly volume_id: string;
} {
  try {
    if (text === undefined) throw new KeyError("'delete_info'");
    const delete_info = loads(text);
    const volume_id = shown(item(delete_info, "volume_id"));
    return { delete_info: isObject(delete_info) ? delete_info : {}, volume_id };
  } catch (error) {
    const known = error instanceof KeyError || error instanceof ValueError;
    throw known ? badRequest(error.message) : error;
  }
}
