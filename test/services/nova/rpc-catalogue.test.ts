/**
 * Every method of compute's and conductor's client side at 2014.2 (nova/compute/rpcapi.py: ComputeAPI 3.35, SecurityGroupAPI;
 * nova/conductor/rpcapi.py: ConductorAPI 2.0, ComputeTaskAPI 1.9), with the version on the wire and whether the caller waits. What is
 * left out is named, with the reason.
 */
import { describe, expect, it } from "vitest";
import { type RpcApi } from "../../../src/bus/index.js";
import { computeApi, confirmingApi } from "../../../src/services/nova/compute/rpcapi.js";
import { computeTaskApi, conductorApi } from "../../../src/services/nova/conductor/rpcapi.js";

const COMPUTE = `
  cast add_aggregate_host 3.0
  cast add_fixed_ip_to_instance 3.12
  call attach_interface 3.17
  cast attach_volume 3.16
  cast backup_instance 3.0
  cast build_and_run_instance 3.33
  cast change_instance_metadata 3.7
  call check_can_live_migrate_destination 3.32
  call check_can_live_migrate_source 3.32
  call check_instance_shared_storage 3.29
  cast confirm_resize 3.0
  cast detach_interface 3.17
  cast detach_volume 3.25
  cast external_instance_event 3.23
  cast finish_resize 3.0
  cast finish_revert_resize 3.0
  call get_console_output 3.28
  call get_console_pool_info 3.0
  call get_console_topic 3.0
  call get_diagnostics 3.18
  call get_host_uptime 3.0
  call get_instance_diagnostics 3.31
  call get_rdp_console 3.10
  call get_serial_console 3.34
  call get_spice_console 3.1
  call get_vnc_console 3.2
  call host_maintenance_mode 3.0
  call host_power_action 3.0
  cast inject_network_info 3.0
  cast live_migration 3.26
  cast pause_instance 3.0
  cast post_live_migration_at_destination 3.14
  call pre_live_migration 3.19
  cast prep_resize 3.0
  cast reboot_instance 3.0
  cast rebuild_instance 3.21
  cast refresh_instance_security_rules 3.0
  cast refresh_provider_fw_rules 3.0
  cast refresh_security_group_members 3.0
  cast refresh_security_group_rules 3.0
  cast remove_aggregate_host 3.0
  cast remove_fixed_ip_from_instance 3.13
  call remove_volume_connection 3.30
  cast rescue_instance 3.24
  call reserve_block_device_name 3.35
  cast reset_network 3.0
  cast resize_instance 3.0
  cast restore_instance 3.20
  cast resume_instance 3.0
  cast revert_resize 3.0
  cast rollback_live_migration_at_destination 3.32
  cast run_instance 3.27
  call set_admin_password 3.8
  call set_host_enabled 3.0
  cast shelve_instance 3.0
  cast shelve_offload_instance 3.0
  cast snapshot_instance 3.0
  cast soft_delete_instance 3.0
  cast start_instance 3.0
  cast stop_instance 3.0
  cast suspend_instance 3.0
  cast swap_volume 3.0
  cast terminate_instance 3.22
  cast unpause_instance 3.0
  cast unrescue_instance 3.11
  cast unshelve_instance 3.15
  call validate_console_port 3.3
  cast volume_snapshot_create 3.6
  cast volume_snapshot_delete 3.6
`;

const CONDUCTOR = `
  call aggregate_metadata_get_by_host
  call block_device_mapping_get_all_by_instance
  call block_device_mapping_update_or_create
  call bw_usage_update
  call compute_node_create
  call compute_node_delete
  call compute_node_update
  call get_ec2_ids
  call instance_get_all_by_host
  call instance_update
  call migration_get_in_progress_by_host_and_node
  call notify_usage_exists
  call object_action
  call object_backport
  call object_class_action
  call provider_fw_rule_get_all
  call security_groups_trigger_handler
  call security_groups_trigger_members_refresh
  call service_create
  call service_destroy
  call service_get_all_by
  call service_update
  call task_log_begin_task
  call task_log_end_task
  call task_log_get
  call vol_get_usage_by_time
  call vol_usage_update
`;

const COMPUTE_TASK = `
  cast build_instances 1.9
  call migrate_server 1.6
  cast rebuild_instance 1.8
  cast unshelve_instance 1.3
`;

/** Methods of the lists that no contract has, and why. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  run_instance:
    "build_and_run_instance took its place; nothing in 2014.2 sends it (nova/compute/manager.py:2287)",
  block_device_mapping_update_or_create:
    "Icehouse's hosts wrote disks by it, in a form of its own; 2014.2's save objects",
};

const lines = (text: string): string[] =>
  text
    .trim()
    .split("\n")
    .map((line) => line.trim());

const named = (line: string): string => line.split(" ")[1] ?? "";

const methods = ({ methods }: RpcApi): string[] =>
  Object.entries(methods)
    .map(([name, { kind, version }]) =>
      [kind, name, ...(version === undefined ? [] : [version])].join(" "),
    )
    .sort();

describe.each([
  ["compute", computeApi, COMPUTE],
  ["conductor", conductorApi, CONDUCTOR],
  ["conductor, compute_task", computeTaskApi, COMPUTE_TASK],
] as const)("the contract of topic %s", (_, api, text) => {
  it("has every method of 2014.2 but those that are left out, as they are on the wire", () => {
    const expected = lines(text).filter((line) => !Object.hasOwn(LEFT_OUT, named(line)));
    expect(methods(api)).toEqual(expected.sort());
  });
});

describe("what is left out", () => {
  it("is in the lists, and has a reason", () => {
    const all = [COMPUTE, CONDUCTOR, COMPUTE_TASK].flatMap(lines).map(named);
    expect(Object.keys(LEFT_OUT).filter((name) => !all.includes(name))).toEqual([]);
    expect(Object.values(LEFT_OUT).every((reason) => reason.length > 20)).toBe(true);
  });
});

describe("confirm_resize", () => {
  it("is a call as well, of a server that is deleted before (nova/compute/api.py:1663, 2014.2)", () => {
    expect(methods(confirmingApi)).toEqual(["call confirm_resize 3.0"]);
  });
});
