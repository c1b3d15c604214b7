/**
 * Images on a host: each is fetched once, by the first server that needs it, while the others wait.
 * Upstream: nova/virt/libvirt/imagebackend.py (cache, `_base`); nova §1.8.
 */
import type { RequestContext, Env } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { Hypervisor } from "../../../hardware/hypervisor.js";
import type { ImageApi } from "../image/api.js";

export class ImageCache {
  readonly #env: Env;
  readonly #hypervisor: Hypervisor;
  readonly #images: Pick<ImageApi, "download">;
  readonly #bytesPerSecond: number;

  constructor(
    env: Env,
    hypervisor: Hypervisor,
    images: Pick<ImageApi, "download">,
    bytesPerSecond: number,
  ) {
    this.#env = env;
    this.#hypervisor = hypervisor;
    this.#images = images;
    this.#bytesPerSecond = bytesPerSecond;
  }

  /** See that the image is on the host. @returns its size in bytes */
  *fetch(ctxt: RequestContext, id: string): Op<number> {
    const cached = this.#hypervisor.cachedImage(id);
    if (cached !== undefined) return cached;
    const { locks } = this.#env;
    return yield* locks.synchronized(`image ${id}`, this.#fetchAlone(ctxt, id));
  }

  *#fetchAlone(ctxt: RequestContext, id: string): Op<number> {
    const cached = this.#hypervisor.cachedImage(id);
    if (cached !== undefined) return cached;
    const { size } = yield* this.#images.download(ctxt, id, this.#bytesPerSecond);
    this.#hypervisor.cacheImage(id, size);
    return size;
  }
}
