/**
 * Class by class, what the fields of objects take: those that are modelled. Used where an object is
 * made out of a message that no compiler has seen. Upstream: `fields` of each class in nova/objects
 * at 2014.2.
 */
import {
  anObject,
  boolean,
  dateTime,
  dictOf,
  float,
  integer,
  ipAddress,
  ipV4Address,
  ipV6Address,
  listOf,
  networkModel,
  nullable,
  object,
  string,
  uuid,
  type Field,
} from "./field.js";

export type FieldTypes = Readonly<Record<string, Field>>;

const text = nullable(string);
const number = nullable(integer);
const date = nullable(dateTime);
/** None becomes False upstream; here columns keep what they were given. */
const flag = nullable(boolean);

/** `NovaPersistentObject`. */
const PERSISTENT: FieldTypes = {
  created_at: date,
  updated_at: date,
  deleted_at: date,
  deleted: boolean,
};

const Instance: FieldTypes = {
  ...PERSISTENT,
  id: integer,
  user_id: text,
  project_id: text,
  image_ref: text,
  kernel_id: text,
  ramdisk_id: text,
  hostname: text,
  launch_index: number,
  key_name: text,
  key_data: text,
  power_state: number,
  vm_state: text,
  task_state: text,
  memory_mb: number,
  vcpus: number,
  root_gb: number,
  ephemeral_gb: number,
  host: text,
  node: text,
  instance_type_id: number,
  user_data: text,
  reservation_id: text,
  scheduled_at: date,
  launched_at: date,
  terminated_at: date,
  availability_zone: text,
  display_name: text,
  display_description: text,
  launched_on: text,
  locked: flag,
  locked_by: text,
  os_type: text,
  architecture: text,
  vm_mode: text,
  uuid,
  root_device_name: text,
  default_ephemeral_device: text,
  default_swap_device: text,
  config_drive: text,
  access_ip_v4: nullable(ipV4Address),
  access_ip_v6: nullable(ipV6Address),
  auto_disk_config: flag,
  progress: number,
  shutdown_terminate: flag,
  disable_terminate: flag,
  cell_name: text,
  metadata: dictOf(string),
  system_metadata: dictOf(text),
  info_cache: nullable(object("InstanceInfoCache")),
  fault: nullable(object("InstanceFault")),
  security_groups: nullable(object("SecurityGroupList")),
  numa_topology: nullable(object("InstanceNUMATopology")),
  ephemeral_key_uuid: nullable(uuid),
  cleaned: boolean,
};

const Flavor: FieldTypes = {
  id: integer,
  name: text,
  memory_mb: integer,
  vcpus: integer,
  root_gb: integer,
  ephemeral_gb: integer,
  flavorid: string,
  swap: integer,
  rxtx_factor: nullable(float),
  vcpu_weight: number,
  disabled: boolean,
  is_public: boolean,
  extra_specs: dictOf(string),
};

const InstanceFault: FieldTypes = {
  ...PERSISTENT,
  id: integer,
  instance_uuid: uuid,
  code: integer,
  message: text,
  details: text,
  host: text,
};

const InstanceGroup: FieldTypes = {
  uuid,
  user_id: text,
  project_id: text,
  name: text,
  policies: nullable(listOf(string)),
  members: nullable(listOf(string)),
};

const BlockDeviceMapping: FieldTypes = {
  ...PERSISTENT,
  id: integer,
  instance_uuid: uuid,
  source_type: text,
  destination_type: text,
  guest_format: text,
  device_type: text,
  disk_bus: text,
  boot_index: number,
  device_name: text,
  delete_on_termination: flag,
  snapshot_id: text,
  volume_id: text,
  volume_size: number,
  image_id: text,
  no_device: flag,
  connection_info: text,
};

const BlockDeviceMappingList: FieldTypes = { objects: listOf(object("BlockDeviceMapping")) };

const InstanceList: FieldTypes = { objects: listOf(object("Instance")) };

const InstanceNUMACell: FieldTypes = { id: integer, cpuset: listOf(integer), memory: integer };

const InstanceNUMATopology: FieldTypes = {
  id: integer,
  instance_uuid: uuid,
  cells: listOf(object("InstanceNUMACell")),
};

const SecurityGroupList: FieldTypes = { objects: listOf(anObject) };

const InstanceInfoCache: FieldTypes = {
  ...PERSISTENT,
  instance_uuid: uuid,
  network_info: nullable(networkModel),
};

const InstancePCIRequests: FieldTypes = { instance_uuid: uuid, requests: listOf(anObject) };

const Migration: FieldTypes = {
  ...PERSISTENT,
  id: integer,
  source_compute: text,
  dest_compute: text,
  source_node: text,
  dest_node: text,
  dest_host: text,
  old_instance_type_id: number,
  new_instance_type_id: number,
  instance_uuid: text,
  status: text,
};

const Aggregate: FieldTypes = {
  ...PERSISTENT,
  id: integer,
  name: string,
  hosts: nullable(listOf(string)),
  metadata: nullable(dictOf(string)),
};

const MigrationList: FieldTypes = { objects: listOf(object("Migration")) };

const ComputeNode: FieldTypes = {
  ...PERSISTENT,
  id: integer,
  service_id: integer,
  vcpus: integer,
  memory_mb: integer,
  local_gb: integer,
  vcpus_used: integer,
  memory_mb_used: integer,
  local_gb_used: integer,
  hypervisor_type: string,
  hypervisor_version: integer,
  hypervisor_hostname: text,
  free_ram_mb: number,
  free_disk_gb: number,
  current_workload: number,
  running_vms: number,
  cpu_info: text,
  disk_available_least: number,
  host_ip: text,
};

const ComputeNodeList: FieldTypes = { objects: listOf(object("ComputeNode")) };

const Service: FieldTypes = {
  ...PERSISTENT,
  id: integer,
  host: text,
  binary: text,
  topic: text,
  report_count: integer,
  disabled: boolean,
  disabled_reason: text,
  compute_node: object("ComputeNode"),
};

const NetworkRequest: FieldTypes = {
  network_id: text,
  address: nullable(ipAddress),
  port_id: nullable(uuid),
  pci_request_id: nullable(uuid),
};

const NetworkRequestList: FieldTypes = { objects: listOf(object("NetworkRequest")) };

const Quotas: FieldTypes = {
  reservations: nullable(listOf(string)),
  project_id: text,
  user_id: text,
};

const InstanceExternalEvent: FieldTypes = {
  instance_uuid: uuid,
  name: string,
  status: string,
  tag: text,
  data: dictOf(string),
};

/** By class. */
export const FIELD_TYPES: Readonly<Record<string, FieldTypes>> = {
  Aggregate,
  BlockDeviceMapping,
  BlockDeviceMappingList,
  ComputeNode,
  ComputeNodeList,
  Flavor,
  Instance,
  InstanceExternalEvent,
  InstanceFault,
  InstanceGroup,
  InstanceInfoCache,
  InstanceList,
  InstanceNUMACell,
  InstanceNUMATopology,
  InstancePCIRequests,
  Migration,
  MigrationList,
  NetworkRequest,
  NetworkRequestList,
  Quotas,
  SecurityGroupList,
  Service,
};
