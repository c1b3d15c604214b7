/**
 * A user's login and what may be done with it: requests to one service of the catalog, with the
 * token, and once more after a new login if the service answers 401. Keystone v2.0 only, as
 * novaclient 2.20. Upstream: novaclient/client.py (HTTPClient.authenticate, _cs_request).
 */
import type { HttpResponse } from "../../http/index.js";
import type { Op } from "../../kernel/index.js";
import type { Json, JsonObject } from "../../python/index.js";
import { Unauthorized } from "../rest/exceptions.js";
import type { Transport } from "../rest/transport.js";
import { ServiceCatalog, type EndpointFilter } from "./catalog.js";

export interface Credentials {
  /** `http://controller:5000/v2.0`. */
  readonly authUrl: string;
  readonly username?: string | undefined;
  readonly userId?: string | undefined;
  readonly password?: string | undefined;
  readonly tenantName?: string | undefined;
  readonly tenantId?: string | undefined;
  /** A token to log in with instead of a password. */
  readonly token?: string | undefined;
}

export interface SessionOptions {
  readonly endpoint: EndpointFilter;
  /** Use this URL whatever the catalog says. */
  readonly bypassUrl?: string | undefined;
}

export class Session {
  readonly #transport: Transport;
  readonly #credentials: Credentials;
  readonly #options: SessionOptions;
  #token: string | undefined;
  #tenantId: string | undefined;
  #endpoint: string | undefined;

  constructor(transport: Transport, credentials: Credentials, options: SessionOptions) {
    this.#transport = transport;
    this.#credentials = credentials;
    this.#options = options;
    this.#token = credentials.token;
    this.#tenantId = credentials.tenantId;
    this.#endpoint = options.bypassUrl?.replace(/\/+$/, "");
  }

  /**
   * Log in, unless token and endpoint are known already.
   * @throws Unauthorized, AuthorizationFailure, EndpointNotFound, AmbiguousEndpoints
   */
  *authenticate(): Op<void> {
    if (this.#token !== undefined && this.#endpoint !== undefined) return;
    const { authUrl } = this.#credentials;
    const url = `${authUrl.replace(/\/+$/, "")}/tokens`;
    const response = yield* this.#transport.request("POST", url, {}, this.#login());
    const catalog = new ServiceCatalog(response.body);
    this.#token = catalog.token;
    this.#tenantId = catalog.tenantId;
    const { bypassUrl, endpoint } = this.#options;
    this.#endpoint = bypassUrl?.replace(/\/+$/, "") ?? catalog.urlFor(endpoint);
  }

  /** Ask the service; `path` begins with a slash. @throws ClientException, ConnectionError */
  *request(method: string, path: string, body?: Json): Op<HttpResponse> {
    if (this.#endpoint === undefined) yield* this.authenticate();
    try {
      return yield* this.#send(method, path, body);
    } catch (error) {
      if (!(error instanceof Unauthorized)) throw error;
      return yield* this.#again(error, method, path, body);
    }
  }

  /** The token may have expired. Without a password nothing better can be had. */
  *#again(first: Unauthorized, method: string, path: string, body?: Json): Op<HttpResponse> {
    this.#token = undefined;
    this.#endpoint = undefined;
    try {
      yield* this.authenticate();
      return yield* this.#send(method, path, body);
    } catch (error) {
      throw error instanceof Unauthorized ? first : error;
    }
  }

  #send(method: string, path: string, body?: Json): Op<HttpResponse> {
    const headers: Record<string, string> = { "X-Auth-Token": this.#token ?? "" };
    const { tenantName } = this.#credentials;
    if (tenantName !== undefined) headers["X-Auth-Project-Id"] = tenantName;
    return this.#transport.request(method, `${this.#endpoint ?? ""}${path}`, headers, body);
  }

  #login(): JsonObject {
    const { username, userId, password, tenantName } = this.#credentials;
    const who: JsonObject = userId === undefined ? { username: username ?? null } : { userId };
    const auth: JsonObject =
      this.#token === undefined
        ? { passwordCredentials: { ...who, password: password ?? null } }
        : { token: { id: this.#token } };
    if (this.#tenantId !== undefined) return { auth: { ...auth, tenantId: this.#tenantId } };
    return tenantName === undefined ? { auth } : { auth: { ...auth, tenantName } };
  }
}
