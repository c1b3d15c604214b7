/** Options of nova-api. Upstream: nova/api, nova/compute/api.py, nova/availability_zones.py at 2014.2. */
import {
  authTokenFlags,
  boolean,
  integer,
  list,
  option,
  optionalString,
  string,
} from "../../../framework/index.js";
import { neutronFlags } from "../network-api/neutronv2/flags.js";
import { notificationFlags } from "../notification-flags.js";
import { sameHostFlags } from "../same-host-flags.js";
import { zoneFlags } from "../zone-flags.js";
import { RECLAIM } from "../reclaim-flags.js";

export const novaAuthFlags = authTokenFlags("nova", false);

export const novaApiFlags = {
  osapi_compute_listen_port: integer(8774, "Port of the OpenStack API", { min: 1, max: 65_535 }),
  osapi_compute_workers: integer(
    0,
    "Number of workers for the OpenStack API; 0: one for each CPU, which is one",
    // Each is a process of its own.
    { max: 100 },
  ),
  osapi_v3_enabled: option(
    "osapi_v3.enabled",
    boolean(false, "Whether there is v2.1 of the API, which was an experiment"),
  ),
  api_rate_limit: boolean(
    false,
    "Whether to use per-user rate limiting for the api. This option is only used by v2 api. Rate " +
      "limiting is removed from v3 api.",
  ),
  osapi_max_request_body_size: integer(114_688, "Most bytes that the body of a request may have"),
  osapi_max_limit: integer(1000, "Most items that one answer lists", { min: 1 }),
  enable_instance_password: boolean(true, "Return the administrator's password of a new server"),
  password_length: integer(12, "Length of generated passwords of administrators", {
    min: 1,
    // As long as a password may be that a user gives.
    max: 255,
  }),
  allow_instance_snapshots: boolean(true, "Permit snapshots of servers"),
  allow_resize_to_same_host: sameHostFlags.allow_resize_to_same_host,
  allow_migrate_to_same_host: sameHostFlags.allow_migrate_to_same_host,
  osapi_hide_server_address_states: list(
    ["building"],
    "States of servers in which users do not see their addresses",
  ),
  default_availability_zone: zoneFlags.default_availability_zone,
  internal_service_availability_zone: string("internal", "Zone of all other services"),
  default_schedule_zone: optionalString("Zone of servers for which none was asked"),
  multi_instance_display_name_template: string(
    "%(name)s-%(uuid)s",
    "Names of servers of which several are asked for at once",
  ),
  non_inheritable_image_properties: list(
    ["cache_in_nova", "bittorrent"],
    "Properties of an image that its snapshots do not have",
  ),
  max_local_block_devices: integer(3, "Most local disks of a server; negative is unlimited"),
  null_kernel: string("nokernel", "Kernel image that means a raw disk image"),
  reclaim_instance_interval: RECLAIM,
  default_floating_pool: neutronFlags.default_floating_pool,
  vpn_image_id: string("0", "Image ID used when starting up a cloudpipe vpn server"),
  vpn_flavor: string("m1.tiny", "Flavor for vpn instances"),
  public_interface: string("eth0", "Interface of floating IPs that are made without one"),
  instance_usage_audit_period: notificationFlags.instance_usage_audit_period,
} as const;
