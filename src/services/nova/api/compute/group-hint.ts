/**
 * The server group that a scheduler hint names. A name that is not known makes a group of policy
 * `legacy`, an id that is not known is an error. Upstream: nova/compute/api.py
 * (_get_requested_instance_group) at 2014.2; nova §1.2 rows 35 and 38.
 */
import type { RequestContext, Row } from "../../../../framework/index.js";
import type { InstanceGroupRow } from "../../db/schema.js";
import { InstanceGroupNotFound, QuotaError } from "../../exception.js";
import type { NovaApp } from "../app.js";
import { isUuidLike } from "../uuid.js";

type Hints = Readonly<Record<string, string | readonly string[]>>;

/** @throws InstanceGroupNotFound, QuotaError */
export function requestedGroup(
  app: NovaApp,
  ctxt: RequestContext,
  hints: Hints,
): Row<InstanceGroupRow> | undefined {
  const hint = hints["group"];
  if (typeof hint !== "string" || hint === "") return undefined;
  const groups = app.db.instance_groups;
  if (isUuidLike(hint)) {
    const group = groups.get(hint);
    const hidden = !ctxt.is_admin && group?.project_id !== ctxt.project_id;
    if (group === undefined || hidden) throw new InstanceGroupNotFound({ group_uuid: hint });
    return group;
  }
  const [project_id, user_id] = [ctxt.project_id ?? "", ctxt.user_id ?? ""];
  const own = groups.find({ project_id });
  const known = own.find(({ name }) => name === hint);
  if (known !== undefined) return known;
  const limit = app.quotas.limits(project_id).server_groups;
  if (limit >= 0 && own.length >= limit) {
    throw new QuotaError({}, "Quota exceeded, too many server groups.");
  }
  const uuid = app.env.stream("server group").uuid();
  return groups.insert({
    uuid,
    user_id,
    project_id,
    name: hint,
    policies: ["legacy"],
    members: [],
  });
}

/** Put `uuids` into the group. @throws QuotaError */
export function addGroupMembers(
  app: NovaApp,
  group: Row<InstanceGroupRow>,
  uuids: readonly string[],
): void {
  const members = [...group.members, ...uuids];
  const limit = app.quotas.limits(group.project_id).server_group_members;
  if (limit >= 0 && members.length > limit) {
    throw new QuotaError({}, "Quota exceeded, too many servers in group");
  }
  app.db.instance_groups.update(group.uuid, { members });
}
