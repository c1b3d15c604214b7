/**
 * Glance as its clients see it: the v1 API by URL, with the caller's own token, as Nova and Cinder
 * use it. What it throws are the client library's errors; translating them is the caller's affair,
 * as in nova/image/glance.py. Upstream: python-glanceclient 0.14 (v1/images.py, exc.py).
 */
import { ConnectionError, type HttpClient, type HttpResponse } from "../../http/index.js";
import type { Headers, QueryValue } from "../../http/index.js";
import { sleep, type Op } from "../../kernel/index.js";
import { CommunicationError, errorOf } from "./client-errors.js";
import { transferTime, type ImageData } from "./image-data.js";
import { headersOf, metaOf, type ImageChanges } from "./image-meta.js";

export {
  CommunicationError,
  HTTPBadRequest,
  HTTPForbidden,
  HTTPNotFound,
  HTTPServiceUnavailable,
  HTTPUnauthorized,
} from "./client-errors.js";
export type { ImageChanges } from "./image-meta.js";

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

export class GlanceClient {
  readonly #http: HttpClient;
  readonly #endpoint: string;

  /** @param endpoint `http://controller:9292` */
  constructor(http: HttpClient, endpoint: string) {
    this.#http = http;
    this.#endpoint = endpoint.replace(/\/+$/, "");
  }

  /** What is known of an image: `HEAD /v1/images/{id}`. @throws GlanceHttpError, CommunicationError */
  *get(bearer: TokenBearer, id: string): Op<GlanceImage> {
    const { headers } = yield* this.#ask(bearer, "HEAD", pathOf(id));
    return imageOf(metaOf(headers));
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
      const page = (body as unknown as { images: ImageChanges[] }).images.map(imageOf);
      found.push(...page);
      if (page.length < wanted) break;
    }
    return found;
  }

  /** An image without data: `POST /v1/images`, headers only. It is queued, or active if of size 0. */
  *create(bearer: TokenBearer, meta: ImageChanges): Op<GlanceImage> {
    const headers = headersOf(meta);
    return made(yield* this.#ask(bearer, "POST", "/v1/images", { headers }));
  }

  /**
   * Other metadata: `PUT /v1/images/{id}` without data.
   * @param purge whether properties that are not named go
   */
  *update(
    bearer: TokenBearer,
    id: string,
    meta: ImageChanges,
    { purge = false }: { purge?: boolean } = {},
  ): Op<GlanceImage> {
    const purging = { "x-glance-registry-purge-props": purge ? "true" : "false" };
    const headers = { ...headersOf(meta), ...purging };
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
      ...headersOf(meta),
      "content-type": "application/octet-stream",
      "x-glance-registry-purge-props": "false",
    };
    return made(yield* this.#ask(bearer, "PUT", pathOf(id), { headers, body }));
  }

  /** The data: `GET /v1/images/{id}`; it ends when all of it has arrived at that speed. */
  *download(bearer: TokenBearer, id: string, bytesPerSecond: number): Op<Transfer> {
    const { body } = yield* this.#ask(bearer, "GET", pathOf(id));
    const { bytes, checksum } = (body as unknown as ImageData).$data;
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
      throw new CommunicationError(`Error finding address for ${url}: ${error.message}`);
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

const made = ({ body }: HttpResponse): GlanceImage =>
  imageOf((body as unknown as { image: ImageChanges }).image);

function imageOf(meta: ImageChanges): GlanceImage {
  const properties: Record<string, string> = {};
  for (const [name, value] of Object.entries(meta.properties ?? {})) properties[name] = value ?? "";
  return {
    id: meta.id ?? "",
    name: meta.name ?? null,
    status: meta.status ?? "",
    size: meta.size ?? 0,
    checksum: meta.checksum ?? null,
    disk_format: meta.disk_format ?? null,
    container_format: meta.container_format ?? null,
    min_disk: meta.min_disk ?? 0,
    min_ram: meta.min_ram ?? 0,
    owner: meta.owner ?? null,
    is_public: meta.is_public ?? false,
    protected: meta.protected ?? false,
    deleted: meta.deleted ?? false,
    created_at: meta.created_at ?? null,
    updated_at: meta.updated_at ?? null,
    deleted_at: meta.deleted_at ?? null,
    properties,
  };
}
