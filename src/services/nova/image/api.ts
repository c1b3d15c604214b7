/**
 * Images, as Nova's services use them: Glance's v1 API under the user's own token, in Nova's words.
 * Upstream: nova/image/api.py over nova/image/glance.py (GlanceImageService) at 2014.2.
 */
import type { RequestContext, Env } from "../../../framework/index.js";
import type { QueryValue } from "../../../http/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import {
  GlanceServers,
  HTTPForbidden,
  HTTPNotFound,
  type GlanceClient,
  type ImagesMethod,
  type PageOptions,
} from "../../glance/client/index.js";
import { GlanceConnectionFailed, ImageNotAuthorized, ImageNotFound } from "../exception.js";
import { imageError, plainError } from "./errors.js";
import { glanceFlags } from "./flags.js";
import type { ImageMeta } from "./image-meta.js";
import { fromGlance, isAvailable, toGlance } from "./translate.js";

/** Data to upload: how much, and how fast. */
export interface ImageData {
  readonly bytes: number;
  readonly bytesPerSecond: number;
}

export type ImageFilters = Readonly<Record<string, QueryValue>>;

/** Each method also throws GlanceConnectionFailed, after `glance_num_retries` further attempts. */
export class ImageApi {
  readonly #servers: GlanceServers;

  constructor(env: Env) {
    const flags = env.flags.read(glanceFlags);
    const { glance_host, glance_port, glance_api_servers, glance_num_retries } = flags;
    this.#servers = new GlanceServers(env, {
      urls: glance_api_servers ?? [`${glance_host}:${String(glance_port)}`],
      retries: glance_num_retries,
      failed: ({ host, port }, reason) => new GlanceConnectionFailed({ host, port, reason }),
    });
  }

  /** HEAD. @throws ImageNotFound, ImageNotAuthorized */
  *get(ctxt: RequestContext, id: string): Op<ImageMeta> {
    const image = fromGlance(yield* this.#about("get", id, (glance) => glance.get(ctxt, id)));
    if (!isAvailable(ctxt, image)) throw new ImageNotFound({ image_id: id });
    return image;
  }

  /**
   * All images that the caller may see, public and private ones. `filters` are those of Glance's v1
   * API: `status`, `name`, `property-image_type` ...
   * @throws what the client does, as it is: nova/image/glance.py:229 translates no more
   */
  *detail(
    ctxt: RequestContext,
    filters: ImageFilters = {},
    page: PageOptions = {},
  ): Op<ImageMeta[]> {
    // Without it Glance would show public images alone.
    const query = { is_public: "none", ...filters };
    const images = yield* this.#servers.lazily((glance) => glance.list(ctxt, query, page));
    return images.map(fromGlance).filter((image) => isAvailable(ctxt, image));
  }

  /** An image without data, queued until there is some. @throws Forbidden, Invalid */
  *create(ctxt: RequestContext, meta: Partial<ImageMeta>): Op<ImageMeta> {
    return fromGlance(
      yield* this.#plainly("create", (glance) => glance.create(ctxt, toGlance(meta))),
    );
  }

  /**
   * Other metadata, and data if given. Properties that are not named stay.
   * @throws ImageNotFound, ImageNotAuthorized, Invalid
   */
  *update(
    ctxt: RequestContext,
    id: string,
    meta: Partial<ImageMeta>,
    data?: ImageData,
  ): Op<ImageMeta> {
    const { id: _, ...changes } = toGlance(meta);
    const ask = (glance: GlanceClient) =>
      data === undefined
        ? glance.update(ctxt, id, changes)
        : glance.upload(ctxt, id, changes, data.bytes, data.bytesPerSecond);
    return fromGlance(yield* this.#about("update", id, ask));
  }

  /** All metadata anew: properties that are not named go. @throws ImageNotFound, ImageNotAuthorized */
  *replace(ctxt: RequestContext, id: string, meta: ImageMeta): Op<ImageMeta> {
    const { id: _, ...changes } = toGlance(meta);
    const ask = (glance: GlanceClient) => glance.update(ctxt, id, changes, { purge: true });
    return fromGlance(yield* this.#about("update", id, ask));
  }

  /**
   * GET the data at that speed; only its size comes of it.
   * @throws ImageNotFound, also if it is not active; ImageNotAuthorized
   */
  *download(ctxt: RequestContext, id: string, bytesPerSecond: number): Op<{ size: number }> {
    return yield* this.#about("data", id, (glance) => glance.download(ctxt, id, bytesPerSecond));
  }

  /**
   * Here alone a token that Glance does not take is an error of its client's.
   * @throws ImageNotFound, also if it was deleted already; ImageNotAuthorized
   */
  *delete(ctxt: RequestContext, id: string): Op<void> {
    try {
      yield* this.#servers.call("delete", (glance) => glance.delete(ctxt, id));
    } catch (error) {
      if (error instanceof HTTPNotFound) throw new ImageNotFound({ image_id: id });
      if (error instanceof HTTPForbidden) throw new ImageNotAuthorized({ image_id: id });
      throw error;
    }
  }

  *#about<T>(method: ImagesMethod, id: string, ask: (glance: GlanceClient) => Op<T>): Op<T> {
    try {
      return yield* this.#servers.call(method, ask);
    } catch (thrown) {
      throw imageError(yield* caught(thrown), id);
    }
  }

  *#plainly<T>(method: ImagesMethod, ask: (glance: GlanceClient) => Op<T>): Op<T> {
    try {
      return yield* this.#servers.call(method, ask);
    } catch (thrown) {
      throw plainError(yield* caught(thrown));
    }
  }
}
