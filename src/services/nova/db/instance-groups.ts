/** Server groups. Upstream: nova/db/sqlalchemy/api.py (instance_group_*), nova/objects/instance_group.py. */
import type { RequestContext } from "../../../framework/index.js";
import { InstanceGroupNotFound } from "../exception.js";
import type { ObjectStore } from "../objects/base.js";
import { InstanceGroup } from "../objects/instance-group.js";
import type { NovaDatabase } from "./database.js";

/** By UUID, or by name within the caller's project. @throws InstanceGroupNotFound */
export function groupByHint(
  db: NovaDatabase,
  store: ObjectStore,
  { project_id, is_admin }: RequestContext,
  hint: string,
): InstanceGroup {
  const mine = (group: { readonly project_id: string }): boolean =>
    is_admin || group.project_id === project_id;
  const group =
    db.instance_groups.find({ uuid: hint }).find(mine) ??
    db.instance_groups.find({ name: hint }).find(mine);
  if (group === undefined) throw new InstanceGroupNotFound({ group_uuid: hint });
  const { uuid, user_id, name, policies, members } = group;
  return new InstanceGroup(store, {
    uuid,
    user_id,
    project_id: group.project_id,
    name,
    policies,
    members,
  });
}

/** The hosts of a group's live members, each once. */
export function groupHosts(db: NovaDatabase, uuid: string, exclude: readonly string[]): string[] {
  const members = db.instance_groups.get(uuid)?.members ?? [];
  const hosts = members
    .filter((member) => !exclude.includes(member))
    .map((member) => db.instances.get(member)?.host ?? null)
    .filter((host) => host !== null);
  return [...new Set(hosts)];
}
