/**
 * The types of the columns that messages write into as they come: what the conductor is sent by
 * dictionary. Objects check their own fields (`objects/fields`). Upstream: nova/db/sqlalchemy/models.py
 * at 2014.2.
 */
import { column, nullableColumn, type Columns } from "../../../framework/index.js";
import type { BandwidthUsageRow } from "./operations/rows.js";
import type {
  ComputeNodeRow,
  InstanceRow,
  QuotaUsageRow,
  ReservationRow,
  ServiceRow,
  VolumeUsageRow,
} from "./schema.js";

const text = nullableColumn("text");
const longText = nullableColumn("longtext");
const integer = nullableColumn("integer");
const boolean = nullableColumn("boolean");
const date = nullableColumn("date");
const number = column("integer");
const long = column("bigint");

export const serviceColumns: Columns<ServiceRow> = {
  host: text,
  binary: text,
  topic: text,
  report_count: number,
  disabled: boolean,
  disabled_reason: text,
};

export const computeNodeColumns: Columns<ComputeNodeRow> = {
  service_id: number,
  hypervisor_hostname: text,
  vcpus: number,
  memory_mb: number,
  local_gb: number,
  vcpus_used: number,
  memory_mb_used: number,
  local_gb_used: number,
  hypervisor_type: column("longtext"),
  hypervisor_version: number,
  cpu_info: column("longtext"),
  disk_available_least: integer,
  free_ram_mb: integer,
  free_disk_gb: integer,
  current_workload: integer,
  running_vms: integer,
  host_ip: text,
  supported_instances: longText,
  pci_stats: longText,
  metrics: longText,
  stats: longText,
  extra_resources: longText,
};

export const instanceColumns: Columns<InstanceRow> = {
  uuid: text,
  user_id: text,
  project_id: text,
  image_ref: text,
  kernel_id: text,
  ramdisk_id: text,
  hostname: text,
  launch_index: integer,
  key_name: text,
  key_data: longText,
  power_state: integer,
  vm_state: text,
  task_state: text,
  memory_mb: integer,
  vcpus: integer,
  root_gb: integer,
  ephemeral_gb: integer,
  ephemeral_key_uuid: text,
  host: text,
  node: text,
  instance_type_id: integer,
  user_data: longText,
  reservation_id: text,
  scheduled_at: date,
  launched_at: date,
  terminated_at: date,
  availability_zone: text,
  display_name: text,
  display_description: text,
  launched_on: longText,
  locked: boolean,
  locked_by: text,
  os_type: text,
  architecture: text,
  vm_mode: text,
  root_device_name: text,
  default_ephemeral_device: text,
  default_swap_device: text,
  config_drive: text,
  access_ip_v4: text,
  access_ip_v6: text,
  auto_disk_config: boolean,
  progress: integer,
  shutdown_terminate: boolean,
  disable_terminate: boolean,
  cell_name: text,
  cleaned: integer,
};

export const quotaUsageColumns: Columns<QuotaUsageRow> = {
  project_id: text,
  user_id: text,
  resource: column("text"),
  in_use: number,
  reserved: number,
  until_refresh: integer,
};

export const volumeUsageColumns: Columns<VolumeUsageRow> = {
  volume_id: column("text"),
  instance_uuid: text,
  project_id: text,
  user_id: text,
  availability_zone: text,
  tot_last_refreshed: date,
  tot_reads: long,
  tot_read_bytes: long,
  tot_writes: long,
  tot_write_bytes: long,
  curr_last_refreshed: date,
  curr_reads: long,
  curr_read_bytes: long,
  curr_writes: long,
  curr_write_bytes: long,
};

export const bandwidthUsageColumns: Columns<BandwidthUsageRow> = {
  uuid: text,
  mac: text,
  start_period: text,
  last_refreshed: date,
  bw_in: nullableColumn("bigint"),
  bw_out: nullableColumn("bigint"),
  last_ctr_in: nullableColumn("bigint"),
  last_ctr_out: nullableColumn("bigint"),
};

export const reservationColumns: Columns<ReservationRow> = {
  uuid: column("text"),
  usage_id: number,
  project_id: text,
  user_id: text,
  resource: text,
  delta: number,
  // A moment of virtual time here, which no message says.
  expire: column("json"),
};
