/**
 * Security groups by way of the compute API, which asks Neutron; only rules for what comes in are
 * shown. Upstream: contrib/security_groups.py, nova/network/security_group/neutron_driver.py at
 * 2014.2; nova §5.6.
 */
import { HttpFault, respond } from "../../../../http/index.js";
import { isObject, Exception, type Json, type JsonObject } from "../../../../python/index.js";
import { isList } from "../input.js";
import { route, type NovaRoute } from "../route.js";

const POLICY = "compute_extension:security_groups";

export const securityGroupRoutes: readonly NovaRoute[] = [
  route("GET", "/os-security-groups", POLICY, function* ({ app, ctxt }) {
    const groups = yield* app.securityGroups.list(ctxt);
    return respond(200, { security_groups: groups.map(view) });
  }),
  route("GET", "/os-security-groups/{id}", POLICY, function* ({ app, ctxt, params: { id } }) {
    try {
      return respond(200, { security_group: view(yield* app.securityGroups.get(ctxt, id)) });
    } catch (error) {
      if (!(error instanceof Exception) || error.name !== "SecurityGroupNotFound") throw error;
      throw new HttpFault(404, error.message);
    }
  }),
];

const text = (value: Json | undefined): Json => value ?? null;

function view(group: JsonObject): JsonObject {
  const { id, name, description, tenant_id } = group;
  const rules = isList(group["security_group_rules"]) ? group["security_group_rules"] : [];
  const ingress = rules.filter(isObject).filter(({ direction }) => direction === "ingress");
  return {
    id: text(id),
    name: text(name),
    description: text(description),
    tenant_id: text(tenant_id),
    rules: ingress.map((rule) => ruleView(rule, text(id))),
  };
}

/** -1 stands for any port. */
function ruleView(rule: JsonObject, parent: Json): JsonObject {
  const remote = rule["remote_group_id"] ?? null;
  const cidr = rule["remote_ip_prefix"] ?? null;
  const any = rule["protocol"] === null || rule["protocol"] === undefined;
  return {
    id: text(rule["id"]),
    parent_group_id: parent,
    ip_protocol: text(rule["protocol"]),
    from_port: any ? -1 : text(rule["port_range_min"]),
    to_port: any ? -1 : text(rule["port_range_max"]),
    group: remote === null ? {} : { name: remote, tenant_id: text(rule["tenant_id"]) },
    ip_range: remote === null ? { cidr: cidr ?? "0.0.0.0/0" } : {},
  };
}
