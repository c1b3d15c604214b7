/**
 * Together or apart, as the server group's policy says. Upstream:
 * nova/scheduler/filters/affinity_filter.py (ServerGroupAffinityFilter, ...AntiAffinityFilter).
 */
import { dictOrder, repr } from "../../../../python/index.js";
import type { SchedulingRequest } from "../request.js";
import type { HostFilter, HostTest } from "./filter.js";

const apart = (name: string, policy: string): HostFilter => ({
  name,
  oncePerRequest: false,
  forRequest: (request) =>
    testOf(request, policy, (host, members) => ({
      passes: members.size === 0 || !members.has(host),
      // An empty set is taken for an empty list.
      line: `Group anti affinity: check if ${host} not in ${members.size === 0 ? "[]" : setText(members)}`,
    })),
});

const together = (name: string, policy: string): HostFilter => ({
  name,
  oncePerRequest: false,
  forRequest: (request) =>
    testOf(request, policy, (host, members) => ({
      passes: members.size === 0 || members.has(host),
      line: `Group affinity: check if ${host} in ${setText(members)}`,
    })),
});

export const serverGroupAntiAffinityFilter = apart(
  "ServerGroupAntiAffinityFilter",
  "anti-affinity",
);
export const serverGroupAffinityFilter = together("ServerGroupAffinityFilter", "affinity");
/** Of groups as they were before Icehouse; a group's policies have no such name any more. */
export const groupAntiAffinityFilter = apart("GroupAntiAffinityFilter", "legacy");
export const groupAffinityFilter = together("GroupAffinityFilter", "legacy");

type Rule = (
  host: string,
  members: ReadonlySet<string>,
) => { readonly passes: boolean; readonly line: string };

/** Where members are, as long as there are any; undefined unless the policy is the group's. */
function testOf(
  { groupHosts, groupPolicies }: SchedulingRequest,
  policy: string,
  rule: Rule,
): HostTest | undefined {
  if (groupHosts === undefined || !groupPolicies.includes(policy)) return undefined;
  return {
    passes: ({ host }) => rule(host, groupHosts).passes,
    compared({ host }) {
      if (groupHosts.size === 0) return "no members";
      return groupHosts.has(host) ? "has members" : "has none";
    },
    debug: ({ host }) => [rule(host, groupHosts).line],
  };
}

/** As Python 2.7 writes a set. */
const setText = (members: ReadonlySet<string>): string => `set(${repr(dictOrder([...members]))})`;
