/**
 * Images on a host: each is fetched once, by the first server that needs it, while the others wait.
 * Upstream: nova/virt/libvirt/imagebackend.py (cache, `_base`); nova §1.8.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { bytesPerSecond, type DriverParts } from "../driver-parts.js";

export class ImageBackend {
  readonly #parts: DriverParts;

  constructor(parts: DriverParts) {
    this.#parts = parts;
  }

  /** See that the image is on the host. @returns its size in bytes */
  *fetch(ctxt: RequestContext, id: string): Op<number> {
    const cached = this.#parts.hypervisor.images.bytes(id);
    if (cached !== undefined) return cached;
    const { locks } = this.#parts.env;
    return yield* locks.synchronized(`image ${id}`, this.#fetchAlone(ctxt, id));
  }

  *#fetchAlone(ctxt: RequestContext, id: string): Op<number> {
    const { hypervisor, images } = this.#parts;
    const cached = hypervisor.images.bytes(id);
    if (cached !== undefined) return cached;
    const { size } = yield* images.download(ctxt, id, bytesPerSecond(this.#parts));
    hypervisor.images.add(id, size);
    return size;
  }
}
