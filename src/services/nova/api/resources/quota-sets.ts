/**
 * Quotas of projects, which administrators change. Quotas of single users are not simulated.
 * Upstream: contrib/quotas.py at 2014.2; nova §5.6.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { HttpFault, respond } from "../../../../http/index.js";
import { isObject, type Json, type JsonObject } from "../../../../python/index.js";
import { RESOURCES, isResource, type Limits, type Resource } from "../../quota/resources.js";
import type { NovaApp } from "../app.js";
import { badRequest, shown } from "../input.js";
import { route, type NovaRoute } from "../route.js";

const POLICY = "compute_extension:quotas";
/** Keys of the body that are no resources. */
const OTHER_KEYS = ["tenant_id", "force"];
const ITEM = "/os-quota-sets/{id}";

export const quotaSetRoutes: readonly NovaRoute[] = [
  route("GET", ITEM, `${POLICY}:show`, function* ({ app, ctxt, params: { id } }) {
    allowShow(ctxt, id);
    return respond(200, { quota_set: { id, ...limitsView(app.quotas.limits(id)) } });
  }),
  route("GET", `${ITEM}/defaults`, `${POLICY}:show`, function* ({ app, params: { id } }) {
    return respond(200, { quota_set: { id, ...limitsView(app.quotas.defaults) } });
  }),
  route("PUT", ITEM, `${POLICY}:update`, function* ({ app, request: { body }, params: { id } }) {
    for (const [resource, limit] of changesOf(app, id, body)) setLimit(app, id, resource, limit);
    return respond(200, { quota_set: limitsView(app.quotas.limits(id)) });
  }),
  route("DELETE", ITEM, `${POLICY}:delete`, function* ({ app, params: { id } }) {
    for (const row of app.db.quotas.find({ project_id: id })) app.db.quotas.softDelete(row.id);
    return respond(202);
  }),
];

/** One's own, or any for administrators. @throws HttpFault 403 */
function allowShow(ctxt: RequestContext, project: string): void {
  if (!ctxt.is_admin && ctxt.project_id !== project) {
    throw new HttpFault(403, "Access was denied to this resource.");
  }
}

const limitsView = (limits: Limits): JsonObject =>
  Object.fromEntries(RESOURCES.map((resource) => [resource, limits[resource]]));

/** @throws HttpFault 400: all is checked before anything is changed */
function changesOf(app: NovaApp, project: string, body: Json): (readonly [Resource, number])[] {
  const given = isObject(body) ? body["quota_set"] : undefined;
  if (!isObject(given)) throw badRequest("quota_set not specified");
  const bad = Object.keys(given).filter((key) => !isResource(key) && !OTHER_KEYS.includes(key));
  if (bad.length > 0) {
    throw badRequest(`Bad key(s) ${bad.join(",")} in quota_set`);
  }
  const force = given["force"] === true || given["force"] === "True";
  const changes = Object.entries(given).filter((entry): entry is [Resource, Json] =>
    isResource(entry[0]),
  );
  return changes
    .filter(([, value]) => value !== null && value !== "")
    .map(([resource, value]) => {
      const limit = Number(value);
      if (!Number.isInteger(limit)) {
        throw badRequest(`Quota '${shown(value)}' for ${resource} should be integer.`);
      }
      if (limit < -1) throw badRequest("Quota limit must be -1 or greater.");
      const { in_use, reserved } = app.quotas.usage(project, resource);
      const used = in_use + reserved;
      if (limit >= 0 && limit < used && !force) {
        throw badRequest(
          `Quota value ${limit} for ${resource} are less than already used and reserved ${used}`,
        );
      }
      return [resource, limit] as const;
    });
}

function setLimit({ db }: NovaApp, project_id: string, resource: Resource, limit: number): void {
  const row = db.quotas.first({ project_id, resource });
  if (row === undefined) db.quotas.insert({ project_id, resource, hard_limit: limit });
  else db.quotas.update(row.id, { hard_limit: limit });
}
