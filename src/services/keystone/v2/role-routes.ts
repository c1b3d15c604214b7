/**
 * Roles and who has which, in v2 on the admin port. What is older than tenants, `roleRefs`, is not
 * simulated. Upstream: keystone/assignment/controllers.py (Role), keystone/contrib/admin_crud/core.py
 * at 2014.2.
 */
import { rolesOnProject } from "../managers/effective-roles.js";
import { getUser } from "../managers/identity.js";
import { NotImplemented } from "../exception.js";
import { createRole, deleteRole, getProject, getRole, roleDict } from "../managers/assignment.js";
import { addRole, removeRole } from "../managers/grants.js";
import { adminAction, normalizedDict, requireName } from "../web/v2-action.js";

const ROLES = "/OS-KSADM/roles";
const ONE = `${ROLES}/{role_id}`;
const OF_USER = "/users/{user_id}/roles";
const IN_TENANT = `/tenants/{tenant_id}${OF_USER}`;

const GET_ROLES = { name: "get_user_roles", takes: ["user_id"], optional: ["tenant_id"] };
const ADD = { name: "add_role_to_user", takes: ["user_id", "role_id"], optional: ["tenant_id"] };
const REMOVE = { ...ADD, name: "remove_role_from_user" };

export const v2RoleRoutes = [
  adminAction("GET", ROLES, { name: "get_roles", takes: [] }, function* ({ app, assertAdmin }) {
    assertAdmin();
    return { roles: app.database.roles.find().map(roleDict) };
  }),
  adminAction(
    "POST",
    ROLES,
    { name: "create_role", takes: ["role"] },
    function* ({ app, args, assertAdmin }) {
      const role = normalizedDict(args["role"] ?? null);
      assertAdmin();
      requireName(role);
      return { role: roleDict(yield* createRole(app, { ...role, id: app.newId() })) };
    },
  ),
  adminAction(
    "GET",
    ONE,
    { name: "get_role", takes: ["role_id"] },
    function* ({ app, id, assertAdmin }) {
      assertAdmin();
      return { role: roleDict(getRole(app, id("role_id"))) };
    },
  ),
  adminAction(
    "DELETE",
    ONE,
    { name: "delete_role", takes: ["role_id"] },
    function* ({ app, id, assertAdmin }) {
      assertAdmin();
      yield* deleteRole(app, id("role_id"));
      return null;
    },
  ),
  adminAction("GET", IN_TENANT, GET_ROLES, function* ({ app, id, assertAdmin }) {
    assertAdmin();
    const tenant = getProject(app, id("tenant_id"));
    const ids = rolesOnProject(app, getUser(app, id("user_id")).uuid, tenant);
    return { roles: ids.map((role) => roleDict(getRole(app, role))) };
  }),
  adminAction("PUT", `${IN_TENANT}/OS-KSADM/{role_id}`, ADD, function* ({ app, id, assertAdmin }) {
    assertAdmin();
    addRole(app, id("user_id"), id("tenant_id"), id("role_id"));
    return { role: roleDict(getRole(app, id("role_id"))) };
  }),
  adminAction(
    "DELETE",
    `${IN_TENANT}/OS-KSADM/{role_id}`,
    REMOVE,
    function* ({ app, id, assertAdmin }) {
      assertAdmin();
      removeRole(app, id("user_id"), id("tenant_id"), id("role_id"));
      return null;
    },
  ),
  adminAction("GET", OF_USER, GET_ROLES, function* ({ assertAdmin }) {
    assertAdmin();
    throw new NotImplemented({}, "User roles not supported: tenant ID required");
  }),
  ...(["PUT", "DELETE"] as const).map((method) =>
    adminAction(
      method,
      `${OF_USER}/OS-KSADM/{role_id}`,
      method === "PUT" ? ADD : REMOVE,
      function* ({ assertAdmin }) {
        assertAdmin();
        throw new NotImplemented({}, "User roles not supported: tenant_id required");
      },
    ),
  ),
];
