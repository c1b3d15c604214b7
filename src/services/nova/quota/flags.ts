/** How much each project may have. Upstream: nova/quota.py (quota_opts) at 2014.2; nova §8.5. */
import { integer, option, wholeSeconds } from "../../../framework/index.js";

export const quotaFlags = {
  quota_instances: integer(10, "Number of instances allowed per project", { min: -1 }),
  quota_cores: integer(20, "Number of instance cores allowed per project", { min: -1 }),
  quota_ram: integer(51_200, "Megabytes of instance RAM allowed per project", { min: -1 }),
  quota_floating_ips: integer(10, "Number of floating IPs allowed per project", { min: -1 }),
  quota_fixed_ips: integer(-1, "Number of fixed IPs allowed per project", { min: -1 }),
  quota_metadata_items: integer(128, "Number of metadata items allowed per instance", { min: -1 }),
  quota_injected_files: integer(5, "Number of injected files allowed", { min: -1 }),
  quota_injected_file_content_bytes: integer(10_240, "Number of bytes allowed per injected file", {
    min: -1,
  }),
  quota_injected_file_path_length: option(
    "quota_injected_file_path_length",
    integer(255, "Length of injected file path", { min: -1 }),
    ["quota_injected_file_path_bytes"],
  ),
  quota_security_groups: integer(10, "Number of security groups per project", { min: -1 }),
  quota_security_group_rules: integer(20, "Number of rules per security group", { min: -1 }),
  quota_key_pairs: integer(100, "Number of key pairs per user", { min: -1 }),
  quota_server_groups: integer(10, "Number of server groups per project", { min: -1 }),
  quota_server_group_members: integer(10, "Number of servers per server group", { min: -1 }),
  reservation_expire: wholeSeconds(86_400, "Number of seconds until a reservation expires", {
    min: 0,
  }),
  until_refresh: integer(0, "Count of reservations until usage is refreshed; 0: never", {
    min: 0,
  }),
  max_age: wholeSeconds(0, "Number of seconds between usage refreshes; 0: any", { min: 0 }),
} as const;
