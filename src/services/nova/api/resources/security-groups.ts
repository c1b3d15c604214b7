/**
 * Security groups by way of the compute API, which asks Neutron; only rules for what comes in are
 * shown. Upstream: contrib/security_groups.py, nova/network/security_group/neutron_driver.py at
 * 2014.2; nova §5.6.
 */
import { HttpFault, respond } from "../../../../http/index.js";
import { isUuidLike, textOf, type JsonObject } from "../../../../python/index.js";
import { SecurityGroupNotFound } from "../../exception.js";
import { badRequest, limited } from "../input.js";
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

function byTenantAndName(a: JsonObject, b: JsonObject): number {
  const key = (group: JsonObject) => `${textOf(group, "tenant_id")}\0${textOf(group, "name")}`;
  if (key(a) === key(b)) return 0;
  return key(a) < key(b) ? -1 : 1;
}
