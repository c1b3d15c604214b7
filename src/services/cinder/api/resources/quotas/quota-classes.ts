/**
 * Limits of a class of projects, of which `default` is the one that counts: no request is of a class.
 * What is no resource is passed over. Upstream: cinder/api/contrib/quota_classes.py at 2014.2.
 */
import { respond, type HttpResponse } from "../../../../../http/index.js";
import type { Op } from "../../../../../kernel/index.js";
import { dictOrder } from "../../../../../python/index.js";
import { NotAuthorized } from "../../../exception.js";
import { badRequest, plainFault } from "../../faults.js";
import { bodyOf, validEntity } from "../../input.js";
import { BOTH, inVersions, type CinderCall } from "../../route.js";
import { limitIn } from "./quota-sets.js";

const ITEM = "/os-quota-class-sets/{id}";
const RULE = "volume_extension:quota_classes";

export const quotaClassRoutes = inVersions(BOTH, (route) => [
  route("GET", ITEM, RULE, show),
  route("PUT", ITEM, { inside: RULE }, update),
]);

type Call = CinderCall<"id">;

function* show({ app, ctxt, params: { id } }: Call): Op<HttpResponse> {
  if (!ctxt.is_admin) throw plainFault(403);
  return respond(200, { quota_class_set: { ...app.quotas.classQuotas(id), id } });
}

/** Who is no administrator fails at the first key that is one, or else at the answer. */
function* update(call: Call): Op<HttpResponse> {
  const { app, ctxt, request, params } = call;
  const body = bodyOf(request);
  call.enforce(ctxt, RULE);
  const given = validEntity(body, "quota_class_set");
  if (given === undefined) {
    throw badRequest("Missing required element quota_class_set in request body.");
  }
  const { resources } = app.quotas;
  for (const key of dictOrder(Object.keys(given))) {
    if (!resources.has(key)) continue;
    const limit = limitIn(given[key] ?? null, "Quota class limit");
    if (!ctxt.is_admin) throw plainFault(403);
    app.quotas.setClassLimit(params.id, key, limit);
  }
  if (!ctxt.is_admin) throw new NotAuthorized();
  return respond(200, { quota_class_set: app.quotas.classQuotas(params.id) });
}
