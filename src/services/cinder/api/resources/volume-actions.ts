/**
 * What can be done to a volume by `POST /volumes/{id}/action`, a function for each. Unmanage and
 * replicas are not simulated: their names lead nowhere. Upstream:
 * cinder/api/contrib/volume_actions.py, admin_actions.py at 2014.2.
 */
import { RemoteError } from "../../../../bus/index.js";
import { noSuchAction, peekedAction } from "../../../../framework/index.js";
import { HttpFault, respond, type HttpResponse } from "../../../../http/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import {
  boolFromString,
  contains,
  get,
  item,
  KeyError,
  PythonTypeError,
  str,
  truth,
  type Json,
} from "../../../../python/index.js";
import { updateVolume, deleteVolume, getVolume } from "../volumes/volumes.js";
import { volumeUpdate, type Volume } from "../../db/volumes.js";
import { InvalidVolume, VolumeBackendAPIException, VolumeNotFound } from "../../exception.js";
import { badRequest, notFound, plainFault } from "../faults.js";
import { flagIn, integerIn, required } from "../input.js";
import type { CinderRule } from "../policy.js";
import { BOTH, inVersions, type CinderCall } from "../route.js";
import {
  attach,
  beginDetaching,
  detach,
  initializeConnection,
  reserveVolume,
  rollDetaching,
  terminateConnection,
  unreserveVolume,
} from "../volumes/attach.js";
import { extend } from "../volumes/extend.js";
import { copyVolumeToImage } from "../volumes/upload.js";
import { completingMigration, foundByAdmin, migrating, retyping } from "./moving-actions.js";
import { resetStatus, type Resettable } from "./reset-status.js";

export const CINDER_JSON = "application/vnd.openstack.volume+json";

type ActionCall = CinderCall<"id">;
type Action = (call: ActionCall, argument: Json) => Op<HttpResponse>;

/** @throws HttpFault 404 in the exception's words */
function found(call: ActionCall): Volume {
  try {
    return getVolume(call, call.params.id);
  } catch (error) {
    throw error instanceof VolumeNotFound ? notFound(error.message) : error;
  }
}

/** A change of states alone. */
const changing = (change: (call: ActionCall, volume: Volume) => void): Action =>
  function* (call) {
    change(call, found(call));
    return respond(202);
  };

function* attaching(call: ActionCall, argument: Json): Op<HttpResponse> {
  const volume = found(call);
  const optional = (key: string): Json => (contains(argument, key) ? item(argument, key) : null);
  const instance_uuid = textOrNull(optional("instance_uuid"));
  const host_name = textOrNull(optional("host_name"));
  const mountpoint = item(argument, "mountpoint");
  const mode = contains(argument, "mode") ? str(item(argument, "mode")) : "rw";
  if (truth(instance_uuid) && truth(host_name)) {
    throw badRequest(
      `Invalid request to attach volume to an instance ${str(instance_uuid)} and a host ` +
        `${str(host_name)} simultaneously`,
    );
  }
  if (instance_uuid === null && host_name === null) {
    throw badRequest("Invalid request to attach volume to an invalid target");
  }
  if (mode !== "rw" && mode !== "ro") {
    throw badRequest(
      "Invalid request to attach volume with an invalid mode. Attaching mode should be 'rw' or 'ro'",
    );
  }
  yield* attach(call, volume, { instance_uuid, host_name, mountpoint, mode });
  return respond(202);
}

const textOrNull = (value: Json): string | null => (value === null ? null : str(value));

function* detaching(call: ActionCall): Op<HttpResponse> {
  yield* detach(call, found(call));
  return respond(202);
}

/** @throws HttpFault 400 */
const connectorIn = (argument: Json): Json =>
  required(argument, "connector", "Must specify 'connector'");

function* connecting(call: ActionCall, argument: Json): Op<HttpResponse> {
  const volume = found(call);
  const connector = connectorIn(argument);
  try {
    const connection_info = yield* initializeConnection(call, volume, connector);
    return respond(200, { connection_info });
  } catch (error) {
    if (!(error instanceof VolumeBackendAPIException)) throw error;
    throw new HttpFault(500, "Unable to fetch connection information from backend.");
  }
}

function* disconnecting(call: ActionCall, argument: Json): Op<HttpResponse> {
  const volume = found(call);
  const connector = connectorIn(argument);
  try {
    yield* terminateConnection(call, volume, connector);
  } catch (error) {
    if (!(error instanceof VolumeBackendAPIException)) throw error;
    throw new HttpFault(500, "Unable to terminate volume connection from backend.");
  }
  return respond(202);
}

function* uploading(call: ActionCall, argument: Json): Op<HttpResponse> {
  const name = get(argument, "image_name");
  if (!truth(name)) throw badRequest("No image_name was specified in request.");
  const forced = contains(argument, "force") ? item(argument, "force") : false;
  if (typeof forced !== "string" && typeof forced !== "boolean") {
    throw badRequest("'force' is not string or bool.");
  }
  const volume = found(call);
  call.enforce(call.ctxt, "volume_extension:volume_actions:upload_image");
  const or = (key: string, usual: string): Json =>
    contains(argument, key) ? item(argument, key) : usual;
  const image = {
    name,
    container_format: or("container_format", "bare"),
    disk_format: or("disk_format", "raw"),
  };
  try {
    const made = yield* copyVolumeToImage(call, volume, image, boolFromString(forced));
    return respond(202, { "os-volume_upload_image": made });
  } catch (thrown) {
    // Whatever it is, it is taken for the client\'s doing.
    const error = yield* caught(thrown);
    throw badRequest(
      error instanceof RemoteError ? (error.message.split("\n")[0] ?? "") : error.message,
    );
  }
}

function* extending(call: ActionCall, argument: Json): Op<HttpResponse> {
  const volume = found(call);
  yield* extend(call, volume, newSizeIn(argument));
  return respond(202);
}

/** `int(body['new_size'])`. @throws HttpFault 400 */
function newSizeIn(argument: Json): number {
  const refused = () => badRequest("New volume size must be specified as an integer.");
  let given: Json;
  try {
    given = item(argument, "new_size");
  } catch (error) {
    if (error instanceof KeyError || error instanceof PythonTypeError) throw refused();
    throw error;
  }
  if (typeof given === "number") return Math.trunc(given);
  if (typeof given === "boolean") return Number(given);
  const size = typeof given === "string" ? integerIn(given) : undefined;
  if (size === undefined) throw refused();
  return size;
}

function* settingReadonly(call: ActionCall, argument: Json): Op<HttpResponse> {
  const volume = found(call);
  const given = required(argument, "readonly", "Must specify readonly in request.");
  const readonly = flagIn(given, "readonly");
  call.enforce(volume, "volume:update_readonly_flag");
  if (volume.status !== "available") {
    const reason = "Volume status must be available to update readonly flag.";
    throw new InvalidVolume({ reason });
  }
  call.app.db.adminMetadata.set(volume.uuid, { readonly: readonly ? "True" : "False" });
  return respond(202);
}

function* settingBootable(call: ActionCall, argument: Json): Op<HttpResponse> {
  const volume = found(call);
  const given = required(argument, "bootable", "Must specify bootable in request.");
  updateVolume(call, volume, { bootable: flagIn(given, "bootable") });
  return respond(200);
}

const STATUSES = ["creating", "available", "deleting", "error", "error_deleting"];

const volumesByAdmin: Resettable = {
  collection: "volumes",
  rule: "volume_extension:volume_admin_actions:reset_status",
  statuses: [...STATUSES, "attaching", "in-use", "detaching"],
  attachStatuses: ["detached", "attached"],
  migrationStatuses: ["migrating", "error", "completing", "none", "starting"],
  update: ({ app, ctxt }, id, values) => void volumeUpdate(app.db, ctxt, id, values),
};

function* forceDeleting(call: ActionCall): Op<HttpResponse> {
  call.enforce(call.ctxt, "volume_extension:volume_admin_actions:force_delete");
  yield* deleteVolume(call, foundByAdmin(call), true);
  return respond(202);
}

function* forceDetaching(call: ActionCall): Op<HttpResponse> {
  call.enforce(call.ctxt, "volume_extension:volume_admin_actions:force_detach");
  const volume = foundByAdmin(call);
  yield* terminateConnection(call, volume, {}, true);
  yield* detach(call, volume);
  return respond(202);
}

const ACTIONS: Readonly<Record<string, Action>> = {
  "os-attach": attaching,
  "os-detach": detaching,
  "os-reserve": changing(reserveVolume),
  "os-unreserve": changing(unreserveVolume),
  "os-begin_detaching": changing(beginDetaching),
  "os-roll_detaching": changing(rollDetaching),
  "os-initialize_connection": connecting,
  "os-terminate_connection": disconnecting,
  "os-volume_upload_image": uploading,
  "os-extend": extending,
  "os-update_readonly_flag": settingReadonly,
  "os-set_bootable": settingBootable,
  "os-reset_status": (call, argument) => resetStatus(call, volumesByAdmin, argument),
  "os-force_delete": forceDeleting,
  "os-force_detach": forceDetaching,
  "os-retype": retyping,
  "os-migrate_volume": migrating,
  "os-migrate_volume_completion": completingMigration,
};

const RULES = [
  "volume:get",
  "volume:update",
  "volume:delete",
  "volume:attach",
  "volume:detach",
  "volume:reserve_volume",
  "volume:unreserve_volume",
  "volume:begin_detaching",
  "volume:roll_detaching",
  "volume:initialize_connection",
  "volume:terminate_connection",
  "volume:copy_volume_to_image",
  "volume:get_volume_image_metadata",
  "volume:extend",
  "volume:update_readonly_flag",
  "volume:retype",
  "volume:migrate_volume",
  "volume:migrate_volume_completion",
  "volume_extension:volume_actions:upload_image",
  "volume_extension:volume_admin_actions:reset_status",
  "volume_extension:volume_admin_actions:force_delete",
  "volume_extension:volume_admin_actions:force_detach",
  "volume_extension:volume_admin_actions:migrate_volume",
  "volume_extension:volume_admin_actions:migrate_volume_completion",
] as const satisfies readonly CinderRule[];

/** The action that the body's one key names. @throws HttpFault 400; 404 for what has no keys */
export function actionIn(
  call: ActionCall,
  actions: Readonly<Record<string, Action>>,
): Op<HttpResponse> {
  const peeked = peekedAction(call.request, CINDER_JSON);
  if (peeked === undefined) throw plainFault(404);
  const action = Object.hasOwn(actions, peeked.name) ? actions[peeked.name] : undefined;
  if (action === undefined) throw noSuchAction(peeked.name);
  return action(call, peeked.argument);
}

export const volumeActionRoutes = inVersions(BOTH, (route) => [
  route("POST", "/volumes/{id}/action", { inside: RULES }, (call) => actionIn(call, ACTIONS)),
]);
