/**
 * How libvirt's driver moves a guest cold: its disks are set aside, copied to the other host over ssh, and a guest is made there of them,
 * or here of what was taken back. Upstream: nova/virt/libvirt/driver.py (migrate_disk_and_power_off, finish_migration, confirm_migration,
 * _cleanup_resize, finish_revert_migration) at 2014.2; NOV-245.
 */
import type { RequestContext } from "../../../../../framework/index.js";
import { seconds, sleep, type Op } from "../../../../../kernel/index.js";
import type { RootDisk } from "../../../../../hardware/guest-files.js";
import { InstanceFaultRollback, ResizeError } from "../../../exception.js";
import type { Instance } from "../../../objects/instance.js";
import type { ArrivingGuest, DepartingGuest, ReturningGuest } from "../../driver.js";
import { bytesPerSecond, type DriverParts } from "../../driver-parts.js";
import type { NetworkInfo } from "../../network-info.js";
import { isBootedFromImage, type LibvirtGuestCreation } from "../guests/creation.js";
import { makeConfigDrive } from "../guests/config-drive.js";
import { lookupByName } from "../guests/domain.js";
import type { ImageBackend } from "../image-backend.js";
import { diskInfo } from "../instance-files.js";
import { unplugVifs } from "../vif.js";

const EMPTY: RootDisk = { bytes: 0 };

export class LibvirtColdMigration {
  readonly #parts: DriverParts;
  readonly #images: ImageBackend;
  readonly #creation: LibvirtGuestCreation;

  constructor(parts: DriverParts, images: ImageBackend, creation: LibvirtGuestCreation) {
    this.#parts = parts;
    this.#images = images;
    this.#creation = creation;
  }

  /**
   * Set the disk aside and copy it, once `powerOff` is through. A copy takes as long as an image of that
   * size. @throws InstanceFaultRollback, InstanceNotFound
   */
  *send({ instance, destination, flavor }: DepartingGuest, powerOff: Op<void>): Op<string> {
    const { env, files, hypervisor } = this.#parts;
    const { uuid } = instance;
    if (flavor.root_gb < instance.root_gb || flavor.ephemeral_gb < instance.ephemeral_gb) {
      throw new InstanceFaultRollback(new ResizeError({ reason: "Unable to resize disk down." }));
    }
    const { bytes, contents, backing } = lookupByName(hypervisor, instance);
    const disk: RootDisk = { bytes, ...(contents && { contents }) };
    const info = diskInfo(instance, bytes);
    yield* powerOff;
    yield* hypervisor.attempt("migrate_disk_and_power_off");
    files.setAside(env.host, uuid, { ...disk, ...(backing !== undefined && { backing }) });
    if (destination.host !== env.host) {
      yield* sleep(seconds(bytes / bytesPerSecond(this.#parts)));
    }
    // What it stood on is merged into what goes there.
    files.put(destination.host, uuid, disk);
    return info;
  }

  /** `finish_migration`. */
  *finish(ctxt: RequestContext, guest: ArrivingGuest): Op<void> {
    const { instance, volumes } = guest;
    this.#parts.env.log("info", "Creating image");
    makeConfigDrive(this.#parts, instance);
    if (isBootedFromImage(instance, volumes)) yield* this.#images.fetch(ctxt, instance.image_ref);
    const options = { plugged: true, operation: "finish_migration" } as const;
    yield* this.#creation.remake(ctxt, guest, this.#arrived(instance), options);
  }

  /** What was set aside goes; so does the guest, unless it never left the host. */
  *confirm({ uuid, host }: Instance, networkInfo: NetworkInfo): Op<void> {
    const { env, files, bridge, hypervisor } = this.#parts;
    files.dropAside(env.host, uuid);
    if (host === env.host) return;
    unplugVifs(bridge, networkInfo);
    hypervisor.undefine(uuid);
  }

  /** `finish_revert_migration`. */
  *finishRevert(ctxt: RequestContext, guest: ReturningGuest): Op<void> {
    const options = { plugged: false, operation: "finish_revert_migration" } as const;
    yield* this.#creation.remake(ctxt, guest, this.#takenBack(guest.instance), options);
  }

  /** What has come here; a guest that boots from a volume has none. */
  #arrived({ uuid }: Instance): RootDisk {
    return this.#parts.files.get(this.#parts.env.host, uuid) ?? EMPTY;
  }

  /** What was set aside here, or what is still in place if the move failed early. */
  #takenBack({ uuid }: Instance): RootDisk {
    const { env, files, hypervisor } = this.#parts;
    return files.takeBack(env.host, uuid) ?? hypervisor.guest(uuid) ?? EMPTY;
  }
}
