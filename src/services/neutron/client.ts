/**
 * Neutron as its clients see it: the contract for whoever needs networks and ports. It speaks to a
 * URL, with a user's token or with credentials of its own. Upstream: python-neutronclient 2.3
 * (v2_0/client.py), nova/network/neutronv2/__init__.py (get_client).
 */
import { ConnectionError, type HttpClient, type HttpResponse } from "../../http/index.js";
import type { QueryValue } from "../../http/index.js";
import {
  Exception,
  Lock,
  seconds,
  type Json,
  type JsonObject,
  type Op,
} from "../../kernel/index.js";
import { authenticate, type PasswordCredentials } from "../keystone/client.js";

/** Neutron said no, or said nothing. */
export class NeutronClientException extends Exception {
  static override readonly module: string = "neutronclient.common.exceptions";
  override readonly name: string = "NeutronClientException";
  /** 0 if there was no answer. */
  readonly status: number;
  /** Neutron's name for the error: `OverQuota`, `IpAddressGenerationFailure` ... */
  readonly type: string;

  constructor(status: number, type: string, message: string) {
    super(message, { status_code: status });
    this.status = status;
    this.type = type;
  }
}

export class ConnectionFailed extends NeutronClientException {
  override readonly name: string = "ConnectionFailed";
}

/** The token is missing or no longer good. */
export class Unauthorized extends NeutronClientException {
  override readonly name: string = "Unauthorized";
}

/** Where a client gets its token from. */
export interface TokenSource {
  token(): Op<string>;
  /** `refused` was refused: whether another one may be had. */
  renew(refused: string): boolean;
}

/** The token of a user, for what it is worth. */
export const userToken = (token: string | null): TokenSource => ({
  *token() {
    if (token === null) throw new Unauthorized(401, "Unauthorized", "Unauthorized");
    return token;
  },
  renew: () => false,
});

/** A token of one's own, asked for at first use and kept for the process until it is refused. */
export class AdminTokenStore implements TokenSource {
  readonly #http: HttpClient;
  readonly #authUrl: string;
  readonly #credentials: PasswordCredentials;
  readonly #lock = new Lock("neutron_admin_auth_token_lock");
  #token: string | undefined;

  /** @param authUrl `http://controller:5000/v2.0` */
  constructor(http: HttpClient, authUrl: string, credentials: PasswordCredentials) {
    this.#http = http;
    this.#authUrl = authUrl;
    this.#credentials = credentials;
  }

  /** @throws Unauthorized and KeystoneError of Keystone's client, ConnectionError */
  *token(): Op<string> {
    return this.#token ?? (yield* this.#lock.hold(this.#ask()));
  }

  renew(refused: string): boolean {
    if (this.#token === refused) this.#token = undefined;
    return true;
  }

  *#ask(): Op<string> {
    if (this.#token === undefined) {
      const { token } = yield* authenticate(this.#http, this.#authUrl, this.#credentials);
      this.#token = token.id;
    }
    return this.#token;
  }
}

export interface NeutronClientOptions {
  readonly http: HttpClient;
  /** `http://controller:9696`. */
  readonly url: string;
  readonly tokens: TokenSource;
  /** Seconds to wait for an answer (`url_timeout`). Default 30. */
  readonly timeout?: number;
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
  | "agents"
  | "extensions";

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

  /** @throws as `list` */
  update(collection: Collection, id: string, changes: JsonObject): Op<JsonObject> {
    return this.#one("PUT", collection, `${pathOf(collection)}/${id}`, {}, changes);
  }

  /** @throws as `list` */
  *delete(collection: Collection, id: string): Op<void> {
    yield* this.#request("DELETE", `${pathOf(collection)}/${id}`, {});
  }

  /** The limits of a tenant, -1 for none. @throws as `list` */
  *showQuota(tenantId: string): Op<Readonly<Record<string, number>>> {
    const body = yield* this.#request("GET", `/v2.0/quotas/${tenantId}`, {});
    return (body?.["quota"] ?? {}) as Readonly<Record<string, number>>;
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
    const { tokens } = this.#options;
    const token = yield* tokens.token();
    let response = yield* this.#send(token, method, path, query, body);
    if (response.status === 401 && tokens.renew(token)) {
      const another = yield* tokens.token();
      response = yield* this.#send(another, method, path, query, body);
    }
    if (response.status < 300) return objectOf(response.body);
    throw errorOf(response);
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
      return yield* http.request(method, `${url}${path}`, {
        query,
        headers: { "x-auth-token": token },
        timeout: seconds(timeout),
        ...(body === undefined ? {} : { body }),
      });
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      const message = `Connection to neutron failed: ${error.message}`;
      throw new ConnectionFailed(0, "ConnectionFailed", message);
    }
  }
}

const pathOf = (collection: Collection): string => `/v2.0/${collection.replaceAll("_", "-")}`;

const objectOf = (body: Json): JsonObject | undefined =>
  typeof body === "object" && body !== null && !Array.isArray(body)
    ? (body as JsonObject)
    : undefined;

function errorOf({ status, body }: HttpResponse): NeutronClientException {
  const error = objectOf(objectOf(body)?.["NeutronError"] ?? null);
  const text = typeof body === "string" ? body : `Neutron answered ${status}`;
  const message = (error?.["message"] as string | undefined) ?? text;
  if (status === 401) return new Unauthorized(status, "Unauthorized", message);
  return new NeutronClientException(status, (error?.["type"] as string | undefined) ?? "", message);
}
