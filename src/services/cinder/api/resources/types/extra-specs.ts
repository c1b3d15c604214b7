/**
 * What a volume type asks of its backend, key by key. Upstream:
 * cinder/api/contrib/types_extra_specs.py at 2014.2.
 */
import { respond, type HttpResponse } from "../../../../../http/index.js";
import type { Op } from "../../../../../kernel/index.js";
import { asDict, contains, length, truth, type JsonObject } from "../../../../../python/index.js";
import { extraSpecDelete, volumeTypeGet } from "../../../db/volume-types.js";
import { NotFound } from "../../../exception.js";
import { badRequest, notFound, plainFault } from "../../faults.js";
import { columnText, isKeyName, validEntity } from "../../input.js";
import { BOTH, inVersions, type CinderCall } from "../../route.js";

const RULE = "volume_extension:types_extra_specs";
const SPECS = "/types/{type_id}/extra_specs";

export const extraSpecRoutes = inVersions(BOTH, (route) => [
  route("GET", SPECS, RULE, index),
  route("POST", SPECS, RULE, create),
  route("GET", `${SPECS}/{key}`, RULE, show),
  route("PUT", `${SPECS}/{key}`, RULE, update),
  route("DELETE", `${SPECS}/{key}`, { inside: RULE }, remove),
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

function* index(call: Call): Op<HttpResponse> {
  assertType(call);
  return respond(200, { extra_specs: call.app.db.extraSpecs.get(call.params.type_id) });
}

function* create(call: Call): Op<HttpResponse> {
  const { body } = call.request;
  const specs = validEntity(body, "extra_specs");
  if (specs === undefined) throw plainFault(400);
  assertType(call);
  if (!Object.keys(specs).every(isKeyName)) {
    const what = "alphanumeric characters, underscores, periods, colons and hyphens.";
    throw badRequest(`Key names can only contain ${what}`);
  }
  write(call, specs);
  const { type_id } = call.params;
  yield* tell(call, "create", { type_id, specs });
  return respond(200, body);
}

function* show(call: KeyCall): Op<HttpResponse> {
  const { app, params } = call;
  assertType(call);
  const specs = app.db.extraSpecs.get(params.type_id);
  if (!Object.hasOwn(specs, params.key)) throw plainFault(404);
  return respond(200, { [params.key]: specs[params.key] ?? null });
}

/** What the key may look like is not asked here. */
function* update(call: KeyCall): Op<HttpResponse> {
  const { body } = call.request;
  const { type_id, key } = call.params;
  if (!truth(body)) throw badRequest("Request body empty");
  assertType(call);
  if (!contains(body, key)) throw badRequest("Request body and URI mismatch");
  if (length(body) > 1) throw badRequest("Request body contains too many items");
  write(call, asDict(body, "iteritems"));
  yield* tell(call, "update", { type_id, id: key });
  return respond(200, body);
}

/** It looks for the type before it asks whether it may. */
function* remove(call: KeyCall): Op<HttpResponse> {
  const { type_id, key } = call.params;
  assertType(call);
  call.enforce(call.ctxt, RULE);
  try {
    extraSpecDelete(call.app.db, type_id, key);
  } catch (error) {
    throw error instanceof NotFound ? notFound(error.message) : error;
  }
  yield* tell(call, "delete", { type_id, id: key });
  return respond(202);
}

function write({ app, params }: Call, specs: JsonObject): void {
  const texts = Object.entries(specs).map(([key, value]) => [key, columnText(value)] as const);
  app.db.extraSpecs.set(params.type_id, Object.fromEntries(texts));
}

const tell = ({ app, ctxt }: Call, event: string, payload: JsonObject): Op<void> =>
  app.notifierOf("volumeTypeExtraSpecs").info(ctxt, `volume_type_extra_specs.${event}`, payload);
