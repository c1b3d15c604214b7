/**
 * What a project may have and has. Rates are not limited by default. Upstream:
 * nova/api/openstack/compute/limits.py, contrib/used_limits.py at 2014.2; nova §5.6.
 */
import { respond } from "../../../../http/index.js";
import type { JsonObject } from "../../../../python/index.js";
import { enforce } from "../policy.js";
import type { QuotaEngine } from "../../quota/quota-engine.js";
import type { Resource } from "../../quota/resources.js";
import { route, type NovaRoute } from "../route.js";

const MAXIMA: readonly (readonly [string, Resource])[] = [
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
  ["maxServerGroups", "server_groups"],
  ["maxServerGroupMembers", "server_group_members"],
];

const USED: readonly (readonly [string, Resource])[] = [
  ["totalRAMUsed", "ram"],
  ["totalCoresUsed", "cores"],
  ["totalInstancesUsed", "instances"],
  ["totalFloatingIpsUsed", "floating_ips"],
  ["totalSecurityGroupsUsed", "security_groups"],
  ["totalServerGroupsUsed", "server_groups"],
];

export const limitRoutes: readonly NovaRoute[] = [
  route("GET", "/limits", null, function* ({ app: { quotas }, ctxt, request: { query } }) {
    const tenant = query.get("tenant_id");
    if (tenant !== undefined) enforce(ctxt, "compute_extension:used_limits_for_admin");
    const project = tenant ?? ctxt.project_id ?? "";
    const own = maxima(quotas, ctxt.project_id ?? "");
    const used = usage(quotas, project, query.get("reserved") === "1");
    return respond(200, { limits: { rate: [], absolute: { ...own, ...used } } });
  }),
];

function maxima(quotas: QuotaEngine, project: string): JsonObject {
  const limits = quotas.limits(project);
  return Object.fromEntries(MAXIMA.map(([name, resource]) => [name, limits[resource]]));
}

function usage(quotas: QuotaEngine, project: string, withReserved: boolean): JsonObject {
  const used = USED.map(([name, resource]) => {
    const { in_use, reserved } = quotas.usage(project, resource);
    return [name, withReserved ? in_use + reserved : in_use] as const;
  });
  return Object.fromEntries(used);
}
