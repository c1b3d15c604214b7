/**
 * What every manager of Cinder's REST library does: ask at a path and take what is asked for out of the
 * answer. Upstream: python-cinderclient 1.1.1 `cinderclient/base.py` (Manager).
 */
import { ClientException } from "../../../framework/apiclient/index.js";
import type { HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { isObject, textOf, urlencode, type Json, type JsonObject } from "../../../python/index.js";
import type { VolumeEndpoint } from "./http-client.js";

export type ApiVersion = "v1" | "v2";

/** What has an id; the rest is Cinder's word. */
export interface Resource extends JsonObject {
  readonly id: string;
}

export const isResource = (json: JsonObject): json is Resource => typeof json["id"] === "string";

export class Manager {
  protected readonly endpoint: VolumeEndpoint;
  protected readonly version: ApiVersion;

  constructor(endpoint: VolumeEndpoint, version: ApiVersion) {
    this.endpoint = endpoint;
    this.version = version;
  }

  /** How a text is called that a thing is known by: `name` since v2. */
  protected texts(name: Json, description: Json): JsonObject {
    if (this.version === "v2") return { name, description };
    return { display_name: name, display_description: description };
  }

  /** The member `key` of what is answered. @throws ClientException */
  protected *one(method: string, path: string, key: string, body?: Json): Op<JsonObject> {
    return member(yield* this.endpoint.request(method, path, body), key);
  }

  /** The same of what has an id. @throws ClientException */
  protected *resource(method: string, path: string, key: string, body?: Json): Op<Resource> {
    const response = yield* this.endpoint.request(method, path, body);
    const found = member(response, key);
    if (isResource(found)) return found;
    throw unreadable(response, "id");
  }

  /** The list `key` of what is at `path`. @throws ClientException */
  protected *list(path: string, key: string): Op<JsonObject[]> {
    const response = yield* this.endpoint.request("GET", path);
    const list = isObject(response.body) ? response.body[key] : undefined;
    if (Array.isArray(list)) return (list as readonly Json[]).filter(isObject);
    throw unreadable(response, key);
  }

  protected *remove(path: string): Op<void> {
    yield* this.endpoint.request("DELETE", path);
  }
}

/** `?a=1&b=2` of what is not empty, by name. */
export function queryOf(options: JsonObject): string {
  const names = Object.keys(options).filter((name) => Boolean(options[name]));
  const pairs = names.sort().map((name) => [name, textOf(options, name)] as const);
  return pairs.length === 0 ? "" : `?${urlencode(new Map(pairs))}`;
}

export function member(response: HttpResponse, key: string): JsonObject {
  const found = isObject(response.body) ? response.body[key] : undefined;
  if (isObject(found)) return found;
  throw unreadable(response, key);
}

/** Upstream ends in a bare KeyError or TypeError here. */
function unreadable(response: HttpResponse, key: string): ClientException {
  const message = `The answer has no "${key}"`;
  const requestId = response.headers["x-compute-request-id"];
  return new ClientException({ code: response.status, message, requestId });
}
