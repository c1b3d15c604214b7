/**
 * The rows of Nova's database, as far as they are used: nova/db/sqlalchemy/models.py at 2014.2.
 * Column names are upstream's. Where upstream keeps one row per key (metadata), a row here holds
 * them all. Base columns (created_at ... deleted, id) are added by `Table`.
 */
import type { JsonObject } from "../../../python/index.js";
import type { NumaCell } from "../objects/instance-numa-topology.js";
import type { TaskState } from "../states/task-states.js";
import type { VmState } from "../states/vm-states.js";

export interface InstanceRow {
  readonly uuid: string;
  readonly user_id: string;
  readonly project_id: string;
  readonly image_ref: string;
  readonly kernel_id: string;
  readonly ramdisk_id: string;
  readonly hostname: string;
  readonly launch_index: number;
  readonly key_name: string | null;
  readonly key_data: string | null;
  readonly power_state: number;
  readonly vm_state: VmState;
  readonly task_state: TaskState;
  readonly memory_mb: number;
  readonly vcpus: number;
  readonly root_gb: number;
  readonly ephemeral_gb: number;
  /** Of an encrypted disk, which none is here. */
  readonly ephemeral_key_uuid: string | null;
  readonly host: string | null;
  readonly node: string | null;
  readonly instance_type_id: number;
  readonly user_data: string | null;
  readonly reservation_id: string;
  readonly scheduled_at: string | null;
  readonly launched_at: string | null;
  readonly terminated_at: string | null;
  readonly availability_zone: string | null;
  readonly display_name: string;
  readonly display_description: string;
  readonly launched_on: string | null;
  readonly locked: boolean;
  readonly locked_by: "owner" | "admin" | null;
  readonly os_type: string | null;
  readonly architecture: string | null;
  readonly vm_mode: string | null;
  readonly root_device_name: string | null;
  readonly default_ephemeral_device: string | null;
  readonly default_swap_device: string | null;
  readonly config_drive: string;
  readonly access_ip_v4: string | null;
  readonly access_ip_v6: string | null;
  readonly auto_disk_config: boolean | null;
  readonly progress: number;
  readonly shutdown_terminate: boolean;
  readonly disable_terminate: boolean;
  readonly cell_name: string | null;
  readonly cleaned: number;
}

/** `instance_metadata`: all keys of one instance. */
export interface MetadataRow {
  readonly instance_uuid: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** `instance_system_metadata`: the same, and a value may be NULL. */
export interface SystemMetadataRow {
  readonly instance_uuid: string;
  readonly metadata: Readonly<Record<string, string | null>>;
}

export interface InfoCacheRow {
  readonly instance_uuid: string;
  /** The network model: a list of VIFs. */
  readonly network_info: readonly JsonObject[];
}

export interface InstanceExtraRow {
  readonly instance_uuid: string;
  readonly pci_requests: readonly JsonObject[];
  readonly numa_topology: readonly NumaCell[] | null;
}

/** The EC2 id of an instance. */
export interface InstanceIdMappingRow {
  readonly uuid: string;
}

/** The EC2 id of an image. */
export interface S3ImageRow {
  readonly uuid: string;
}

export interface InstanceFaultRow {
  readonly instance_uuid: string;
  readonly code: number;
  readonly message: string;
  readonly details: string;
  readonly host: string | null;
}

export interface InstanceActionRow {
  readonly action: string;
  readonly instance_uuid: string;
  readonly request_id: string;
  readonly user_id: string | null;
  readonly project_id: string | null;
  readonly start_time: string;
  readonly finish_time: string | null;
  readonly message: string | null;
}

export interface InstanceActionEventRow {
  readonly event: string;
  readonly action_id: number;
  readonly start_time: string;
  readonly finish_time: string | null;
  readonly result: "Success" | "Error" | null;
  readonly traceback: string | null;
}

export interface BlockDeviceMappingRow {
  readonly instance_uuid: string;
  /** null: a disk that only takes another one away. */
  readonly source_type: string | null;
  readonly destination_type: string | null;
  readonly guest_format: string | null;
  readonly device_type: string | null;
  readonly disk_bus: string | null;
  readonly boot_index: number | null;
  readonly device_name: string | null;
  readonly delete_on_termination: boolean;
  readonly snapshot_id: string | null;
  readonly volume_id: string | null;
  readonly volume_size: number | null;
  readonly image_id: string | null;
  readonly no_device: boolean | null;
  /** JSON as text. */
  readonly connection_info: string | null;
}

export interface ServiceRow {
  readonly host: string;
  readonly binary: string;
  readonly topic: string;
  readonly report_count: number;
  readonly disabled: boolean;
  readonly disabled_reason: string | null;
}

export interface ComputeNodeRow {
  readonly service_id: number;
  readonly hypervisor_hostname: string;
  readonly vcpus: number;
  readonly memory_mb: number;
  readonly local_gb: number;
  readonly vcpus_used: number;
  readonly memory_mb_used: number;
  readonly local_gb_used: number;
  readonly hypervisor_type: string;
  readonly hypervisor_version: number;
  readonly cpu_info: string;
  readonly disk_available_least: number;
  readonly free_ram_mb: number;
  readonly free_disk_gb: number;
  readonly current_workload: number;
  readonly running_vms: number;
  readonly host_ip: string;
  /** JSON text, as upstream stores it. */
  readonly supported_instances: string;
  readonly pci_stats: string;
  readonly metrics: string;
  readonly stats: string;
  readonly extra_resources: string | null;
}

/** A flavor. */
export interface InstanceTypeRow {
  readonly name: string;
  readonly flavorid: string;
  readonly memory_mb: number;
  readonly vcpus: number;
  readonly root_gb: number;
  readonly ephemeral_gb: number;
  readonly swap: number;
  readonly rxtx_factor: number;
  readonly vcpu_weight: number | null;
  readonly disabled: boolean;
  readonly is_public: boolean;
}

export interface InstanceTypeExtraSpecsRow {
  readonly instance_type_id: number;
  readonly key: string;
  readonly value: string;
}

/** Who may see a private flavor. */
export interface InstanceTypeProjectRow {
  readonly instance_type_id: number;
  readonly project_id: string;
}

export interface QuotaRow {
  readonly project_id: string;
  readonly resource: string;
  readonly hard_limit: number;
}

/** What projects of a class may have. */
export interface QuotaClassRow {
  readonly class_name: string;
  readonly resource: string;
  readonly hard_limit: number;
}

/** What a single user of a project may have. */
export interface ProjectUserQuotaRow extends QuotaRow {
  readonly user_id: string;
}

export interface QuotaUsageRow {
  readonly project_id: string;
  /** Null: of all users together. */
  readonly user_id: string | null;
  readonly resource: string;
  readonly in_use: number;
  readonly reserved: number;
  /** How many reservations until it is counted anew. */
  readonly until_refresh: number | null;
}

export interface ReservationRow {
  readonly uuid: string;
  readonly usage_id: number;
  readonly project_id: string;
  readonly user_id: string | null;
  readonly resource: string;
  readonly delta: number;
  /** Virtual time, microseconds. */
  readonly expire: number;
}

export interface KeyPairRow {
  readonly name: string;
  readonly user_id: string;
  readonly fingerprint: string;
  readonly public_key: string;
}

/** Nova's own groups; with Neutron only `default` is ever made here. */
export interface SecurityGroupRow {
  readonly name: string;
  readonly description: string;
  readonly user_id: string;
  readonly project_id: string;
}

export interface InstanceGroupRow {
  readonly uuid: string;
  readonly user_id: string;
  readonly project_id: string;
  readonly name: string;
  readonly policies: readonly string[];
  readonly members: readonly string[];
}

/** What servers have read and written of a volume. */
export interface VolumeUsageRow {
  readonly volume_id: string;
  readonly instance_uuid: string | null;
  readonly project_id: string | null;
  readonly user_id: string | null;
  readonly availability_zone: string | null;
  readonly tot_last_refreshed: string | null;
  readonly tot_reads: number;
  readonly tot_read_bytes: number;
  readonly tot_writes: number;
  readonly tot_write_bytes: number;
  readonly curr_last_refreshed: string | null;
  readonly curr_reads: number;
  readonly curr_read_bytes: number;
  readonly curr_writes: number;
  readonly curr_write_bytes: number;
}

/** Cold migrations and resizes, also those that are over; the resource tracker reads those under way. */
export interface MigrationRow {
  readonly source_compute: string | null;
  readonly dest_compute: string | null;
  readonly source_node: string | null;
  readonly dest_node: string | null;
  /** The address of the host that it goes to. */
  readonly dest_host: string | null;
  readonly status: string;
  readonly instance_uuid: string;
  readonly old_instance_type_id: number | null;
  readonly new_instance_type_id: number | null;
}

/** A network of nova-network. */
export interface NetworkRow {
  readonly uuid: string;
  readonly label: string;
  readonly cidr: string;
  readonly gateway: string;
  readonly broadcast: string;
  readonly netmask: string;
  /** The first address that is handed out. */
  readonly dhcp_start: string;
  readonly bridge: string;
  readonly bridge_interface: string | null;
  readonly vlan: number | null;
  /** Whose it is; null while it is anybody's. */
  readonly project_id: string | null;
  /** Where the project's way in from outside is, if somebody has said so. */
  readonly vpn_public_address: string | null;
  readonly vpn_public_port: string | number | null;
  /** The host that runs its DHCP and routes for it; null until one has taken it. */
  readonly host: string | null;
}

/**
 * An address of such a network. Upstream has a row for every address from the start; here a row is
 * made when an address is first handed out.
 */
export interface FixedIpRow {
  readonly address: string;
  readonly network_id: number;
  readonly virtual_interface_id: number | null;
  readonly instance_uuid: string | null;
  readonly allocated: boolean;
  readonly leased: boolean;
  readonly reserved: boolean;
}

export interface FloatingIpRow {
  readonly address: string;
  readonly pool: string | null;
  readonly interface: string | null;
  readonly fixed_ip_id: number | null;
  readonly project_id: string | null;
  /** The host that translates it. */
  readonly host: string | null;
  readonly auto_assigned: boolean;
}

export interface VirtualInterfaceRow {
  readonly uuid: string;
  /** The MAC address. */
  readonly address: string;
  readonly network_id: number;
  readonly instance_uuid: string;
}
