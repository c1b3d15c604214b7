/**
 * A guest's disk becomes an image. Which of the steps are stored, and as what, the caller says.
 * Upstream: nova/virt/libvirt/driver.py (snapshot, _create_snapshot_metadata); nova §2.2 row e.
 */
import type { RequestContext } from "../../../../../framework/index.js";
import type { Guest } from "../../../../../hardware/hypervisor.js";
import type { Op } from "../../../../../kernel/index.js";
import { InstanceNotRunning } from "../../../exception.js";
import type { ImageMeta } from "../../../image/image-meta.js";
import { imageOfInstance } from "../../../image/instance-image.js";
import type { InheritedImage } from "../../../image/system-metadata.js";
import type { Instance } from "../../../objects/instance.js";
import type { UpdateTaskState } from "../../driver.js";
import { bytesPerSecond, passes, type DriverParts } from "../../driver-parts.js";

/** Which disk, as which image, which the API has made already. */
export interface Snapshot {
  readonly instance: Instance;
  readonly imageId: string;
  readonly update: UpdateTaskState;
}

/** @throws InstanceNotRunning if the guest is not there */
export function* snapshotGuest(
  parts: DriverParts,
  ctxt: RequestContext,
  { instance, imageId, update }: Snapshot,
): Op<void> {
  const { hypervisor, images, env } = parts;
  const guest = hypervisor.guest(instance.uuid);
  if (guest === undefined) throw new InstanceNotRunning({ instance_id: instance.uuid });
  const data = { bytes: guest.bytes, bytesPerSecond: bytesPerSecond(parts) };
  const base = yield* imageOfInstance(parts, ctxt, instance);
  const { name } = yield* images.get(ctxt, imageId);
  yield* extracted(parts, guest, update);
  yield* update("image_uploading", "image_pending_upload");
  yield* images.update(ctxt, imageId, metadata(instance, base, name), data);
  env.log("info", "Snapshot image upload complete");
}

/** Cold: no libvirt of 2014 is new enough for another. The guest is written to disk for as long, and comes back as it was. */
function* extracted(parts: DriverParts, guest: Guest, update: UpdateTaskState): Op<void> {
  const { hypervisor, latency, env } = parts;
  const { uuid, powerState } = guest;
  hypervisor.save(uuid);
  env.log("info", "Beginning cold snapshot process");
  yield* update("image_pending_upload");
  const comesBack = (): void => {
    hypervisor.setPowerState(uuid, powerState);
    env.log("info", "Snapshot extracted, beginning image upload");
  };
  try {
    yield* passes(parts, latency.snapshot);
    yield* hypervisor.attempt("snapshot");
  } catch (error) {
    comesBack();
    throw error;
  }
  comesBack();
}

function metadata(
  instance: Instance,
  base: InheritedImage,
  name: string | null,
): Partial<ImageMeta> {
  return {
    is_public: false,
    status: "active",
    name,
    // A disk is qcow2 whatever its image was; Glance wants ami to stay ami.
    disk_format: base.disk_format === "ami" ? "ami" : "qcow2",
    container_format: base.container_format ?? "bare",
    properties: {
      kernel_id: instance.kernel_id,
      image_location: "snapshot",
      image_state: "available",
      owner_id: instance.project_id,
      ramdisk_id: instance.ramdisk_id,
      ...(instance.os_type !== null && instance.os_type !== "" && { os_type: instance.os_type }),
    },
  };
}
