/**
 * Security groups by way of the compute API, which asks Neutron; only rules for what comes in are
 * shown. Upstream: contrib/security_groups.py, nova/network/security_group/neutron_driver.py at
 * 2014.2; nova §5.6.
 */
import { HttpFault, respond, type Query } from "../../../../http/index.js";
import { isUuidLike, textOf, type JsonObject } from "../../../../python/index.js";
import { SecurityGroupNotFound } from "../../exception.js";
import { badRequest, integerIn } from "../input.js";
import { route, type NovaRoute } from "../route.js";
import { securityGroupView } from "../views/security-group-view.js";

const POLICY = "compute_extension:security_groups";

export const securityGroupRoutes: readonly NovaRoute[] = [
  route("GET", "/os-security-groups", POLICY, function* ({ app, ctxt, request: { query } }) {
    const page = limited(yield* app.securityGroups.list(ctxt), query, app.flags.osapi_max_limit);
    const security_groups: JsonObject[] = [];
    for (const group of page) security_groups.push(yield* securityGroupView(app, ctxt, group));
    return respond(200, { security_groups: security_groups.sort(byTenantAndName) });
  }),
  route("GET", "/os-security-groups/{id}", POLICY, function* ({ app, ctxt, params: { id } }) {
    if (!isUuidLike(id)) throw badRequest("Security group id should be uuid");
    try {
      const group = yield* app.securityGroups.show(ctxt, id);
      return respond(200, { security_group: yield* securityGroupView(app, ctxt, group) });
    } catch (error) {
      throw error instanceof SecurityGroupNotFound ? new HttpFault(404, error.message) : error;
    }
  }),
];

/** `common.limited`, where 0 is as many as there may be. @throws HttpFault 400 */
function limited<T>(items: readonly T[], query: Query, most: number): readonly T[] {
  const number = (name: string, otherwise: number): number => {
    const text = query.get(name);
    const value = text === undefined ? otherwise : integerIn(text);
    if (value === undefined) throw badRequest(`${name} param must be an integer`);
    return value;
  };
  const [offset, limit] = [number("offset", 0), number("limit", most)];
  if (limit < 0) throw badRequest("limit param must be positive");
  if (offset < 0) throw badRequest("offset param must be positive");
  return items.slice(offset, offset + Math.min(most, limit === 0 ? most : limit));
}

function byTenantAndName(a: JsonObject, b: JsonObject): number {
  const key = (group: JsonObject) => `${textOf(group, "tenant_id")}\0${textOf(group, "name")}`;
  if (key(a) === key(b)) return 0;
  return key(a) < key(b) ? -1 : 1;
}
