/**
 * Nova's database: its tables, and nothing else. nova-api, nova-conductor and nova-scheduler are
 * given it; nova-compute never is. It outlives the processes that use it. Upstream: MySQL.
 */
import { lastChange, Table, type RowHistory } from "../../../framework/index.js";
import type { Stretch } from "../../../framework/mishaps.js";
import type { Kernel, Micros } from "../../../kernel/index.js";
import {
  bandwidthUsageColumns,
  computeNodeColumns,
  instanceColumns,
  quotaUsageColumns,
  volumeUsageColumns,
  reservationColumns,
  serviceColumns,
} from "./columns.js";
import type * as aggregates from "./aggregates/rows.js";
import type * as operations from "./operations/rows.js";
import { counted } from "./history/counted.js";
import { deletedAgain } from "./history/deleted-again.js";
import { deleters, type Deleter } from "./history/deleters.js";
import { hostless } from "./history/hostless.js";
import { lostPorts, type CachedPorts } from "./history/lost-ports.js";
import { overwritten, type Overwritten } from "./history/overwritten.js";
import type * as schema from "./schema.js";
import * as tasks from "../states/task-states.js";
import * as vm from "../states/vm-states.js";

export class NovaDatabase {
  readonly kernel: Kernel;
  readonly instances: Table<schema.InstanceRow>;
  readonly instance_metadata: Table<schema.MetadataRow>;
  readonly instance_system_metadata: Table<schema.SystemMetadataRow>;
  readonly instance_info_caches: Table<schema.InfoCacheRow>;
  readonly instance_extra: Table<schema.InstanceExtraRow>;
  readonly instance_id_mappings: Table<schema.InstanceIdMappingRow>;
  readonly s3_images: Table<schema.S3ImageRow>;
  readonly instance_faults: Table<schema.InstanceFaultRow>;
  readonly instance_actions: Table<schema.InstanceActionRow>;
  readonly instance_actions_events: Table<schema.InstanceActionEventRow>;
  readonly block_device_mapping: Table<schema.BlockDeviceMappingRow>;
  readonly services: Table<schema.ServiceRow>;
  readonly compute_nodes: Table<schema.ComputeNodeRow>;
  readonly instance_types: Table<schema.InstanceTypeRow>;
  readonly instance_type_extra_specs: Table<schema.InstanceTypeExtraSpecsRow>;
  readonly instance_type_projects: Table<schema.InstanceTypeProjectRow>;
  readonly quotas: Table<schema.QuotaRow>;
  readonly quota_classes: Table<schema.QuotaClassRow>;
  readonly project_user_quotas: Table<schema.ProjectUserQuotaRow>;
  readonly quota_usages: Table<schema.QuotaUsageRow>;
  readonly reservations: Table<schema.ReservationRow>;
  readonly key_pairs: Table<schema.KeyPairRow>;
  readonly security_groups: Table<schema.SecurityGroupRow>;
  readonly instance_groups: Table<schema.InstanceGroupRow>;
  readonly volume_usage_cache: Table<schema.VolumeUsageRow>;
  readonly bw_usage_cache: Table<operations.BandwidthUsageRow>;
  readonly migrations: Table<schema.MigrationRow>;
  readonly networks: Table<schema.NetworkRow>;
  readonly fixed_ips: Table<schema.FixedIpRow>;
  readonly floating_ips: Table<schema.FloatingIpRow>;
  readonly virtual_interfaces: Table<schema.VirtualInterfaceRow>;
  readonly agent_builds: Table<operations.AgentBuildRow>;
  readonly certificates: Table<operations.CertificateRow>;
  readonly console_pools: Table<operations.ConsolePoolRow>;
  readonly consoles: Table<operations.ConsoleRow>;
  readonly bm_nodes: Table<operations.BareMetalNodeRow>;
  readonly bm_interfaces: Table<operations.BareMetalInterfaceRow>;
  readonly task_log: Table<operations.TaskLogRow>;
  readonly aggregates: Table<aggregates.AggregateRow>;
  readonly aggregate_hosts: Table<aggregates.AggregateHostRow>;
  readonly aggregate_metadata: Table<aggregates.AggregateMetadataRow>;

  /** When servers got the task state that they have. */
  readonly taskState: RowHistory<schema.InstanceRow, Micros>;
  /** The states that operators have written over. */
  readonly overwritten: RowHistory<schema.InstanceRow, readonly Overwritten[]>;
  /** Who has deleted servers. */
  readonly deleters: RowHistory<schema.InstanceRow, Deleter>;
  /** Which requests found servers deleted softly that they were to delete. */
  readonly deletedAgain: RowHistory<schema.InstanceRow, ReadonlySet<string>>;
  /** How much of each usage was deleted softly when it was last counted anew, by the ids of their rows. */
  readonly recountedSoft = new Map<number, number>();
  /** Which ports the network caches of servers have lost. */
  readonly cachedPorts: RowHistory<schema.InfoCacheRow, CachedPorts>;

  /** When what hosts count of their servers' memory last became another number. */
  readonly counted: RowHistory<schema.ComputeNodeRow, Micros>;
  /** When servers were on no host. */
  readonly hostless: RowHistory<schema.InstanceRow, readonly Stretch[]>;

  constructor(kernel: Kernel) {
    const table = <R extends object>(
      name: string,
      key: keyof R & string,
      ...indexes: (keyof R & string)[]
    ): Table<R> => new Table<R>(kernel, { project: "nova", name, key, indexes });
    const keyless = <R extends object>(name: string, ...indexes: (keyof R & string)[]): Table<R> =>
      new Table<R>(kernel, { project: "nova", name, indexes });

    this.kernel = kernel;
    this.instances = new Table(kernel, {
      project: "nova",
      name: "instances",
      key: "uuid",
      indexes: ["host", "project_id", "display_name"],
      columns: instanceColumns,
    });
    this.taskState = lastChange(kernel, this.instances, "task_state");
    this.overwritten = overwritten(kernel, this.instances);
    this.hostless = hostless(kernel, this.instances);
    this.deleters = deleters(kernel, this.instances);
    this.deletedAgain = deletedAgain(kernel, this.instances);
    this.instance_metadata = table("instance_metadata", "instance_uuid");
    this.instance_system_metadata = table("instance_system_metadata", "instance_uuid");
    this.instance_info_caches = table("instance_info_caches", "instance_uuid");
    this.cachedPorts = lostPorts(kernel, this.instance_info_caches, (uuid) => {
      const { vm_state, task_state } = this.instances.get(uuid) ?? {};
      return vm_state !== vm.BUILDING && task_state !== tasks.DELETING;
    });
    this.instance_extra = table("instance_extra", "instance_uuid");
    this.instance_id_mappings = table("instance_id_mappings", "uuid");
    this.s3_images = table("s3_images", "uuid");
    this.instance_faults = keyless("instance_faults", "instance_uuid");
    this.instance_actions = keyless("instance_actions", "instance_uuid", "request_id");
    this.instance_actions_events = keyless("instance_actions_events", "action_id");
    this.block_device_mapping = keyless("block_device_mapping", "instance_uuid");
    this.services = new Table(kernel, {
      project: "nova",
      name: "services",
      indexes: ["host", "deleted"],
      collated: ["host"],
      columns: serviceColumns,
    });
    this.compute_nodes = new Table(kernel, {
      project: "nova",
      name: "compute_nodes",
      indexes: ["service_id", "deleted"],
      columns: computeNodeColumns,
    });
    this.counted = counted(kernel, this.compute_nodes);
    this.instance_types = keyless("instance_types", "flavorid", "name");
    this.instance_type_extra_specs = keyless("instance_type_extra_specs", "instance_type_id");
    this.instance_type_projects = keyless("instance_type_projects", "instance_type_id");
    this.quotas = keyless("quotas", "project_id");
    this.quota_classes = keyless("quota_classes", "class_name");
    this.project_user_quotas = keyless("project_user_quotas", "project_id");
    this.quota_usages = new Table(kernel, {
      project: "nova",
      name: "quota_usages",
      indexes: ["project_id"],
      columns: quotaUsageColumns,
    });
    this.reservations = new Table(kernel, {
      project: "nova",
      name: "reservations",
      key: "uuid",
      columns: reservationColumns,
    });
    this.key_pairs = keyless("key_pairs", "user_id");
    this.security_groups = keyless("security_groups", "project_id");
    this.instance_groups = table("instance_groups", "uuid");
    this.volume_usage_cache = new Table(kernel, {
      project: "nova",
      name: "volume_usage_cache",
      indexes: ["volume_id"],
      columns: volumeUsageColumns,
    });
    this.bw_usage_cache = new Table(kernel, {
      project: "nova",
      name: "bw_usage_cache",
      indexes: ["uuid"],
      columns: bandwidthUsageColumns,
    });
    this.migrations = keyless("migrations", "instance_uuid");
    this.networks = keyless("networks", "uuid");
    this.fixed_ips = keyless("fixed_ips", "address", "network_id", "instance_uuid");
    this.floating_ips = keyless("floating_ips", "address", "fixed_ip_id");
    this.virtual_interfaces = keyless("virtual_interfaces", "instance_uuid");
    this.agent_builds = keyless("agent_builds", "hypervisor");
    this.certificates = keyless("certificates", "user_id");
    this.console_pools = keyless("console_pools", "compute_host");
    this.consoles = keyless("consoles", "instance_uuid");
    this.bm_nodes = keyless("bm_nodes");
    this.bm_interfaces = keyless("bm_interfaces", "bm_node_id");
    this.task_log = keyless("task_log", "period_beginning");
    this.aggregates = keyless("aggregates", "name");
    this.aggregate_hosts = new Table(kernel, {
      project: "nova",
      name: "aggregate_hosts",
      indexes: ["host", "aggregate_id"],
      collated: ["host"],
    });
    this.aggregate_metadata = keyless("aggregate_metadata", "aggregate_id");
  }

  /** The date now, as columns hold it. */
  utcnow(): string {
    return this.kernel.calendar.stamp(this.kernel.now);
  }
}
