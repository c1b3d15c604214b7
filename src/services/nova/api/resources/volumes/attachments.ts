/**
 * Volumes of a server: list, show, attach, detach, swap. An attachment's id is its volume's. Upstream:
 * nova/api/openstack/compute/contrib/volumes.py (VolumeAttachmentController) at 2014.2.
 */
import { originalMessage } from "../../../../../bus/index.js";
import { HttpFault, respond, type HttpResponse } from "../../../../../http/index.js";
import type { Op } from "../../../../../kernel/index.js";
import { item, isUuidLike, type Json } from "../../../../../python/index.js";
import { blockDevices } from "../../../db/block-devices.js";
import {
  InstanceInvalidState,
  InstanceIsLocked,
  NotFound,
  VolumeUnattached,
} from "../../../exception.js";
import type { BlockDeviceMapping } from "../../../objects/block-device-mapping.js";
import type { Instance } from "../../../objects/instance.js";
import { attachVolume, detachVolume, swapVolume } from "../../compute/volumes.js";
import { stateConflict } from "../../faults.js";
import { badRequest, limited, shown, validEntity } from "../../input.js";
import type { NovaRule } from "../../policy.js";
import { route, type NovaCall, type NovaRoute } from "../../route.js";
import { attachmentView } from "../../views/volume-view.js";
import { findServer } from "../servers/look-up.js";

const VOLUMES = "compute_extension:volumes";

/** The rules of a method, asked before anything is looked up, and that of the compute API. */
const under = (...rules: readonly NovaRule[]) =>
  ({ inside: ["compute:get", VOLUMES, ...rules] }) as const;

export const volumeAttachmentRoutes: readonly NovaRoute[] = [
  route(
    "GET",
    "/servers/{id}/os-volume_attachments",
    under("compute_extension:volume_attachments:index"),
    function* (call) {
      authorize(call, "compute_extension:volume_attachments:index", VOLUMES);
      const {
        app,
        request: { query },
      } = call;
      const instance = serverOf(call);
      // What is left out afterwards counts for the limit all the same.
      const devices = limited(devicesOf(call, instance), query, app.flags.osapi_max_limit);
      const volumeAttachments = devices
        .filter(({ volume_id }) => volume_id !== null && volume_id !== "")
        .map((device) => attachmentView(device.volume_id, instance.uuid, device.device_name));
      return respond(200, { volumeAttachments });
    },
  ),
  route(
    "GET",
    "/servers/{id}/os-volume_attachments/{volume}",
    under("compute_extension:volume_attachments:show"),
    function* (call) {
      authorize(call, VOLUMES, "compute_extension:volume_attachments:show");
      const { volume: id } = call.params;
      const instance = serverOf(call);
      const devices = someDevices(call, instance);
      const device = devices.find(({ volume_id }) => volume_id === id)?.device_name ?? null;
      if (device === null) throw notFound(id);
      return respond(200, { volumeAttachment: attachmentView(id, instance.uuid, device) });
    },
  ),
  route(
    "POST",
    "/servers/{id}/os-volume_attachments",
    under("compute_extension:volume_attachments:create", "compute:attach_volume"),
    create,
  ),
  route(
    "DELETE",
    "/servers/{id}/os-volume_attachments/{volume}",
    under("compute_extension:volume_attachments:delete", "compute:detach_volume"),
    remove,
  ),
  route(
    "PUT",
    "/servers/{id}/os-volume_attachments/{volume}",
    under("compute_extension:volume_attachments:update", "compute:swap_volume"),
    update,
  ),
];

function* create(call: NovaCall<"id">): Op<HttpResponse> {
  authorize(call, VOLUMES, "compute_extension:volume_attachments:create");
  const { app, params, request } = call;
  const wanted = validEntity(request.body, "volumeAttachment");
  if (wanted === undefined) throw badRequest("volumeAttachment not specified");
  if (!Object.hasOwn(wanted, "volumeId")) throw badRequest("volumeId must be specified.");
  const volumeId = checkedVolumeId(item(wanted, "volumeId"));
  const asked = wanted["device"] ?? null;
  const where = `instance ${params.id} at ${shown(asked)}`;
  app.env.log("info", `Attach volume ${volumeId} to ${where}`);
  try {
    const instance = serverOf(call);
    const device = yield* attachVolume(call, instance, volumeId, asked);
    // The server as the URL names it, which may be by number.
    const made = { id: volumeId, serverId: params.id, volumeId, device };
    return respond(200, { volumeAttachment: made });
  } catch (error) {
    throw attachmentFault(error, "attach_volume");
  }
}

function* remove(call: NovaCall<"id" | "volume">): Op<HttpResponse> {
  authorize(call, VOLUMES, "compute_extension:volume_attachments:delete");
  const { app, ctxt, params } = call;
  const { volume: id } = params;
  app.env.log("info", `Detach volume ${id}`);
  const instance = serverOf(call);
  const volume = yield* app.volumes.get(ctxt, id);
  const device = someDevices(call, instance).find(({ volume_id }) => volume_id === id);
  if (device === undefined) throw notFound(id);
  if (device.isRoot) throw new HttpFault(403, "Can't detach root device volume");
  try {
    yield* detachVolume(call, instance, volume);
  } catch (error) {
    if (error instanceof VolumeUnattached) throw notFound(id);
    const conflict = error instanceof InstanceIsLocked || error instanceof InstanceInvalidState;
    throw conflict ? stateConflict(error, "detach_volume") : error;
  }
  return respond(202);
}

/** Both volumes are asked for before the server is. */
function* update(call: NovaCall<"id" | "volume">): Op<HttpResponse> {
  authorize(call, VOLUMES, "compute_extension:volume_attachments:update");
  const { app, ctxt, params, request } = call;
  const { volume: id } = params;
  const wanted = validEntity(request.body, "volumeAttachment");
  if (wanted === undefined) throw badRequest("volumeAttachment not specified");
  const old = yield* app.volumes.get(ctxt, id);
  if (!Object.hasOwn(wanted, "volumeId")) throw badRequest("volumeId must be specified.");
  const fresh = yield* app.volumes.get(ctxt, checkedVolumeId(item(wanted, "volumeId")));
  const instance = serverOf(call);
  if (!devicesOf(call, instance).some(({ volume_id }) => volume_id === id)) throw notFound(id);
  try {
    yield* swapVolume(call, instance, old, fresh);
  } catch (error) {
    if (error instanceof VolumeUnattached) throw notFound(id);
    const conflict = error instanceof InstanceIsLocked || error instanceof InstanceInvalidState;
    throw conflict ? stateConflict(error, "swap_volume") : error;
  }
  return respond(202);
}

/** Both rules, in that order. */
function authorize(call: NovaCall, ...rules: readonly NovaRule[]): void {
  for (const rule of rules) call.enforce(call.ctxt, rule);
}

/** @throws HttpFault 404 */
function serverOf(call: NovaCall<"id">): Instance {
  const { app, ctxt, params } = call;
  const instance = findServer(app, ctxt, params.id);
  call.enforce(instance, "compute:get");
  return instance;
}

const devicesOf = ({ app }: NovaCall, { uuid }: Instance): readonly BlockDeviceMapping[] =>
  blockDevices(app.db, app.store, uuid).objects;

/** @throws HttpFault 404 for a server without disks */
function someDevices(call: NovaCall<"id">, instance: Instance): readonly BlockDeviceMapping[] {
  const devices = devicesOf(call, instance);
  if (devices.length > 0) return devices;
  throw new HttpFault(404, `Instance ${call.params.id} is not attached.`);
}

const notFound = (id: string): HttpFault => new HttpFault(404, `volume_id not found: ${id}`);

/** @throws HttpFault 400 */
function checkedVolumeId(given: Json): string {
  if (typeof given === "string" && isUuidLike(given)) return given;
  throw badRequest(`Bad volumeId format: volumeId is not in proper format (${shown(given)})`);
}

/** What is not there is said in the words of whoever missed it. */
function attachmentFault(error: unknown, action: string): unknown {
  return error instanceof NotFound
    ? new HttpFault(404, originalMessage(error))
    : stateConflict(error, action);
}
