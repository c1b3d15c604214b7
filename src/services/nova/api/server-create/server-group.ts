/**
 * The server group that a boot names in its hints, and how servers join it. By its id it is anybody's; a name that its
 * project does not know makes a group of policy `legacy`. Upstream: nova/compute/api.py (_get_requested_instance_group,
 * _provision_instances), nova/quota.py (_server_group_count_members_by_user) at 2014.2; nova §1.2 rows 35, 38.
 */
import type { RequestContext, Row } from "../../../../framework/index.js";
import { isUuidLike, truth, type JsonObject } from "../../../../python/index.js";
import { membersSeenBy } from "../../db/instances/instance-groups.js";
import { commitReservations } from "../../db/quota/reservations.js";
import type { InstanceGroupRow } from "../../db/schema.js";
import { InstanceGroupNotFound, OverQuota, QuotaError } from "../../exception.js";
import { within } from "../../quota/within.js";
import type { NovaApp } from "../app.js";
import { shown } from "../input.js";

/** @throws InstanceGroupNotFound for an id that is not known; QuotaError */
export function requestedGroup(
  app: NovaApp,
  ctxt: RequestContext,
  hints: JsonObject,
): Row<InstanceGroupRow> | undefined {
  if (!truth(hints["group"])) return undefined;
  const hint = shown(hints["group"]);
  const groups = app.db.instance_groups;
  if (isUuidLike(hint)) {
    const group = groups.get(hint);
    if (group === undefined) throw new InstanceGroupNotFound({ group_uuid: hint });
    return group;
  }
  const owner = { project_id: ctxt.project_id ?? "", user_id: ctxt.user_id ?? "" };
  const known = groups.find({ project_id: owner.project_id }).find(({ name }) => name === hint);
  if (known !== undefined) return known;
  const reservations = reserved(app, owner);
  const uuid = app.env.stream("server group").uuid();
  const group = groups.insert({ uuid, ...owner, name: hint, policies: ["legacy"], members: [] });
  commitReservations(app.db, reservations);
  return group;
}

function reserved({ quotas }: NovaApp, owner: Parameters<typeof quotas.reserve>[0]): string[] {
  try {
    return quotas.reserve(owner, { server_groups: 1 });
  } catch (error) {
    if (!(error instanceof OverQuota)) throw error;
    throw new QuotaError({}, "Quota exceeded, too many server groups.");
  }
}

/**
 * One server more. Counted are those that were in the group when the request came, so that the servers of one request do
 * not count each other: ten may be joined by a hundred. @throws QuotaError, InstanceGroupNotFound
 */
export function joinGroup(
  { db, quotas }: NovaApp,
  ctxt: RequestContext,
  { uuid, members }: Row<InstanceGroupRow>,
  instance: string,
): void {
  const own = membersSeenBy(db, ctxt, members).filter(({ user_id }) => user_id === ctxt.user_id);
  const wanted = { server_group_members: own.length + 1 };
  const refused = (): QuotaError => new QuotaError({}, "Quota exceeded, too many servers in group");
  within(quotas, ctxt, wanted, refused);
  const group = db.instance_groups.get(uuid);
  if (group === undefined) throw new InstanceGroupNotFound({ group_uuid: uuid });
  db.instance_groups.update(uuid, { members: [...group.members, instance] });
}
