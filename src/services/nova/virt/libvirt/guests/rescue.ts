/**
 * How libvirt's driver has a guest boot another image for a while: the guest keeps its place on the host,
 * and its volumes are taken from it. Upstream: nova/virt/libvirt/driver.py (rescue, unrescue) at 2014.2.
 */
import * as powerStates from "../../../../../hardware/power-states.js";
import type { RequestContext } from "../../../../../framework/index.js";
import type { Op } from "../../../../../kernel/index.js";
import { Exception } from "../../../../../python/index.js";
import type { Instance } from "../../../objects/instance.js";
import { passes, type DriverParts } from "../../driver-parts.js";
import type { ImageBackend } from "../image-backend.js";
import { INSTANCES_PATH } from "../instance-files.js";
import { makeConfigDrive } from "./config-drive.js";
import { lookupByName } from "./domain.js";
import { guestFlavor } from "./flavor.js";
import { destroyDomain } from "./switch-off.js";

/** Python's, of a file that is not there. */
class IOError extends Exception {
  static override readonly module = "exceptions";
  override readonly name = "IOError";
}

export class LibvirtGuestRescue {
  readonly #parts: DriverParts;
  readonly #images: ImageBackend;

  constructor(parts: DriverParts, images: ImageBackend) {
    this.#parts = parts;
    this.#images = images;
  }

  /** @throws InstanceNotFound, and what the image cannot be fetched with */
  *rescue(ctxt: RequestContext, instance: Instance, imageId: string): Op<void> {
    const { hypervisor, latency, env } = this.#parts;
    const own = lookupByName(hypervisor, instance);
    yield* hypervisor.attempt("rescue");
    env.log("info", "Creating image");
    const bytes = yield* this.#images.fetch(ctxt, imageId);
    makeConfigDrive(this.#parts, instance, ".rescue");
    yield* guestFlavor(this.#parts, instance);
    destroyDomain(this.#parts, instance);
    yield* passes(this.#parts, latency.power_on);
    const { contents: _own, ...frame } = own;
    hypervisor.replace({ ...frame, bytes, powerState: powerStates.RUNNING });
  }

  /** @throws IOError for a guest that was not rescued here */
  *unrescue(instance: Instance): Op<void> {
    const { hypervisor, latency } = this.#parts;
    const { uuid } = instance;
    yield* hypervisor.attempt("unrescue");
    if (!hypervisor.hasSetAside(uuid)) {
      const path = `${INSTANCES_PATH}/${uuid}/unrescue.xml`;
      throw new IOError(`[Errno 2] No such file or directory: '${path}'`);
    }
    destroyDomain(this.#parts, instance);
    yield* passes(this.#parts, latency.power_on);
    hypervisor.takeBack(uuid);
  }
}
