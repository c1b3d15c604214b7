/**
 * The server group that a request names in its hints: where its members are, and its policy.
 * Upstream: nova/scheduler/filter_scheduler.py (_setup_instance_group), nova/objects/instance_group.py.
 */
import type { RequestContext, Row } from "../../../framework/index.js";
import type { NovaDatabase } from "../db/database.js";
import type { InstanceGroupRow } from "../db/schema.js";
import { InstanceGroupNotFound, NoValidHost } from "../exception.js";
import type { FilterProperties } from "./rpcapi.js";

export interface GroupOfRequest {
  readonly hosts: Set<string>;
  readonly policies: readonly string[];
}

const FILTER_OF: ReadonlyMap<string, string> = new Map([
  ["affinity", "ServerGroupAffinityFilter"],
  ["anti-affinity", "ServerGroupAntiAffinityFilter"],
]);

/**
 * The group of the request; undefined without a hint, or if its policies say nothing of hosts.
 * @throws InstanceGroupNotFound; NoValidHost if the filter of its policy is not in use
 */
export function groupOf(
  db: NovaDatabase,
  ctxt: RequestContext,
  filterProperties: FilterProperties,
  filters: readonly string[],
): GroupOfRequest | undefined {
  const hint = filterProperties.scheduler_hints?.["group"];
  if (typeof hint !== "string" || hint === "") return undefined;
  const { policies, members } = groupByHint(db, ctxt, hint);
  const needed = policies
    .map((policy) => FILTER_OF.get(policy))
    .filter((name) => name !== undefined);
  if (needed.length === 0) return undefined;
  const missing = needed.find((name) => !filters.includes(name));
  if (missing !== undefined) throw new NoValidHost({ reason: `${missing} not configured` });
  const hosts = new Set(filterProperties.group_hosts);
  for (const uuid of members) {
    const host = db.instances.get(uuid)?.host ?? null;
    if (host !== null) hosts.add(host);
  }
  return { hosts, policies };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** By id, or by name among the groups of the caller's project. */
function groupByHint(db: NovaDatabase, ctxt: RequestContext, hint: string): Row<InstanceGroupRow> {
  const mine = (group: Row<InstanceGroupRow> | undefined): boolean =>
    group !== undefined && (ctxt.is_admin || group.project_id === ctxt.project_id);
  const group = UUID.test(hint)
    ? db.instance_groups.get(hint)
    : db.instance_groups.find({ name: hint }).find(mine);
  if (group === undefined || !mine(group)) throw new InstanceGroupNotFound({ group_uuid: hint });
  return group;
}
