/**
 * Glance as its clients see it: the v1 API by URL, with the caller's own token, as Nova and Cinder
 * use it. What it throws are the client library's errors; translating them is the caller's affair,
 * as in nova/image/glance.py. Upstream: python-glanceclient 0.14 (v1/images.py, exc.py).
 */
import type { Requester } from "../../../framework/apiclient/index.js";
import {
  ConnectionError,
  Query,
  type Headers,
  type HttpResponse,
  type QueryValue,
} from "../../../http/index.js";
import { sleep, type Op } from "../../../kernel/index.js";
import { isObject, textOf, type Json, type JsonObject } from "../../../python/index.js";
import { isImageData, transferTime, type ImageData } from "../image-data.js";
import { answeredMeta, sentHeaders, type ImageChanges } from "../image-meta.js";
import { CommunicationError, errorOf } from "./errors.js";

/** Whoever asks, as far as Glance is concerned: Nova's request context is one. */
export interface TokenBearer {
  readonly auth_token: string | null;
}

/** An image as the client library gives it. */
export interface GlanceImage {
  readonly id: string;
  readonly name: string | null;
  /** `queued`, `saving`, `active`, `killed`, `deleted`, `pending_delete`. */
  readonly status: string;
  /** Bytes; 0 until there is data. */
  readonly size: number;
  readonly checksum: string | null;
  readonly disk_format: string | null;
  readonly container_format: string | null;
  /** GB. */
  readonly min_disk: number;
  /** MB. */
  readonly min_ram: number;
  readonly owner: string | null;
  readonly is_public: boolean;
  readonly protected: boolean;
  readonly deleted: boolean;
  /** `2014-09-18T04:03:09`. */
  readonly created_at: string | null;
  readonly updated_at: string | null;
  readonly deleted_at: string | null;
  readonly properties: Readonly<Record<string, string>>;
}

/** Image data to send or as it came. */
export interface Transfer {
  /** Bytes. */
  readonly size: number;
  readonly checksum: string | undefined;
}

/** Which part of a list. */
export interface PageOptions {
  /** Images at most; without it, all. */
  readonly limit?: number;
  /** The id of the image before the first one. */
  readonly marker?: string | undefined;
  /** Images in one answer. */
  readonly pageSize?: number;
}

const PAGE_SIZE = 20;
/** Of an answer without a body. */
const NO_DATA = { bytes: 0, checksum: undefined };

export class GlanceClient {
  readonly #http: Requester;
  readonly #endpoint: string;

  /** @param endpoint `http://controller:9292` */
  constructor(http: Requester, endpoint: string) {
    this.#http = http;
    this.#endpoint = endpoint.replace(/\/+$/, "");
  }

  /** What is known of an image: `HEAD /v1/images/{id}`. @throws GlanceHttpError, CommunicationError */
  *get(bearer: TokenBearer, id: string): Op<GlanceImage> {
    const { headers } = yield* this.#ask(bearer, "HEAD", pathOf(id));
    return imageOf(answeredMeta(headers));
  }

  /**
   * Images that match, page by page: `GET /v1/images/detail`.
   * @param filters `name`, `status`, `is_public` (an admin's `none` means all), `property-x`,
   *   and `sort_key`, `sort_dir`
   */
  *list(
    bearer: TokenBearer,
    filters: Readonly<Record<string, QueryValue>> = {},
    { limit = Infinity, marker, pageSize = PAGE_SIZE }: PageOptions = {},
  ): Op<GlanceImage[]> {
    const found: GlanceImage[] = [];
    while (found.length < limit) {
      const wanted = Math.min(pageSize, limit - found.length);
      const query = { ...filters, limit: wanted, marker: found.at(-1)?.id ?? marker };
      const { body } = yield* this.#ask(bearer, "GET", "/v1/images/detail", { query });
      const page = imagesIn(body);
      found.push(...page);
      if (page.length < wanted) break;
    }
    return found;
  }

  /** An image without data: `POST /v1/images`, headers only. It is queued, or active if of size 0. */
  *create(bearer: TokenBearer, meta: ImageChanges): Op<GlanceImage> {
    const headers = sentHeaders(meta);
    return made(yield* this.#ask(bearer, "POST", "/v1/images", { headers }));
  }

  /**
   * Other metadata: `PUT /v1/images/{id}` without data.
   * @param purge whether properties that are not named go
   * @param copyFrom where Glance is to fetch the data from by itself
   */
  *update(
    bearer: TokenBearer,
    id: string,
    meta: ImageChanges,
    { purge = false, copyFrom }: { purge?: boolean; copyFrom?: string } = {},
  ): Op<GlanceImage> {
    const headers = {
      ...sentHeaders(meta),
      ...(copyFrom !== undefined && { "x-glance-api-copy-from": copyFrom }),
      "x-glance-registry-purge-props": purge ? "true" : "false",
    };
    return made(yield* this.#ask(bearer, "PUT", pathOf(id), { headers }));
  }

  /**
   * Metadata and data: `PUT /v1/images/{id}` with a body. It takes as long as the data needs at
   * that speed, and the image is `saving` meanwhile.
   */
  *upload(
    bearer: TokenBearer,
    id: string,
    meta: ImageChanges,
    bytes: number,
    bytesPerSecond: number,
  ): Op<GlanceImage> {
    const duration = transferTime(bytes, bytesPerSecond);
    const body: ImageData = { $data: { bytes, ...(duration > 0 && { duration }) } };
    const headers = {
      ...sentHeaders(meta),
      "content-type": "application/octet-stream",
      "x-glance-registry-purge-props": "false",
    };
    return made(yield* this.#ask(bearer, "PUT", pathOf(id), { headers, body }));
  }

  /** The data: `GET /v1/images/{id}`; it ends when all of it has arrived at that speed. */
  *download(bearer: TokenBearer, id: string, bytesPerSecond: number): Op<Transfer> {
    const { body } = yield* this.#ask(bearer, "GET", pathOf(id));
    const { bytes, checksum } = isImageData(body) ? body.$data : NO_DATA;
    yield* sleep(transferTime(bytes, bytesPerSecond));
    return { size: bytes, checksum };
  }

  /** `DELETE /v1/images/{id}`. */
  *delete(bearer: TokenBearer, id: string): Op<void> {
    yield* this.#ask(bearer, "DELETE", pathOf(id));
  }

  *#ask(
    { auth_token }: TokenBearer,
    method: string,
    path: string,
    { headers = {}, ...options }: AskOptions = {},
  ): Op<HttpResponse> {
    const token: Headers = auth_token === null ? {} : { "x-auth-token": auth_token };
    const url = this.#endpoint + path;
    try {
      const sent = { ...headers, ...token };
      const response = yield* this.#http.request(method, url, { ...options, headers: sent });
      if (response.status < 400) return response;
      throw errorOf(response);
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      const asked = `${url}${new Query(options.query).toString()}`;
      throw new CommunicationError(`Error finding address for ${asked}: ${error.message}`);
    }
  }
}

/** Ids come from users, who may type anything. */
const pathOf = (id: string): string => `/v1/images/${encodeURIComponent(id)}`;

interface AskOptions {
  readonly headers?: Headers;
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, QueryValue>>;
}

const made = ({ body }: HttpResponse): GlanceImage => {
  const image = isObject(body) ? body["image"] : undefined;
  return imageOf(isObject(image) ? image : {});
};

function imagesIn(body: Json): GlanceImage[] {
  const images = isObject(body) ? body["images"] : undefined;
  return Array.isArray(images) ? (images as readonly Json[]).filter(isObject).map(imageOf) : [];
}

function imageOf(meta: JsonObject): GlanceImage {
  const properties: Record<string, string> = {};
  const own = meta["properties"];
  if (isObject(own)) for (const name of Object.keys(own)) properties[name] = textOf(own, name);
  return {
    id: textOf(meta, "id"),
    name: textOrNull(meta["name"]),
    status: textOf(meta, "status"),
    size: numberOf(meta["size"]),
    checksum: textOrNull(meta["checksum"]),
    disk_format: textOrNull(meta["disk_format"]),
    container_format: textOrNull(meta["container_format"]),
    min_disk: numberOf(meta["min_disk"]),
    min_ram: numberOf(meta["min_ram"]),
    owner: textOrNull(meta["owner"]),
    is_public: meta["is_public"] === true,
    protected: meta["protected"] === true,
    deleted: meta["deleted"] === true,
    created_at: textOrNull(meta["created_at"]),
    updated_at: textOrNull(meta["updated_at"]),
    deleted_at: textOrNull(meta["deleted_at"]),
    properties,
  };
}

const textOrNull = (value: Json | undefined): string | null =>
  typeof value === "string" ? value : null;

const numberOf = (value: Json | undefined): number => (typeof value === "number" ? value : 0);
