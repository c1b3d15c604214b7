/**
 * Together or apart, as the server group's policy says. Upstream:
 * nova/scheduler/filters/affinity_filter.py (ServerGroupAffinityFilter, ...AntiAffinityFilter).
 */
import type { SchedulingRequest } from "../request.js";
import type { HostFilter } from "./filter.js";

export const serverGroupAntiAffinityFilter: HostFilter = {
  name: "ServerGroupAntiAffinityFilter",
  oncePerRequest: false,
  forRequest(request) {
    const hosts = hostsUnder(request, "anti-affinity");
    return hosts && (({ host }) => !hosts.has(host));
  },
};

export const serverGroupAffinityFilter: HostFilter = {
  name: "ServerGroupAffinityFilter",
  oncePerRequest: false,
  forRequest(request) {
    const hosts = hostsUnder(request, "affinity");
    return hosts && (({ host }) => hosts.has(host));
  },
};

/** The group's hosts, if there are any yet and the policy is the group's. */
function hostsUnder(
  { groupHosts, groupPolicies }: SchedulingRequest,
  policy: string,
): ReadonlySet<string> | undefined {
  if (groupHosts === undefined || groupHosts.size === 0) return undefined;
  return groupPolicies.includes(policy) ? groupHosts : undefined;
}
