/**
 * Images that somebody else's web server has: read from there, never written. What went wrong there is
 * told as upstream's library tells it. Upstream: glance_store 0.1.8 `_drivers/http.py`.
 */
import type { Env } from "../../../framework/index.js";
import { ConnectionError, type HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { parseInteger } from "../../../python/index.js";
import { isImageData, type ImageData } from "../image-data.js";
import {
  BadStoreUri,
  MaxRedirectsExceeded,
  NotFound,
  StoreAddDisabled,
  StoreDeleteNotSupported,
  type Store,
  type Stored,
} from "./store.js";

const MAX_REDIRECTS = 5;

export class HttpStore implements Store {
  readonly scheme = "http";
  readonly #env: Env;

  constructor(env: Env) {
    this.#env = env;
  }

  *add(): Op<Stored> {
    throw new StoreAddDisabled();
  }

  *get(location: string): Op<ImageData> {
    const { body } = yield* this.#query(location, "GET");
    return isImageData(body) ? body : { $data: { bytes: 0 } };
  }

  /** 0 where it cannot be found out. @throws BadStoreUri if nobody is there to ask */
  *size(location: string): Op<number> {
    try {
      const { headers } = yield* this.#query(location, "HEAD");
      return parseInteger(headers["content-length"] ?? "") ?? 0;
    } catch (error) {
      if (error instanceof ConnectionError) {
        throw new BadStoreUri("The HTTP URL is invalid.");
      }
      if (error instanceof NotFound || error instanceof BadStoreUri) return 0;
      throw error;
    }
  }

  *delete(): Op<void> {
    throw new StoreDeleteNotSupported();
  }

  /** @throws NotFound, BadStoreUri, MaxRedirectsExceeded; ConnectionError */
  *#query(location: string, method: string): Op<HttpResponse> {
    let url = location;
    for (let depth = 0; depth <= MAX_REDIRECTS; depth++) {
      const response = yield* this.#env.http.request(method, url);
      const { status, headers } = response;
      if (status === 404) {
        throw new NotFound("HTTP datastore could not find image at URI.");
      }
      const path = url.replace(/^\w+:\/\/[^/]*/, "");
      if (status >= 400) {
        throw new BadStoreUri(`HTTP URL ${path} returned a ${String(status)} status code.`);
      }
      const next = headers["location"];
      if (next === undefined) return response;
      if (status !== 301 && status !== 302) {
        throw new BadStoreUri(
          `The HTTP URL ${path} attempted to redirect with an invalid ${String(status)} status code.`,
        );
      }
      url = next;
    }
    throw new MaxRedirectsExceeded(
      `The HTTP URL exceeded ${String(MAX_REDIRECTS)} maximum redirects.`,
    );
  }
}
