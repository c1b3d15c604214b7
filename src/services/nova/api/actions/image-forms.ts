/**
 * What a request for a snapshot or a backup says, all of which is looked at before the server is. Upstream:
 * nova/api/openstack/compute/servers.py (_action_create_image), contrib/admin_actions.py
 * (_create_backup), nova/api/openstack/common.py (check_snapshots_enabled,
 * check_img_metadata_properties_quota) at 2014.2.
 */
import { HttpFault } from "../../../../http/index.js";
import {
  dictOrder,
  dictUpdate,
  isObject,
  length,
  noAttribute,
  toInt,
  truth,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import { within } from "../../quota/within.js";
import type { Backup } from "../compute/snapshots/snapshot.js";
import { badRequest } from "../input.js";
import type { NovaCall } from "../route.js";

/** Characters of a key of an image's metadata. */
const LONGEST = 255;

interface ImageForm {
  readonly name: Json;
  readonly properties: JsonObject;
}

/** @throws HttpFault 400, 403; AttributeError, PythonTypeError */
export function checkImage(argument: Json, call: NovaCall): void {
  if (!call.app.flags.allow_instance_snapshots) {
    call.app.env.log("warning", "Rejecting snapshot request, snapshots currently disabled");
    throw badRequest("Instance snapshots are not permitted at this time.");
  }
  if (!isObject(argument)) throw noAttribute(argument, "get");
  if (!truth(argument["name"] ?? null)) {
    throw badRequest("createImage entity requires name attribute");
  }
  checkMetadata(argument, call);
}

/** Of what `checkImage` has let pass. */
export function imageForm(argument: Json): ImageForm {
  const { name = null } = argument as JsonObject;
  return { name, properties: propertiesIn(argument as JsonObject) };
}

/** @throws HttpFault 400, 403; PythonTypeError for a rotation that no number is made of */
export function checkBackup(argument: Json, call: NovaCall): void {
  if (!isObject(argument)) throw badRequest("Malformed createBackup entity");
  for (const key of ["name", "backup_type", "rotation"]) {
    if (Object.hasOwn(argument, key)) continue;
    throw badRequest(`createBackup entity requires '${key}' attribute`);
  }
  if (rotationIn(argument) < 0) {
    throw badRequest("createBackup attribute 'rotation' must be greater than or equal to zero");
  }
  checkMetadata(argument, call);
}

/** Of what `checkBackup` has let pass. */
export function backupForm(argument: Json): Backup {
  const body = argument as JsonObject;
  const { name = null, backup_type: type = null } = body;
  return { name, type, rotation: rotationIn(body), properties: propertiesIn(body) };
}

/** `int(rotation)`. */
function rotationIn({ rotation = null }: JsonObject): number {
  try {
    return toInt(rotation);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw badRequest("createBackup attribute 'rotation' must be an integer");
  }
}

const propertiesIn = ({ metadata = {} }: JsonObject): JsonObject => dictUpdate({}, metadata);

/** `check_img_metadata_properties_quota`, and what is nothing is no dictionary either. */
function checkMetadata(body: JsonObject, { app, ctxt }: NovaCall): void {
  const { metadata = {} } = body;
  if (truth(metadata)) {
    within(app.quotas, ctxt, { metadata_items: length(metadata) }, () => {
      return new HttpFault(403, "Image metadata limit exceeded");
    });
    if (!isObject(metadata)) throw badRequest("Invalid image metadata");
    for (const key of dictOrder(Object.keys(metadata))) {
      if (key === "") throw badRequest("Image metadata key cannot be blank");
      if (length(key) > LONGEST) throw badRequest("Image metadata key too long");
    }
  }
  propertiesIn(body);
}
