/**
 * What is limited, in the order in which the API shows it, and each resource's default. Upstream:
 * nova/quota.py (resources) at 2014.2.
 */
import type { FlagsOf } from "../../../framework/index.js";
import type { quotaFlags } from "./flags.js";

export const RESOURCES = [
  "instances",
  "cores",
  "ram",
  "floating_ips",
  "fixed_ips",
  "metadata_items",
  "injected_files",
  "injected_file_content_bytes",
  "injected_file_path_bytes",
  "security_groups",
  "security_group_rules",
  "key_pairs",
  "server_groups",
  "server_group_members",
] as const;

export type Resource = (typeof RESOURCES)[number];

/** -1 is unlimited. */
export type Limits = Readonly<Record<Resource, number>>;

export function defaultLimits(flags: FlagsOf<typeof quotaFlags>): Limits {
  return {
    instances: flags.quota_instances,
    cores: flags.quota_cores,
    ram: flags.quota_ram,
    floating_ips: flags.quota_floating_ips,
    fixed_ips: flags.quota_fixed_ips,
    metadata_items: flags.quota_metadata_items,
    injected_files: flags.quota_injected_files,
    injected_file_content_bytes: flags.quota_injected_file_content_bytes,
    injected_file_path_bytes: flags.quota_injected_file_path_length,
    security_groups: flags.quota_security_groups,
    security_group_rules: flags.quota_security_group_rules,
    key_pairs: flags.quota_key_pairs,
    server_groups: flags.quota_server_groups,
    server_group_members: flags.quota_server_group_members,
  };
}

export const isResource = (name: string): name is Resource =>
  (RESOURCES as readonly string[]).includes(name);
