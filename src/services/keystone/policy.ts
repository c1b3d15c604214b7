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
  /** Of a new trust. */
  readonly trustor_user_id?: string | undefined;
  /** Of the credential that it is about. */
  readonly credential_user_id?: string | undefined;
}

const ADMIN = "rule:admin_required";
const ADMIN_OR_OWNER = "rule:admin_or_owner";
const EC2_OWNER = "rule:admin_required or (rule:owner and user_id:%(target.credential.user_id)s)";
const TRUSTOR = "user_id:%(trust.trustor_user_id)s";
const SERVICE_OR_ADMIN = "rule:service_or_admin";

export const keystonePolicy = policyMaker<Caller, Target>()({
  checks: {
    "": (caller) => caller.bootstrap || caller.token().valid,
    [ADMIN]: (caller) => caller.has("admin"),
    [ADMIN_OR_OWNER]: (caller, target) => caller.is(target?.user_id) || caller.has("admin"),
    [EC2_OWNER]: (caller, target) =>
      (caller.is(target?.user_id) && caller.is(target?.credential_user_id)) || caller.has("admin"),
    [TRUSTOR]: (caller, target) => caller.is(target?.trustor_user_id),
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
    "identity:get_group": ADMIN,
    "identity:list_groups": ADMIN,
    "identity:list_groups_for_user": ADMIN_OR_OWNER,
    "identity:create_group": ADMIN,
    "identity:update_group": ADMIN,
    "identity:delete_group": ADMIN,
    "identity:list_users_in_group": ADMIN,
    "identity:remove_user_from_group": ADMIN,
    "identity:check_user_in_group": ADMIN,
    "identity:add_user_to_group": ADMIN,
    "identity:get_credential": ADMIN,
    "identity:list_credentials": ADMIN,
    "identity:create_credential": ADMIN,
    "identity:update_credential": ADMIN,
    "identity:delete_credential": ADMIN,
    "identity:ec2_get_credential": ADMIN_OR_OWNER,
    "identity:ec2_list_credentials": ADMIN_OR_OWNER,
    "identity:ec2_create_credential": ADMIN_OR_OWNER,
    "identity:ec2_delete_credential": EC2_OWNER,
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
    "identity:get_policy": ADMIN,
    "identity:list_policies": ADMIN,
    "identity:create_policy": ADMIN,
    "identity:update_policy": ADMIN,
    "identity:delete_policy": ADMIN,
    "identity:check_token": ADMIN,
    "identity:validate_token": SERVICE_OR_ADMIN,
    "identity:validate_token_head": SERVICE_OR_ADMIN,
    "identity:revocation_list": SERVICE_OR_ADMIN,
    "identity:revoke_token": ADMIN_OR_OWNER,
    "identity:create_trust": TRUSTOR,
    "identity:list_trusts": "",
    "identity:list_roles_for_trust": "",
    "identity:check_role_for_trust": "",
    "identity:get_role_for_trust": "",
    "identity:delete_trust": "",
    "identity:list_revoke_events": "",
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
