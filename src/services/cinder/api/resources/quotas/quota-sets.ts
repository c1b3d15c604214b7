/**
 * Limits of a project, what it uses of them, and how administrators set them: one after the other, so
 * that those before the first that is refused stay (LP 1432972). Upstream:
 * cinder/api/contrib/quotas.py at 2014.2.
 */
import { respond, type HttpResponse } from "../../../../../http/index.js";
import type { Op } from "../../../../../kernel/index.js";
import {
  boolFromString,
  dictOrder,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import { badRequest, plainFault } from "../../faults.js";
import { bodyOf, columnInteger, intOf, validEntity } from "../../input.js";
import { BOTH, inVersions, type CinderCall } from "../../route.js";

const ITEM = "/os-quota-sets/{id}";
const SHOW = "volume_extension:quotas:show";
const UPDATE = "volume_extension:quotas:update";

export const quotaSetRoutes = inVersions(BOTH, (route) => [
  route("GET", ITEM, SHOW, show),
  route("PUT", ITEM, { inside: UPDATE }, update),
  route("DELETE", ITEM, "volume_extension:quotas:delete", remove),
  route("GET", `${ITEM}/defaults`, SHOW, function* ({ app, params: { id } }) {
    return respond(200, { quota_set: { ...app.quotas.defaults(), id } });
  }),
]);

type Call = CinderCall<"id">;

/** Somebody else's are for administrators, which no policy says. */
function* show({ app, ctxt, request, params: { id } }: Call): Op<HttpResponse> {
  const usage = boolFromString(request.query.get("usage") ?? false);
  if (!ctxt.is_admin && ctxt.project_id !== id) throw plainFault(403);
  const quotas: JsonObject = usage
    ? Object.fromEntries(
        Object.entries(app.quotas.projectQuotas(id)).map(([name, quota]) => [name, { ...quota }]),
      )
    : app.quotas.limits(id);
  return respond(200, { quota_set: { ...quotas, id } });
}

const NON_QUOTA_KEYS = ["tenant_id", "id"];

function* update(call: Call): Op<HttpResponse> {
  const { app, ctxt, request, params } = call;
  const body = bodyOf(request);
  call.enforce(ctxt, UPDATE);
  const given = validEntity(body, "quota_set");
  if (given === undefined) throw badRequest("Missing required element quota_set in request body.");
  const keys = dictOrder(Object.keys(given)).filter((key) => !NON_QUOTA_KEYS.includes(key));
  const { resources } = app.quotas;
  const bad = keys.filter((key) => !resources.has(key));
  if (bad.length > 0) throw badRequest(`Bad key(s) in quota set: ${bad.join(",")}`);
  for (const key of keys) app.quotas.setLimit(params.id, key, limitIn(given[key] ?? null));
  return respond(200, { quota_set: app.quotas.limits(params.id) });
}

/** @throws HttpFault 400; PythonTypeError, which is a 400 as well */
export function limitIn(value: Json, what = "Quota limit"): number {
  let limit: number;
  try {
    limit = intOf(value);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw badRequest(`${what} must be specified as an integer value.`);
  }
  if (limit < -1) throw badRequest(`${what} must be -1 or greater.`);
  return columnInteger(limit);
}

/** The policy lets everybody through; the database does not. */
function* remove({ app, ctxt, params }: Call): Op<HttpResponse> {
  if (!ctxt.is_admin) throw plainFault(403);
  app.quotas.destroyAll(params.id);
  return respond(200);
}
