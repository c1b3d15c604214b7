/**
 * How volumes of a type are encrypted, as long as no volume has the type. Upstream:
 * cinder/api/contrib/volume_type_encryption.py at 2014.2.
 */
import { storedDate } from "../../../../../framework/index.js";
import { respond, type HttpResponse } from "../../../../../http/index.js";
import type { Op } from "../../../../../kernel/index.js";
import {
  asDict,
  AttributeError,
  length,
  truth,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import {
  encryptionCreate,
  encryptionDelete,
  encryptionGet,
  encryptionUpdate,
  type Encryption,
  type EncryptionValues,
} from "../../../db/encryption.js";
import { volumeTypeGet } from "../../../db/volume-types.js";
import {
  InvalidInput,
  NotFound,
  VolumeTypeEncryptionExists,
  VolumeTypeEncryptionNotFound,
} from "../../../exception.js";
import type { CinderApp } from "../../app.js";
import { badRequest, notFound, plainFault } from "../../faults.js";
import { columnInteger, columnRequired, columnText, validEntity } from "../../input.js";
import { BOTH, inVersions, type CinderCall } from "../../route.js";

const RULE = "volume_extension:volume_type_encryption";
const ALL = "/types/{type_id}/encryption";

export const encryptionRoutes = inVersions(BOTH, (route) => [
  route("GET", ALL, RULE, index),
  route("POST", ALL, RULE, create),
  route("GET", `${ALL}/{key}`, RULE, show),
  route("PUT", `${ALL}/{key}`, RULE, update),
  route("DELETE", `${ALL}/{key}`, RULE, remove),
]);

type Call = CinderCall<"type_id">;
type KeyCall = CinderCall<"type_id" | "key">;

/** @throws HttpFault 404 in the exception's words */
function assertType({ app, params }: Call): void {
  try {
    volumeTypeGet(app.db, params.type_id);
  } catch (error) {
    throw error instanceof NotFound ? notFound(error.message) : error;
  }
}

/** @throws HttpFault 400 */
function assertUnused({ app, params }: Call, act: string): void {
  if (app.db.volumes.find({ volume_type_id: params.type_id }).length === 0) return;
  throw badRequest(`Cannot ${act} encryption specs. Volume type in use.`);
}

/** Every column of the row; nothing where there is none. */
function specsOf({ db }: CinderApp, type: string): JsonObject {
  const row = encryptionGet(db, type);
  return row === undefined ? {} : view(row);
}

const view = (row: Encryption): JsonObject => ({
  volume_type_id: row.volume_type_id,
  provider: row.provider,
  cipher: row.cipher,
  key_size: row.key_size,
  control_location: row.control_location,
  created_at: storedDate(row.created_at),
  updated_at: row.updated_at === null ? null : storedDate(row.updated_at),
  deleted_at: null,
  deleted: false,
});

function* index(call: Call): Op<HttpResponse> {
  assertType(call);
  return respond(200, specsOf(call.app, call.params.type_id));
}

function* show(call: KeyCall): Op<HttpResponse> {
  assertType(call);
  const { type_id, key } = call.params;
  const specs = specsOf(call.app, type_id);
  if (!Object.hasOwn(specs, key)) throw plainFault(404);
  return respond(200, { [key]: specs[key] ?? null });
}

/** The answer has the type's id in it. */
function* create(call: Call): Op<HttpResponse> {
  const { app, request, params } = call;
  const { type_id } = params;
  assertUnused(call, "create");
  const given = validEntity(request.body, "encryption");
  if (given === undefined) throw badRequest("Create body is not valid.");
  assertType(call);
  if (encryptionGet(app.db, type_id) !== undefined) {
    throw new VolumeTypeEncryptionExists({ type_id });
  }
  assertFits(given, true);
  const specs = Object.hasOwn(given, "volume_type_id")
    ? given
    : { ...given, volume_type_id: type_id };
  const whose = columnText(specs["volume_type_id"] ?? null) ?? "";
  encryptionCreate(app.db, { ...NOTHING, ...columnsOf(specs), volume_type_id: whose });
  yield* tell(call, "create", { type_id, specs });
  return respond(200, { ...asDict(request.body, "iteritems"), encryption: specs });
}

function* update(call: KeyCall): Op<HttpResponse> {
  const { app, request, params } = call;
  const { type_id, key } = params;
  const { body } = request;
  if (!truth(body)) throw badRequest("Request body empty.");
  const given = validEntity(body, "encryption");
  if (given === undefined) {
    throw badRequest('Update body is not valid. It must contain "encryption."');
  }
  if (length(body) > 1) throw badRequest("Request body contains too many items.");
  assertType(call);
  assertUnused(call, "update");
  assertFits(given, false);
  if (encryptionGet(app.db, type_id) === undefined) {
    throw new VolumeTypeEncryptionNotFound({ type_id });
  }
  encryptionUpdate(app.db, type_id, columnsOf(given));
  yield* tell(call, "update", { type_id, id: key });
  return respond(200, body);
}

/** Of a type that has none, upstream updates None. @throws AttributeError */
function* remove(call: KeyCall): Op<HttpResponse> {
  const { app, params } = call;
  assertUnused(call, "delete");
  if (encryptionGet(app.db, params.type_id) === undefined) {
    throw new AttributeError("'NoneType' object has no attribute 'update'");
  }
  encryptionDelete(app.db, params.type_id);
  return respond(202);
}

const tell = ({ app, ctxt }: Call, event: string, payload: JsonObject): Op<void> =>
  app.notifierOf("volumeTypeEncryption").info(ctxt, `volume_type_encryption.${event}`, payload);

const LOCATIONS: readonly Json[] = ["front-end", "back-end"];

/** `_check_encryption_input`. @throws InvalidInput */
function assertFits(given: JsonObject, fresh: boolean): void {
  const refused = (reason: string): InvalidInput => new InvalidInput({ reason });
  const { key_size: size = null, control_location: location } = given;
  if (size !== null) {
    const whole = typeof size === "boolean" || (typeof size === "number" && Number.isInteger(size));
    if (!whole) throw refused("key_size must be an integer");
    if (Number(size) < 0) throw refused("key_size must be non-negative");
  }
  if (fresh && given["provider"] === undefined) throw refused("provider must be defined");
  if (fresh && location === undefined) throw refused("control_location must be defined");
  if (location !== undefined && !LOCATIONS.includes(location)) {
    throw refused("Valid control location are: ['front-end', 'back-end']");
  }
}

const NOTHING: EncryptionValues = {
  cipher: null,
  key_size: null,
  provider: null,
  control_location: null,
};

/** Those of the columns that are given; all else is kept nowhere. */
function columnsOf(given: JsonObject): Partial<EncryptionValues> {
  const { cipher, provider, control_location: location, key_size: size } = given;
  return {
    ...(cipher !== undefined && { cipher: columnText(cipher) }),
    ...(provider !== undefined && { provider: columnRequired(provider) }),
    ...(location !== undefined && { control_location: columnRequired(location) }),
    ...(size !== undefined && { key_size: size === null ? null : columnInteger(Number(size)) }),
  };
}
