/**
 * What libvirt's driver does about volumes: names for them, their path on the host, and disks that come
 * and go while a guest is there. Upstream: nova/virt/libvirt/driver.py (attach_volume, detach_volume,
 * get_volume_connector, _get_guest_storage_config), volume.py (LibvirtISCSIVolumeDriver), blockinfo.py
 * (default_device_names) at 2014.2.
 */
import { adminContext, type RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { isObject, noAttribute, str, type JsonObject } from "../../../../python/index.js";
import { DiskNotFound } from "../../exception.js";
import type { Instance } from "../../objects/instance.js";
import { encryptionMetadata, volumeIn } from "../../volume/encryptors.js";
import { driverVolumes, type DriverVolume, type VolumeSource } from "../block-device.js";
import type { BlockStats } from "../../../../hardware/guest-disks.js";
import { LibvirtError } from "../../../../hardware/libvirt-errors.js";
import type { GuestVolumes, NamedDevices, VolumeStats } from "../driver.js";
import { passes, type DriverParts } from "../driver-parts.js";
import { virtFlags } from "../flags.js";
import { lookupByName } from "./guests/domain.js";
import { layOut } from "./block-info.js";

export class LibvirtVolumes {
  readonly #parts: DriverParts;

  constructor(parts: DriverParts) {
    this.#parts = parts;
  }

  /** What the host's initiator is called is in a file of the host's. */
  connector(): JsonObject {
    const { host, flags } = this.#parts.env;
    const { my_ip: ip } = flags.read(virtFlags);
    return { ip, host, initiator: `iqn.1993-08.org.debian:01:${host}` };
  }

  /**
   * All are stored again, by nobody's request, those with names as well. A volume that is to be made of
   * an image is left out.
   */
  *nameDisks(instance: Instance, rootName: string, devices: NamedDevices): Op<void> {
    const { ephemerals } = devices;
    const swap = devices.swap.slice(-1);
    const volumes = NAMED_SOURCES.flatMap((source) => driverVolumes(devices.volumes, source));
    layOut(instance, rootName, { ephemerals, swap, volumes });
    const disks = [...ephemerals, ...swap, ...volumes];
    if (disks.length === 0) return;
    const admin = adminContext(this.#parts.env);
    for (const disk of disks) yield* disk.save(admin);
  }

  /** `_get_guest_storage_config`: where a guest that is described will find them, which is stored by nobody's request. */
  *describe(instance: Instance, volumes: readonly DriverVolume[]): Op<void> {
    if (volumes.length === 0) return;
    layOut(instance, instance.root_device_name ?? "/dev/vda", { volumes });
    const admin = adminContext(this.#parts.env);
    for (const volume of volumes) {
      volume.connection_info = connected(volume.connection_info);
      yield* volume.save(admin);
    }
  }

  /**
   * `_create_domain_and_network`: connected, described before or not, and stored once more, with the path that an encryptor would read.
   * Whether there is to be one is asked of Cinder, but not for a guest that is started again.
   */
  *connect(
    ctxt: RequestContext,
    volumes: readonly DriverVolume[],
    { reboot = false }: { readonly reboot?: boolean } = {},
  ): Op<void> {
    for (const volume of volumes) {
      const info = connected(volume.connection_info);
      if (isObject(info?.["data"])) {
        volume.connection_info = withDevicePath(info);
        yield* volume.save(ctxt);
      }
      if (!reboot) yield* this.askEncryption(ctxt, volume.connection_info);
    }
  }

  /** What its encryptor would need to know. @throws what Cinder's client raises */
  *askEncryption(ctxt: RequestContext, connection: JsonObject | null): Op<void> {
    const id = volumeIn(connection);
    if (id === null) return;
    const { volumes, env } = this.#parts;
    const asker = { volumes, log: (level: "error", text: string) => env.log(level, text) };
    yield* encryptionMetadata(asker, ctxt, str(id), connection);
  }

  /** @throws InstanceNotFound, and what the hypervisor was made to fail with */
  *attach(instance: Instance, volume: DriverVolume): Op<void> {
    const { hypervisor, latency } = this.#parts;
    const { uuid } = lookupByName(hypervisor, instance);
    const info = connected(volume.connection_info);
    yield* passes(this.#parts, latency.attach_volume);
    yield* hypervisor.attempt("attach_volume");
    volume.connection_info = withDevicePath(info);
    hypervisor.disks.add(uuid, diskOf(volume.device_name), volume.serial);
  }

  /** @throws DiskNotFound, and what the hypervisor was made to fail with */
  *detach({ uuid }: Instance, mountpoint: string | null): Op<void> {
    const { hypervisor, latency, env } = this.#parts;
    const disk = diskOf(mountpoint);
    if (hypervisor.guest(uuid) === undefined) {
      env.log("warning", "During detach_volume, instance disappeared.");
      return;
    }
    if (!hypervisor.disks.has(uuid, disk)) throw new DiskNotFound({ location: disk });
    yield* passes(this.#parts, latency.detach_volume);
    yield* hypervisor.attempt("detach_volume");
    hypervisor.disks.remove(uuid, disk);
  }

  /** The data is copied into the new volume, which is not told from any other time that attaching takes. */
  *swap(instance: Instance, mountpoint: string | null, info: JsonObject): Op<JsonObject> {
    const { hypervisor, latency } = this.#parts;
    const disk = diskOf(mountpoint);
    const { uuid } = lookupByName(hypervisor, instance);
    if (!hypervisor.disks.has(uuid, disk)) throw new DiskNotFound({ location: disk });
    yield* passes(this.#parts, latency.attach_volume);
    yield* hypervisor.attempt("attach_volume");
    return connected(info) ?? info;
  }

  /** Undefined where libvirt does not tell, which is logged. */
  blockStats({ uuid, name }: Instance, disk: string): BlockStats | undefined {
    const { hypervisor, env } = this.#parts;
    if (hypervisor.guest(uuid) === undefined) {
      const text = `Could not find domain in libvirt for instance ${name}.`;
      env.log("info", `${text} Cannot get block stats for device`);
      return undefined;
    }
    try {
      return hypervisor.disks.stats(uuid, disk);
    } catch (error) {
      if (!(error instanceof LibvirtError)) throw error;
      const where = `Instance=${name} Disk=${disk} Code=${String(error.code)} Error=${error.message}`;
      env.log("info", `Getting block stats failed, device might have been detached. ${where}`);
      return undefined;
    }
  }

  usage(guests: readonly GuestVolumes[]): VolumeStats[] {
    const { env } = this.#parts;
    return guests.flatMap(({ instance, devices }) =>
      devices.flatMap(({ volume_id = null, device_name }) => {
        if (device_name === null) throw noAttribute(null, "startswith");
        const disk = device_name.startsWith("/dev/") ? device_name.slice(5) : device_name;
        env.log("debug", `Trying to get stats for the volume ${volume_id ?? "None"}`);
        const stats = this.blockStats(instance, disk);
        return stats === undefined ? [] : [{ instance, volume_id, stats }];
      }),
    );
  }
}

const NAMED_SOURCES: readonly VolumeSource[] = ["volume", "snapshot", "blank"];

/** `mountpoint.rpartition("/")[2]`. */
export const diskOf = (mountpoint: string | null): string =>
  (mountpoint ?? "").slice((mountpoint ?? "").lastIndexOf("/") + 1);

/** The path at which the host has the volume, once its initiator is connected. */
function connected(info: JsonObject | null): JsonObject | null {
  const data = info?.["data"];
  if (info?.["driver_volume_type"] !== "iscsi" || !isObject(data)) return info;
  const { target_portal = null, target_iqn = null, target_lun = 0 } = data;
  const host_device = `/dev/disk/by-path/ip-${str(target_portal)}-iscsi-${str(target_iqn)}-lun-${str(target_lun)}`;
  return { ...info, data: { ...data, host_device } };
}

/** What encryptors would read. */
function withDevicePath(info: JsonObject | null): JsonObject | null {
  const data = info?.["data"];
  if (!isObject(data)) return info;
  return {
    ...info,
    data: { ...data, device_path: data["host_device"] ?? data["device_path"] ?? null },
  };
}
