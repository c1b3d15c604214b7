/**
 * What a guest needs before it can be spawned, and what becomes of it if that fails. Upstream:
 * nova/compute/manager.py (_build_resources, a context manager there) at 2014.2; nova §1.4 rows
 * 14-19, §1.9.
 */
import { originalMessage, type ArgsIn } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { type Exception } from "../../../../python/index.js";
import {
  BuildAbortException,
  InstanceNotFound,
  UnexpectedDeletingTaskStateError,
  UnexpectedTaskStateError,
} from "../../exception.js";
import type { BlockDeviceMappingList } from "../../objects/block-device-mapping.js";
import type { Instance } from "../../objects/instance.js";
import * as taskStates from "../../states/task-states.js";
import type { DriverVolume } from "../../virt/block-device.js";
import type { PendingNetworkInfo } from "../../virt/network-info.js";
import * as vmStates from "../../states/vm-states.js";
import type { ComputeHost } from "../compute-host.js";
import { shutdownInstance } from "../lifecycle/shutdown.js";
import type { computeApi } from "../rpcapi.js";
import { defaultDeviceNames, prepareBlockDevices } from "./block-devices.js";
import { buildNetworks, type WantedNetworks } from "./networks.js";

/** What a build is asked for, its networks as who has asked tells them. */
export type BuildArgs = ArgsIn<typeof computeApi, "build_and_run_instance">;

export type BuildRequest = Omit<BuildArgs, "requested_networks"> & WantedNetworks;

/** The server was deleted, or is about to be: somebody else's turn. */
export const deletedMeanwhile = (error: unknown): boolean =>
  error instanceof InstanceNotFound || error instanceof UnexpectedDeletingTaskStateError;

/** Do `spawn` with network and disks made ready. */
export function* withBuildResources(
  compute: ComputeHost,
  ctxt: RequestContext,
  build: BuildRequest,
  spawn: (network: PendingNetworkInfo, volumes: readonly DriverVolume[]) => Op<void>,
): Op<void> {
  const { instance } = build;
  const network = yield* networksOf(compute, ctxt, build);
  const volumes = yield* disksOf(compute, ctxt, build, network);
  try {
    yield* spawn(network, volumes);
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (!deletedMeanwhile(error)) {
      compute.log("error", `Instance failed to spawn: ${originalMessage(error)}`);
    }
    yield* network.settle();
    yield* cleanUp(compute, ctxt, instance, build.block_device_mapping);
    throw error;
  }
}

function* networksOf(
  compute: ComputeHost,
  ctxt: RequestContext,
  build: BuildRequest,
): Op<PendingNetworkInfo> {
  try {
    return yield* buildNetworks(compute, ctxt, build.instance, build);
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (unforeseen(error)) {
      compute.log("error", `Failed to allocate network(s): ${originalMessage(error)}`);
    }
    throw abort(build.instance, error, "Failed to allocate the network(s), not rescheduling.");
  }
}

function* disksOf(
  compute: ComputeHost,
  ctxt: RequestContext,
  { instance, block_device_mapping: devices }: BuildRequest,
  network: PendingNetworkInfo,
): Op<readonly DriverVolume[]> {
  try {
    yield* defaultDeviceNames(compute, ctxt, instance, devices.objects);
    instance.vm_state = vmStates.BUILDING;
    instance.task_state = taskStates.BLOCK_DEVICE_MAPPING;
    // Expects nothing, and so overwrites a concurrent `deleting` (nova §1.4 row 17).
    yield* instance.save(ctxt);
    return yield* prepareBlockDevices(compute, ctxt, instance, devices.objects);
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (unforeseen(error)) {
      compute.log("error", `Failure prepping block device: ${originalMessage(error)}`);
    }
    yield* network.settle();
    throw abort(instance, error, "Failure prepping block device.");
  }
}

function* cleanUp(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  { objects: devices }: BlockDeviceMappingList,
): Op<void> {
  try {
    yield* shutdownInstance(compute, ctxt, instance, devices, { deallocateNetworks: false });
  } catch (thrown) {
    yield* caught(thrown);
    const reason = "Could not clean up failed build, not rescheduling";
    throw new BuildAbortException({ instance_uuid: instance.uuid, reason });
  }
}

/** Neither a deletion nor somebody else's change of the state. */
const unforeseen = (error: Exception): boolean =>
  !deletedMeanwhile(error) && !(error instanceof UnexpectedTaskStateError);

/** What to raise instead of `error`: a deletion keeps its own class, all else ends the build. */
function abort(instance: Instance, error: Exception, otherwise: string): Exception {
  if (deletedMeanwhile(error)) return error;
  const reason = error instanceof UnexpectedTaskStateError ? originalMessage(error) : otherwise;
  return new BuildAbortException({ instance_uuid: instance.uuid, reason });
}
