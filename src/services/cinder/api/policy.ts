/**
 * Who may do what through cinder-api: its policy.json, rule by rule, and the rules that the code asks
 * beside them, which are under `default`. Upstream: etc/cinder/policy.json, cinder/policy.py at 2014.2.
 */
import { policyMaker, type RequestContext } from "../../../framework/index.js";
import { PolicyNotAuthorized } from "../exception.js";

/** Whose thing the action is about. */
export interface Target {
  readonly project_id: string | null;
}

const isAdmin = ({ is_admin }: RequestContext): boolean => is_admin;

/** Without a target it is about the caller's own. */
const isAdminOrOwner = (ctxt: RequestContext, target: Target = ctxt): boolean =>
  ctxt.is_admin || target.project_id === ctxt.project_id;

export const cinderPolicy = policyMaker<RequestContext, Target>()({
  checks: {
    "": () => true,
    "rule:admin_api": isAdmin,
    "rule:admin_or_owner": isAdminOrOwner,
    "rule:default": isAdminOrOwner,
    // No context has groups.
    "group:nobody": () => false,
  },
  rules: {
    "volume:create": "",
    "volume:get_all": "",
    "volume:get_volume_metadata": "",
    "volume:get_volume_admin_metadata": "rule:admin_api",
    "volume:delete_volume_admin_metadata": "rule:admin_api",
    "volume:update_volume_admin_metadata": "rule:admin_api",
    "volume:get_snapshot": "",
    "volume:get_all_snapshots": "",
    "volume:extend": "",
    "volume:update_readonly_flag": "",
    "volume:retype": "",
    "volume_extension:types_manage": "rule:admin_api",
    "volume_extension:types_extra_specs": "rule:admin_api",
    "volume_extension:volume_type_encryption": "rule:admin_api",
    "volume_extension:volume_encryption_metadata": "rule:admin_or_owner",
    "volume_extension:extended_snapshot_attributes": "",
    "volume_extension:volume_image_metadata": "",
    "volume_extension:quotas:show": "",
    "volume_extension:quotas:update": "rule:admin_api",
    "volume_extension:quota_classes": "",
    "volume_extension:volume_admin_actions:reset_status": "rule:admin_api",
    "volume_extension:snapshot_admin_actions:reset_status": "rule:admin_api",
    "volume_extension:backup_admin_actions:reset_status": "rule:admin_api",
    "volume_extension:volume_admin_actions:force_delete": "rule:admin_api",
    "volume_extension:volume_admin_actions:force_detach": "rule:admin_api",
    "volume_extension:snapshot_admin_actions:force_delete": "rule:admin_api",
    "volume_extension:volume_admin_actions:migrate_volume": "rule:admin_api",
    "volume_extension:volume_admin_actions:migrate_volume_completion": "rule:admin_api",
    "volume_extension:volume_host_attribute": "rule:admin_api",
    "volume_extension:volume_tenant_attribute": "rule:admin_or_owner",
    "volume_extension:volume_mig_status_attribute": "rule:admin_api",
    "volume_extension:hosts": "rule:admin_api",
    "volume_extension:services": "rule:admin_api",
    "volume_extension:volume_manage": "rule:admin_api",
    "volume_extension:volume_unmanage": "rule:admin_api",
    "volume:services": "rule:admin_api",
    "volume:create_transfer": "",
    "volume:accept_transfer": "",
    "volume:delete_transfer": "",
    "volume:get_all_transfers": "",
    "volume_extension:replication:promote": "rule:admin_api",
    "volume_extension:replication:reenable": "rule:admin_api",
    "backup:create": "",
    "backup:delete": "",
    "backup:get": "",
    "backup:get_all": "",
    "backup:restore": "",
    "backup:backup-import": "rule:admin_api",
    "backup:backup-export": "rule:admin_api",
    "snapshot_extension:snapshot_actions:update_snapshot_status": "",
    "consistencygroup:create": "group:nobody",
    "consistencygroup:delete": "group:nobody",
    "consistencygroup:get": "group:nobody",
    "consistencygroup:get_all": "group:nobody",
    "consistencygroup:create_cgsnapshot": "",
    "consistencygroup:delete_cgsnapshot": "",
    "consistencygroup:get_cgsnapshot": "",
    "consistencygroup:get_all_cgsnapshots": "",
    "scheduler_extension:scheduler_stats:get_pools": "rule:admin_api",

    // The code asks these as well; policy.json does not name them.
    "volume:get": "rule:default",
    "volume:get_volume": "rule:default",
    "volume:get_transfer": "rule:default",
    "volume:delete": "rule:default",
    "volume:update": "rule:default",
    "volume:reserve_volume": "rule:default",
    "volume:unreserve_volume": "rule:default",
    "volume:begin_detaching": "rule:default",
    "volume:roll_detaching": "rule:default",
    "volume:attach": "rule:default",
    "volume:detach": "rule:default",
    "volume:initialize_connection": "rule:default",
    "volume:terminate_connection": "rule:default",
    "volume:create_snapshot": "rule:default",
    "volume:delete_snapshot": "rule:default",
    "volume:update_snapshot": "rule:default",
    "volume:delete_volume_metadata": "rule:default",
    "volume:update_volume_metadata": "rule:default",
    "volume:get_volume_image_metadata": "rule:default",
    "volume:get_volumes_image_metadata": "rule:default",
    "volume:copy_volume_to_image": "rule:default",
    "volume:migrate_volume": "rule:default",
    "volume:migrate_volume_completion": "rule:default",
    "volume_extension:quotas:delete": "rule:default",
    "volume_extension:qos_specs_manage": "rule:default",
    "volume_extension:volume_actions:upload_image": "rule:default",
    "volume_extension:volume_replication": "rule:default",
    "limits_extension:used_limits": "rule:default",
  },
  refusal: (action) => new PolicyNotAuthorized({ action }),
});

export type CinderRule = keyof typeof cinderPolicy.rules;

/** Whether the caller may see what an extension adds to an answer. */
export const authorized = (ctxt: RequestContext, rule: CinderRule): boolean =>
  cinderPolicy.allows(rule, ctxt);
