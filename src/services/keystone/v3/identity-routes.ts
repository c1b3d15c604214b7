/** Users in v3. Groups are not simulated. Upstream: keystone/identity/controllers.py (UserV3) at 2014.2. */
import type { Row } from "../../../framework/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { KeystoneApp } from "../app.js";
import { Unauthorized, ValidationError } from "../exception.js";
import {
  changedUserDict,
  createUser,
  deleteUser,
  getUser,
  updateUser,
  userDict,
} from "../managers/identity.js";
import type { User } from "../store/database.js";
import { valueOf } from "../web/input.js";
import { rendered, v3Action, type V3Call, type V3Signature } from "../web/v3-action.js";
import { ownDomain, requireAttribute, requireSameDomain, requireSameId } from "./checks.js";
import { linked, listed } from "./listing.js";
import { normalizedDict } from "../web/v2-action.js";

const ONE = "/users/{user_id}";

const target: V3Signature["target"] = (app, { id }) => {
  getUser(app, id("user_id"));
};

const member = (call: V3Call, user: JsonObject) =>
  rendered(call, { user: linked(call.base, "users", user) });

export const v3IdentityRoutes = [
  v3Action("POST", "/users", { name: "create_user", takes: ["user"] }, function* (call) {
    const user = call.args["user"] ?? null;
    requireAttribute(user, "name");
    const ref = ownDomain(call, normalizedDict(user));
    return member(call, userDict(yield* createUser(call.app, ref)));
  }),
  v3Action("GET", "/users", { name: "list_users", takes: [], filtered: true }, function* (call) {
    const { database, limits } = call.app;
    return listed(
      call,
      database.users.find().map(userDict),
      {
        collection: "users",
        filters: ["domain_id", "enabled", "name"],
        columns: ["domain_id", "enabled", "name"],
        limit: limits.identity,
      },
      (user) => linked(call.base, "users", user),
    );
  }),
  v3Action("GET", ONE, { name: "get_user", takes: ["user_id"], target }, function* (call) {
    return member(call, userDict(getUser(call.app, call.id("user_id"))));
  }),
  v3Action(
    "PATCH",
    ONE,
    { name: "update_user", takes: ["user_id", "user"], target },
    function* (call) {
      const { app } = call;
      const id = call.id("user_id");
      const user = call.args["user"] ?? null;
      const ref = requireSameId(id, user);
      requireSameDomain(app, ref, () => getUser(app, id).domain_id);
      return member(call, changedUserDict(yield* updateUser(app, id, ref)));
    },
  ),
  v3Action("DELETE", ONE, { name: "delete_user", takes: ["user_id"], target }, function* (call) {
    yield* deleteUser(call.app, call.id("user_id"));
    return rendered(call, null);
  }),
  // A user changes its own password, with the old one.
  v3Action(
    "POST",
    `${ONE}/password`,
    { name: "change_password", takes: ["user_id", "user"], target },
    function* (call) {
      const asked = call.args["user"] ?? null;
      for (const attribute of ["original_password", "password"]) {
        if (valueOf(asked, attribute) === null) {
          throw new ValidationError({ attribute, target: "user" });
        }
      }
      const id = call.id("user_id");
      const user = call.app.database.users.get(id);
      yield* proved(call.app, id, user, valueOf(asked, "original_password"));
      yield* updateUser(call.app, id, { password: valueOf(asked, "password") });
      return rendered(call, null);
    },
  ),
];

/** The old password is tried as at a login, and that is told. @throws Unauthorized */
function* proved(app: KeystoneApp, id: string, user: Row<User> | undefined, password: unknown) {
  const right = user !== undefined && user.password !== null && user.password === password;
  yield* app.authenticated(id, right ? "success" : "failure");
  if (!right) throw new Unauthorized();
}
