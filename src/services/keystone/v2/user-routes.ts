/**
 * Users in v2: on the admin port an admin makes and changes all; on the main port a user changes its
 * own password and gets a new token. Every answer to a POST is 200, not 201. Upstream:
 * keystone/identity/controllers.py (User), keystone/contrib/user_crud/core.py at 2014.2.
 */
import {
  type Exception,
  type Json,
  type JsonObject,
  asDict,
  contains,
  get,
  item,
  str,
} from "../../../python/index.js";
import type { Op } from "../../../kernel/index.js";
import type { KeystoneApp } from "../app.js";
import {
  Conflict,
  Forbidden,
  NotFound,
  TokenNotFound,
  Unauthorized,
  UnexpectedError,
  ValidationError,
} from "../exception.js";
import { getProject } from "../managers/assignment.js";
import { addMember, removeMember } from "../managers/grants.js";
import {
  changedUserDict,
  createUser,
  deleteUser,
  getUser,
  updateUser,
  userDict,
  userNamed,
} from "../managers/identity.js";
import { route } from "../policy.js";
import { DEFAULT_DOMAIN } from "../store/database.js";
import { checkPassword } from "../tokens/credentials.js";
import { argumentsOf, bind } from "../web/arguments.js";
import { adminAction, answer, normalizedDict, requireName } from "../web/v2-action.js";
import { issueAccess, userBody } from "./bodies.js";

const ONE = "/users/{user_id}";
const TAKES = ["user_id", "user"];

export const v2UserRoutes = [
  adminAction(
    "GET",
    "/users",
    { name: "get_users", takes: [] },
    function* ({ app, request, assertAdmin }) {
      assertAdmin();
      const name = request.query.get("name");
      if (name === undefined) {
        const all = app.database.users.find({ domain_id: DEFAULT_DOMAIN });
        return { users: all.map(userDict).map(userBody) };
      }
      const user = userNamed(app, name, DEFAULT_DOMAIN);
      if (user === undefined) throw new NotFound({ what: "user", id: name });
      return { user: userBody(userDict(user)) };
    },
  ),
  adminAction(
    "POST",
    "/users",
    { name: "create_user", takes: ["user"] },
    function* ({ app, args, assertAdmin }) {
      const user = normalizedDict(withName(withPassword(args["user"] ?? null)));
      assertAdmin();
      requireName(user);
      requireSwitch(user, "must");
      const { tenantId = null, ...rest } = user;
      if (tenantId !== null) getProject(app, tenantId);
      const project = tenantId === null ? {} : { default_project_id: tenantId };
      const ref = { ...rest, ...project, domain_id: DEFAULT_DOMAIN };
      const row = yield* createUser(app, ref);
      if (tenantId !== null) addMember(app, row.uuid, str(tenantId));
      return { user: userBody(userDict(row)) };
    },
  ),
  adminAction(
    "GET",
    ONE,
    { name: "get_user", takes: ["user_id"] },
    function* ({ app, id, assertAdmin }) {
      assertAdmin();
      return { user: userBody(userDict(getUser(app, id("user_id")))) };
    },
  ),
  // Those without OS-KSADM are of Diablo.
  ...["", "/tenant", "/OS-KSADM/tenant", "/enabled", "/OS-KSADM/enabled"].map((part) =>
    adminAction(
      "PUT",
      `${ONE}${part}`,
      { name: part.endsWith("enabled") ? "set_user_enabled" : "update_user", takes: TAKES },
      function* ({ app, args, id, assertAdmin }) {
        const user = withName(args["user"] ?? null);
        assertAdmin();
        return yield* changed(app, id("user_id"), user);
      },
    ),
  ),
  ...["/password", "/OS-KSADM/password"].map((part) =>
    adminAction(
      "PUT",
      `${ONE}${part}`,
      { name: "set_user_password", takes: TAKES },
      function* ({ app, args, id, assertAdmin }) {
        const user = withName(withPassword(args["user"] ?? null));
        assertAdmin();
        return yield* changed(app, id("user_id"), user);
      },
    ),
  ),
  adminAction(
    "DELETE",
    ONE,
    { name: "delete_user", takes: ["user_id"] },
    function* ({ app, id, assertAdmin }) {
      assertAdmin();
      yield* deleteUser(app, id("user_id"));
      return null;
    },
  ),
];

/** `PATCH /v2.0/OS-KSCRUD/users/{id}` on port 5000. */
export const v2OwnUserRoutes = [
  route("PATCH", "/v2.0/OS-KSCRUD/users/{user_id}", null, function* (call) {
    const { app, ctxt: caller, request, params } = call;
    const args = argumentsOf(request.body, params);
    bind({ name: "set_user_password", takes: TAKES }, args);
    const asked = args["user"] ?? null;
    const original = get(asked, "original_password");
    const token_id = request.headers["x-auth-token"];
    if (token_id === undefined || caller.bootstrap) {
      throw new TokenNotFound({ token_id: token_id ?? "" });
    }
    const token = caller.token();
    const { user_id } = params;
    if (token.user_id !== user_id) throw new Forbidden();
    if (original === null) {
      throw new ValidationError({ attribute: "original password", target: "user" });
    }
    const user = yield* checkPassword(app, user_id, app.database.users.get(user_id), original);
    if (!user.enabled) throw new Unauthorized();
    yield* updateUser(app, user_id, { password: item(asked, "password") });
    // Upstream falls over a token without a tenant here, when the password is changed already.
    if (token.project_id === null) throw new UnexpectedError();
    const next = issueAccess(app, {
      userId: user_id,
      projectId: token.project_id,
      roleIds: token.role_ids,
      methods: ["password"],
    });
    return answer(next);
  }),
];

/** `OS-KSADM:password` stands for `password`. */
function withPassword(user: Json): Json {
  if (!contains(user, "OS-KSADM:password")) return user;
  const { ["OS-KSADM:password"]: password = null, ...rest } = asDict(user, "pop");
  return { ...rest, password };
}

/** v2 took `username` for `name`. */
function withName(user: Json): JsonObject {
  if (contains(user, "name") || !contains(user, "username")) return asDict(user, "pop");
  const { username = null, ...rest } = asDict(user, "pop");
  return { ...rest, name: username };
}

function requireSwitch(user: JsonObject, word: "must" | "should"): void {
  if ("enabled" in user && typeof user["enabled"] !== "boolean") {
    throw new ValidationError({}, `Enabled field ${word} be a boolean`);
  }
}

/** Whoever gets another tenant is a member there and no longer here. */
function* changed(app: KeystoneApp, id: string, user: JsonObject): Op<JsonObject> {
  requireSwitch(user, "should");
  const { tenantId = null, ...rest } = user;
  const before = getUser(app, id).default_project_id;
  if (tenantId !== null && tenantId !== before) getProject(app, tenantId);
  const project = tenantId === null ? {} : { default_project_id: tenantId };
  const row = yield* updateUser(app, id, { ...rest, ...project });
  const after = row.default_project_id;
  if (after !== before) {
    if (before !== null)
      unless(NotFound, () => {
        removeMember(app, id, before);
      });
    if (after !== null)
      unless(NotFound, () => {
        unless(Conflict, () => {
          addMember(app, id, after);
        });
      });
  }
  return { user: userBody(changedUserDict(row)) };
}

/** What is so already is logged, not told. */
function unless(expected: new () => Exception, act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof expected)) throw error;
  }
}
