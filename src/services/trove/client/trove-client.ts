/**
 * Requests of trove-api, by path: it takes what is asked for out of the answer and knows of pages. It knows a
 * way to the service and no login. Upstream: troveclient/base.py (Manager), troveclient/common.py of 1.0.7.
 */
import { ClientException } from "../../../framework/apiclient/index.js";
import { parseQuery, type HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { isObject, quote, textOf, type Json, type JsonObject } from "../../../python/index.js";

/** The database endpoint of one user, who is logged in there or will be at the first request. */
export interface DatabaseEndpoint {
  /** Ask; `path` begins with a slash. @throws ClientException for 400 and up, ConnectionError */
  request(method: string, path: string, body?: Json): Op<HttpResponse>;
}

/** A page of a list, and the marker of what follows it. */
export interface TrovePage {
  readonly items: readonly JsonObject[];
  readonly next: string | undefined;
}

export interface PageQuery {
  readonly limit?: string | number | undefined;
  readonly marker?: string | undefined;
  readonly [name: string]: string | number | undefined;
}

export class TroveClient {
  readonly #endpoint: DatabaseEndpoint;

  constructor(endpoint: DatabaseEndpoint) {
    this.#endpoint = endpoint;
  }

  /** The member `key` of what is at `path`. @throws ClientException */
  *get(path: string, key: string): Op<JsonObject> {
    return member(yield* this.#endpoint.request("GET", path), key);
  }

  /** All of what is at `path`. */
  *whole(path: string): Op<JsonObject> {
    const { body } = yield* this.#endpoint.request("GET", path);
    return isObject(body) ? body : {};
  }

  *list(path: string, key: string): Op<readonly JsonObject[]> {
    return (yield* this.page(path, key)).items;
  }

  /** What is empty in a query is left out. */
  *page(path: string, key: string, query: PageQuery = {}): Op<TrovePage> {
    const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
    const asked = pairs.map(([name, value]) => `${name}=${String(value)}`).join("&");
    const response = yield* this.#endpoint.request("GET", asked === "" ? path : `${path}?${asked}`);
    return { items: members(response, key), next: nextMarker(response.body) };
  }

  /** Page after page. */
  *all(path: string, key: string, query: PageQuery = {}): Op<readonly JsonObject[]> {
    let page = yield* this.page(path, key, query);
    const items = [...page.items];
    while (page.next !== undefined) {
      page = yield* this.page(path, key, { marker: page.next });
      items.push(...page.items);
    }
    return items;
  }

  /** Without a body, where Trove takes none. */
  *create(path: string, body: Json | undefined, key: string): Op<JsonObject> {
    return member(yield* this.#endpoint.request("POST", path, body), key);
  }

  /** POST, and the list `key` of the answer. */
  *createAll(path: string, body: Json, key: string): Op<readonly JsonObject[]> {
    return members(yield* this.#endpoint.request("POST", path, body), key);
  }

  *post(path: string, body: Json): Op<void> {
    yield* this.#endpoint.request("POST", path, body);
  }

  *put(path: string, body: Json): Op<void> {
    yield* this.#endpoint.request("PUT", path, body);
  }

  *patch(path: string, body: Json): Op<void> {
    yield* this.#endpoint.request("PATCH", path, body);
  }

  *delete(path: string): Op<void> {
    yield* this.#endpoint.request("DELETE", path);
  }
}

/** `quote_user_host`: dots too, as a path would end at them. */
export const quoteUserHost = (user: string, host: string | undefined): string =>
  quote(host === undefined ? user : `${user}@${host}`).replaceAll(".", "%2e");

function nextMarker(body: Json): string | undefined {
  const links = isObject(body) ? body["links"] : undefined;
  if (!Array.isArray(links)) return undefined;
  const next = (links as readonly Json[]).filter(isObject).find(({ rel }) => rel === "next");
  if (next === undefined) return undefined;
  const [, query = ""] = textOf(next, "href").split("?");
  return parseQuery(query).get("marker");
}

function member(response: HttpResponse, key: string): JsonObject {
  const found = isObject(response.body) ? response.body[key] : undefined;
  if (isObject(found)) return found;
  throw unreadable(response, key);
}

function members(response: HttpResponse, key: string): readonly JsonObject[] {
  const list = isObject(response.body) ? response.body[key] : undefined;
  if (Array.isArray(list)) return (list as readonly Json[]).filter(isObject);
  throw unreadable(response, key);
}

/** Upstream ends in a bare KeyError here. */
const unreadable = ({ status }: HttpResponse, key: string): ClientException =>
  new ClientException({ code: status, message: `The answer has no "${key}"` });
