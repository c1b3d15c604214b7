/**
 * The server group that a request names in its hints: where its members are, and its policies.
 * Upstream: nova/scheduler/filter_scheduler.py (_setup_instance_group).
 */
import type { RequestContext } from "../../../framework/index.js";
import { groupByName, groupByUuid, groupHosts } from "../db/instances/instance-groups.js";
import { isUuidLike } from "../../../python/index.js";
import { DirectStore } from "../db/store/object-store.js";
import type { NovaDatabase } from "../db/database.js";
import { NoValidHost } from "../exception.js";
import type { SchedulerNotes } from "./notes.js";
import type { FilterProperties } from "./rpcapi.js";

export interface GroupOfRequest {
  readonly hosts: Set<string>;
  readonly policies: readonly string[];
}

/** In the order in which they are looked for. */
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
  notes: SchedulerNotes,
): GroupOfRequest | undefined {
  const hint = filterProperties.scheduler_hints?.["group"];
  if (typeof hint !== "string" || hint === "") return undefined;
  const store = new DirectStore(db);
  const { uuid, policies } = isUuidLike(hint)
    ? groupByUuid(db, store, hint)
    : groupByName(db, store, ctxt, hint);
  const needed = [...FILTER_OF].filter(([policy]) => policies.includes(policy));
  if (needed.length === 0) return undefined;
  const missing = needed.find(([, name]) => !filters.includes(name));
  if (missing !== undefined) {
    const reason = `${missing[1]} not configured`;
    notes.log("error", reason);
    throw new NoValidHost({ reason });
  }
  const members = groupHosts(db, ctxt, uuid, []);
  return { hosts: new Set([...(filterProperties.group_hosts ?? []), ...members]), policies };
}
