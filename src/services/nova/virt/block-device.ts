/**
 * A volume as a driver is given it: its row, and how it is reached. Where there is no volume yet one is
 * made of an image, a snapshot or nothing, and waited for. Upstream: nova/virt/block_device.py
 * (DriverVolumeBlockDevice and its subclasses, attach_block_devices) at 2014.2; nova §1.8.
 */
import { originalMessage } from "../../../bus/index.js";
import type { RequestContext } from "../../../framework/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { dumps, isObject, loads, type Json, type JsonObject } from "../../../python/index.js";
import type { BlockDeviceMapping } from "../objects/block-device-mapping.js";
import type { Instance } from "../objects/instance.js";
import type { VolumeApi } from "../volume/cinder.js";
import { encryptionMetadata } from "../volume/encryptors.js";
import type { Volume } from "../volume/model.js";

/** What a volume is attached with: a host's way to Cinder, and its driver. */
export interface AttachingHost {
  readonly volumes: VolumeApi;
  readonly driver: VolumeDriver;
  log(level: "info" | "error", message: string): void;
}

/** What a driver does about volumes. */
export interface VolumeDriver {
  /** Who connects: `{ ip, host, initiator }`. */
  volumeConnector(instance: Instance): JsonObject;
  /** Into a guest that is there. */
  attachVolume(ctxt: RequestContext, instance: Instance, volume: DriverVolume): Op<void>;
}

/** Until the volume is there, whatever became of it. @throws VolumeNotCreated */
export type WaitForVolume = (ctxt: RequestContext, volumeId: string) => Op<void>;

export interface AttachOptions {
  /** Whether Cinder must say that it can be attached. */
  readonly check: boolean;
  /** Whether the guest is there already; without it the guest will be made with its volumes. */
  readonly toGuest?: boolean;
}

/** What a volume that a disk is to be is made of, in the order in which they are attached. */
export const VOLUME_SOURCES = ["volume", "snapshot", "image", "blank"] as const;

export type VolumeSource = (typeof VOLUME_SOURCES)[number];

/** The disks of that source that are volumes, or will be. */
export const driverVolumes = (
  devices: readonly BlockDeviceMapping[],
  source: VolumeSource,
): DriverVolume[] =>
  devices
    .filter(({ no_device }) => no_device !== true)
    .filter(({ source_type, isVolume }) => source_type === source && isVolume)
    .map((device) => new DriverVolume(device));

export class DriverVolume {
  readonly device: BlockDeviceMapping;
  /** `/dev/vdb`: `mount_device`. */
  device_name: string | null;
  disk_bus: string | null;
  device_type: string | null;
  connection_info: JsonObject | null;

  constructor(device: BlockDeviceMapping) {
    this.device = device;
    this.device_name = device.device_name;
    this.disk_bus = device.disk_bus;
    this.device_type = device.device_type;
    this.connection_info = connectionInfoOf(device);
  }

  /** What the guest sees as the serial number of the disk. Upstream: `connection_info['serial']`. */
  get serial(): string | null {
    return this.device.volume_id ?? null;
  }

  /** Store what is known of it; what is not known of its connection is stored as well, as `null`. */
  *save(ctxt: RequestContext): Op<void> {
    const { device } = this;
    device.connection_info = dumps(this.connection_info);
    device.disk_bus = this.disk_bus;
    device.device_name = this.device_name;
    device.device_type = this.device_type;
    yield* device.save(ctxt);
  }

  /** See that there is a volume, and attach it. The row knows of either only when both are done. */
  *attachNew(
    host: AttachingHost,
    ctxt: RequestContext,
    instance: Instance,
    options: AttachOptions,
    wait: WaitForVolume,
  ): Op<void> {
    const { volume_id } = this.device;
    if (volume_id === null || volume_id === "") {
      const volume = yield* this.#create(host.volumes, ctxt, instance);
      yield* wait(ctxt, volume.id);
      this.device.volume_id = volume.id;
    }
    yield* this.attach(host, ctxt, instance, options);
  }

  *#create(volumes: VolumeApi, ctxt: RequestContext, { uuid }: Instance): Op<Volume> {
    const { source_type, snapshot_id = null, image_id, volume_size: size = null } = this.device;
    const unnamed = { size, name: "", description: "" };
    switch (source_type) {
      case "snapshot": {
        const snapshot = yield* volumes.get_snapshot(ctxt, snapshot_id ?? "None");
        return yield* volumes.create(ctxt, { ...unnamed, snapshot });
      }
      case "image":
        return yield* volumes.create(ctxt, { ...unnamed, image_id: image_id ?? null });
      default:
        return yield* volumes.create(ctxt, { ...unnamed, name: `${uuid}-blank-vol` });
    }
  }

  /** `refresh_connection_info`: the volume is to be reached from this host. Nothing without a connection. */
  *refresh({ volumes, driver }: AttachingHost, ctxt: RequestContext, instance: Instance): Op<void> {
    if (this.connection_info !== null) {
      const id = this.device.volume_id ?? "None";
      const connector = driver.volumeConnector(instance);
      const info = yield* volumes.initialize_connection(ctxt, id, connector);
      this.connection_info = "serial" in info ? info : { ...info, serial: id };
    }
    yield* this.save(ctxt);
  }

  /** @throws what Cinder or the driver refuse it with */
  *attach(
    host: AttachingHost,
    ctxt: RequestContext,
    instance: Instance,
    { check, toGuest = false }: AttachOptions,
  ): Op<void> {
    const { volumes, driver } = host;
    const volume = yield* volumes.get(ctxt, this.device.volume_id ?? "None");
    if (check) volumes.check_attach(volume, instance);
    const elevated = ctxt.elevated();
    const connector = driver.volumeConnector(instance);
    const info = yield* volumes.initialize_connection(elevated, volume.id, connector);
    this.connection_info = "serial" in info ? info : { ...info, serial: volume.id };
    if (toGuest) {
      yield* encryptionMetadata(host, elevated, volume.id, this.connection_info);
      try {
        yield* driver.attachVolume(elevated, instance, this);
      } catch (thrown) {
        const error = yield* caught(thrown);
        const where = `${volume.id} at ${this.device_name ?? "None"}`;
        host.log("error", `Driver failed to attach volume ${where}: ${originalMessage(error)}`);
        yield* volumes.terminate_connection(elevated, volume.id, connector);
        throw error;
      }
    }
    if (volume.attach_status === "detached") {
      const mode = accessMode(this.connection_info["data"]);
      yield* volumes.attach(elevated, volume.id, instance.uuid, this.device_name, mode);
    }
    // Not before: who is asked for it in between finds nothing (LP 1327218).
    yield* this.save(ctxt);
  }
}

/** What a row says of its volume's connection; null: nothing. */
export function connectionInfoOf({
  connection_info = null,
}: BlockDeviceMapping): JsonObject | null {
  if (connection_info === null) return null;
  const info = loads(connection_info);
  return isObject(info) ? info : null;
}

const accessMode = (data: Json | undefined): string =>
  isObject(data) && typeof data["access_mode"] === "string" ? data["access_mode"] : "rw";
