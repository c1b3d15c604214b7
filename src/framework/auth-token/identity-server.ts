/**
 * Keystone as the token middleware speaks to it: by URL, with a service token of its own that it
 * gets when it first needs one. Upstream: keystonemiddleware 1.2.0 `auth_token.py` (_IdentityServer);
 * other-services §1.3 rows 3 and 4.
 */
import {
  ConnectionError,
  ReadTimeout,
  type HttpResponse,
  type RequestOptions,
} from "../../http/index.js";
import { seconds, sleep, type Op } from "../../kernel/index.js";
import { Exception, dumps, isIpv6, isObject, type JsonObject } from "../../python/index.js";
import { AccessInfo, requestToken } from "../apiclient/index.js";
import type { FlagsOf } from "../flags/index.js";
import type { authTokenFlags } from "./flags.js";
import type { Env } from "../process/env.js";

/** Keystone says that a token is not good. */
export class InvalidToken extends Exception {
  static override readonly module: string = "keystonemiddleware.auth_token";
  override readonly name: string = "InvalidToken";
}

/** Keystone answered, but not as it should. */
export class ServiceError extends Exception {
  static override readonly module: string = "keystonemiddleware.auth_token";
  override readonly name: string = "ServiceError";
}

/** Keystone did not answer. Nothing is known about the token. */
export class NetworkError extends Exception {
  static override readonly module: string = "keystonemiddleware.auth_token";
  override readonly name: string = "NetworkError";
}

/** There are no certificates to check signatures with. */
export class CertificateConfigError extends Exception {
  static override readonly module: string = "keystoneclient.exceptions";
  override readonly name: string = "CertificateConfigError";
}

/** In the order in which they are preferred. */
const VERSIONS = ["v3.0", "v2.0"] as const;
type Version = (typeof VERSIONS)[number];

/** A service token that has less than this to live is replaced. */
const SOON = seconds(30);

export class IdentityServer {
  readonly #env: Env;
  readonly #flags: FlagsOf<ReturnType<typeof authTokenFlags>>;
  /** Without a slash at its end. */
  readonly #uri: string;
  #version: Version | undefined;
  #admin: { readonly token: string; readonly expires: number } | undefined;

  constructor(env: Env, flags: FlagsOf<ReturnType<typeof authTokenFlags>>) {
    this.#env = env;
    this.#flags = flags;
    this.#uri = this.#adminUri();
  }

  /** Of one option, or of the four from which it was put together before Juno. */
  #adminUri(): string {
    const { identity_uri, auth_host, auth_port, auth_protocol, auth_admin_prefix } = this.#flags;
    if (identity_uri !== null && identity_uri !== "") return identity_uri.replace(/\/+$/, "");
    if (auth_host === null) return "http://controller:35357";
    const hint = "This is deprecated, use 'identity_uri' instead.";
    this.#log("warning", `Configuring admin URI using auth fragments. ${hint}`);
    const prefix = auth_admin_prefix.replace(/^\/+|\/+$/g, "");
    const host = isIpv6(auth_host) ? `[${auth_host}]` : auth_host;
    const uri = `${auth_protocol}://${host}:${String(auth_port)}`;
    return prefix === "" ? uri : `${uri}/${prefix}`;
  }

  /**
   * What Keystone says about `token`: the body of its answer, of v2 or v3.
   * @throws InvalidToken, ServiceError, NetworkError
   */
  *verify(token: string): Op<JsonObject> {
    for (let retry = true; ; retry = false) {
      const { status, body } = yield* this.#asked(token);
      if (status === 200) return body as JsonObject;
      const said = `Identity response: ${typeof body === "string" ? body : dumps(body)}`;
      if (status === 401) {
        this.#log("info", "Keystone rejected authorization");
        this.#log("warning", said);
        if (!retry) break;
        this.#log("info", "Retrying validation");
        continue;
      }
      if (status === 404) this.#log("warning", "Authorization failed for token");
      else this.#log("error", `Bad response code while validating token: ${status}`);
      this.#log("warning", said);
      break;
    }
    throw new InvalidToken("Token authorization failed");
  }

  /** The signed list of what is revoked. @throws ServiceError, NetworkError */
  *revocationList(): Op<string> {
    const { status, body } = yield* this.#asOneself("/v2.0/tokens/revoked");
    if (status >= 400) {
      throw new ServiceError(`Failed to fetch token revocation list: ${String(status)}`);
    }
    if (status !== 200) throw new ServiceError("Unable to fetch token revocation list.");
    const signed = isObject(body) ? body["signed"] : undefined;
    if (typeof signed !== "string") throw new ServiceError("Revocation list improperly formatted.");
    return signed;
  }

  /** The file with that certificate. @throws CertificateConfigError, ServiceError, NetworkError */
  *certificate(name: "signing" | "ca"): Op<string> {
    const version = yield* this.#chosenVersion();
    const path =
      version === "v3.0"
        ? `/v3/OS-SIMPLE-CERT/${name === "signing" ? "certificates" : name}`
        : `/v2.0/certificates/${name}`;
    const { status, body } = yield* this.#request("GET", path);
    if (status === 200 && typeof body === "string") return body;
    throw new CertificateConfigError("Unable to load certificate.");
  }

  *#asked(token: string): Op<HttpResponse> {
    const version = yield* this.#chosenVersion();
    if (version === "v2.0") {
      return yield* this.#asOneself(`/v2.0/tokens/${encodeURIComponent(token)}`);
    }
    return yield* this.#asOneself("/v3/auth/tokens", {
      headers: { "x-subject-token": token },
      ...(!this.#flags.include_service_catalog && { query: { nocatalog: "" } }),
    });
  }

  /** A refusal may mean the service's own token: it is asked once more with another one. */
  *#asOneself(path: string, options: RequestOptions = {}): Op<HttpResponse> {
    const ask = function* (this: IdentityServer): Op<HttpResponse> {
      const headers = { ...options.headers, "x-auth-token": yield* this.#adminToken() };
      return yield* this.#request("GET", path, { ...options, headers });
    }.bind(this);
    const response = yield* ask();
    if (response.status !== 401) return response;
    this.#admin = undefined;
    return yield* ask();
  }

  /** Asked of Keystone once in the life of a process. */
  *#chosenVersion(): Op<Version> {
    if (this.#version !== undefined) return this.#version;
    const { auth_version } = this.#flags;
    const offered =
      auth_version === null
        ? yield* this.#discover()
        : [auth_version.startsWith("v") ? auth_version : `v${auth_version}`];
    const version = VERSIONS.find((name) => offered.includes(name));
    if (version === undefined) throw new ServiceError("No compatible apis supported by server");
    this.#version = version;
    return version;
  }

  *#discover(): Op<string[]> {
    const { status, body } = yield* this.#request("GET", "/");
    const values = (body as { versions?: { values?: { id: string }[] } } | null)?.versions?.values;
    if (status !== 300 || values === undefined) {
      throw new ServiceError("Unable to get version info from keystone");
    }
    return values.map(({ id }) => id);
  }

  *#adminToken(): Op<string> {
    const { kernel } = this.#env;
    const held = this.#admin;
    if (held !== undefined && held.expires >= kernel.now + SOON) return held.token;
    this.#admin = undefined;
    const { admin_user, admin_password, admin_tenant_name } = this.#flags;
    const http = { request: this.#request.bind(this) };
    const { body } = yield* requestToken(http, "/v2.0", {
      passwordCredentials: { username: admin_user, password: admin_password },
      tenantName: admin_tenant_name,
    });
    const { token, expires } = AccessInfo.from(body) ?? {};
    if (token === undefined || expires === undefined) {
      this.#log("warning", "Unexpected response from keystone service");
      throw new ServiceError("invalid json response");
    }
    this.#admin = { token, expires: kernel.calendar.parse(expires) };
    return token;
  }

  /** @throws NetworkError after the last try */
  *#request(method: string, path: string, options: RequestOptions = {}): Op<HttpResponse> {
    const url = this.#uri + path;
    for (let retry = 0, pause = 0.5; ; retry++, pause *= 2) {
      try {
        return yield* this.#env.http.request(method, url, options);
      } catch (error) {
        if (!(error instanceof ConnectionError)) throw error;
        // keystoneclient 0.11.1 session.py:381 makes both of what requests says.
        const words =
          error instanceof ReadTimeout
            ? `Request to ${url} timed out`
            : `Unable to establish connection to ${url}`;
        if (retry >= this.#flags.http_request_max_retries) {
          this.#log("error", `HTTP connection exception: ${words}`);
          throw new NetworkError("Unable to communicate with keystone");
        }
        this.#log("warning", `Retrying on HTTP connection exception: ${words}`);
      }
      yield* sleep(seconds(pause));
    }
  }

  #log(level: "info" | "warning" | "error", message: string): void {
    this.#env.log(level, message);
  }
}
