/** Glance, as far as nova-compute can tell; it notes what it was asked. */
import type { RequestContext } from "../../../../src/framework/index.js";
import { milliseconds, sleep, type Op } from "../../../../src/kernel/index.js";
import type { Exception } from "../../../../src/python/index.js";
import { ImageNotFound } from "../../../../src/services/nova/exception.js";
import type { ImageMeta } from "../../../../src/services/nova/image/image-meta.js";
import { IMAGE } from "../bed.js";

export const SNAPSHOT = "22222222-0000-4000-8000-000000000000";

export const cirros: ImageMeta = {
  id: IMAGE,
  name: "cirros",
  status: "active",
  size: 13 * 1024 * 1024,
  min_disk: 0,
  min_ram: 0,
  disk_format: "qcow2",
  container_format: "bare",
  checksum: null,
  owner: "admin",
  is_public: true,
  deleted: false,
  deleted_at: null,
  created_at: null,
  updated_at: null,
  properties: {},
};

export class FakeImages {
  readonly asked: string[] = [];
  /** What the next downloads end in, one each. */
  readonly broken: Exception[] = [];
  readonly images = new Map([
    [IMAGE, cirros],
    [SNAPSHOT, { ...cirros, id: SNAPSHOT, name: "t3-shelved", status: "queued" }],
  ]);

  *get(_ctxt: RequestContext, id: string): Op<ImageMeta> {
    this.asked.push(`HEAD ${id}`);
    return this.#image(id);
  }

  *detail(): Op<ImageMeta[]> {
    this.asked.push("LIST");
    return [...this.images.values()];
  }

  *download(_ctxt: RequestContext, id: string): Op<{ size: number }> {
    this.asked.push(`GET ${id}`);
    yield* sleep(milliseconds(130));
    const failure = this.broken.shift();
    if (failure !== undefined) throw failure;
    return this.#image(id);
  }

  *update(_ctxt: RequestContext, id: string, meta: Partial<ImageMeta>): Op<ImageMeta> {
    this.asked.push(`PUT ${id}`);
    yield* sleep(milliseconds(130));
    const image = { ...this.#image(id), ...meta };
    this.images.set(id, image);
    return image;
  }

  *delete(_ctxt: RequestContext, id: string): Op<void> {
    this.asked.push(`DELETE ${id}`);
    this.images.delete(id);
  }

  #image(id: string): ImageMeta {
    const image = this.images.get(id);
    if (image === undefined) throw new ImageNotFound({ image_id: id });
    return image;
  }
}
