/**
 * Options of Trove, by who reads them. Where upstream's `[DEFAULT]` has a name that another project's has
 * too, the key here says whose it is. DNS, Heat, files of templates and drivers by class path are not
 * simulated. Upstream: trove/common/cfg.py at 2014.2.
 */
import {
  authTokenFlags,
  boolean,
  dict,
  integer,
  list,
  option,
  optionalString,
  string,
  wholeSeconds,
} from "../../framework/index.js";

export const troveAuthFlags = authTokenFlags("trove", false);

/** Of every process that has a topic. */
export const troveRpcFlags = {
  trove_host: option("host", string("0.0.0.0", "Host to listen for RPC messages")),
} as const;

export const remoteFlags = {
  trove_os_region_name: option(
    "os_region_name",
    optionalString("Region name of this node. Used when searching catalog."),
  ),
  nova_compute_url: optionalString("URL without the tenant segment."),
  nova_compute_service_type: string("compute", "Service type to use when searching catalog."),
  cinder_url: optionalString("URL without the tenant segment."),
  cinder_service_type: string("volumev2", "Service type to use when searching catalog."),
  swift_url: optionalString("URL ending in AUTH_."),
  swift_service_type: string("object-store", "Service type to use when searching catalog."),
  trove_neutron_url: option("neutron_url", optionalString("URL without the tenant segment.")),
  neutron_service_type: string("network", "Service type to use when searching catalog."),
  agent_call_low_timeout: wholeSeconds(
    5,
    "Maximum time (in seconds) to wait for Guest Agent 'quick' requests (such as retrieving a " +
      "list of users or databases).",
  ),
  agent_call_high_timeout: wholeSeconds(
    60,
    "Maximum time (in seconds) to wait for Guest Agent 'slow' requests (such as restarting the database).",
  ),
  agent_replication_snapshot_timeout: wholeSeconds(
    36_000,
    "Maximum time (in seconds) to wait for taking a Guest Agent replication snapshot.",
  ),
} as const;

export const troveQuotaFlags = {
  max_instances_per_user: integer(5, "Default maximum number of instances per tenant."),
  max_volumes_per_user: integer(
    20,
    "Default maximum volume capacity (in GB) spanning across all Trove volumes per tenant.",
  ),
  max_backups_per_user: integer(50, "Default maximum number of backups created by a tenant."),
} as const;

/** Values of `network_driver`. */
const NOVA_DRIVER = "trove.network.nova.NovaNetwork";
export const NEUTRON_DRIVER = "trove.network.neutron.NeutronDriver";

/** What says how an instance is seen. */
export const troveInstanceFlags = {
  network_label_regex: string("^private$", "Regular expression to match Trove network labels."),
  ip_regex: optionalString("List IP addresses that match this regular expression."),
  black_list_regex: optionalString("Exclude IP addresses that match this regular expression."),
  max_accepted_volume_size: integer(5, "Default maximum volume size (in GB) for an instance."),
  default_password_length: integer(36, "Character length of generated passwords.", { min: 0 }),
  verify_swift_checksum_on_restore: boolean(
    true,
    "Enable verification of Swift checksum before starting restore. Makes sure the checksum of " +
      "original backup matches the checksum of the Swift backup file.",
  ),
  network_driver: string(
    NOVA_DRIVER,
    "Describes the actual network manager used for the management of network attributes " +
      "(security groups, floating IPs, etc.).",
    [NOVA_DRIVER, NEUTRON_DRIVER],
  ),
  trove_security_groups_support: boolean(
    true,
    "Whether Trove should add Security Groups on create.",
  ),
  trove_security_group_name_prefix: string(
    "SecGroup",
    "Prefix to use when creating Security Groups.",
  ),
  trove_security_group_rule_cidr: string(
    "0.0.0.0/0",
    "CIDR to use when creating Security Group Rules.",
  ),
  backup_swift_container: string("database_backups", "Swift container to put backups in."),
} as const;

export const troveApiFlags = {
  trove_bind_port: option(
    "bind_port",
    integer(8779, "Port the API server will listen on.", { min: 1, max: 65_535 }),
  ),
  trove_api_workers: integer(0, "Number of workers for the API service; 0: one for each CPU"),
  trove_admin_roles: option("admin_roles", list(["admin"], "Roles to add to an admin user.")),
  default_datastore: optionalString(
    "The default datastore id or name to use if one is not provided by the user. If the default " +
      "value is None, the field becomes required in the instance create request.",
  ),
  default_neutron_networks: list(
    [],
    "List of IDs for management networks which should be attached to the instance regardless of " +
      "what NICs are specified in the create API call.",
  ),
  instances_page_size: integer(20, "Page size for listing instances.", { min: 1 }),
  databases_page_size: integer(20, "Page size for listing databases.", { min: 1 }),
  clusters_page_size: integer(20, "Page size for listing clusters.", { min: 1 }),
  users_page_size: integer(20, "Page size for listing users.", { min: 1 }),
  backups_page_size: integer(20, "Page size for listing backups.", { min: 1 }),
  configurations_page_size: integer(20, "Page size for listing configurations.", { min: 1 }),
  http_get_rate: integer(200, "Maximum number of HTTP 'GET' requests (per minute)."),
  http_post_rate: integer(200, "Maximum number of HTTP 'POST' requests (per minute)."),
  http_put_rate: integer(200, "Maximum number of HTTP 'PUT' requests (per minute)."),
  http_delete_rate: integer(200, "Maximum number of HTTP 'DELETE' requests (per minute)."),
} as const;

/** What a list of a guest's users and databases leaves out. */
export const ignoreFlags = {
  ignore_users: list(["os_admin", "root"], "Users to exclude when listing users."),
  ignore_dbs: list(
    ["lost+found", "mysql", "information_schema"],
    "Databases to exclude when listing databases.",
  ),
} as const;

export const taskManagerFlags = {
  cinder_volume_type: optionalString("Volume type to use when provisioning a Cinder volume."),
  block_device_mapping: string("vdb", "Block device to map onto the created instance."),
  use_nova_server_config_drive: boolean(
    false,
    "Use config drive for file injection when booting instance.",
  ),
  trove_dns_support: boolean(false, "Whether Trove should add DNS entries on create."),
  dns_driver: string(
    "trove.dns.driver.DnsDriver",
    "Driver for DNS work; this one writes nothing.",
    ["trove.dns.driver.DnsDriver"],
  ),
  dns_time_out: wholeSeconds(120, "Maximum time (in seconds) to wait for a DNS entry add."),
  volume_time_out: wholeSeconds(60, "Maximum time (in seconds) to wait for a volume attach."),
  server_delete_time_out: wholeSeconds(
    60,
    "Maximum time (in seconds) to wait for a server delete.",
  ),
  reboot_time_out: wholeSeconds(120, "Maximum time (in seconds) to wait for a server reboot."),
  resize_time_out: wholeSeconds(600, "Maximum time (in seconds) to wait for a server resize."),
  revert_time_out: wholeSeconds(
    600,
    "Maximum time (in seconds) to wait for a server resize revert.",
  ),
  usage_sleep_time: wholeSeconds(5, "Time to sleep during the check for an active Guest.", {
    min: 1,
  }),
  usage_timeout: wholeSeconds(
    600,
    "Maximum time (in seconds) to wait for a Guest to become active.",
  ),
  restore_usage_timeout: wholeSeconds(
    36_000,
    "Maximum time (in seconds) to wait for a Guest instance restored from a backup to become active.",
  ),
  cluster_usage_timeout: wholeSeconds(
    675,
    "Maximum time (in seconds) to wait for a cluster to become active.",
  ),
  cluster_delete_time_out: wholeSeconds(
    180,
    "Maximum time (in seconds) to wait for a cluster delete.",
  ),
  update_status_on_fail: boolean(
    true,
    "Set the service and instance task statuses to ERROR when an instance fails to become active " +
      "within the configured usage_timeout.",
  ),
  trove_region: option("region", string("LOCAL_DEV", "The region this service is located.")),
  notification_service_id: dict(
    { mysql: "2f3ff068-2bfb-4f70-9a9d-a6bb65bc084b" },
    "Unique ID to tag notification events.",
  ),
} as const;

export const conductorFlags = {
  trove_conductor_workers: integer(
    0,
    "Number of workers for the Conductor service; 0: one for each CPU",
  ),
} as const;

export const guestAgentFlags = {
  nova_proxy_admin_user: string("", "Admin username used to connect to Nova."),
  state_change_wait_time: wholeSeconds(
    180,
    "Maximum time (in seconds) to wait for a state change.",
  ),
  backup_segment_max_size: integer(
    2_147_483_648,
    "Maximum size (in bytes) of each segment of the backup file.",
    { min: 1 },
  ),
  backup_chunk_size: integer(65_536, "Chunk size (in bytes) to stream to the Swift container.", {
    min: 1,
  }),
  volume_fstype: string("ext3", "File system type used to format a volume."),
} as const;

/** Of a datastore that `notification_service_id` does not have. */
export const UNKNOWN_SERVICE_ID = "unknown-service-id-error";
