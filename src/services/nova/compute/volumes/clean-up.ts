/**
 * What becomes of volumes when their server goes: Cinder is told that they are detached, and those that
 * were to go with it are deleted. Upstream: nova/compute/manager.py (_shutdown_instance, _cleanup_volumes)
 * at 2014.2.
 */
import { originalMessage } from "../../../../bus/index.js";
import { EndpointNotFound } from "../../../../framework/apiclient/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import type { Exception } from "../../../../python/index.js";
import { DiskNotFound, VolumeNotFound } from "../../exception.js";
import type { BlockDeviceMapping } from "../../objects/block-device-mapping.js";
import type { Instance } from "../../objects/instance.js";
import type { ComputeHost } from "../compute-host.js";

type Devices = readonly BlockDeviceMapping[];

/** The guest is gone already. @throws whatever Cinder says but that there is no such volume */
export function* detachAll(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  devices: Devices,
): Op<void> {
  const { driver, volumes } = compute;
  for (const { volume_id } of devices.filter(({ isVolume }) => isVolume)) {
    // One that was never made has none, and is asked about all the same.
    const id = volume_id ?? "None";
    try {
      yield* volumes.terminate_connection(ctxt, id, driver.volumeConnector(instance));
      yield* volumes.detach(ctxt, id);
    } catch (thrown) {
      const error = yield* caught(thrown);
      const said = originalMessage(error);
      if (error instanceof DiskNotFound || error instanceof VolumeNotFound) {
        compute.log("debug", `Ignoring ${error.name}: ${said}`);
      } else if (error instanceof EndpointNotFound) {
        compute.log("warning", `Ignoring EndpointNotFound: ${said}`);
      } else throw error;
    }
  }
}

/** A server is deleted even if its volumes cannot be. */
export function* deleteVolumes(
  compute: ComputeHost,
  ctxt: RequestContext,
  devices: Devices,
): Op<void> {
  yield* tryToDelete(compute, ctxt, devices);
}

/** All are tried (`raise_exc`). @throws what kept the last of those that stay */
export function* deleteAllVolumes(
  compute: ComputeHost,
  ctxt: RequestContext,
  devices: Devices,
): Op<void> {
  const failure = yield* tryToDelete(compute, ctxt, devices);
  if (failure !== undefined) throw failure;
}

function* tryToDelete(
  compute: ComputeHost,
  ctxt: RequestContext,
  devices: Devices,
): Op<Exception | undefined> {
  let failure: Exception | undefined;
  for (const { volume_id, delete_on_termination } of devices) {
    if (volume_id === null || volume_id === "" || delete_on_termination !== true) continue;
    try {
      yield* compute.volumes.delete(ctxt, volume_id);
    } catch (thrown) {
      failure = yield* caught(thrown);
      const { message } = failure;
      compute.log("warning", `Failed to delete volume: ${volume_id} due to ${message}`);
    }
  }
  return failure;
}
