/**
 * What a project may have and has, and how often a user may ask, where rates are limited. Upstream:
 * nova/api/openstack/compute/limits.py, contrib/used_limits.py, server_group_quotas.py at 2014.2, which
 * add to one answer; nova §5.6.
 */
import type { RequestContext } from "../../../../../framework/index.js";
import { respond, type Query } from "../../../../../http/index.js";
import type { JsonObject } from "../../../../../python/index.js";
import { Forbidden } from "../../../exception.js";
import type { QuotaEngine } from "../../../quota/quota-engine.js";
import type { Resource } from "../../../quota/resources.js";
import { plainFault } from "../../faults.js";
import { integerIn } from "../../input.js";
import { enforce } from "../../policy.js";
import { route, type NovaCall, type NovaRoute } from "../../route.js";

type Names = readonly (readonly [string, Resource])[];

const MAXIMA: Names = [
  ["maxTotalRAMSize", "ram"],
  ["maxTotalInstances", "instances"],
  ["maxTotalCores", "cores"],
  ["maxTotalKeypairs", "key_pairs"],
  ["maxTotalFloatingIps", "floating_ips"],
  ["maxServerMeta", "metadata_items"],
  ["maxImageMeta", "metadata_items"],
  ["maxPersonality", "injected_files"],
  ["maxPersonalitySize", "injected_file_content_bytes"],
  ["maxSecurityGroups", "security_groups"],
  ["maxSecurityGroupRules", "security_group_rules"],
];

const OWN_MAXIMA: Names = [
  ["maxServerGroups", "server_groups"],
  ["maxServerGroupMembers", "server_group_members"],
];

const USED: Names = [
  ["totalRAMUsed", "ram"],
  ["totalCoresUsed", "cores"],
  ["totalInstancesUsed", "instances"],
  ["totalFloatingIpsUsed", "floating_ips"],
  ["totalSecurityGroupsUsed", "security_groups"],
  ["totalServerGroupsUsed", "server_groups"],
];

export const limitRoutes: readonly NovaRoute[] = [
  route("GET", "/limits", null, function* ({ app, ctxt, request: { query } }) {
    const { quotas } = app;
    const own = ctxt.project_id ?? "";
    const project = projectOf(ctxt, query);
    const absolute = {
      ...maxima(quotas, project, MAXIMA),
      // Whoever is asked about, these are the caller's.
      ...maxima(quotas, own, OWN_MAXIMA),
      ...usage(quotas, project, withReserved(query)),
    };
    // v2.1 does not count requests.
    const counted = app.version === "v2.1" ? undefined : app.rates;
    const rate = counted?.shown(app.version, ctxt.user_id ?? "") ?? [];
    return respond(200, { limits: { rate, absolute } });
  }),
  // The other methods of a resource are there to say that they are not.
  route("POST", "/limits", null, unsupported),
  route("GET", "/limits/{id}", null, unsupported),
  route("PUT", "/limits/{id}", null, unsupported),
  route("DELETE", "/limits/{id}", null, unsupported),
];

/** @throws HttpFault 501 */
function unsupported(_call: NovaCall): never {
  throw plainFault(501);
}

/**
 * Another project is none of a user's business to the database, which is asked first; after that one's
 * own is not to be named either. @throws Forbidden, PolicyNotAuthorized
 */
function projectOf(ctxt: RequestContext, query: Query): string {
  const own = ctxt.project_id ?? "";
  const tenant = query.get("tenant_id");
  if (tenant === undefined) return own;
  if (!ctxt.is_admin && tenant !== own) throw new Forbidden();
  enforce(ctxt, "compute_extension:used_limits_for_admin");
  return tenant;
}

/** Any number but 0. */
function withReserved(query: Query): boolean {
  const reserved = integerIn(query.get("reserved") ?? "");
  return reserved !== undefined && reserved !== 0;
}

function maxima(quotas: QuotaEngine, project: string, names: Names): JsonObject {
  const limits = quotas.limits(project);
  return Object.fromEntries(names.map(([name, resource]) => [name, limits[resource]]));
}

function usage(quotas: QuotaEngine, project: string, withReserved: boolean): JsonObject {
  const used = USED.map(([name, resource]) => {
    const { in_use, reserved } = quotas.usage(project, resource);
    return [name, withReserved ? in_use + reserved : in_use] as const;
  });
  return Object.fromEntries(used);
}
