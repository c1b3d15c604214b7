/**
 * Who may do what through nova-api: rules by action, and their judgement. Actions without a rule of
 * their own fall under `default`. Upstream: etc/nova/policy.json and nova/policy.py at 2014.2.
 */
import type { RequestContext } from "../../framework/index.js";
import { PolicyNotAuthorized } from "./exception.js";

/** Whose thing the action is about. */
export interface Target {
  readonly project_id: string | null;
  readonly user_id: string | null;
}

const ANYONE = "";
const ADMIN_API = "rule:admin_api";
const ADMIN_OR_OWNER = "rule:admin_or_owner";

type Rule = typeof ANYONE | typeof ADMIN_API | typeof ADMIN_OR_OWNER | "is_admin:False";

const DEFAULT: Rule = ADMIN_OR_OWNER;

/** Only what differs from the default. */
const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ["compute:create", ANYONE],
  ["compute:create:attach_network", ANYONE],
  ["compute:create:attach_volume", ANYONE],
  ["compute:create:forced_host", ADMIN_API],
  ["compute:get", ANYONE],
  ["compute:get_all", ANYONE],
  ["compute:get_all_tenants", ANYONE],
  ["compute:shelve", ANYONE],
  ["compute:shelve_offload", ANYONE],
  ["compute:unshelve", ANYONE],
  ["compute:unlock_override", ADMIN_API],
  ["compute_extension:admin_actions:resetState", ADMIN_API],
  ["compute_extension:availability_zone:detail", ADMIN_API],
  ["compute_extension:availability_zone:list", ANYONE],
  ["compute_extension:disk_config", ADMIN_OR_OWNER],
  ["compute_extension:extended_server_attributes", ADMIN_API],
  ["compute_extension:flavor_access", ADMIN_OR_OWNER],
  ["compute_extension:flavor_access:addTenantAccess", ADMIN_API],
  ["compute_extension:flavor_access:removeTenantAccess", ADMIN_API],
  ["compute_extension:flavorextraspecs:index", ANYONE],
  ["compute_extension:flavorextraspecs:show", ANYONE],
  ["compute_extension:flavorextraspecs:create", ADMIN_API],
  ["compute_extension:flavorextraspecs:update", ADMIN_API],
  ["compute_extension:flavorextraspecs:delete", ADMIN_API],
  ["compute_extension:flavormanage", ADMIN_API],
  ["compute_extension:hide_server_addresses", "is_admin:False"],
  ["compute_extension:hypervisors", ADMIN_API],
  ["compute_extension:instance_actions", ANYONE],
  ["compute_extension:instance_actions:events", ADMIN_API],
  ["compute_extension:keypairs:index", ANYONE],
  ["compute_extension:keypairs:show", ANYONE],
  ["compute_extension:keypairs:create", ANYONE],
  ["compute_extension:keypairs:delete", ANYONE],
  ["compute_extension:os-server-external-events:create", ADMIN_API],
  ["compute_extension:quotas:show", ANYONE],
  ["compute_extension:quotas:update", ADMIN_API],
  ["compute_extension:quotas:delete", ADMIN_API],
  ["compute_extension:security_groups", ANYONE],
  ["compute_extension:services", ADMIN_API],
  ["compute_extension:shelve", ANYONE],
  ["compute_extension:shelveOffload", ADMIN_API],
  ["compute_extension:unshelve", ANYONE],
  ["compute_extension:used_limits_for_admin", ADMIN_API],
]);

/** Whether the caller may do `action`; without a target it is about the caller's own. */
export function authorized(ctxt: RequestContext, action: string, target: Target = ctxt): boolean {
  const rule = RULES.get(action) ?? DEFAULT;
  switch (rule) {
    case ANYONE:
      return true;
    case ADMIN_API:
      return ctxt.is_admin;
    case ADMIN_OR_OWNER:
      return ctxt.is_admin || target.project_id === ctxt.project_id;
    case "is_admin:False":
      return !ctxt.is_admin;
    default:
      return rule satisfies never;
  }
}

/** @throws PolicyNotAuthorized, a 403 */
export function enforce(ctxt: RequestContext, action: string, target: Target = ctxt): void {
  if (!authorized(ctxt, action, target)) throw new PolicyNotAuthorized({ action });
}
