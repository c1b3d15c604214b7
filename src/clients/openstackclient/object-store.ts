/**
 * Swift as `openstack` asks it: with a library of its own, which knows requests and no Swift. Upstream:
 * openstackclient/object/v1/lib/{container,object}.py, openstackclient/common/restapi.py, 0.4.1; requests 2.4
 * (Response.raise_for_status).
 */
import type { Requester } from "../../framework/apiclient/index.js";
import { reason, type DataBody, type HttpResponse, type QueryValue } from "../../http/index.js";
import type { Op } from "../../kernel/index.js";
import {
  dictOrder,
  Exception,
  isObject,
  textOf,
  ValueError,
  type Json,
  type JsonObject,
} from "../../python/index.js";

/** A refusal. */
class HTTPError extends Exception {
  static override readonly module: string = "requests.exceptions";
  override readonly name: string = "HTTPError";
}

export interface ObjectListing {
  readonly marker?: string | undefined;
  readonly limit?: number | undefined;
  readonly end_marker?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly prefix?: string | undefined;
}

export class ObjectStore {
  readonly #http: Requester;
  readonly #url: string;
  readonly #token: string;

  constructor(http: Requester, url: string, token: string) {
    this.#http = http;
    this.#url = url;
    this.#token = token;
  }

  /** The last part of the path of its URL. */
  get account(): string {
    return /^\w+:\/\/[^/]*(.*)$/su.exec(this.#url)?.[1]?.split("/").at(-1) ?? "";
  }

  /** Of a container or an object. @throws HTTPError */
  head(name: string): Op<HttpResponse> {
    return this.#ask("HEAD", `/${name}`);
  }

  put(name: string, data?: DataBody): Op<HttpResponse> {
    return this.#ask("PUT", `/${name}`, {}, data);
  }

  *delete(name: string): Op<void> {
    yield* this.#ask("DELETE", `/${name}`);
  }

  /** What is in the account, or in a container: one answer, or with `all` as many as there are. */
  *list(container: string | undefined, query: ObjectListing, all: boolean): Op<JsonObject[]> {
    const at = container === undefined ? "" : `/${container}`;
    const found = yield* this.#page(at, query);
    let { length } = found;
    while (all && length > 0) {
      const last = found.at(-1) ?? {};
      const marker = textOf(last, query.delimiter && !("name" in last) ? "subdir" : "name");
      const more = yield* this.#page(at, { ...query, marker });
      found.push(...more);
      ({ length } = more);
    }
    return found;
  }

  *#page(at: string, query: ObjectListing): Op<JsonObject[]> {
    const said = new Map<string, QueryValue>([["format", "json"]]);
    for (const [name, value] of Object.entries(query)) if (isSaid(value)) said.set(name, value);
    const order = dictOrder([...said.keys()]);
    const asked = Object.fromEntries(order.map((name) => [name, said.get(name)]));
    const { body } = yield* this.#ask("GET", at, asked);
    if (Array.isArray(body)) return (body as readonly Json[]).filter(isObject);
    throw new ValueError("No JSON object could be decoded");
  }

  *#ask(
    method: string,
    path: string,
    query: Readonly<Record<string, QueryValue>> = {},
    body?: DataBody,
  ): Op<HttpResponse> {
    const url = `${this.#url}${encodeURI(path).replaceAll("%25", "%")}`;
    const headers = { "X-Auth-Token": this.#token, Accept: "*/*" };
    const response = yield* this.#http.request(method, url, { headers, query, body });
    const { status } = response;
    if (status < 400) return response;
    const whose = status < 500 ? "Client" : "Server";
    const words = response.reason ?? reason(status);
    throw new HTTPError(`${String(status)} ${whose} Error: ${words}`);
  }
}

const isSaid = (value: unknown): value is string | number =>
  (typeof value === "string" && value !== "") || (typeof value === "number" && value !== 0);
