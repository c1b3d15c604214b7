/**
 * What the scheduler believes of one node: its compute_nodes row, and what has been promised since
 * that row was written. Field names are upstream's, because extra specs of flavors name them
 * (`capabilities:free_ram_mb`). Upstream: nova/scheduler/host_manager.py (HostState) at 2014.2.
 */
import type { Row } from "../../../framework/index.js";
import type { Calendar, Micros } from "../../../kernel/index.js";
import type { Json } from "../../../python/index.js";
import type { ComputeNodeRow, ServiceRow } from "../db/schema.js";
import * as taskStates from "../states/task-states.js";
import { BUILDING } from "../states/vm-states.js";

/** What an instance takes away from a node. */
export interface Consumer {
  readonly memory_mb: number;
  readonly root_gb: number;
  readonly ephemeral_gb: number;
  readonly vcpus: number;
  readonly vm_state?: string;
  readonly task_state?: string | null;
}

type MutableLimits = { memory_mb?: number; disk_gb?: number; vcpu?: number };

/** Work that keeps the disks of a host busy. */
const IO_TASKS: ReadonlySet<unknown> = new Set([
  taskStates.RESIZE_MIGRATING,
  taskStates.REBUILDING,
  taskStates.RESIZE_PREP,
  taskStates.IMAGE_SNAPSHOT,
  taskStates.IMAGE_BACKUP,
  taskStates.UNSHELVING,
  taskStates.RESCUING,
]);

/** Upstream has them in the host's `service`, and not as attributes of their own. */
const OF_SERVICE: ReadonlySet<string> = new Set(["disabled", "disabled_reason", "heartbeat"]);

export class HostState {
  readonly host: string;
  readonly nodename: string;

  total_usable_ram_mb = 0;
  free_ram_mb = 0;
  total_usable_disk_gb = 0;
  disk_mb_used = 0;
  free_disk_mb = 0;
  vcpus_total = 0;
  vcpus_used = 0;
  num_instances = 0;
  num_io_ops = 0;
  host_ip = "";
  hypervisor_type = "";
  hypervisor_version = 0;
  hypervisor_hostname = "";
  cpu_info = "";
  /** `[architecture, hypervisor type, vm mode]`. */
  supported_instances: readonly (readonly string[])[] = [];
  stats: Readonly<Record<string, Json>> = {};
  /** A metric that a row tells of no more stays as it was told last. */
  readonly metrics = new Map<string, number>();
  /** Of the nova-compute that speaks for this node: switched off, and when it was last heard of. */
  disabled = true;
  disabled_reason: string | null = null;
  heartbeat: Micros = 0;
  /** Set by filters as they pass the host; they stay until set anew. */
  readonly limits: MutableLimits = {};

  /** When this was last brought up to date, or consumed from. */
  #updated: string | null = null;
  #row: Row<ComputeNodeRow> | undefined;
  #service: Row<ServiceRow> | undefined;
  /** The row has more disk than it should; asked of every host at every look. */
  #surplus = false;
  #consumed = false;

  constructor(host: string, nodename: string) {
    this.host = host;
    this.nodename = nodename;
  }

  /** Whether what was consumed will outlast the next look at the row. */
  get promised(): boolean {
    const written = this.#row?.updated_at ?? null;
    return this.#updated !== null && written !== null && this.#updated > written;
  }

  /** As logs have it (`__repr__`). */
  repr(): string {
    const { host, nodename, free_ram_mb, free_disk_mb, num_io_ops, num_instances } = this;
    return `(${host}, ${nodename}) ram:${free_ram_mb} disk:${free_disk_mb} io_ops:${num_io_ops} instances:${num_instances}`;
  }

  /**
   * Whether the host says that it has more disk than its instances leave it: gigabytes of both. So it
   * is from the claim of an instance to the next audit, and that is warned of at each look.
   */
  get surplusDisk(): readonly [physical: number, database: number] | undefined {
    if (this.#row === undefined || !this.#surplus || this.promised) return undefined;
    const { disk_available_least: physical, free_disk_gb: database } = this.#row;
    return [physical, database];
  }

  /** `getattr(host_state, name, None)`, of what is plain data. */
  attribute(name: string): Json {
    if (OF_SERVICE.has(name) || !Object.hasOwn(this, name)) return null;
    const value: unknown = (this as unknown as Readonly<Record<string, unknown>>)[name];
    return value instanceof Map || value === undefined ? null : (value as Json);
  }

  /** The columns of the service that speaks for it, as queries see them. */
  get service(): Json {
    return this.#service === undefined ? null : (this.#service as unknown as Json);
  }

  updateService(service: Row<ServiceRow>, calendar: Calendar): void {
    this.#service = service;
    this.disabled = service.disabled;
    this.disabled_reason = service.disabled_reason;
    this.heartbeat = calendar.parse(service.updated_at ?? service.created_at);
  }

  /**
   * Believe the row again, unless more was promised since it was written. What was promised stays
   * promised until somebody writes the row, though the instance may never have come (nova §1.5).
   */
  updateFromComputeNode(row: Row<ComputeNodeRow>): void {
    if (row === this.#row && !this.#consumed) return;
    const { updated_at } = row;
    if (this.#updated !== null && updated_at !== null && this.#updated > updated_at) return;
    this.#consumed = false;
    this.#updated = updated_at;
    const texts = row !== this.#row;
    this.#row = row;
    this.#surplus = row.disk_available_least > row.free_disk_gb;
    // A disk image that grows may yet take all that it was promised.
    const freeDiskGb = Math.min(row.disk_available_least, row.free_disk_gb);
    this.disk_mb_used = row.local_gb_used * 1024;
    this.free_ram_mb = row.free_ram_mb;
    this.total_usable_ram_mb = row.memory_mb;
    this.total_usable_disk_gb = row.local_gb;
    this.free_disk_mb = freeDiskGb * 1024;
    this.vcpus_total = row.vcpus;
    this.vcpus_used = row.vcpus_used;
    this.host_ip = row.host_ip;
    this.hypervisor_type = row.hypervisor_type;
    this.hypervisor_version = row.hypervisor_version;
    this.hypervisor_hostname = row.hypervisor_hostname;
    this.cpu_info = row.cpu_info;
    if (texts) this.#readTexts(row);
    this.num_instances = whole(this.stats["num_instances"]);
    this.num_io_ops = whole(this.stats["io_workload"]);
  }

  /** Look at the row again, though it is the same: something was consumed. */
  believeRow(): void {
    if (this.#row !== undefined) this.updateFromComputeNode(this.#row);
  }

  /** Take away what `instance` will use, before its host knows of it. */
  consumeFromInstance(instance: Consumer, now: string): void {
    this.free_ram_mb -= instance.memory_mb;
    this.free_disk_mb -= (instance.root_gb + instance.ephemeral_gb) * 1024;
    this.vcpus_used += instance.vcpus;
    this.num_instances++;
    const { vm_state = BUILDING, task_state } = instance;
    if (vm_state === BUILDING || IO_TASKS.has(task_state)) this.num_io_ops++;
    this.#consumed = true;
    this.#updated = now;
  }

  #readTexts(row: Row<ComputeNodeRow>): void {
    const { supported_instances } = this;
    this.supported_instances = parsed(row.supported_instances, supported_instances);
    this.stats = parsed<Readonly<Record<string, Json>>>(row.stats, {});
    const metrics = parsed<readonly { name: string; value: number }[]>(row.metrics, []);
    for (const { name, value } of metrics) if (name !== "") this.metrics.set(name, value);
  }
}

/** @throws nothing: an empty column is `otherwise` */
function parsed<T>(text: string | null, otherwise: T): T {
  return text === null || text === "" ? otherwise : (JSON.parse(text) as T);
}

const whole = (value: Json | undefined): number => Math.trunc(Number(value ?? 0));
