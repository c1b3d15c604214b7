/**
 * Images, as Cinder's services use them: Glance's v1 API under the user's own token, in Cinder's words.
 * Upstream: cinder/image/glance.py (GlanceImageService) at 2014.2.
 */
import type { Env, RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { Exception } from "../../../python/index.js";
import {
  GlanceServers,
  HTTPBadRequest,
  HTTPForbidden,
  HTTPNotFound,
  HTTPUnauthorized,
  type GlanceClient,
  type GlanceImage,
  type ImageChanges,
  type ImagesMethod,
} from "../../glance/client/index.js";
import {
  GlanceConnectionFailed,
  ImageNotAuthorized,
  ImageNotFound,
  Invalid,
} from "../exception.js";
import { imageFlags } from "./flags.js";

/** Each method also throws GlanceConnectionFailed, after `glance_num_retries` further attempts. */
export class ImageService {
  readonly #servers: GlanceServers;

  constructor(env: Env) {
    const {
      cinder_glance_host: host,
      cinder_glance_port: port,
      cinder_glance_api_servers: servers,
      cinder_glance_num_retries: retries,
    } = env.flags.read(imageFlags);
    this.#servers = new GlanceServers(env, {
      urls: servers ?? [`${host}:${String(port)}`],
      retries,
      failed: (_server, reason) => new GlanceConnectionFailed({ reason }),
    });
  }

  /** HEAD. @throws ImageNotFound, ImageNotAuthorized, Invalid */
  show(ctxt: RequestContext, id: string): Op<GlanceImage> {
    return this.#about("get", id, (glance) => glance.get(ctxt, id));
  }

  /** POST, without data. @throws errors of Glance's client, as they come */
  create(ctxt: RequestContext, meta: ImageChanges): Op<GlanceImage> {
    return this.#servers.call("create", (glance) => glance.create(ctxt, meta));
  }

  /** GET: all of the data. @returns bytes */
  *download(ctxt: RequestContext, id: string, bytesPerSecond: number): Op<number> {
    const { size } = yield* this.#about("data", id, (glance) =>
      glance.download(ctxt, id, bytesPerSecond),
    );
    return size;
  }

  /** PUT with data. @throws ImageNotFound, ImageNotAuthorized, Invalid */
  upload(ctxt: RequestContext, id: string, bytes: number, bytesPerSecond: number): Op<GlanceImage> {
    return this.#about("update", id, (glance) =>
      glance.upload(ctxt, id, {}, bytes, bytesPerSecond),
    );
  }

  /** @throws ImageNotFound; other errors of Glance's client, as they come */
  *delete(ctxt: RequestContext, id: string): Op<void> {
    try {
      yield* this.#servers.call("delete", (glance) => glance.delete(ctxt, id));
    } catch (error) {
      if (error instanceof HTTPNotFound) throw new ImageNotFound({ image_id: id });
      throw error;
    }
  }

  *#about<T>(method: ImagesMethod, id: string, ask: (glance: GlanceClient) => Op<T>): Op<T> {
    try {
      return yield* this.#servers.call(method, ask);
    } catch (error) {
      throw error instanceof Exception ? inCindersWords(error, id) : error;
    }
  }
}

/** `_translate_image_exception`: what is not known comes as it is. */
function inCindersWords(error: Exception, image_id: string): Exception {
  if (error instanceof HTTPForbidden || error instanceof HTTPUnauthorized) {
    return new ImageNotAuthorized({ image_id });
  }
  if (error instanceof HTTPNotFound) return new ImageNotFound({ image_id });
  return error instanceof HTTPBadRequest ? new Invalid({}, error.message) : error;
}
