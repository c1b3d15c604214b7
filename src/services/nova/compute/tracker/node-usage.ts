/**
 * The sums of a node: what its hypervisor has, less what the host keeps for itself, less what the
 * instances take. Free figures may go below zero. Upstream: nova/compute/resource_tracker.py
 * (_update_usage_from_instances, _update_usage) at 2014.2; nova §1.6.
 */
import type { Env } from "../../../../framework/index.js";
import type { ComputeNodeRef } from "../../conductor/rpcapi.js";
import type { Instance } from "../../objects/instance.js";
import * as vmStates from "../../states/vm-states.js";
import type { ComputeDriver, HostResources } from "../../virt/driver.js";
import type { InstanceUsage, Sizes, Used } from "./claims.js";
import { computeFlags } from "../flags.js";
import { Stats } from "./stats.js";

/** A flavor, as far as it takes room. */
export type HeldFlavor = Sizes & { readonly id: number };

/** A compute_nodes row, as far as the tracker fills it in. */
export type NodeValues = Omit<ComputeNodeRef, "id" | "service_id">;

export class NodeUsage {
  readonly node: string;
  readonly #driver: ComputeDriver;
  readonly #reserved: { readonly memory_mb: number; readonly local_gb: number };
  readonly #hostIp: string;
  #stats = new Stats();
  #tracked = new Set<string>();
  /** Flavors that are held for servers on the move, in or out, by server. */
  #held = new Map<string, HeldFlavor>();
  #resources: HostResources;
  #used: { memory_mb: number; local_gb: number; vcpus: number };
  #workload = 0;
  #runningVms = 0;

  constructor(env: Env, driver: ComputeDriver) {
    const flags = env.flags.read(computeFlags);
    this.#driver = driver;
    this.#hostIp = flags.my_ip;
    this.#reserved = {
      memory_mb: flags.reserved_host_memory_mb,
      local_gb: Math.floor(flags.reserved_host_disk_mb / 1024),
    };
    this.#resources = driver.availableResource();
    this.#used = { ...this.#reserved, vcpus: 0 };
    this.node = this.#resources.hypervisor_hostname;
  }

  get total(): Used {
    return this.#resources;
  }

  get used(): Used {
    return this.#used;
  }

  tracks(uuid: string): boolean {
    return this.#tracked.has(uuid);
  }

  /** Forget all, and count `instances`: those that the database places on this node. */
  recount(instances: readonly Instance[]): void {
    this.#resources = this.#driver.availableResource();
    this.#tracked = new Set();
    this.#held = new Map();
    this.#stats = new Stats();
    this.#used = { ...this.#reserved, vcpus: 0 };
    this.#workload = this.#runningVms = 0;
    for (const instance of instances) {
      if (instance.vm_state !== vmStates.DELETED) this.update(instance);
    }
  }

  /** `_update_usage_from_instance`: sizes count once, states each time. */
  update(instance: InstanceUsage): void {
    const known = this.#tracked.has(instance.uuid);
    const gone = instance.vm_state === vmStates.DELETED;
    this.#stats.update(instance);
    if (gone) {
      this.#tracked.delete(instance.uuid);
      this.#add(instance, -1);
    } else if (!known) {
      this.#tracked.add(instance.uuid);
      this.#add(instance, 1);
    }
    this.#workload = this.#stats.workload;
  }

  /** Keep room for a server on the move. */
  hold(uuid: string, flavor: HeldFlavor): void {
    this.#add(flavor, 1);
    this.#held.set(uuid, flavor);
  }

  /** Whether room is kept for it. */
  holds(uuid: string): boolean {
    return this.#held.has(uuid);
  }

  /** Keep it no longer; what was held is given back if it is that flavor. @returns whether it is */
  release(uuid: string, flavorId: number): boolean {
    const held = this.#held.get(uuid);
    this.#held.delete(uuid);
    if (held?.id !== flavorId) return false;
    this.#add(held, -1);
    return true;
  }

  /** Spelled out: this is asked at every audit of every host, and copying by `...` costs more. */
  values(): NodeValues {
    const has = this.#resources;
    const used = this.#used;
    return {
      vcpus: has.vcpus,
      memory_mb: has.memory_mb,
      local_gb: has.local_gb,
      vcpus_used: used.vcpus,
      memory_mb_used: used.memory_mb,
      local_gb_used: used.local_gb,
      hypervisor_type: has.hypervisor_type,
      hypervisor_version: has.hypervisor_version,
      hypervisor_hostname: has.hypervisor_hostname,
      cpu_info: has.cpu_info,
      disk_available_least: has.disk_available_least,
      free_ram_mb: has.memory_mb - used.memory_mb,
      free_disk_gb: has.local_gb - used.local_gb,
      current_workload: this.#workload,
      running_vms: this.#runningVms,
      host_ip: this.#hostIp,
      supported_instances: has.supported_instances,
      pci_stats: "[]",
      metrics: "[]",
      stats: this.#stats.toString(),
      extra_resources: null,
    };
  }

  #add(sizes: Sizes, sign: 1 | -1): void {
    const overhead = this.#driver.memoryOverhead(sizes.memory_mb);
    this.#used.memory_mb += sign * (sizes.memory_mb + overhead);
    this.#used.local_gb += sign * (sizes.root_gb + sizes.ephemeral_gb);
    this.#used.vcpus += sign * sizes.vcpus;
    this.#runningVms = this.#stats.runningVms;
  }
}

/** Whether any column differs. */
export function differs(a: NodeValues, b: NodeValues): boolean {
  for (const column of Object.keys(a) as (keyof NodeValues)[]) {
    if (a[column] !== b[column]) return true;
  }
  return false;
}
