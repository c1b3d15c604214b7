/**
 * A user's login and what may be done with it: requests to one service of the catalog, with the
 * token, and once more after a new login if the service answers 401. Keystone v2.0 only, as
 * novaclient 2.20. Upstream: novaclient/client.py (HTTPClient.authenticate, _cs_request).
 */
import {
  AccessInfo,
  AmbiguousEndpoints,
  AuthorizationFailure,
  EndpointNotFound,
  fromResponse,
  requestToken,
  Unauthorized,
  type AuthRequest,
  type EndpointFilter,
} from "../../framework/apiclient/index.js";
import type { HttpResponse } from "../../http/index.js";
import type { Op } from "../../kernel/index.js";
import { isObject, type Json, type JsonObject } from "../../python/index.js";
import type { Transport } from "./transport.js";

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

export interface SessionOptions extends EndpointFilter {
  /** Which URL of the endpoint: `publicURL`, `internalURL` or `adminURL`. Default `publicURL`. */
  readonly endpointType?: string | undefined;
  /** Use this URL whatever the catalog says. */
  readonly bypassUrl?: string | undefined;
}

export class Session {
  readonly transport: Transport;
  readonly #credentials: Credentials;
  readonly #options: SessionOptions;
  #token: string | undefined;
  #tenantId: string | undefined;
  #endpoint: string | undefined;
  /** What Keystone said of the token, and of what there is. */
  #access: JsonObject | undefined;

  constructor(transport: Transport, credentials: Credentials, options: SessionOptions) {
    this.transport = transport;
    this.#credentials = credentials;
    this.#options = options;
    this.#token = credentials.token;
    this.#tenantId = credentials.tenantId;
    this.#endpoint = options.bypassUrl?.replace(/\/+$/, "");
  }

  /** Shown with `--debug` alone. */
  log(line: string): void {
    this.transport.log(line);
  }

  /** The token, once logged in. */
  get token(): string {
    return this.#token ?? "";
  }

  /** The user's project, once logged in. */
  get tenantId(): string {
    return this.#tenantId ?? "";
  }

  /** The URL of the service, once logged in. */
  get endpoint(): string {
    return this.#endpoint ?? "";
  }

  /**
   * Log in, unless token and endpoint are known already.
   * @throws Unauthorized, AuthorizationFailure, EndpointNotFound, AmbiguousEndpoints
   */
  *authenticate(): Op<void> {
    if (this.#token !== undefined && this.#endpoint !== undefined) return;
    const { authUrl } = this.#credentials;
    const response = yield* requestToken(this.transport, authUrl, this.#login());
    if (response.status >= 400) throw fromResponse(response, "POST", `${authUrl}/tokens`);
    const access = AccessInfo.from(response.body);
    if (access?.tenantId === undefined) throw new AuthorizationFailure();
    this.#access = isObject(response.body) ? (response.body["access"] as JsonObject) : {};
    this.#token = access.token;
    this.#tenantId = access.tenantId;
    const { bypassUrl } = this.#options;
    this.#endpoint = bypassUrl?.replace(/\/+$/, "") ?? this.#urlIn(access);
  }

  /** The region that was asked for. */
  get region(): string | undefined {
    return this.#options.region;
  }

  /** What Keystone says of the user, the token and the catalog: after a login if there was none. */
  *access(): Op<JsonObject> {
    if (this.#access === undefined) {
      this.#token = undefined;
      this.#endpoint = undefined;
      yield* this.authenticate();
    }
    return this.#access ?? {};
  }

  /** GET at the root of the service, above `v2/<tenant>`. @throws ClientException */
  *root(): Op<HttpResponse> {
    if (this.#endpoint === undefined) yield* this.authenticate();
    const url = this.endpoint.replace(/v[1-9]\/[a-z0-9]+$/u, "");
    const headers = { "X-Auth-Token": this.token };
    return this.#checked(yield* this.transport.request("GET", url, { headers }), "GET", "");
  }

  /** Ask the service; `path` begins with a slash. @throws ClientException, ConnectionError */
  *request(
    method: string,
    path: string,
    body?: Json,
    headers?: Readonly<Record<string, string>>,
  ): Op<HttpResponse> {
    if (this.#endpoint === undefined) yield* this.authenticate();
    const response = yield* this.#send(method, path, body, headers);
    if (response.status !== 401) return this.#checked(response, method, path);
    // The token may have expired. Without a password nothing better can be had.
    const first = fromResponse(response, method, `${this.endpoint}${path}`);
    this.#token = undefined;
    this.#endpoint = undefined;
    try {
      yield* this.authenticate();
      return this.#checked(yield* this.#send(method, path, body, headers), method, path);
    } catch (error) {
      throw error instanceof Unauthorized ? first : error;
    }
  }

  #send(
    method: string,
    path: string,
    body?: Json,
    more: Readonly<Record<string, string>> = {},
  ): Op<HttpResponse> {
    const headers: Record<string, string> = { ...more, "X-Auth-Token": this.token };
    const { tenantName } = this.#credentials;
    if (tenantName !== undefined) headers["X-Auth-Project-Id"] = tenantName;
    return this.transport.request(method, `${this.endpoint}${path}`, { headers, body });
  }

  /** @throws ClientException */
  #checked(response: HttpResponse, method: string, path: string): HttpResponse {
    if (response.status < 400) return response;
    throw fromResponse(response, method, `${this.endpoint}${path}`);
  }

  /** @throws EndpointNotFound, AmbiguousEndpoints, AuthorizationFailure */
  #urlIn(access: AccessInfo): string {
    const [endpoint, ...others] = access.endpoints(this.#options);
    if (endpoint === undefined) throw new EndpointNotFound();
    if (others.length > 0) throw new AmbiguousEndpoints("AmbiguousEndpoints: more than one");
    const url = endpoint[this.#options.endpointType ?? "publicURL"];
    if (typeof url !== "string") throw new AuthorizationFailure();
    return url.replace(/\/+$/, "");
  }

  #login(): AuthRequest {
    const { username = null, userId, password = null, tenantName } = this.#credentials;
    const who = userId === undefined ? { username } : { userId };
    const how =
      this.#token === undefined
        ? { passwordCredentials: { ...who, password } }
        : { token: { id: this.#token } };
    if (this.#tenantId !== undefined) return { ...how, tenantId: this.#tenantId };
    return tenantName === undefined ? how : { ...how, tenantName };
  }
}
