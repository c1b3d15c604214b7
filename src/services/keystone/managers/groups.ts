/**
 * Groups and who is in them. Whoever leaves a group, or whose group goes, loses every token.
 * Upstream: keystone/identity/core.py, keystone/identity/backends/sql.py at 2014.2.
 */
import { sameText, type Row } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { str, type Json, type JsonObject } from "../../../python/index.js";
import type { KeystoneApp } from "../app.js";
import { NotFound } from "../exception.js";
import { change, dictOf, duplicate, insert } from "../store/model.js";
import { GROUP } from "../store/models.js";
import type { Group } from "../store/rows.js";
import { getDomain, getUser } from "./identity.js";

export const groupDict = (row: Row<Group>): JsonObject => dictOf(GROUP, row);

/** @throws NotFound */
export function getGroup({ database }: KeystoneApp, id: string): Row<Group> {
  const group = database.groups.get(id);
  if (group === undefined) throw new NotFound({ what: "group", id });
  return group;
}

/** @throws NotFound for an unknown domain; Conflict, StringLengthExceeded */
export function* createGroup(app: KeystoneApp, ref: JsonObject): Op<Row<Group>> {
  getDomain(app, ref["domain_id"] ?? null);
  const group = { description: "", ...ref, id: app.newId() };
  refuseNamesake(app, ref["name"] ?? null, ref["domain_id"] ?? null);
  const row = insert(GROUP, app.database.groups, group);
  yield* app.changed("group", "created", row.uuid);
  return row;
}

/** @throws NotFound, Conflict, StringLengthExceeded */
export function* updateGroup(app: KeystoneApp, id: string, ref: JsonObject): Op<Row<Group>> {
  if ("domain_id" in ref) getDomain(app, ref["domain_id"] ?? null);
  const before = getGroup(app, id);
  const { name, domain_id } = { ...groupDict(before), ...ref };
  refuseNamesake(app, name ?? null, domain_id ?? null, id);
  const row = change(GROUP, app.database.groups, before, ref);
  yield* app.changed("group", "updated", id);
  return row;
}

/** @throws NotFound */
export function* deleteGroup(app: KeystoneApp, id: string): Op<void> {
  const { groups, memberships, assignments } = app.database;
  getGroup(app, id);
  const members = app.database.membersOf(id);
  for (const { id: row } of memberships.find({ group_id: id })) memberships.remove(row);
  groups.remove(id);
  for (const grant of assignments.find({ actor_id: id })) assignments.remove(grant.id);
  for (const { uuid } of members) app.revocations.ofUser(uuid);
  yield* app.changed("group", "deleted", id);
}

/** Who is a member already stays one. @throws NotFound */
export function addToGroup(app: KeystoneApp, user_id: string, group_id: string): void {
  const { memberships } = app.database;
  getGroup(app, group_id);
  getUser(app, user_id);
  if (memberships.first({ user_id, group_id }) !== undefined) return;
  memberships.insert({ user_id, group_id });
}

/** @throws NotFound */
export function checkInGroup(app: KeystoneApp, user_id: string, group_id: string): void {
  getGroup(app, group_id);
  getUser(app, user_id);
  if (app.database.memberships.first({ user_id, group_id }) !== undefined) return;
  throw new NotFound({}, `User '${user_id}' not found in group '${group_id}'`);
}

/** @throws NotFound */
export function removeFromGroup(app: KeystoneApp, user_id: string, group_id: string): void {
  checkInGroup(app, user_id, group_id);
  const { memberships } = app.database;
  for (const { id } of memberships.find({ user_id, group_id })) memberships.remove(id);
  app.revocations.ofUser(user_id);
}

function refuseNamesake({ database }: KeystoneApp, name: Json, domain: Json, own?: string): void {
  const same = database.groups
    .find({ domain_id: str(domain) })
    .find((group) => sameText(group.name, str(name)));
  if (same !== undefined && same.uuid !== own) throw duplicate(GROUP);
}
