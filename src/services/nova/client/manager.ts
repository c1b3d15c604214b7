/**
 * What every manager of Nova's REST library does: ask at a path and take what is asked for out of the
 * answer. Upstream: novaclient/base.py (Manager).
 */
import { ClientException } from "../../../framework/apiclient/index.js";
import type { HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { isObject, type Json, type JsonObject } from "../../../python/index.js";
import type { OnTheWire } from "./resources.js";

/** The compute endpoint of one user, who is logged in there or will be at the first request. */
export interface ComputeEndpoint {
  /** Ask; `path` begins with a slash. @throws ClientException for 400 and up, ConnectionError */
  request(method: string, path: string, body?: Json): Op<HttpResponse>;
}

export type Guard<T> = (json: JsonObject) => json is OnTheWire<T>;

/** What has these members as text counts as a `T`; the rest is nova-api's word. */
export const withTexts =
  <T>(...names: readonly (keyof T & string)[]): Guard<T> =>
  (json): json is OnTheWire<T> =>
    names.every((name) => typeof json[name] === "string");

/** For what nobody but a person reads. */
export const isObjectAtAll = (json: JsonObject): json is JsonObject => isObject(json);
export class Manager {
  readonly #endpoint: ComputeEndpoint;

  constructor(endpoint: ComputeEndpoint) {
    this.#endpoint = endpoint;
  }

  /** The member `key` of what is at `path`. @throws ClientException */
  protected *get<T>(path: string, key: string, guard: Guard<T>): Op<OnTheWire<T>> {
    return member(yield* this.#endpoint.request("GET", path), key, guard);
  }

  /** The list `key` of what is at `path`. */
  protected *list<T>(path: string, key: string, guard: Guard<T>): Op<OnTheWire<T>[]> {
    return members(yield* this.#endpoint.request("GET", path), key, guard);
  }

  /** POST, and the member `key` of the answer. */
  protected *create<T>(path: string, body: Json, key: string, guard: Guard<T>): Op<OnTheWire<T>> {
    return member(yield* this.#endpoint.request("POST", path, body), key, guard);
  }

  /** PUT, and the member `key` of the answer. */
  protected *update<T>(path: string, body: Json, key: string, guard: Guard<T>): Op<OnTheWire<T>> {
    return member(yield* this.#endpoint.request("PUT", path, body), key, guard);
  }

  protected *remove(path: string): Op<void> {
    yield* this.#endpoint.request("DELETE", path);
  }

  /** POST, and the list `key` of the answer. */
  protected *createAll<T>(
    path: string,
    body: Json,
    key: string,
    guard: Guard<T>,
  ): Op<OnTheWire<T>[]> {
    return members(yield* this.#endpoint.request("POST", path, body), key, guard);
  }

  /** PUT; nobody looks at the answer. */
  protected *put(path: string, body: Json): Op<void> {
    yield* this.#endpoint.request("PUT", path, body);
  }

  /** GET of an object without a name. */
  protected *read(path: string): Op<JsonObject> {
    const response = yield* this.#endpoint.request("GET", path);
    if (isObject(response.body)) return response.body;
    throw unreadable(response, "an object");
  }

  /** PUT; the answer is an object without a name. */
  protected *replace(path: string, body: Json): Op<JsonObject> {
    const response = yield* this.#endpoint.request("PUT", path, body);
    if (isObject(response.body)) return response.body;
    throw unreadable(response, "an object");
  }

  /** POST; the answer is an object without a name. */
  protected *answer(path: string, body: Json): Op<JsonObject> {
    const response = yield* this.#endpoint.request("POST", path, body);
    if (isObject(response.body)) return response.body;
    throw unreadable(response, "an object");
  }

  /** POST. @returns where what was made is to be found */
  protected *locate(path: string, body: Json): Op<string> {
    const response = yield* this.#endpoint.request("POST", path, body);
    const { location } = response.headers;
    if (location !== undefined) return location;
    throw unreadable(response, "location");
  }

  /** POST; nobody looks at the answer. */
  /** @returns what was answered, if anything */
  protected *post(path: string, body: Json): Op<HttpResponse["body"]> {
    return (yield* this.#endpoint.request("POST", path, body)).body;
  }
}

function members<T>(response: HttpResponse, key: string, guard: Guard<T>): OnTheWire<T>[] {
  const list = isObject(response.body) ? response.body[key] : undefined;
  if (!Array.isArray(list)) throw unreadable(response, key);
  return (list as readonly Json[]).map((item) => {
    if (isObject(item) && guard(item)) return item;
    throw unreadable(response, key);
  });
}

function member<T>(response: HttpResponse, key: string, guard: Guard<T>): OnTheWire<T> {
  const found = isObject(response.body) ? response.body[key] : undefined;
  if (isObject(found) && guard(found)) return found;
  throw unreadable(response, key);
}

/** Upstream ends in a bare KeyError, TypeError or AttributeError here. */
function unreadable(response: HttpResponse, key: string): ClientException {
  const message = `The answer has no "${key}"`;
  const requestId = response.headers["x-compute-request-id"];
  return new ClientException({ code: response.status, message, requestId });
}
