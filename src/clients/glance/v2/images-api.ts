/**
 * Version 2 of Glance as the program asks it: an image is what its schema says, so that the schema is asked for
 * first. What the client holds against the schema itself before it sends anything (warlock) is left to Glance.
 * Upstream: glanceclient/v2/images.py, image_members.py, image_tags.py, schemas.py, 0.14.1.
 */
import type { Requester } from "../../../framework/apiclient/index.js";
import type { DataBody } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import {
  dictOrder,
  dumps,
  isObject,
  repr,
  textOf,
  urlencode,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import { ImagesHttpError } from "../errors.js";
import { GlanceHttp, type GlanceEndpoint } from "../glance-http.js";

const PATCH = { "Content-Type": "application/openstack-images-v2.1-json-patch" };
const JSON_TYPE = { "Content-Type": "application/json" };

export class ImagesV2Api {
  readonly #http: GlanceHttp;
  /** Models that are known already, by the names of their schemas. */
  readonly #models = new Set<string>();

  constructor(http: Requester, endpoint: GlanceEndpoint) {
    this.#http = new GlanceHttp(http, endpoint);
  }

  /** @throws ImagesHttpError */
  *schema(name: string): Op<JsonObject> {
    const { body } = yield* this.#http.ask("GET", `/v2/schemas/${name}`);
    return isObject(body) ? body : {};
  }

  *list(
    filters: readonly (readonly [string, string])[],
    tags: readonly string[],
  ): Op<JsonObject[]> {
    yield* this.#model("image");
    const values = new Map(filters);
    const query = urlencode(
      new Map(dictOrder([...values.keys()]).map((name) => [name, values.get(name) ?? ""])),
    );
    let url: string | undefined = [`/v2/images?${query}`, ...tags.map(tagQuery)].join("&");
    const found: JsonObject[] = [];
    while (url !== undefined) {
      const { body } = yield* this.#http.ask("GET", url);
      const page: JsonObject = isObject(body) ? body : {};
      found.push(...listIn(page, "images"));
      const next: Json = page["next"] ?? null;
      url = typeof next === "string" ? next : undefined;
    }
    return found;
  }

  *get(id: string): Op<JsonObject> {
    const { body } = yield* this.#http.ask("GET", pathOf(id));
    yield* this.#model("image");
    return isObject(body) ? body : {};
  }

  *create(fields: JsonObject): Op<JsonObject> {
    yield* this.#model("image");
    const { body } = yield* this.#http.ask("POST", "/v2/images", {
      ...{ body: fields, headers: JSON_TYPE },
    });
    return isObject(body) ? body : {};
  }

  /** @param core names that every image can have @returns the image afterwards */
  *update(
    id: string,
    fields: JsonObject,
    removed: readonly string[],
    core: readonly string[],
  ): Op<JsonObject> {
    const before = yield* this.get(id);
    yield* this.#patch(id, patchOf(before, fields, removed, core));
    return yield* this.get(id);
  }

  *upload(id: string, data: DataBody): Op<void> {
    yield* this.#http.ask("PUT", `${pathOf(id)}/file`, { body: data });
  }

  /** The data, which nobody has a use for. */
  *download(id: string): Op<void> {
    yield* this.#http.ask("GET", `${pathOf(id)}/file`);
  }

  *delete(id: string): Op<void> {
    yield* this.#http.ask("DELETE", pathOf(id));
  }

  *tag(id: string, tag: string): Op<void> {
    yield* this.#http.ask("PUT", `${pathOf(id)}/tags/${tag}`);
  }

  *untag(id: string, tag: string): Op<void> {
    yield* this.#http.ask("DELETE", `${pathOf(id)}/tags/${tag}`);
  }

  *members(image: string): Op<JsonObject[]> {
    const { body } = yield* this.#http.ask("GET", `${pathOf(image)}/members`);
    const members = listIn(isObject(body) ? body : {}, "members");
    if (members.length > 0) yield* this.#model("member");
    return members;
  }

  *share(image: string, member: string): Op<JsonObject> {
    return yield* this.#member("POST", `${pathOf(image)}/members`, { member });
  }

  *answer(image: string, member: string, status: string): Op<JsonObject> {
    return yield* this.#member("PUT", `${pathOf(image)}/members/${member}`, { status });
  }

  *unshare(image: string, member: string): Op<void> {
    yield* this.#http.ask("DELETE", `${pathOf(image)}/members/${member}`);
  }

  /** @throws ImagesHttpError as if Glance had said it */
  *addLocation(id: string, url: string, metadata: JsonObject): Op<JsonObject> {
    const known = yield* this.#locations(id);
    if (known.some((location) => location["url"] === url)) {
      throw new ImagesHttpError(409, `A location entry at ${url} already exists (HTTP 409)`);
    }
    const value = { url, metadata };
    yield* this.#patch(id, [{ op: "add", path: "/locations/-", value }]);
    return yield* this.get(id);
  }

  *deleteLocations(id: string, urls: ReadonlySet<string>): Op<void> {
    const known = (yield* this.#locations(id)).map((location) => textOf(location, "url"));
    const missing = [...urls].filter((url) => !known.includes(url));
    if (missing.length > 0) {
      const list = missing.map((url) => repr(url)).join(", ");
      throw new ImagesHttpError(404, `Unknown URL(s): [${list}] (HTTP 404)`);
    }
    const at = [...urls].map((url) => known.indexOf(url)).sort((a, b) => b - a);
    yield* this.#patch(
      id,
      at.map((index) => ({ op: "remove", path: `/locations/${String(index)}` })),
    );
  }

  /** All go, and come again: Glance knows no way to change one. */
  *updateLocation(id: string, url: string, metadata: JsonObject): Op<JsonObject> {
    const image = yield* this.#withLocations(id);
    const known = listIn(image, "locations");
    const one = known.find((location) => location["url"] === url);
    if (one === undefined) throw new ImagesHttpError(404, `Unknown URL: ${url} (HTTP 404)`);
    if (dumps(one["metadata"] ?? {}) === dumps(metadata)) return image;
    const value = known.map((location) => (location === one ? { ...one, metadata } : location));
    yield* this.#patch(id, [
      { op: "replace", path: "/locations", value: [] },
      { op: "replace", path: "/locations", value },
    ]);
    return yield* this.get(id);
  }

  *#locations(id: string): Op<JsonObject[]> {
    return listIn(yield* this.#withLocations(id), "locations");
  }

  *#withLocations(id: string): Op<JsonObject> {
    const image = yield* this.get(id);
    if (image["locations"] !== undefined) return image;
    throw new ImagesHttpError(
      400,
      "The administrator has disabled API access to image locations (HTTP 400)",
    );
  }

  *#member(method: string, path: string, body: JsonObject): Op<JsonObject> {
    const answer = yield* this.#http.ask(method, path, { body, headers: JSON_TYPE });
    yield* this.#model("member");
    return isObject(answer.body) ? answer.body : {};
  }

  *#patch(id: string, changes: readonly JsonObject[]): Op<void> {
    yield* this.#http.ask("PATCH", pathOf(id), { body: changes, headers: PATCH });
  }

  /** Asked for when something is to be made of it for the first time. */
  *#model(name: string): Op<void> {
    if (this.#models.has(name)) return;
    this.#models.add(name);
    yield* this.schema(name);
  }
}

const pathOf = (id: string): string => `/v2/images/${encodeURI(id)}`;

const tagQuery = (tag: string): string => urlencode(new Map([["tag", tag]]));

function listIn(body: JsonObject, key: string): JsonObject[] {
  const list = body[key];
  return Array.isArray(list) ? (list as readonly Json[]).filter(isObject) : [];
}

/** What leads from one image to the next: jsonpatch.make_patch, with `replace` for what every image can have. */
function patchOf(
  before: JsonObject,
  fields: JsonObject,
  removed: readonly string[],
  core: readonly string[],
): JsonObject[] {
  const gone = removed.filter((key) => Object.hasOwn(before, key) && !Object.hasOwn(fields, key));
  const same = (key: string): boolean => dumps(before[key] ?? null) === dumps(fields[key] ?? null);
  const known = (key: string): boolean => Object.hasOwn(before, key) || core.includes(key);
  const remove = gone.map((key) => ({ op: "remove", path: `/${key}` }));
  const set = dictOrder(Object.keys(fields))
    .filter((key) => !Object.hasOwn(before, key) || !same(key))
    .map((key) => ({
      op: known(key) ? "replace" : "add",
      path: `/${key}`,
      value: fields[key] ?? null,
    }));
  return [
    ...remove,
    ...set.filter(({ op }) => op === "replace"),
    ...set.filter(({ op }) => op === "add"),
  ];
}
