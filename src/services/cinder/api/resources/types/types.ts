/**
 * Volume types: everybody lists and shows them, administrators make and delete them. Upstream:
 * cinder/api/v{1,2}/types.py, cinder/api/contrib/types_manage.py, cinder/api/views/types.py at 2014.2.
 */
import { HttpFault, respond, type HttpResponse } from "../../../../../http/index.js";
import type { Op } from "../../../../../kernel/index.js";
import {
  asDict,
  dictOrder,
  Exception,
  isObject,
  truth,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import {
  volumeTypeByName,
  volumeTypeCreate,
  volumeTypeDestroy,
  volumeTypeGet,
  volumeTypes,
  type VolumeType,
} from "../../../db/volume-types.js";
import {
  CinderException,
  NotFound,
  VolumeTypeCreateFailed,
  VolumeTypeExists,
  VolumeTypeInUse,
} from "../../../exception.js";
import { exceptionPayload } from "../../../notifications.js";
import { badRequest, notFound, plainFault } from "../../faults.js";
import { bodyOf, columnText, validEntity } from "../../input.js";
import { BOTH, inVersions, type ApiVersion, type CinderCall } from "../../route.js";

const MANAGE = { inside: "volume_extension:types_manage" } as const;

export const typeRoutes = inVersions(BOTH, (route, version) => [
  route("GET", "/types", null, index),
  route("POST", "/types", MANAGE, create),
  route("GET", "/types/{id}", null, (call) => show(call, version)),
  route("DELETE", "/types/{id}", MANAGE, remove),
]);

const view = ({ id, name, extra_specs }: VolumeType): JsonObject => ({ id, name, extra_specs });

/** In the order of a dictionary by name. */
function* index({ app: { db } }: CinderCall): Op<HttpResponse> {
  const types = new Map(volumeTypes(db).map((type) => [type.name, view(type)]));
  const ordered = dictOrder([...types.keys()]).map((name) => types.get(name) ?? {});
  return respond(200, { volume_types: ordered });
}

function* show({ app, params }: CinderCall<"id">, version: ApiVersion): Op<HttpResponse> {
  try {
    return respond(200, { volume_type: view(volumeTypeGet(app.db, params.id)) });
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    throw version === "v1" ? plainFault(404) : notFound("Volume type not found");
  }
}

function* create(call: CinderCall): Op<HttpResponse> {
  const { app, ctxt, request } = call;
  const body = bodyOf(request);
  call.enforce(ctxt, MANAGE.inside);
  const entity = validEntity(body, "volume_type");
  if (entity === undefined) throw plainFault(400);
  const name = entity["name"] ?? null;
  if (name === null || name === "") throw plainFault(400);
  const notifier = app.notifierOf("volumeType");
  try {
    const text = made(call, name, entity["extra_specs"] ?? null);
    const type = volumeTypeByName(app.db, text);
    yield* notifier.info(ctxt, "volume_type.create", { volume_types: type });
    return respond(200, { volume_type: view(type) });
  } catch (error) {
    if (!(error instanceof VolumeTypeExists)) throw error;
    const error_message = exceptionPayload(error);
    yield* notifier.error(ctxt, "volume_type.create", { volume_types: entity, error_message });
    throw new HttpFault(409, error.message);
  }
}

/** What the database does not take is a type that could not be made. @throws VolumeTypeExists, VolumeTypeCreateFailed */
function made({ app }: CinderCall, name: Json, extra_specs: Json): string {
  try {
    const text = columnText(name) ?? "";
    const specs = truth(extra_specs) ? asDict(extra_specs, "iteritems") : {};
    const texts = Object.entries(specs).map(([key, value]) => [key, columnText(value)] as const);
    const uuid = app.ids.uuid();
    volumeTypeCreate(app.db, { uuid, name: text }, Object.fromEntries(texts));
    return text;
  } catch (error) {
    if (error instanceof CinderException || !(error instanceof Exception)) throw error;
    app.env.log("error", `DB error: ${error.message}`);
    const shown = isObject(extra_specs) ? extra_specs : {};
    throw new VolumeTypeCreateFailed({ name, extra_specs: shown });
  }
}

function* remove(call: CinderCall<"id">): Op<HttpResponse> {
  const { app, ctxt, params } = call;
  const { id } = params;
  call.enforce(ctxt, MANAGE.inside);
  const notifier = app.notifierOf("volumeType");
  try {
    const type = volumeTypeGet(app.db, id);
    volumeTypeDestroy(app.db, id);
    yield* notifier.info(ctxt, "volume_type.delete", { volume_types: type });
    return respond(202);
  } catch (error) {
    if (!(error instanceof VolumeTypeInUse || error instanceof NotFound)) throw error;
    const error_message = exceptionPayload(error);
    yield* notifier.error(ctxt, "volume_type.delete", { id, error_message });
    if (error instanceof NotFound) throw plainFault(404);
    app.env.log("error", `VolumeType ${id} deletion failed, VolumeType in use.`);
    throw badRequest("Target volume type is still in use.");
  }
}
