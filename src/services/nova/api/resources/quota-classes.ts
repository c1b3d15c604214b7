/**
 * Limits of classes of projects, of which only `default` does anything: no request is of a class.
 * Upstream: nova/api/openstack/compute/contrib/quota_classes.py at 2014.2.
 */
import { respond } from "../../../../http/index.js";
import { dictOrder } from "../../../../python/index.js";
import { setClassLimit } from "../../db/quota/quotas.js";
import { isResource } from "../../quota/resources.js";
import { plainFault } from "../faults.js";
import { badRequest, validEntity, validInteger } from "../input.js";
import { route, type NovaRoute } from "../route.js";
import { inColumn, limitsOf, limitsView } from "./quota-sets.js";

const ITEM = "/os-quota-class-sets/{id}";
const RULE = "compute_extension:quota_classes";

export const quotaClassRoutes: readonly NovaRoute[] = [
  // `authorize_quota_class_context`: nobody but administrators is of any class.
  route("GET", ITEM, RULE, function* ({ app, ctxt, params: { id } }) {
    if (!ctxt.is_admin) throw plainFault(403);
    return respond(200, { quota_class_set: limitsOf(id, app.quotas.classLimits(id)) });
  }),
  // The database refuses who is no administrator, and so whoever changes nothing is not refused.
  route("PUT", ITEM, RULE, function* ({ app, ctxt, request, params: { id } }) {
    const given = validEntity(request.body, "quota_class_set");
    if (given === undefined) throw badRequest("quota_class_set not specified");
    const keys = dictOrder(Object.keys(given));
    const bad = keys.filter((key) => !isResource(key));
    for (const key of keys) if (isResource(key)) validInteger(given[key] ?? null, key);
    if (bad.length > 0) throw badRequest(`Bad key(s) ${bad.join(",")} in quota_set`);
    for (const resource of keys) {
      if (!ctxt.is_admin) throw plainFault(403);
      const hard_limit = inColumn(validInteger(given[resource] ?? null, resource), resource);
      setClassLimit(app.db, { class_name: id, resource, hard_limit });
    }
    return respond(200, { quota_class_set: limitsView(app.quotas.classLimits(id)) });
  }),
];
