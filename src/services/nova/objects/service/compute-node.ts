/**
 * What a host has, as an object, and the list of what there is for a service. Metrics, PCI devices and NUMA are
 * left out, which nobody here asks an object for. Upstream: nova/objects/compute_node.py (ComputeNode 1.5,
 * ComputeNodeList 1.5) at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { PERSISTENT, versioned, type PersistentFields } from "../base/declare.js";
import { callClass, callMethod, classMethod, objectMethod } from "../base/remotable.js";
import type { ObjectStore } from "../base/versioned-object.js";

export interface ComputeNodeFields extends PersistentFields {
  readonly id: number;
  readonly service_id: number;
  readonly vcpus: number;
  readonly memory_mb: number;
  readonly local_gb: number;
  readonly vcpus_used: number;
  readonly memory_mb_used: number;
  readonly local_gb_used: number;
  readonly hypervisor_type: string;
  readonly hypervisor_version: number;
  readonly hypervisor_hostname: string;
  readonly free_ram_mb: number;
  readonly free_disk_gb: number;
  readonly current_workload: number;
  readonly running_vms: number;
  readonly cpu_info: string;
  readonly disk_available_least: number;
  readonly host_ip: string;
}

export class ComputeNode extends versioned<ComputeNodeFields>({
  name: "ComputeNode",
  version: "1.5",
  wire: PERSISTENT,
  fields: {
    id: true,
    service_id: true,
    vcpus: true,
    memory_mb: true,
    local_gb: true,
    vcpus_used: true,
    memory_mb_used: true,
    local_gb_used: true,
    hypervisor_type: true,
    hypervisor_version: true,
    hypervisor_hostname: true,
    free_ram_mb: true,
    free_disk_gb: true,
    current_workload: true,
    running_vms: true,
    cpu_info: true,
    disk_available_least: true,
    host_ip: true,
    created_at: true,
    updated_at: true,
    deleted_at: true,
    deleted: true,
  },
}) {
  /** A host has it no more. @throws ComputeHostNotFound */
  *destroy(ctxt: RequestContext): Op<void> {
    yield* callMethod(ctxt, this, computeNodeMethods.destroy, {});
  }
}

export class ComputeNodeList extends versioned<{ readonly objects: readonly ComputeNode[] }>({
  name: "ComputeNodeList",
  version: "1.5",
  objects: ["objects"],
  fields: { objects: true },
}) {}

interface OfService {
  readonly service_id: number;
  readonly use_slave?: boolean;
}

export const computeNodeMethods = {
  destroy: objectMethod()(ComputeNode, "destroy"),
  getByService: classMethod<OfService, ComputeNodeList>("ComputeNodeList", "_get_by_service", {
    takes: ["service_id"],
    options: ["use_slave"],
  }),
};

/** What a service answers for. @throws ServiceNotFound */
export function* getNodesByService(
  store: ObjectStore,
  ctxt: RequestContext,
  service_id: number,
): Op<readonly ComputeNode[]> {
  const asked = { service_id, use_slave: true };
  return (yield* callClass(store, ctxt, computeNodeMethods.getByService, asked)).objects;
}
