/**
 * What takes too long, or has been kept for long enough: reboots, rescues, and servers that were deleted
 * for a while. Upstream: nova/compute/manager.py (_poll_rebooting_instances, _poll_rescued_instances,
 * _reclaim_queued_deletes) at 2014.2; nova §8.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { aloud, caught, seconds, type Op } from "../../../../kernel/index.js";
import { getBlockDevices } from "../../objects/block-device-mapping.js";
import { DEFAULT_FIELDS, getInstancesByFilters, type Instance } from "../../objects/instance.js";
import { noReservations, type Quotas } from "../../objects/quotas.js";
import * as taskStates from "../../states/task-states.js";
import * as vmStates from "../../states/vm-states.js";
import type { ComputeHost } from "../compute-host.js";
import { unrescue } from "./compute-api.js";
import { deleteInstance } from "../lifecycle/terminate.js";

/** Neither libvirt's driver nor the fake one does anything about them. */
export function* pollRebootingInstances(compute: ComputeHost, ctxt: RequestContext): Op<void> {
  const filters = { task_state: taskStates.REBOOTING, host: compute.host };
  const loading = { expected_attrs: [], use_slave: true } as const;
  yield* getInstancesByFilters(compute.store, ctxt, filters, loading);
}

/** One that is busy ends the round. */
export function* pollRescuedInstances(compute: ComputeHost, ctxt: RequestContext): Op<void> {
  const { rescue_timeout: timeout } = compute.flags;
  const filters = { vm_state: vmStates.RESCUED, host: compute.host };
  const loading = { expected_attrs: ["system_metadata"], use_slave: true } as const;
  const rescued = yield* getInstancesByFilters(compute.store, ctxt, filters, loading);
  for (const instance of rescued.filter((one) => olderThan(compute, one.launched_at, timeout))) {
    yield* aloud(unrescue(compute, ctxt, instance));
  }
}

export function* reclaimQueuedDeletes(compute: ComputeHost, ctxt: RequestContext): Op<void> {
  const { reclaim_instance_interval: interval } = compute.flags;
  const filters = { vm_state: vmStates.SOFT_DELETED, task_state: null, host: compute.host };
  const loading = { expected_attrs: DEFAULT_FIELDS, use_slave: true } as const;
  // What they used was given back when they were deleted.
  const quotas = noReservations(compute.store);
  for (const instance of yield* getInstancesByFilters(compute.store, ctxt, filters, loading)) {
    // `_deleted_old_enough`: without a date it is.
    const { deleted_at } = instance;
    if (deleted_at !== null && !olderThan(compute, deleted_at, interval)) continue;
    yield* aloud(reclaim(compute, ctxt, instance, quotas));
  }
}

function* reclaim(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  quotas: Quotas,
): Op<void> {
  const bdms = yield* getBlockDevices(compute.store, ctxt, instance.uuid);
  compute.log("info", "Reclaiming deleted instance");
  try {
    yield* deleteInstance(compute, ctxt, instance, bdms, quotas);
  } catch (thrown) {
    const { message } = yield* caught(thrown);
    compute.log("warning", `Periodic reclaim failed to delete instance: ${message}`);
  }
}

function olderThan({ env }: ComputeHost, date: string | null, limit: number): boolean {
  const { kernel } = env;
  return kernel.now - kernel.calendar.parse(date ?? "") > seconds(limit);
}
