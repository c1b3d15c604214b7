/**
 * The volumes of a server that is moved: the host that it leaves is disconnected, and the one that it
 * comes to is connected; to Cinder they are attached all the time. Upstream: nova/compute/manager.py
 * (_terminate_volume_connections, _get_instance_block_device_info), nova/virt/block_device.py
 * (refresh_conn_infos) at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { getBlockDevices, type BlockDeviceMapping } from "../../objects/block-device-mapping.js";
import type { Instance } from "../../objects/instance.js";
import { driverVolumes, type DriverVolume } from "../../virt/block-device.js";
import type { ComputeHost } from "../compute-host.js";

export function* terminateConnections(
  { driver, volumes }: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  devices: readonly BlockDeviceMapping[],
): Op<void> {
  const connector = driver.volumeConnector(instance);
  for (const { isVolume, volume_id } of devices) {
    if (isVolume) yield* volumes.terminate_connection(ctxt, volume_id ?? "None", connector);
  }
}

/** With `refresh_conn_info`: those of a guest as they are to be reached from here. */
export function* refreshedVolumes(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
): Op<DriverVolume[]> {
  const { objects: devices } = yield* getBlockDevices(compute.store, ctxt, instance.uuid);
  const volumes = (["volume", "snapshot", "image"] as const).flatMap((source) =>
    driverVolumes(devices, source),
  );
  for (const volume of volumes) yield* volume.refresh(compute, ctxt, instance);
  return volumes;
}
