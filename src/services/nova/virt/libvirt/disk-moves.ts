/**
 * What libvirt's driver does about the disks of guests that are moved cold: they are set aside, copied to
 * the other host over ssh, and found there or taken back. Not the domains, which the driver makes.
 * Upstream: nova/virt/libvirt/driver.py (migrate_disk_and_power_off, finish_migration, _cleanup_resize,
 * finish_revert_migration, get_instance_disk_info) at 2014.2; NOV-245.
 */
import { seconds, sleep, type Op } from "../../../../kernel/index.js";
import { dumps } from "../../../../python/index.js";
import type { RootDisk } from "../../../../hardware/guest-files.js";
import { InstanceFaultRollback, InstanceNotFound, ResizeError } from "../../exception.js";
import type { Instance } from "../../objects/instance.js";
import type { DepartingGuest } from "../driver.js";
import type { DriverParts } from "../driver-parts.js";

const GIB = 1024 * 1024 * 1024;
const EMPTY: RootDisk = { bytes: 0 };

export class LibvirtMigration {
  readonly #parts: DriverParts;

  constructor(parts: DriverParts) {
    this.#parts = parts;
  }

  /**
   * Set the disk aside and copy it, once `powerOff` is through. A copy takes as long as an image of that
   * size. @throws InstanceFaultRollback, InstanceNotFound
   */
  *send({ instance, destination, flavor }: DepartingGuest, powerOff: Op<void>): Op<string> {
    const { env, files, hypervisor, latency } = this.#parts;
    const { uuid, name } = instance;
    if (flavor.root_gb < instance.root_gb || flavor.ephemeral_gb < instance.ephemeral_gb) {
      throw new InstanceFaultRollback(new ResizeError({ reason: "Unable to resize disk down." }));
    }
    const guest = hypervisor.guest(uuid);
    if (guest === undefined) throw new InstanceNotFound({ instance_id: name });
    const { bytes, contents, backing } = guest;
    const disk: RootDisk = { bytes, ...(contents && { contents }) };
    const info = diskInfo(instance, bytes);
    yield* powerOff;
    yield* hypervisor.attempt("migrate_disk_and_power_off");
    files.setAside(env.host, uuid, { ...disk, ...(backing !== undefined && { backing }) });
    if (destination.host !== env.host) {
      yield* sleep(seconds(bytes / (latency.image_mb_per_s * 1024 * 1024)));
    }
    // What it stood on is merged into what goes there.
    files.put(destination.host, uuid, disk);
    return info;
  }

  /** What has come here; a guest that boots from a volume has none. */
  arrived({ uuid }: Instance): RootDisk {
    return this.#parts.files.get(this.#parts.env.host, uuid) ?? EMPTY;
  }

  /** What was set aside here, or what is still in place if the move failed early. */
  takeBack({ uuid }: Instance): RootDisk {
    const { env, files, hypervisor } = this.#parts;
    return files.takeBack(env.host, uuid) ?? hypervisor.guest(uuid) ?? EMPTY;
  }

  dropAside({ uuid }: Instance): void {
    this.#parts.files.dropAside(this.#parts.env.host, uuid);
  }
}

/** `get_instance_disk_info`: the files of a guest; those of a guest that boots from a volume are none. */
export function diskInfo({ uuid, image_ref, root_gb }: Instance, bytes: number): string {
  if (image_ref === "" || bytes === 0) return "[]";
  const virtual = root_gb * GIB;
  return dumps([
    {
      type: "qcow2",
      path: `/var/lib/nova/instances/${uuid}/disk`,
      virt_disk_size: virtual,
      backing_file: image_ref,
      disk_size: bytes,
      over_committed_disk_size: Math.max(0, virtual - bytes),
    },
  ]);
}
