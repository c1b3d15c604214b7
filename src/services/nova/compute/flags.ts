/** Options of nova-compute. Upstream: nova/compute/manager.py, nova/compute/resource_tracker.py, nova/netconf.py at 2014.2. */
import {
  boolean,
  integer,
  string,
  wholeSeconds,
  optionalString,
} from "../../../framework/index.js";
import { notificationFlags } from "../notification-flags.js";
import { sameHostFlags } from "../same-host-flags.js";
import { RECLAIM } from "../reclaim-flags.js";
import { virtFlags } from "../virt/flags.js";

export const computeFlags = {
  my_ip: virtFlags.my_ip,
  block_device_allocate_retries: integer(
    60,
    "Number of times to retry block device allocation on failures",
  ),
  block_device_allocate_retries_interval: wholeSeconds(
    3,
    "Waiting time interval (seconds) between block device allocation retries on failures",
    { min: 0 },
  ),
  network_allocate_retries: integer(0, "Number of times to retry network allocation on failures"),
  reserved_host_memory_mb: integer(512, "Amount of memory in MB to reserve for the host", {
    min: 0,
  }),
  reserved_host_disk_mb: integer(0, "Amount of disk in MB to reserve for the host", { min: 0 }),
  shutdown_timeout: wholeSeconds(
    60,
    "Total amount of time to wait in seconds for an instance to perform a clean shutdown.",
    { min: 0 },
  ),
  shelved_offload_time: wholeSeconds(
    0,
    "Time in seconds before a shelved instance is eligible for removing from a host. " +
      "-1 never offload, 0 offload when shelved",
    { min: -1 },
  ),
  allow_resize_to_same_host: sameHostFlags.allow_resize_to_same_host,
  resize_confirm_window: wholeSeconds(
    0,
    "Automatically confirm resizes after N seconds. Set to 0 to disable.",
    { min: 0 },
  ),
  shelved_poll_interval: wholeSeconds(
    3600,
    "Interval in seconds for polling shelved instances to offload",
  ),
  bandwidth_poll_interval: wholeSeconds(
    600,
    "Interval to pull network bandwidth usage info. Not supported on all hypervisors. Set to -1 to " +
      'disable. Setting this to 0 will disable, but this will change in the K release to mean "run ' +
      'at the default rate".',
  ),
  image_cache_manager_interval: virtFlags.image_cache_manager_interval,
  instance_delete_interval: wholeSeconds(
    300,
    "Interval in seconds for retrying failed instance file deletes",
  ),
  maximum_instance_delete_attempts: integer(
    5,
    "The number of times to attempt to reap an instance's files.",
  ),
  volume_usage_poll_interval: wholeSeconds(0, "Interval in seconds for gathering volume usages"),
  instance_build_timeout: wholeSeconds(
    0,
    "Amount of time in seconds an instance can be in BUILD before going into ERROR status. " +
      "Set to 0 to disable.",
    { min: 0 },
  ),
  heal_instance_info_cache_interval: wholeSeconds(
    60,
    "Number of seconds between instance info_cache self healing updates",
  ),
  sync_power_state_interval: wholeSeconds(
    600,
    "Interval to sync power states between the database and the hypervisor",
  ),
  running_deleted_instance_poll_interval: wholeSeconds(
    1800,
    "Number of seconds to wait between runs of the cleanup task.",
  ),
  running_deleted_instance_action: string(
    "reap",
    "Action to take if a running deleted instance is detected.",
    ["noop", "log", "shutdown", "reap"],
  ),
  running_deleted_instance_timeout: wholeSeconds(
    0,
    "Number of seconds after being deleted when a running instance should be considered eligible for cleanup.",
    { min: 0 },
  ),
  console_host: optionalString(
    "Console proxy host to use to connect to instances on this host; the host itself if nothing is said.",
  ),
  reclaim_instance_interval: RECLAIM,
  reboot_timeout: wholeSeconds(
    0,
    "Automatically hard reboot an instance if it has been stuck in a rebooting state longer than N seconds. Set to 0 to disable.",
    { min: 0 },
  ),
  instance_usage_audit: boolean(false, "Generate periodic compute.instance.exists notifications"),
  instance_usage_audit_period: notificationFlags.instance_usage_audit_period,
  rescue_timeout: wholeSeconds(
    0,
    "Automatically unrescue an instance after N seconds. Set to 0 to disable.",
    { min: 0 },
  ),
  resume_guests_state_on_host_boot: boolean(
    false,
    "Whether to start guests that were running before the host rebooted",
  ),
} as const;
