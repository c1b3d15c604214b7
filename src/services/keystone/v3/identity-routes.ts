/**
 * Users, groups and who is in them, in v3. Upstream: keystone/identity/controllers.py (UserV3, GroupV3),
 * keystone/identity/routers.py at 2014.2.
 */
import { get } from "../../../python/index.js";
import type { Row } from "../../../framework/index.js";
import type { KeystoneApp } from "../app.js";
import { Unauthorized, ValidationError } from "../exception.js";
import * as groups from "../managers/groups.js";
import * as identity from "../managers/identity.js";
import type { User } from "../store/rows.js";
import { rendered, v3Action, type V3Call, type V3Signature } from "../web/v3-action.js";
import { ownDomain, requireSameDomain } from "./checks.js";
import { linked, listed } from "./listing.js";
import { resourceRoutes, type Kind } from "./resource.js";

const user: Kind = {
  member: "user",
  part: "identity",
  filters: ["domain_id", "enabled", "name"],
  named: true,
  all: ({ database }) => database.users.find().map(identity.userDict),
  one: (app, id) => identity.userDict(identity.getUser(app, id)),
  *create(call, ref) {
    return identity.userDict(yield* identity.createUser(call.app, ownDomain(call, ref)));
  },
  *update({ app }, id, ref) {
    requireSameDomain(app, ref, () => identity.getUser(app, id).domain_id);
    return identity.changedUserDict(yield* identity.updateUser(app, id, ref));
  },
  remove: ({ app }, id) => identity.deleteUser(app, id),
};

const group: Kind = {
  member: "group",
  part: "identity",
  filters: ["domain_id", "name"],
  named: true,
  all: ({ database }) => database.groups.find().map(groups.groupDict),
  one: (app, id) => groups.groupDict(groups.getGroup(app, id)),
  *create(call, ref) {
    return groups.groupDict(yield* groups.createGroup(call.app, ownDomain(call, ref)));
  },
  *update({ app }, id, ref) {
    requireSameDomain(app, ref, () => groups.getGroup(app, id).domain_id);
    return groups.groupDict(yield* groups.updateGroup(app, id, ref));
  },
  remove: ({ app }, id) => groups.deleteGroup(app, id),
};

const MEMBER = "/groups/{group_id}/users/{user_id}";
const TAKES = ["user_id", "group_id"];

const targetUser: V3Signature["target"] = (app, { id }) => {
  identity.getUser(app, id("user_id"));
};

const userAndGroup: V3Signature["target"] = (app, { id }) => {
  identity.getUser(app, id("user_id"));
  groups.getGroup(app, id("group_id"));
};

export const v3IdentityRoutes = [
  ...[user, group].flatMap(resourceRoutes),
  v3Action(
    "GET",
    "/groups/{group_id}/users",
    { name: "list_users_in_group", takes: ["group_id"], filtered: true },
    function* (call) {
      const { uuid } = groups.getGroup(call.app, call.id("group_id"));
      const members = call.app.database.membersOf(uuid).map(identity.userDict);
      const options = { collection: "users", filters: user.filters, ...uncut(call) };
      return listed(call, members, options, (dict) => linked(call.base, "users", dict));
    },
  ),
  v3Action(
    "GET",
    "/users/{user_id}/groups",
    { name: "list_groups_for_user", takes: ["user_id"], filtered: true },
    function* (call) {
      const { database } = call.app;
      const ids = database.groupsOf(identity.getUser(call.app, call.id("user_id")).uuid);
      const own = ids.flatMap((id) => database.groups.get(id) ?? []).map(groups.groupDict);
      const options = { collection: "groups", filters: ["name"], ...uncut(call) };
      return listed(call, own, options, (dict) => linked(call.base, "groups", dict));
    },
  ),
  v3Action(
    "PUT",
    MEMBER,
    { name: "add_user_to_group", takes: TAKES, target: userAndGroup },
    function* (call) {
      groups.addToGroup(call.app, call.id("user_id"), call.id("group_id"));
      return rendered(call, null);
    },
  ),
  ...(["GET", "HEAD"] as const).map((method) =>
    v3Action(
      method,
      MEMBER,
      { name: "check_user_in_group", takes: TAKES, target: userAndGroup },
      function* (call) {
        groups.checkInGroup(call.app, call.id("user_id"), call.id("group_id"));
        return rendered(call, null);
      },
    ),
  ),
  v3Action(
    "DELETE",
    MEMBER,
    { name: "remove_user_from_group", takes: TAKES, target: userAndGroup },
    function* (call) {
      groups.removeFromGroup(call.app, call.id("user_id"), call.id("group_id"));
      return rendered(call, null);
    },
  ),
  // A user changes its own password, with the old one.
  v3Action(
    "POST",
    "/users/{user_id}/password",
    { name: "change_password", takes: ["user_id", "user"], target: targetUser },
    function* (call) {
      const asked = call.args["user"] ?? null;
      for (const attribute of ["original_password", "password"]) {
        if (get(asked, attribute) === null) {
          throw new ValidationError({ attribute, target: "user" });
        }
      }
      const id = call.id("user_id");
      yield* proved(call.app, id, call.app.database.users.get(id), get(asked, "original_password"));
      yield* identity.updateUser(call.app, id, { password: get(asked, "password") });
      return rendered(call, null);
    },
  ),
];

/** The database filters and cuts nothing where it joins two tables. */
const uncut = ({ app }: V3Call) => ({ limit: app.limits.identity, cut: "afterwards" as const });

/** The old password is tried as at a login, and that is told. @throws Unauthorized */
function* proved(app: KeystoneApp, id: string, user: Row<User> | undefined, password: unknown) {
  const right = user !== undefined && user.password !== null && user.password === password;
  yield* app.authenticated(id, right ? "success" : "failure");
  if (!right) throw new Unauthorized();
}
