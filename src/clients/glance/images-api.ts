/**
 * Version 1 of Glance as the program `glance` asks it: metadata in headers both ways. Not the library
 * of the services, which has no need of half of this. Upstream: glanceclient/v1/images.py,
 * glanceclient/v1/image_members.py, glanceclient/common/utils.py (find_resource), 0.14.1.
 */
import { CommandError, type Requester } from "../../framework/apiclient/index.js";
import type { DataBody, Headers, QueryValue } from "../../http/index.js";
import type { Op } from "../../kernel/index.js";
import {
  boolFromString,
  isObject,
  isUuid,
  parseInteger,
  str,
  textOf,
  type Json,
  type JsonObject,
} from "../../python/index.js";
import { ImagesHttpError } from "./errors.js";
import { GlanceHttp, type GlanceEndpoint } from "./glance-http.js";

/** Metadata of an image, as it is sent or was answered; `properties` among it. */
export type Metadata = Readonly<Record<string, Json>>;

export interface ListOptions {
  readonly filters?: Readonly<Record<string, QueryValue>>;
  /** A text, as it was typed, is like no number: nobody asks for a second page then. */
  readonly pageSize?: number | string | undefined;
  /** Only images of this tenant, of the first page; an empty text is those of nobody. */
  readonly owner?: string | undefined;
}

export interface ImagesOptions extends GlanceEndpoint {
  readonly verbose: boolean;
}

export class ImagesApi {
  /** `--verbose` */
  readonly verbose: boolean;
  readonly #http: GlanceHttp;

  constructor(http: Requester, { verbose, ...endpoint }: ImagesOptions) {
    this.#http = new GlanceHttp(http, endpoint);
    this.verbose = verbose;
  }

  *get(id: string): Op<JsonObject> {
    const { headers } = yield* this.#http.ask("HEAD", `/v1/images/${encodeURI(id)}`);
    return answered(headers);
  }

  /** Page by page. That `owner` counts in the first of them only is upstream's mistake. */
  *list({ filters = {}, pageSize = 20, owner }: ListOptions): Op<JsonObject[]> {
    const found: JsonObject[] = [];
    let marker: string | undefined;
    let wanted = owner;
    for (;;) {
      const query = { limit: pageSize, ...filters, ...(marker !== undefined && { marker }) };
      const { body } = yield* this.#http.ask("GET", "/v1/images/detail", { query });
      const page = listIn(body, "images");
      found.push(...page.filter((image) => ownedBy(image, wanted)));
      const last = page.at(-1);
      if (pageSize === 0 || page.length !== pageSize || last === undefined) return found;
      marker = textOf(last, "id");
      wanted = undefined;
    }
  }

  /** By number, by id, by name. @throws CommandError if there is none, or more than one */
  *find(nameOrId: string): Op<JsonObject> {
    const number = /^\d+$/u.test(nameOrId) ? parseInteger(nameOrId) : undefined;
    const ids = [
      ...(number === undefined ? [] : [String(number)]),
      ...(isUuid(nameOrId) ? [nameOrId] : []),
    ];
    for (const id of ids) {
      try {
        return yield* this.get(id);
      } catch (error) {
        if (!(error instanceof ImagesHttpError) || error.status !== 404) throw error;
      }
    }
    const [found, ...others] = yield* this.list({ filters: { name: nameOrId } });
    if (found === undefined) {
      throw new CommandError(`No image with a name or ID of '${nameOrId}' exists.`);
    }
    if (others.length === 0) return found;
    throw new CommandError(
      `Multiple image matches found for '${nameOrId}', use an ID to be more specific.`,
    );
  }

  *create(fields: Metadata, data?: DataBody): Op<JsonObject> {
    const headers = sentHeaders(fields);
    const { body } = yield* this.#http.ask("POST", "/v1/images", { headers, body: data });
    return imageIn(body);
  }

  *update(id: string, fields: Metadata, purge: boolean, data?: DataBody): Op<JsonObject> {
    const purging = { "x-glance-registry-purge-props": purge ? "true" : "false" };
    const headers = { ...purging, ...sentHeaders(fields) };
    const { body } = yield* this.#http.ask("PUT", `/v1/images/${id}`, { headers, body: data });
    return imageIn(body);
  }

  *delete(id: string): Op<void> {
    yield* this.#http.ask("DELETE", `/v1/images/${id}`);
  }

  /** The data, which nobody has a use for. */
  *download(id: string): Op<void> {
    yield* this.#http.ask("GET", `/v1/images/${id}`);
  }

  *membersOf(image: string): Op<JsonObject[]> {
    const { body } = yield* this.#http.ask("GET", `/v1/images/${image}/members`);
    return listIn(body, "members").map((member) => ({ ...member, image_id: image }));
  }

  *sharedWith(member: string): Op<JsonObject[]> {
    const { body } = yield* this.#http.ask("GET", `/v1/shared-images/${member}`);
    return listIn(body, "shared_images").map((image) => ({ ...image, member_id: member }));
  }

  *share(image: string, member: string, canShare: boolean): Op<void> {
    const headers = { "Content-Type": "application/json" };
    const body = { member: { can_share: canShare } };
    yield* this.#http.ask("PUT", `/v1/images/${image}/members/${member}`, { headers, body });
  }

  *unshare(image: string, member: string): Op<void> {
    yield* this.#http.ask("DELETE", `/v1/images/${image}/members/${member}`);
  }
}

function sentHeaders({ properties, copy_from, ...fields }: Metadata): Headers {
  const headers: Record<string, string> = {};
  for (const [key, value] of Object.entries(isObject(properties) ? properties : {})) {
    headers[`x-image-meta-property-${key}`] = str(value);
  }
  for (const [key, value] of Object.entries(fields)) headers[`x-image-meta-${key}`] = str(value);
  if (copy_from !== undefined) headers["x-glance-api-copy-from"] = str(copy_from);
  return headers;
}

function answered(headers: Headers): JsonObject {
  const properties: Record<string, Json> = {};
  const meta: Record<string, Json> = {};
  for (const [key, value] of Object.entries(headers)) {
    const [, property, name] = /^x-image-meta-(property-)?(.*)$/su.exec(key) ?? [];
    if (name === undefined) continue;
    if (property === undefined) meta[name] = value;
    else properties[name] = value;
  }
  for (const key of ["is_public", "protected", "deleted"]) {
    if (meta[key] !== undefined) meta[key] = boolFromString(meta[key]);
  }
  return withNumbers({ ...meta, properties });
}

function imageIn(body: Json): JsonObject {
  const image = isObject(body) ? body["image"] : undefined;
  return withNumbers(isObject(image) ? image : {});
}

function withNumbers(meta: JsonObject): JsonObject {
  const numbers = Object.entries(meta)
    .filter(([key]) => ["size", "min_ram", "min_disk"].includes(key))
    .map(([key, value]): [string, Json] => [
      key,
      value === null || value === "" ? 0 : (parseInteger(str(value)) ?? value),
    ]);
  return { ...meta, ...Object.fromEntries(numbers) };
}

function ownedBy({ owner = null }: JsonObject, wanted: string | undefined): boolean {
  return wanted === undefined || (owner === null ? wanted === "" : owner === wanted);
}

function listIn(body: Json, key: string): JsonObject[] {
  const list = isObject(body) ? body[key] : undefined;
  return Array.isArray(list) ? (list as readonly Json[]).filter(isObject) : [];
}
