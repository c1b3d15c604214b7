/**
 * Takes a guest off the host: after a failed build, and when a server is deleted. Upstream:
 * nova/compute/manager.py (_shutdown_instance) at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import type { BlockDeviceMapping } from "../../objects/block-device-mapping.js";
import type { Instance } from "../../objects/instance.js";
import type { ComputeHost } from "../compute-host.js";
import { connectedVolumes } from "../build/block-devices.js";
import { cachedNetworkInfo, tryDeallocateNetwork } from "../build/networks.js";
import { detachAll } from "../volumes/clean-up.js";

export interface ShutdownOptions {
  readonly notify?: boolean;
  /** A build that is tried again elsewhere keeps its ports. */
  readonly deallocateNetworks?: boolean;
}

export function* shutdownInstance(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  devices: readonly BlockDeviceMapping[],
  { notify = true, deallocateNetworks = true }: ShutdownOptions = {},
): Op<void> {
  const elevated = ctxt.elevated();
  compute.log("info", "Terminating instance");
  if (notify) yield* compute.notify(elevated, instance, "shutdown.start");
  const vifs = cachedNetworkInfo(instance);
  try {
    yield* compute.driver.destroy(elevated, instance, vifs, connectedVolumes(devices));
  } catch (thrown) {
    const error = yield* caught(thrown);
    // The addresses are given back even if the guest stays; the error goes on all the same.
    if (deallocateNetworks) yield* tryDeallocateNetwork(compute, elevated, instance);
    throw error;
  }
  if (deallocateNetworks) yield* tryDeallocateNetwork(compute, elevated, instance);
  yield* detachAll(compute, elevated, instance, devices);
  if (notify) yield* compute.notify(elevated, instance, "shutdown.end");
}
