/**
 * A Nova database with flavors, hosts and instances in it, and what a process of Nova is given. The
 * tester speaks to processes over the bus as nova-api would.
 */
import { RpcClient, clientOf, type ClientOf, type RpcApi } from "../../../src/bus/index.js";
import {
  Flags,
  RequestContext,
  Env,
  actorName,
  type FlagValues,
  type Row,
} from "../../../src/framework/index.js";
import { novaAllowedModules } from "../../../src/services/nova/allowed-modules.js";
import { NovaDatabase } from "../../../src/services/nova/db/database.js";
import { rowByUuid } from "../../../src/services/nova/db/instances/instances.js";
import { DirectStore } from "../../../src/services/nova/db/store/object-store.js";
import type {
  ComputeNodeRow,
  InstanceRow,
  ServiceRow,
} from "../../../src/services/nova/db/schema.js";
import { seedFlavors } from "../../../src/services/nova/db/seed.js";
import { flavorToSystemMetadata } from "../../../src/services/nova/objects/flavor.js";
import type { Instance } from "../../../src/services/nova/objects/instance.js";
import { objectSerializer } from "../../../src/services/nova/objects/wire/serializer.js";
import type { InstanceType, RequestSpec } from "../../../src/services/nova/scheduler/rpcapi.js";
import { TestBed } from "../bed.js";

export const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

export const IMAGE = "11111111-0000-4000-8000-000000000000";

/** m1.tiny as plain data. */
export const TINY: InstanceType = {
  id: 2,
  name: "m1.tiny",
  flavorid: "1",
  memory_mb: 512,
  vcpus: 1,
  root_gb: 1,
  ephemeral_gb: 0,
  swap: 0,
  rxtx_factor: 1,
  vcpu_weight: null,
  extra_specs: {},
};

export class NovaBed extends TestBed {
  readonly db: NovaDatabase;
  readonly store: DirectStore;
  readonly ctxt: RequestContext;
  readonly #bedFlags: FlagValues;

  constructor(flags: FlagValues = {}) {
    super({ flags });
    this.#bedFlags = flags;
    this.db = new NovaDatabase(this.kernel);
    this.store = new DirectStore(this.db);
    seedFlavors(this.db);
    this.ctxt = new RequestContext({
      request_id: "req-1",
      project_id: "demo",
      user_id: "alice",
      auth_token: "token",
      timestamp: this.db.utcnow(),
    });
  }

  /** What a process of Nova is given: it rebuilds Nova's exceptions. */
  nova(binary: string, host = "controller"): Env {
    const actor = actorName(binary, host);
    const bus = this.bus.connect({ actor, exchange: "nova", allowedModules: novaAllowedModules });
    const flags = new Flags(this.#bedFlags);
    return new Env({
      kernel: this.kernel,
      binary,
      host,
      flags,
      bus,
      network: this.network,
    });
  }

  /** A client of `api`, as nova-api would hold it. */
  client<M extends RpcApi>(api: M): ClientOf<M, RequestContext> {
    const rpc = new RpcClient(this.nova("nova-api").bus, objectSerializer(this.store));
    return clientOf(api, rpc) as unknown as ClientOf<M, RequestContext>;
  }

  service(values: Partial<ServiceRow> & { host: string }): Row<ServiceRow> {
    return this.db.services.insert({
      binary: "nova-compute",
      topic: "compute",
      report_count: 0,
      disabled: false,
      disabled_reason: null,
      ...values,
    });
  }

  /** The id of a host's record. */
  serviceOf(host: string): number {
    return this.db.services.first({ host })!.id;
  }

  /** A host with a live nova-compute and 8 GB, and its node of the same name. */
  host(host: string, values: Partial<ComputeNodeRow> = {}): Row<ComputeNodeRow> {
    const { id } = this.service({ host });
    return this.node(id, { hypervisor_hostname: host, ...values });
  }

  node(service_id: number, values: Partial<ComputeNodeRow> = {}): Row<ComputeNodeRow> {
    const row = this.db.compute_nodes.insert({ ...NODE, service_id, ...values });
    // A tracker writes its row again and again; one that never did has no date to compare.
    return this.db.compute_nodes.touch(row.id) as Row<ComputeNodeRow>;
  }

  /** The root disk of an instance that boots from an image, as nova-api leaves it. */
  imageDisk(instanceUuid: string, imageId: string | null): void {
    this.db.block_device_mapping.insert({
      instance_uuid: instanceUuid,
      source_type: "image",
      destination_type: "local",
      guest_format: null,
      device_type: "disk",
      disk_bus: null,
      boot_index: 0,
      device_name: null,
      delete_on_termination: true,
      snapshot_id: null,
      volume_id: null,
      volume_size: null,
      image_id: imageId,
      no_device: null,
      connection_info: null,
    });
  }

  /** An instance as nova-api leaves it: building, scheduling, of m1.tiny. */
  instance(n: number, values: Partial<InstanceRow> = {}, metadata = {}): Instance {
    const row = this.db.instances.insert({ ...INSTANCE, uuid: uuid(n), ...values });
    const beside = { instance_uuid: row.uuid };
    const flavor = flavorToSystemMetadata({
      ...TINY,
      extra_specs: {},
    });
    this.db.instance_metadata.insert({ ...beside, metadata: {} });
    this.db.instance_system_metadata.insert({ ...beside, metadata: { ...flavor, ...metadata } });
    this.db.instance_info_caches.insert({ ...beside, network_info: [] });
    this.db.instance_extra.insert({ ...beside, pci_requests: [], numa_topology: null });
    return this.store.instance(rowByUuid(this.db, row.uuid));
  }

  /** Instance `n` as it is stored now. */
  stored(n: number): Row<InstanceRow> {
    return this.db.instances.getAny(uuid(n)) as Row<InstanceRow>;
  }
}

export function requestSpec(values: Partial<RequestSpec> = {}, properties = {}): RequestSpec {
  const num_instances = values.num_instances ?? 1;
  const instance_uuids = Array.from({ length: num_instances }, (_, at) => uuid(at + 1));
  return {
    image: {},
    instance_properties: {
      uuid: uuid(1),
      project_id: "demo",
      os_type: null,
      memory_mb: 512,
      root_gb: 1,
      ephemeral_gb: 0,
      vcpus: 1,
      vm_state: "building",
      task_state: "scheduling",
      ...properties,
    },
    instance_type: TINY,
    num_instances,
    instance_uuids,
    ...values,
  };
}

const NODE: ComputeNodeRow = {
  service_id: 0,
  hypervisor_hostname: "",
  vcpus: 4,
  memory_mb: 8192,
  local_gb: 100,
  vcpus_used: 0,
  memory_mb_used: 512,
  local_gb_used: 0,
  hypervisor_type: "QEMU",
  hypervisor_version: 2_000_000,
  cpu_info: '{"vendor": "Intel", "features": ["sse"], "topology": {"cores": 4}}',
  disk_available_least: 100,
  free_ram_mb: 7680,
  free_disk_gb: 100,
  current_workload: 0,
  running_vms: 0,
  host_ip: "10.0.0.1",
  supported_instances: '[["x86_64", "kvm", "hvm"], ["i686", "qemu", "hvm"]]',
  pci_stats: "[]",
  metrics: "[]",
  stats: '{"num_instances": "0", "io_workload": "0", "trusted": "yes"}',
  extra_resources: null,
};

const INSTANCE: InstanceRow = {
  uuid: "",
  user_id: "alice",
  project_id: "demo",
  image_ref: IMAGE,
  kernel_id: "",
  ramdisk_id: "",
  hostname: "t3",
  launch_index: 0,
  key_name: null,
  key_data: null,
  power_state: 0,
  vm_state: "building",
  task_state: "scheduling",
  memory_mb: 512,
  vcpus: 1,
  root_gb: 1,
  ephemeral_gb: 0,
  ephemeral_key_uuid: null,
  host: null,
  node: null,
  instance_type_id: 2,
  user_data: null,
  reservation_id: "r-1",
  scheduled_at: null,
  launched_at: null,
  terminated_at: null,
  availability_zone: null,
  display_name: "t3",
  display_description: "t3",
  launched_on: null,
  locked: false,
  locked_by: null,
  os_type: null,
  architecture: null,
  vm_mode: null,
  root_device_name: null,
  default_ephemeral_device: null,
  default_swap_device: null,
  config_drive: "",
  access_ip_v4: null,
  access_ip_v6: null,
  auto_disk_config: null,
  progress: 0,
  shutdown_terminate: false,
  disable_terminate: false,
  cell_name: null,
  cleaned: 0,
};
