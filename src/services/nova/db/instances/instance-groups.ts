/** Server groups. Upstream: nova/db/sqlalchemy/api.py (instance_group_*), nova/objects/instance_group.py. */
import type { RequestContext, Row } from "../../../../framework/index.js";
import { InstanceGroupNotFound } from "../../exception.js";
import type { ObjectStore } from "../../objects/base/versioned-object.js";
import { InstanceGroup } from "../../objects/instance-group.js";
import { stored } from "../../objects/base/declare.js";
import type { NovaDatabase } from "../database.js";
import type { InstanceGroupRow, InstanceRow } from "../schema.js";
import { SOFT_DELETED } from "../../states/vm-states.js";

/** Anybody's: nobody looks whose it is (`instance_group_get`). @throws InstanceGroupNotFound */
export function groupByUuid(db: NovaDatabase, store: ObjectStore, uuid: string): InstanceGroup {
  return objectOf(store, uuid, db.instance_groups.get(uuid));
}

/** Among those of the caller's project. @throws InstanceGroupNotFound */
export function groupByName(
  db: NovaDatabase,
  store: ObjectStore,
  { project_id }: RequestContext,
  name: string,
): InstanceGroup {
  return objectOf(
    store,
    name,
    db.instance_groups.find({ name }).find((group) => group.project_id === project_id),
  );
}

/** Of one project, or of all. */
export const groupsOf = (
  db: NovaDatabase,
  store: ObjectStore,
  project_id: string | undefined,
): InstanceGroup[] =>
  db.instance_groups
    .find(project_id === undefined ? {} : { project_id })
    .map((group) => objectOf(store, group.uuid, group));

export function createGroup(
  db: NovaDatabase,
  store: ObjectStore,
  values: Omit<InstanceGroupRow, "members">,
): InstanceGroup {
  const row = db.instance_groups.insert({ ...values, members: [] });
  return objectOf(store, row.uuid, row);
}

/** @throws InstanceGroupNotFound */
export function deleteGroup(db: NovaDatabase, uuid: string): void {
  if (db.instance_groups.softDelete(uuid) !== undefined) return;
  throw new InstanceGroupNotFound({ group_uuid: uuid });
}

function objectOf(
  store: ObjectStore,
  wanted: string,
  group: Row<InstanceGroupRow> | undefined,
): InstanceGroup {
  if (group === undefined) throw new InstanceGroupNotFound({ group_uuid: wanted });
  return new InstanceGroup(store, { ...group, ...stored(group) });
}

/**
 * Those of `members` that are there still, and whoever asks may see: not those of another project, nor
 * those that wait to be reclaimed (`instance_get_all_by_filters`).
 */
export const membersSeenBy = (
  db: NovaDatabase,
  { is_admin, project_id }: RequestContext,
  members: readonly string[],
): Row<InstanceRow>[] =>
  members
    .map((member) => db.instances.get(member))
    .filter((instance) => instance !== undefined)
    .filter(({ vm_state }) => vm_state !== SOFT_DELETED)
    .filter((instance) => is_admin || instance.project_id === project_id);

/** The hosts of a group's live members, as far as they are seen, each once. */
export function groupHosts(
  db: NovaDatabase,
  ctxt: RequestContext,
  uuid: string,
  exclude: readonly string[],
): string[] {
  const members = db.instance_groups.get(uuid)?.members ?? [];
  const counted = members.filter((member) => !exclude.includes(member));
  const hosts = membersSeenBy(db, ctxt, counted).map(({ host }) => host);
  return [...new Set(hosts.filter((host) => host !== null))];
}
