/**
 * Requests to the image cache, with Glance's own client of old: it logs in when it has no token and once more when
 * the one it has is refused, and then asks the host that the catalog names. Upstream: glance/image_cache/client.py,
 * glance/common/{client,auth}.py at 2014.2.
 */
import type { Requester } from "../../framework/apiclient/index.js";
import { ConnectionError, type HttpResponse } from "../../http/index.js";
import type { Op } from "../../kernel/index.js";
import { isObject, type Json } from "../../python/index.js";
import { isNumbered, KeystoneStrategy, type Credentials } from "./keystone-strategy.js";
import {
  ClientConnectionError,
  Forbidden,
  GlanceException,
  NotAuthenticated,
  NotFound,
} from "./errors.js";

export interface CacheClientOptions {
  readonly host: string;
  readonly port: number;
  readonly token: string | undefined;
  /** Undefined: nobody logs in. */
  readonly credentials: Credentials | undefined;
}

export class CacheClient {
  /** As the command line has it. */
  readonly host: string;
  readonly #http: Requester;
  readonly #login: KeystoneStrategy | undefined;
  #base: string;
  #token: string | undefined;

  constructor(http: Requester, { host, port, token, credentials }: CacheClientOptions) {
    this.host = host;
    this.#http = http;
    this.#base = `http://${host}:${String(port)}/v1`;
    this.#token = token;
    this.#login = credentials && new KeystoneStrategy(http, credentials);
  }

  /** What `/cached_images` or `/queued_images` lists. */
  *list(kind: "cached_images" | "queued_images"): Op<readonly Json[]> {
    const { body } = yield* this.#ask("GET", `/${kind}`);
    const listed = isObject(body) ? body[kind] : undefined;
    return Array.isArray(listed) ? (listed as readonly Json[]) : [];
  }

  *queue(id: string): Op<void> {
    yield* this.#ask("PUT", `/queued_images/${encodeURIComponent(id)}`);
  }

  *delete(kind: "cached_images" | "queued_images", id: string): Op<void> {
    yield* this.#ask("DELETE", `/${kind}/${encodeURIComponent(id)}`);
  }

  /** @returns how many there were */
  *deleteAll(kind: "cached_images" | "queued_images"): Op<Json> {
    const { body } = yield* this.#ask("DELETE", `/${kind}`);
    return isObject(body) ? (body["num_deleted"] ?? null) : null;
  }

  /** @throws GlanceException and its kinds */
  *#ask(method: string, path: string): Op<HttpResponse> {
    try {
      if (this.#token === undefined) yield* this.#authenticate();
      return yield* this.#request(method, path);
    } catch (error) {
      if (!(error instanceof NotAuthenticated)) throw error;
      yield* this.#authenticate();
      return yield* this.#request(method, path);
    }
  }

  *#authenticate(): Op<void> {
    if (this.#login === undefined) return;
    const { token, endpoint } = yield* this.#login.authenticate();
    this.#token = token;
    const url = endpoint.replace(/\/+$/u, "");
    this.#base = isNumbered(url) ? url : `${url}/v1`;
  }

  *#request(method: string, path: string): Op<HttpResponse> {
    const headers = this.#token === undefined ? {} : { "x-auth-token": this.#token };
    try {
      const response = yield* this.#http.request(method, this.#base + path, { headers });
      if ([200, 201, 202, 204].includes(response.status)) return response;
      throw refusal(response);
    } catch (error) {
      throw error instanceof ConnectionError ? new ClientConnectionError(error.message) : error;
    }
  }
}

function refusal({ status, body }: HttpResponse): GlanceException {
  const text = typeof body === "string" ? body : "";
  switch (status) {
    case 401:
      return new NotAuthenticated(text);
    case 403:
      return new Forbidden(text);
    case 404:
      return new NotFound(text);
    case 400:
    case 409:
      return new GlanceException(text);
    case 500:
      return new GlanceException("The request returned 500 Internal Server Error.");
    case 503:
      return new GlanceException(
        "The request returned 503 Service Unavailable. This generally occurs on service overload or other transient outage.",
      );
    default:
      return new GlanceException(
        `The request returned an unexpected status: ${String(status)}.\n\nThe response body:\n${text}`,
      );
  }
}
