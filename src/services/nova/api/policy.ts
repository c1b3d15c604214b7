/**
 * Who may do what through nova-api: its policy.json, rule by rule, and the checks that rules name. A
 * rule that is not in the table does not compile. Upstream: etc/nova/policy.json (its rules for v2)
 * and nova/policy.py at 2014.2.
 */
import type { RequestContext } from "../../../framework/index.js";
import { PolicyNotAuthorized } from "../exception.js";

/** Whose thing the action is about. */
export interface Target {
  readonly project_id: string | null;
  readonly user_id: string | null;
}

type Check = (ctxt: RequestContext, target: Target) => boolean;

const isAdmin: Check = ({ is_admin }) => is_admin;
const isAdminOrOwner: Check = (ctxt, { project_id }) =>
  ctxt.is_admin || project_id === ctxt.project_id;

const CHECKS = {
  "": () => true,
  "is_admin:True": isAdmin,
  "is_admin:False": ({ is_admin }) => !is_admin,
  "rule:admin_api": isAdmin,
  "rule:admin_or_owner": isAdminOrOwner,
  "rule:default": isAdminOrOwner,
} satisfies Record<string, Check>;

const RULES = {
  "compute:create": "",
  "compute:create:attach_network": "",
  "compute:create:attach_volume": "",
  "compute:create:forced_host": "is_admin:True",
  "compute:get_all": "",
  "compute:get_all_tenants": "",
  "compute:start": "rule:admin_or_owner",
  "compute:stop": "rule:admin_or_owner",
  "compute:unlock_override": "rule:admin_api",
  "compute:shelve": "",
  "compute:shelve_offload": "",
  "compute:unshelve": "",
  "compute:volume_snapshot_create": "",
  "compute:volume_snapshot_delete": "",
  "compute_extension:accounts": "rule:admin_api",
  "compute_extension:admin_actions": "rule:admin_api",
  "compute_extension:admin_actions:pause": "rule:admin_or_owner",
  "compute_extension:admin_actions:unpause": "rule:admin_or_owner",
  "compute_extension:admin_actions:suspend": "rule:admin_or_owner",
  "compute_extension:admin_actions:resume": "rule:admin_or_owner",
  "compute_extension:admin_actions:lock": "rule:admin_or_owner",
  "compute_extension:admin_actions:unlock": "rule:admin_or_owner",
  "compute_extension:admin_actions:resetNetwork": "rule:admin_api",
  "compute_extension:admin_actions:injectNetworkInfo": "rule:admin_api",
  "compute_extension:admin_actions:createBackup": "rule:admin_or_owner",
  "compute_extension:admin_actions:migrateLive": "rule:admin_api",
  "compute_extension:admin_actions:resetState": "rule:admin_api",
  "compute_extension:admin_actions:migrate": "rule:admin_api",
  "compute_extension:aggregates": "rule:admin_api",
  "compute_extension:agents": "rule:admin_api",
  "compute_extension:attach_interfaces": "",
  "compute_extension:baremetal_nodes": "rule:admin_api",
  "compute_extension:cells": "rule:admin_api",
  "compute_extension:cells:create": "rule:admin_api",
  "compute_extension:cells:delete": "rule:admin_api",
  "compute_extension:cells:update": "rule:admin_api",
  "compute_extension:cells:sync_instances": "rule:admin_api",
  "compute_extension:certificates": "",
  "compute_extension:cloudpipe": "rule:admin_api",
  "compute_extension:cloudpipe_update": "rule:admin_api",
  "compute_extension:console_output": "",
  "compute_extension:consoles": "",
  "compute_extension:createserverext": "",
  "compute_extension:deferred_delete": "",
  "compute_extension:disk_config": "",
  "compute_extension:evacuate": "rule:admin_api",
  "compute_extension:extended_server_attributes": "rule:admin_api",
  "compute_extension:extended_status": "",
  "compute_extension:extended_availability_zone": "",
  "compute_extension:extended_ips": "",
  "compute_extension:extended_ips_mac": "",
  "compute_extension:extended_vif_net": "",
  "compute_extension:extended_volumes": "",
  "compute_extension:fixed_ips": "rule:admin_api",
  "compute_extension:flavor_access": "",
  "compute_extension:flavor_access:addTenantAccess": "rule:admin_api",
  "compute_extension:flavor_access:removeTenantAccess": "rule:admin_api",
  "compute_extension:flavor_disabled": "",
  "compute_extension:flavor_rxtx": "",
  "compute_extension:flavor_swap": "",
  "compute_extension:flavorextradata": "",
  "compute_extension:flavorextraspecs:index": "",
  "compute_extension:flavorextraspecs:show": "",
  "compute_extension:flavorextraspecs:create": "rule:admin_api",
  "compute_extension:flavorextraspecs:update": "rule:admin_api",
  "compute_extension:flavorextraspecs:delete": "rule:admin_api",
  "compute_extension:flavormanage": "rule:admin_api",
  "compute_extension:floating_ip_dns": "",
  "compute_extension:floating_ip_pools": "",
  "compute_extension:floating_ips": "",
  "compute_extension:floating_ips_bulk": "rule:admin_api",
  "compute_extension:fping": "",
  "compute_extension:fping:all_tenants": "rule:admin_api",
  "compute_extension:hide_server_addresses": "is_admin:False",
  "compute_extension:hosts": "rule:admin_api",
  "compute_extension:hypervisors": "rule:admin_api",
  "compute_extension:image_size": "",
  "compute_extension:instance_actions": "",
  "compute_extension:instance_actions:events": "rule:admin_api",
  "compute_extension:instance_usage_audit_log": "rule:admin_api",
  "compute_extension:keypairs": "",
  "compute_extension:keypairs:index": "",
  "compute_extension:keypairs:show": "",
  "compute_extension:keypairs:create": "",
  "compute_extension:keypairs:delete": "",
  "compute_extension:multinic": "",
  "compute_extension:networks": "rule:admin_api",
  "compute_extension:networks:view": "",
  "compute_extension:networks_associate": "rule:admin_api",
  "compute_extension:quotas:show": "",
  "compute_extension:quotas:update": "rule:admin_api",
  "compute_extension:quotas:delete": "rule:admin_api",
  "compute_extension:quota_classes": "",
  "compute_extension:rescue": "",
  "compute_extension:security_group_default_rules": "rule:admin_api",
  "compute_extension:security_groups": "",
  "compute_extension:server_diagnostics": "rule:admin_api",
  "compute_extension:server_groups": "",
  "compute_extension:server_password": "",
  "compute_extension:server_usage": "",
  "compute_extension:services": "rule:admin_api",
  "compute_extension:shelve": "",
  "compute_extension:shelveOffload": "rule:admin_api",
  "compute_extension:simple_tenant_usage:show": "rule:admin_or_owner",
  "compute_extension:simple_tenant_usage:list": "rule:admin_api",
  "compute_extension:unshelve": "",
  "compute_extension:users": "rule:admin_api",
  "compute_extension:virtual_interfaces": "",
  "compute_extension:virtual_storage_arrays": "",
  "compute_extension:volumes": "",
  "compute_extension:volume_attachments:index": "",
  "compute_extension:volume_attachments:show": "",
  "compute_extension:volume_attachments:create": "",
  "compute_extension:volume_attachments:update": "",
  "compute_extension:volume_attachments:delete": "",
  "compute_extension:volumetypes": "",
  "compute_extension:availability_zone:list": "",
  "compute_extension:availability_zone:detail": "rule:admin_api",
  "compute_extension:used_limits_for_admin": "rule:admin_api",
  "compute_extension:migrations:index": "rule:admin_api",
  "compute_extension:os-assisted-volume-snapshots:create": "rule:admin_api",
  "compute_extension:os-assisted-volume-snapshots:delete": "rule:admin_api",
  "compute_extension:console_auth_tokens": "rule:admin_api",
  "compute_extension:os-server-external-events:create": "rule:admin_api",

  // The compute API asks these as well; policy.json does not name them.
  "compute:get": "rule:default",
  "compute:delete": "rule:default",
  "compute:soft_delete": "rule:default",
  "compute:restore": "rule:default",
  "compute:force_delete": "rule:default",
  "compute:update": "rule:default",
  "compute:backup": "rule:default",
  "compute:snapshot": "rule:default",
  "compute:reboot": "rule:default",
  "compute:rebuild": "rule:default",
  "compute:resize": "rule:default",
  "compute:confirm_resize": "rule:default",
  "compute:revert_resize": "rule:default",
  "compute:pause": "rule:default",
  "compute:unpause": "rule:default",
  "compute:suspend": "rule:default",
  "compute:resume": "rule:default",
  "compute:rescue": "rule:default",
  "compute:unrescue": "rule:default",
  "compute:get_diagnostics": "rule:default",
  "compute:set_admin_password": "rule:default",
  "compute:get_console_output": "rule:default",
  "compute:get_vnc_console": "rule:default",
  "compute:lock": "rule:default",
  "compute:unlock": "rule:default",
  "compute:attach_volume": "rule:default",
  "compute:detach_volume": "rule:default",
  "compute:swap_volume": "rule:default",
  "compute:attach_interface": "rule:default",
  "compute:detach_interface": "rule:default",
  "compute:get_instance_metadata": "rule:default",
  "compute:update_instance_metadata": "rule:default",
  "compute:delete_instance_metadata": "rule:default",
} as const satisfies Record<string, keyof typeof CHECKS>;

export type NovaRule = keyof typeof RULES;

/** Whether the caller may do what `rule` is about; without a target it is about the caller's own. */
export function authorized(ctxt: RequestContext, rule: NovaRule, target: Target = ctxt): boolean {
  const check: Check = CHECKS[RULES[rule]];
  return check(ctxt, target);
}

/** @throws PolicyNotAuthorized, a 403 */
export function enforce(ctxt: RequestContext, rule: NovaRule, target: Target = ctxt): void {
  if (!authorized(ctxt, rule, target)) throw new PolicyNotAuthorized({ action: rule });
}
