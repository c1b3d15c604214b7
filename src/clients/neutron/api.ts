/**
 * Neutron's API as the commands ask it: paths, queries in the order of Python's dictionaries, pages
 * of a list. Upstream: neutronclient/v2_0/client.py (Client) and client.py (SessionClient), 2.3.9.
 *
 * That release has two faults of its own, kept here. The session raises for every status of 400 or
 * more before the client has looked at the body, so that what Neutron said is lost: `Conflict (HTTP
 * 409)`. And the options for another endpoint are looked up at the login only.
 */
import type { Op } from "../../kernel/index.js";
import { parseQuery, Query, type HttpResponse, type QueryValue } from "../../http/index.js";
import {
  dictOrder,
  Exception,
  isObject,
  quote,
  str,
  type Json,
  type JsonObject,
} from "../../python/index.js";
import type { KeystoneSession } from "../openstack/keystone-session.js";

/** Filters and whatever else goes into the query of a list. */
export type Search = Readonly<Record<string, Json>>;

const AGENT = "python-neutronclient";
const LONGEST = 8192;

/** So many ids were asked for that no URL holds them. */
export class RequestUriTooLong extends Exception {
  override readonly name: string = "RequestURITooLong";
  readonly excess: number;

  constructor(excess: number) {
    super("An unknown exception occurred.");
    this.excess = excess;
  }
}

export class NeutronApi {
  readonly #session: KeystoneSession;
  readonly #region: string | undefined;

  constructor(session: KeystoneSession, region: string | undefined) {
    this.#session = session;
    this.#region = region;
  }

  /** Log in and look for the endpoint that was asked for. @throws KeystoneClientError, EndpointNotFound */
  *authenticate(serviceType: string, kind: string): Op<void> {
    yield* this.#session.endpoint({ serviceType, interface: kind, region: this.#region });
  }

  *get(path: string, search: Search = {}): Op<JsonObject> {
    return objectIn(yield* this.#request("GET", path, queryOf(search)));
  }

  /** All pages of a list. */
  *list(collection: string, path: string, search: Search = {}): Op<JsonObject[]> {
    const found: JsonObject[] = [];
    let query = queryOf(search);
    for (;;) {
      const body = objectIn(yield* this.#request("GET", path, query));
      found.push(...objectsIn(body[collection]));
      const next = objectsIn(body[`${collection}_links`]).find((link) => link["rel"] === "next");
      if (typeof next?.["href"] !== "string") return found;
      const pairs = parseQuery(next["href"].split("?")[1] ?? "");
      query = queryOf(Object.fromEntries(pairs.names().map((name) => [name, pairs.getAll(name)])));
    }
  }

  *post(path: string, body: JsonObject): Op<JsonObject> {
    return objectIn(yield* this.#request("POST", path, new Query(), body));
  }

  *put(path: string, body: JsonObject): Op<JsonObject> {
    return objectIn(yield* this.#request("PUT", path, new Query(), body));
  }

  *delete(path: string): Op<void> {
    yield* this.#request("DELETE", path, new Query());
  }

  *#request(method: string, path: string, query: Query, body?: JsonObject): Op<HttpResponse> {
    const region = this.#region;
    const choice = { serviceType: "network", interface: "publicURL", region };
    const endpoint = (yield* this.#session.endpoint(choice)).replace(/\/+$/, "");
    const action = `/v2.0${path.split("/").map(quote).join("/")}.json${query.toString()}`;
    const excess = endpoint.length + action.length - LONGEST;
    if (excess > 0) throw new RequestUriTooLong(excess);
    return yield* this.#session.request(method, endpoint + action, AGENT, body);
  }
}

/** `urlencode(params, doseq=1)`. */
const queryOf = (search: Search): Query =>
  new Query(
    Object.fromEntries(dictOrder(Object.keys(search)).map((key) => [key, valueOf(search[key])])),
  );

function valueOf(value: Json | undefined): QueryValue {
  if (Array.isArray(value)) return (value as readonly Json[]).map(str);
  return str(value ?? null);
}

const objectIn = ({ body }: HttpResponse): JsonObject => (isObject(body) ? body : {});

export const objectsIn = (list: Json | undefined): JsonObject[] =>
  Array.isArray(list) ? (list as readonly Json[]).filter(isObject) : [];
