/**
 * Who may do what in Keystone, and how a route is made under these rules. What asks for no more than
 * a token has an empty rule, and what is for everybody has none. Upstream: etc/policy.json and
 * keystone/common/controller.py at 2014.2; v2 asks for `admin_required` itself (assert_admin).
 */
import { policyMaker, routeMaker } from "../../framework/index.js";
import type { KeystoneApp } from "./app.js";
import type { Caller } from "./tokens/caller.js";
import { ForbiddenAction } from "./exception.js";

/** Whose thing it is about. */
export interface Target {
  readonly user_id: string | undefined;
}

const ADMIN = "rule:admin_required";
const ADMIN_OR_OWNER = "rule:admin_or_owner";
const SERVICE_OR_ADMIN = "rule:service_or_admin";

export const keystonePolicy = policyMaker<Caller, Target>()({
  checks: {
    "": (caller) => caller.token().valid,
    [ADMIN]: (caller) => caller.has("admin"),
    [ADMIN_OR_OWNER]: (caller, target) => caller.is(target?.user_id) || caller.has("admin"),
    [SERVICE_OR_ADMIN]: (caller) => caller.has("admin", "service"),
  },
  rules: {
    admin_required: ADMIN,
    "identity:get_region": "",
    "identity:list_regions": "",
    "identity:create_region": ADMIN,
    "identity:update_region": ADMIN,
    "identity:delete_region": ADMIN,
    "identity:get_service": ADMIN,
    "identity:list_services": ADMIN,
    "identity:create_service": ADMIN,
    "identity:update_service": ADMIN,
    "identity:delete_service": ADMIN,
    "identity:get_endpoint": ADMIN,
    "identity:list_endpoints": ADMIN,
    "identity:create_endpoint": ADMIN,
    "identity:update_endpoint": ADMIN,
    "identity:delete_endpoint": ADMIN,
    "identity:get_domain": ADMIN,
    "identity:list_domains": ADMIN,
    "identity:create_domain": ADMIN,
    "identity:update_domain": ADMIN,
    "identity:delete_domain": ADMIN,
    "identity:get_project": ADMIN,
    "identity:list_projects": ADMIN,
    "identity:list_user_projects": ADMIN_OR_OWNER,
    "identity:create_project": ADMIN,
    "identity:update_project": ADMIN,
    "identity:delete_project": ADMIN,
    "identity:get_user": ADMIN,
    "identity:list_users": ADMIN,
    "identity:create_user": ADMIN,
    "identity:update_user": ADMIN,
    "identity:delete_user": ADMIN,
    "identity:change_password": ADMIN_OR_OWNER,
    "identity:get_role": ADMIN,
    "identity:list_roles": ADMIN,
    "identity:create_role": ADMIN,
    "identity:update_role": ADMIN,
    "identity:delete_role": ADMIN,
    "identity:check_grant": ADMIN,
    "identity:list_grants": ADMIN,
    "identity:create_grant": ADMIN,
    "identity:revoke_grant": ADMIN,
    "identity:list_role_assignments": ADMIN,
    "identity:check_token": ADMIN,
    "identity:validate_token": SERVICE_OR_ADMIN,
    "identity:validate_token_head": SERVICE_OR_ADMIN,
    "identity:revocation_list": SERVICE_OR_ADMIN,
    "identity:revoke_token": ADMIN_OR_OWNER,
    "identity:get_auth_catalog": "",
    "identity:get_auth_projects": "",
    "identity:get_auth_domains": "",
  },
  refusal: (action) => new ForbiddenAction({ action }),
});

export type KeystoneRule = keyof typeof keystonePolicy.rules;

export const route = routeMaker<KeystoneApp, Caller, KeystoneRule, Target>();

/** What `route` makes. */
export type KeystoneRoute = ReturnType<typeof route>;
