/**
 * Snapshots of volumes that Cinder asks a host for, because a guest has them. They need volumes that are files:
 * those here are block devices, beside which libvirt finds no file to go on with, and says so; Cinder hears that it
 * has failed. Upstream: nova/virt/libvirt/driver.py (volume_snapshot_create, volume_snapshot_delete) at 2014.2.
 */
import type { RequestContext } from "../../../../../framework/index.js";
import { caught, type Op } from "../../../../../kernel/index.js";
import { LibvirtError } from "../../../../../hardware/libvirt-errors.js";
import { str, subscript, type Json, type JsonObject } from "../../../../../python/index.js";
import { InstanceNotRunning, NovaException } from "../../../exception.js";
import type { Instance } from "../../../objects/instance.js";
import type { DriverParts } from "../../driver-parts.js";

const text = (info: JsonObject, key: string): string => str(subscript(info, key) as Json);

export class LibvirtVolumeSnapshots {
  readonly #parts: DriverParts;

  constructor(parts: DriverParts) {
    this.#parts = parts;
  }

  /** @throws InstanceNotRunning, NovaException for what it lacks; LibvirtError */
  *create(ctxt: RequestContext, instance: Instance, volumeId: string, info: JsonObject): Op<void> {
    this.#mustRun(instance);
    if (info["type"] !== "qcow2") {
      throw new NovaException({}, `Unknown type: ${text(info, "type")}`);
    }
    const { snapshot_id = null } = info;
    if (snapshot_id === null) throw new NovaException({}, "snapshot_id required in create_info");
    try {
      this.#takeSnapshot(instance, volumeId, text(info, "new_file"));
    } catch (thrown) {
      const error = yield* caught(thrown);
      yield* this.#failed(ctxt, "volume_snapshot_create", str(snapshot_id), "error");
      throw error;
    }
  }

  /** @throws as `create` */
  *delete(
    ctxt: RequestContext,
    instance: Instance,
    volumeId: string,
    snapshotId: string,
    info: JsonObject,
  ): Op<void> {
    try {
      this.#merge(instance, volumeId, info);
    } catch (thrown) {
      const error = yield* caught(thrown);
      yield* this.#failed(ctxt, "volume_snapshot_delete", snapshotId, "error_deleting");
      throw error;
    }
  }

  /** First with the guest's file systems at rest, which takes an agent in it, and then without. */
  #takeSnapshot({ uuid }: Instance, volumeId: string, file: string): never {
    const { env } = this.#parts;
    const disk = this.#diskOf(uuid, volumeId);
    if (disk === undefined) throw new NovaException({}, "Found no disk to snapshot.");
    env.log(
      "error",
      "Unable to create quiesced VM snapshot, attempting again with quiescing disabled.",
    );
    env.log("error", "Unable to create VM snapshot, failing volume_snapshot operation.");
    throw new LibvirtError(
      `missing existing file for disk ${disk}: /dev/disk/by-path/${file}: No such file or directory`,
    );
  }

  #merge(instance: Instance, volumeId: string, info: JsonObject): never {
    if (info["type"] !== "qcow2") {
      throw new NovaException({}, `Unknown delete_info type ${text(info, "type")}`);
    }
    this.#mustRun(instance);
    const disk = this.#diskOf(instance.uuid, volumeId);
    if (disk === undefined) {
      throw new NovaException({}, `Disk with id: ${volumeId} not found attached to instance.`);
    }
    const into = info["merge_target_file"] ?? null;
    const looked = into === null ? text(info, "file_to_merge") : str(into);
    throw new LibvirtError(
      `invalid argument: could not find image '${looked}' in chain for '${disk}'`,
    );
  }

  /** @throws InstanceNotRunning for a guest that is not there */
  #mustRun({ uuid }: Instance): void {
    if (this.#parts.hypervisor.guest(uuid) === undefined) {
      throw new InstanceNotRunning({ instance_id: uuid });
    }
  }

  #diskOf(uuid: string, volumeId: string): string | undefined {
    const { hypervisor } = this.#parts;
    return hypervisor.disks
      .of(uuid)
      .find((name) => hypervisor.disks.serial(uuid, name) === volumeId);
  }

  /** Cinder is told; that it cannot be told is no matter of whoever asked. */
  *#failed(ctxt: RequestContext, what: string, id: string, status: string): Op<void> {
    const { env, volumes } = this.#parts;
    env.log("error", `Error occurred during ${what}, sending error status to Cinder.`);
    try {
      yield* volumes.update_snapshot_status(ctxt, id, status);
    } catch (thrown) {
      yield* caught(thrown);
      env.log("error", "Failed to send updated snapshot status to volume service.");
    }
  }
}
