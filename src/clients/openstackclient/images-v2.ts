/**
 * Version 2 of Glance as its library asks it: whoever wants an image asks for the schema of images first, or
 * right after. Upstream: glanceclient/v2/images.py (Controller), 0.14.1.
 */
import { ConnectionError, type HttpResponse } from "../../http/index.js";
import { CommandError, type Requester } from "../../framework/apiclient/index.js";
import type { Op } from "../../kernel/index.js";
import { isObject, type Json, type JsonObject } from "../../python/index.js";
import { errorOf } from "../glance/errors.js";

export class ImagesV2 {
  readonly #http: Requester;
  readonly #endpoint: string;
  readonly #token: string;
  #knowsSchema = false;

  constructor(http: Requester, endpoint: string, token: string) {
    this.#http = http;
    this.#endpoint = endpoint.replace(/\/$/u, "").replace(/\/v\d+\.?\d*[^/]*$/u, "");
    this.#token = token;
  }

  /** Page by page. */
  *list(pageSize: string): Op<JsonObject[]> {
    yield* this.#schema();
    const found: JsonObject[] = [];
    for (let at = `/v2/images?limit=${encodeURIComponent(pageSize)}`; ;) {
      const { body } = yield* this.#ask("GET", at);
      const { images = null, next } = isObject(body) ? body : {};
      if (Array.isArray(images)) found.push(...(images as readonly Json[]).filter(isObject));
      if (typeof next !== "string") return found;
      at = next;
    }
  }

  *get(id: string): Op<JsonObject> {
    const { body } = yield* this.#ask("GET", `/v2/images/${id}`);
    yield* this.#schema();
    const { self: _, ...image } = isObject(body) ? body : {};
    return image;
  }

  /** `id`: as it is put into the path. */
  *download(id: string): Op<void> {
    yield* this.#ask("GET", `/v2/images/${id}/file`);
  }

  *delete(id: string): Op<void> {
    yield* this.#ask("DELETE", `/v2/images/${id}`);
  }

  *#schema(): Op<void> {
    if (this.#knowsSchema) return;
    yield* this.#ask("GET", "/v2/schemas/image");
    this.#knowsSchema = true;
  }

  /** @throws ImagesHttpError, CommandError if nobody answers */
  *#ask(method: string, path: string): Op<HttpResponse> {
    const url = `${this.#endpoint}${encodeURI(path).replaceAll("%25", "%")}`;
    const headers = {
      ...{ "Content-Type": "application/octet-stream", Accept: "*/*" },
      "X-Auth-Token": this.#token,
    };
    try {
      const response = yield* this.#http.request(method, url, { headers });
      if (response.status >= 400 || response.status === 300) throw errorOf(response);
      return response;
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      throw new CommandError(`Error finding address for ${url}: ${error.message}`);
    }
  }
}
