/**
 * The network of a server that is built: allocated in a greenthread of its own while disks are
 * prepared, or found from an earlier attempt; and given back. Upstream: nova/compute/manager.py
 * (_allocate_network, _build_networks_for_instance, _cleanup_allocated_networks); nova §1.4, §1.7.
 */
import { originalMessage } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import { caught, seconds, sleep, type Op } from "../../../../kernel/index.js";
import { InstanceNotFound } from "../../exception.js";
import type { Instance } from "../../objects/instance.js";
import type { NetworkRequestList } from "../../objects/network-request.js";
import * as taskStates from "../../states/task-states.js";
import {
  networkInfoAtHand,
  networkInfoFrom,
  type NetworkInfo,
  type PendingNetworkInfo,
} from "../../virt/network-info.js";
import * as vmStates from "../../states/vm-states.js";
import type { ComputeHost } from "../compute-host.js";

export interface WantedNetworks {
  readonly requested_networks: NetworkRequestList | null;
  readonly security_groups: readonly string[];
}

/** Longest pause between two attempts. */
const LONGEST_PAUSE = 30;

/** `_build_networks_for_instance`: what an earlier attempt allocated is used again. */
export function* buildNetworks(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  wanted: WantedNetworks,
): Op<PendingNetworkInfo> {
  if (instance.system_metadata["network_allocated"]?.toLowerCase() === "true") {
    return networkInfoAtHand(yield* compute.network.get_instance_nw_info(ctxt, instance));
  }
  instance.vm_state = vmStates.BUILDING;
  instance.task_state = taskStates.NETWORKING;
  yield* instance.save(ctxt, { expected_task_state: [null] });
  yield* compute.tracker.updateUsage(ctxt, instance);
  const allocation = allocate(compute, ctxt, instance, wanted);
  const options = { awaited: true };
  return networkInfoFrom(compute.env.spawn("allocate_network", allocation, options));
}

/** `_allocate_network_async`. */
function* allocate(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  wanted: WantedNetworks,
): Op<NetworkInfo> {
  const { network_allocate_retries: retries } = compute.flags;
  // A single retry is none: upstream's arithmetic.
  const attempts = retries > 1 ? retries + 1 : 1;
  for (let attempt = 1, pause = 1; ; attempt++, pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    try {
      const vifs = yield* compute.network.allocate_for_instance(ctxt, instance, wanted);
      yield* rememberAllocation(compute, ctxt, instance);
      return vifs;
    } catch (thrown) {
      const error = yield* caught(thrown);
      const which = `attempt ${String(attempt)} of ${String(attempts)}`;
      compute.log(
        attempt === attempts ? "error" : "warning",
        `Instance failed network setup (${which}): ${originalMessage(error)}`,
      );
      if (attempt === attempts) throw error;
    }
    yield* sleep(seconds(pause));
  }
}

/** For the next host, should this one fail. */
function* rememberAllocation(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
): Op<void> {
  const system_metadata = { ...instance.system_metadata, network_allocated: "True" };
  instance.system_metadata = system_metadata;
  yield* compute.instanceUpdate(ctxt, instance.uuid, { system_metadata });
}

/** `_cleanup_allocated_networks`: an error here must not hide the one that led here. */
export function* cleanupAllocatedNetworks(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
): Op<void> {
  try {
    yield* compute.network.deallocate_for_instance(ctxt, instance);
  } catch (thrown) {
    const error = yield* caught(thrown);
    compute.log("error", `Failed to deallocate networks: ${originalMessage(error)}`);
    return;
  }
  instance.system_metadata = { ...instance.system_metadata, network_allocated: "False" };
  // Writes whatever an earlier save was refused as well, as upstream: after a lost race with a
  // delete the server can be ACTIVE until terminate has the lock.
  try {
    yield* instance.save(ctxt);
  } catch (error) {
    // It may be that the server is gone, which is why we clean up.
    if (!(error instanceof InstanceNotFound)) throw error;
  }
}

/** `_try_deallocate_network`: a server whose ports cannot be removed is in error. */
export function* tryDeallocateNetwork(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
): Op<void> {
  try {
    yield* compute.network.deallocate_for_instance(ctxt, instance);
  } catch (thrown) {
    const error = yield* caught(thrown);
    compute.log("error", "Failed to deallocate network for instance.");
    yield* compute.setInstanceErrorState(ctxt, instance);
    throw error;
  }
}

/** The network as it was last known: VIFs out of the info cache. */
export const cachedNetworkInfo = (instance: Instance): NetworkInfo =>
  instance.info_cache.network_info as NetworkInfo;
