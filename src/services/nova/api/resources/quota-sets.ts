/**
 * Quotas of projects and of their users, which administrators change. Upstream: contrib/quotas.py with
 * extended_quotas.py, user_quotas.py and server_group_quotas.py at 2014.2; nova §5.6.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { respond, type Query } from "../../../../http/index.js";
import {
  asciiText,
  boolFromString,
  dictOrder,
  Exception,
  type Json,
  type JsonObject,
  truth,
} from "../../../../python/index.js";
import { destroyQuotas, setLimit } from "../../db/quota/quotas.js";
import type { SettableRange } from "../../quota/quota-engine.js";
import { RESOURCES, isResource, type Limits, type Resource } from "../../quota/resources.js";
import type { NovaApp } from "../app.js";
import { badRequest, firstGiven, validInteger, validEntity } from "../input.js";
import { route, type NovaRoute } from "../route.js";
import { plainFault } from "../faults.js";

const POLICY = "compute_extension:quotas";
/** Keys of the body that are no resources. */
const NON_QUOTA_KEYS = ["tenant_id", "id", "force"];
const ITEM = "/os-quota-sets/{id}";
/** An INTEGER of MySQL. */
const [LEAST, MOST] = [-0x80000000, 0x7fffffff];

export const quotaSetRoutes: readonly NovaRoute[] = [
  route("GET", ITEM, `${POLICY}:show`, function* ({ app, ctxt, request, params: { id } }) {
    authorizeProject(ctxt, id);
    const limits = app.quotas.limits(id, userIn(request.query));
    return respond(200, { quota_set: limitsOf(id, limits) });
  }),
  route("GET", `${ITEM}/defaults`, `${POLICY}:show`, function* ({ app, params: { id } }) {
    return respond(200, { quota_set: limitsOf(id, app.quotas.defaults) });
  }),
  route("PUT", ITEM, `${POLICY}:update`, function* ({ app, request, params: { id } }) {
    const user = userIn(request.query);
    update(app, request.body, { project: id, user });
    return respond(200, { quota_set: limitsView(app.quotas.limits(id, user)) });
  }),
  route("DELETE", ITEM, `${POLICY}:delete`, function* ({ app, request, params: { id } }) {
    destroyQuotas(app.db, id, userIn(request.query));
    return respond(202);
  }),
];

const userIn = (query: Query): string | undefined => firstGiven(query, "user_id");

/** `_format_quota_set`, where it tells whose it is. @throws UnicodeEncodeError for what is no ASCII: Juno's defect */
export const limitsOf = (id: string, limits: Limits): JsonObject => ({
  id: asciiText(id),
  ...limitsView(limits),
});

/** `nova.context.authorize_project_context`: one's own, or any for administrators. @throws HttpFault 403 */
function authorizeProject(ctxt: RequestContext, project: string): void {
  if (!ctxt.is_admin && ctxt.project_id !== project) throw plainFault(403);
}

export const limitsView = (limits: Limits): JsonObject =>
  Object.fromEntries(RESOURCES.map((resource) => [resource, limits[resource]]));

interface Whose {
  readonly project: string;
  readonly user: string | undefined;
}

/**
 * Sets one limit after the other, in the order of a dictionary: what came before the first that is
 * refused stays. @throws HttpFault 400, InvalidInput
 */
function update({ db, quotas }: NovaApp, body: Json, { project, user }: Whose): void {
  const settable = quotas.settable(project, user);
  const given = validEntity(body, "quota_set");
  if (given === undefined) throw badRequest("quota_set not specified");
  const keys = dictOrder(Object.keys(given));
  const force = checkKeys(keys, given);
  for (const resource of keys) {
    const value = given[resource] ?? null;
    // False is 0, anything else that is empty is as good as left out.
    if (!isResource(resource) || (!truth(value) && value !== 0 && value !== false)) continue;
    const hard_limit = value === false ? 0 : validInteger(value, resource);
    if (!force) checkLimit(resource, hard_limit, settable[resource]);
    setLimit(
      db,
      { project_id: project, resource, hard_limit: inColumn(hard_limit, resource) },
      user,
    );
  }
}

/** @returns whether limits may be below what is used. @throws HttpFault 400, InvalidInput */
function checkKeys(keys: readonly string[], given: JsonObject): boolean {
  let force = false;
  const bad: string[] = [];
  for (const key of keys) {
    const value = given[key] ?? null;
    if (key === "force") force = boolFromString(value);
    else if (isResource(key)) {
      if (truth(value)) validInteger(value, key);
    } else if (!NON_QUOTA_KEYS.includes(key)) bad.push(key);
  }
  if (bad.length > 0) throw badRequest(`Bad key(s) ${bad.join(",")} in quota_set`);
  return force;
}

/** `_validate_quota_limit`. @throws HttpFault 400 */
function checkLimit(resource: Resource, limit: number, range: SettableRange): void {
  const { minimum, maximum } = range;
  const refused = (rule: string) =>
    badRequest(`Quota limit ${String(limit)} for ${resource} ${rule}`);
  if (limit < -1) throw refused("must be -1 or greater.");
  if (limit < minimum && (maximum !== -1 || limit !== -1)) {
    throw refused(`must be greater than or equal to already used and reserved ${String(minimum)}.`);
  }
  if (maximum !== -1 && limit > maximum) {
    throw refused(`must be less than or equal to ${String(maximum)}.`);
  }
}

/** What column `hard_limit` has room for. @throws DataError */
export function inColumn(hard_limit: number, resource: string): number {
  if (hard_limit < LEAST || hard_limit > MOST) throw new DataError(resource);
  return hard_limit;
}

/** What MySQL makes of a number that a column has no room for. */
class DataError extends Exception {
  static override readonly module: string = "oslo.db.exception";
  override readonly name: string = "DBError";

  constructor(resource: string) {
    super(`(DataError) (1264, "Out of range value for column 'hard_limit'") of ${resource}`);
  }
}
