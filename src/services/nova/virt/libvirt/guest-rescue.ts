/**
 * How libvirt's driver has a guest boot another image for a while: the guest keeps its place on the host,
 * and its volumes are taken from it. Upstream: nova/virt/libvirt/driver.py (rescue, unrescue) at 2014.2.
 */
import * as powerStates from "../../../../hardware/power-states.js";
import type { RequestContext } from "../../../../framework/index.js";
import { sleep, type Op } from "../../../../kernel/index.js";
import { Exception } from "../../../../python/index.js";
import { InstanceNotFound } from "../../exception.js";
import type { Instance } from "../../objects/instance.js";
import type { DriverParts } from "../driver-parts.js";
import type { ImageCache } from "../image-cache.js";
import { guestFlavor } from "./guest-flavor.js";

/** Python's, of a file that is not there. */
class IOError extends Exception {
  static override readonly module = "exceptions";
  override readonly name = "IOError";
}

export class LibvirtGuestRescue {
  readonly #parts: DriverParts;
  readonly #cache: ImageCache;

  constructor(parts: DriverParts, cache: ImageCache) {
    this.#parts = parts;
    this.#cache = cache;
  }

  /** @throws InstanceNotFound, and what the image cannot be fetched with */
  *rescue(ctxt: RequestContext, instance: Instance, imageId: string): Op<void> {
    const { hypervisor } = this.#parts;
    const { uuid, name } = instance;
    const own = hypervisor.guest(uuid);
    if (own === undefined) throw new InstanceNotFound({ instance_id: name });
    yield* hypervisor.attempt("rescue");
    const bytes = yield* this.#cache.fetch(ctxt, imageId);
    yield* guestFlavor(this.#parts, instance);
    yield* this.#start();
    const { contents: _own, ...frame } = own;
    hypervisor.replace({ ...frame, bytes, powerState: powerStates.RUNNING });
  }

  /** @throws IOError for a guest that was not rescued here */
  *unrescue({ uuid }: Instance): Op<void> {
    const { hypervisor } = this.#parts;
    yield* hypervisor.attempt("unrescue");
    yield* this.#start();
    if (hypervisor.takeBack(uuid)) return;
    const path = `/opt/stack/data/nova/instances/${uuid}/unrescue.xml`;
    throw new IOError(`[Errno 2] No such file or directory: '${path}'`);
  }

  *#start(): Op<void> {
    const { env, latency } = this.#parts;
    yield* sleep(env.stream("hypervisor").within(latency.power_on));
  }
}
