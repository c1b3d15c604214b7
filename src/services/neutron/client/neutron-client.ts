/**
 * Neutron as its clients see it: the contract for whoever needs networks and ports. It speaks to a
 * URL, with a user's token or with credentials of its own. Upstream: python-neutronclient 2.3
 * (v2_0/client.py), nova/network/neutronv2/__init__.py (get_client).
 */
import {
  authorized,
  type Requester,
  type TokenSource,
} from "../../../framework/apiclient/index.js";
import { ConnectionError, type HttpResponse, type QueryValue } from "../../../http/index.js";
import { seconds, type Op } from "../../../kernel/index.js";
import { isObject, str, type Json, type JsonObject } from "../../../python/index.js";
import { ConnectionFailed, errorOf, noAuthUrl, Unauthorized } from "./errors.js";

/** The token of a user, for what it is worth: there is nothing to log in with when it is refused. */
export const userToken = (token: string | null): TokenSource => ({
  *token() {
    if (token === null) throw new Unauthorized();
    return token;
  },
  renew() {
    throw noAuthUrl();
  },
});

/** What every path ends in: the library says the format that it speaks (neutronclient/v2_0/client.py, `do_request`). */
const FORMAT = ".json";

export interface NeutronClientOptions {
  readonly http: Requester;
  /** `http://controller:9696`. */
  readonly url: string;
  readonly tokens: TokenSource;
  /** Seconds to wait for an answer (`url_timeout`), null: for ever. Default 30. */
  readonly timeout?: number | null;
}

type Search = Readonly<Record<string, QueryValue>>;

/** The names of the collections that this client reads, as in bodies. */
export type Collection =
  | "networks"
  | "subnets"
  | "ports"
  | "security_groups"
  | "security_group_rules"
  | "floatingips"
  | "routers"
  | "agents"
  | "extensions"
  | LoadBalancing;

/** Those of load balancing, which have a path of their own. */
type LoadBalancing = "pools" | "vips" | "members" | "health_monitors";

const LOAD_BALANCING: readonly Collection[] = ["pools", "vips", "members", "health_monitors"];

export class NeutronClient {
  readonly #options: NeutronClientOptions;

  constructor(options: NeutronClientOptions) {
    this.#options = options;
  }

  /**
   * `GET /v2.0/ports?...`: the objects that match. A list asks for any of its values.
   * @throws NeutronClientException, Unauthorized, ConnectionFailed
   */
  *list(collection: Collection, search: Search = {}): Op<readonly JsonObject[]> {
    const body = yield* this.#request("GET", pathOf(collection), search);
    return (body?.[collection] ?? []) as readonly JsonObject[];
  }

  /** `GET /v2.0/ports/{id}`. @throws as `list` */
  show(collection: Collection, id: string, search: Search = {}): Op<JsonObject> {
    return this.#one("GET", collection, `${pathOf(collection)}/${id}`, search);
  }

  /** @throws as `list` */
  create(collection: Collection, object: JsonObject): Op<JsonObject> {
    return this.#one("POST", collection, pathOf(collection), {}, object);
  }

  /** Several in one request. @throws as `list` */
  *createAll(collection: Collection, objects: readonly JsonObject[]): Op<readonly JsonObject[]> {
    const body = yield* this.#request("POST", pathOf(collection), {}, { [collection]: objects });
    return (body?.[collection] ?? []) as readonly JsonObject[];
  }

  /** @throws as `list` */
  update(collection: Collection, id: string, changes: JsonObject): Op<JsonObject> {
    return this.#one("PUT", collection, `${pathOf(collection)}/${id}`, {}, changes);
  }

  /** @throws as `list` */
  *delete(collection: Collection, id: string): Op<void> {
    yield* this.#request("DELETE", `${pathOf(collection)}/${id}`, {});
  }

  /** What belongs to an object: `GET /v2.0/networks/{id}/dhcp-agents`. @throws as `list` */
  *listOf(
    collection: Collection,
    id: string,
    what: string,
    key: string,
  ): Op<readonly JsonObject[]> {
    const body = yield* this.#request("GET", `${pathOf(collection)}/${id}/${what}`, {});
    return (body?.[key] ?? []) as readonly JsonObject[];
  }

  /** `PUT /v2.0/routers/{id}/add_router_interface`. @throws as `list` */
  *act(collection: Collection, id: string, action: string, body: JsonObject): Op<JsonObject> {
    return (yield* this.#request("PUT", `${pathOf(collection)}/${id}/${action}`, {}, body)) ?? {};
  }

  /** `POST /v2.0/agents/{id}/dhcp-networks`. @throws as `list` */
  *addTo(collection: Collection, id: string, what: string, body: JsonObject): Op<void> {
    yield* this.#request("POST", `${pathOf(collection)}/${id}/${what}`, {}, body);
  }

  /** `DELETE /v2.0/agents/{id}/dhcp-networks/{member}`. @throws as `list` */
  *removeFrom(collection: Collection, id: string, what: string, member: string): Op<void> {
    yield* this.#request("DELETE", `${pathOf(collection)}/${id}/${what}/${member}`, {});
  }

  /** The limits of a tenant, -1 for none. @throws as `list` */
  *showQuota(tenantId: string): Op<Readonly<Record<string, number>>> {
    const body = yield* this.#request("GET", `/v2.0/quotas/${tenantId}`, {});
    return (body?.["quota"] ?? {}) as Readonly<Record<string, number>>;
  }

  /**
   * An action of a router: `PUT /v2.0/routers/{id}/add_router_interface`.
   * @throws as `list`
   */
  *actOnRouter(id: string, action: string, body: JsonObject): Op<JsonObject> {
    return (yield* this.#request("PUT", `${pathOf("routers")}/${id}/${action}`, {}, body)) ?? {};
  }

  /** @throws as `list` */
  *updateQuota(tenantId: string, limits: Readonly<Record<string, number>>): Op<void> {
    yield* this.#request("PUT", `/v2.0/quotas/${tenantId}`, {}, { quota: limits });
  }

  *#one(
    method: string,
    collection: Collection,
    path: string,
    search: Search,
    object?: JsonObject,
  ): Op<JsonObject> {
    const member = collection.slice(0, -1);
    const body = yield* this.#request(method, path, search, object && { [member]: object });
    return (body?.[member] ?? {}) as JsonObject;
  }

  *#request(
    method: string,
    path: string,
    query: Search,
    body?: JsonObject,
  ): Op<JsonObject | undefined> {
    const response = yield* authorized(this.#options.tokens, (token) =>
      this.#send(token, method, path, query, body),
    );
    const { status, body: answer } = response;
    if (status === 401) throw new Unauthorized(str(answer));
    if (!GOOD.includes(status)) throw errorOf(response);
    return objectOf(answer);
  }

  *#send(
    token: string,
    method: string,
    path: string,
    query: Search,
    body: JsonObject | undefined,
  ): Op<HttpResponse> {
    const { http, url, timeout = 30 } = this.#options;
    try {
      return yield* http.request(method, `${url}${path}${FORMAT}`, {
        query,
        headers: { "x-auth-token": token },
        ...(timeout !== null && { timeout: seconds(timeout) }),
        ...(body === undefined ? {} : { body }),
      });
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      throw new ConnectionFailed(error.message);
    }
  }
}

/** What `requests` calls ok, created, accepted and no content. */
const GOOD: readonly number[] = [200, 201, 202, 204];

const pathOf = (collection: Collection): string =>
  LOAD_BALANCING.includes(collection)
    ? `/v2.0/lb/${collection}`
    : `/v2.0/${collection.replaceAll("_", "-")}`;

const objectOf = (body: Json | undefined): JsonObject | undefined =>
  isObject(body) ? body : undefined;
