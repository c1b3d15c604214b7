/**
 * Keystone as the token middleware speaks to it: which version, about which token, and how often until it
 * gives up. Upstream: keystonemiddleware 1.2.0 `auth_token.py` (_IdentityServer); other-services §1.3
 * rows 3 and 4.
 */
import type { HttpResponse, RequestOptions } from "../../http/index.js";
import { seconds, sleep, type Op } from "../../kernel/index.js";
import { dumps, isIpv6, isObject, quote, type JsonObject } from "../../python/index.js";
import type { FlagsOf } from "../flags/index.js";
import type { Env } from "../process/env.js";
import { AdminSession } from "./admin-session.js";
import {
  CertificateConfigError,
  InvalidToken,
  NetworkError,
  ServiceError,
  SessionError,
} from "./errors.js";
import type { authTokenFlags } from "./flags.js";

/** In the order in which they are preferred. */
const VERSIONS = ["v3.0", "v2.0"] as const;
type Version = (typeof VERSIONS)[number];

export class IdentityServer {
  readonly #env: Env;
  readonly #flags: FlagsOf<ReturnType<typeof authTokenFlags>>;
  readonly #session: AdminSession;
  #version: Version | undefined;

  constructor(env: Env, flags: FlagsOf<ReturnType<typeof authTokenFlags>>) {
    this.#env = env;
    this.#flags = flags;
    this.#session = new AdminSession(env, this.#adminUri(), flags);
  }

  /** Without a slash at its end: of one option, or of the four from which it was put together before Juno. */
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
      if (status === 200) return isObject(body) ? body : {};
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
    const { status, body } = yield* this.#tried(() => this.#session.get(path));
    if (status === 200 && typeof body === "string") return body;
    throw new CertificateConfigError("Unable to load certificate.");
  }

  *#asked(token: string): Op<HttpResponse> {
    const version = yield* this.#chosenVersion();
    if (version === "v2.0") {
      return yield* this.#asOneself(`/v2.0/tokens/${safeQuote(token)}`);
    }
    return yield* this.#asOneself("/v3/auth/tokens", {
      headers: { "x-subject-token": safeQuote(token) },
      ...(!this.#flags.include_service_catalog && { query: { nocatalog: "" } }),
    });
  }

  /** Asked of Keystone once in the life of a process; whatever is set that is not v3.0 means v2.0. */
  *#chosenVersion(): Op<Version> {
    if (this.#version !== undefined) return this.#version;
    const { auth_version } = this.#flags;
    if (auth_version !== null && auth_version !== "") {
      return (this.#version = auth_version === "v3.0" ? "v3.0" : "v2.0");
    }
    const offered = yield* this.#discover();
    const version = VERSIONS.find((name) => offered.includes(name));
    if (version === undefined) throw new ServiceError("No compatible apis supported by server");
    this.#version = version;
    return version;
  }

  *#discover(): Op<string[]> {
    const { status, body } = yield* this.#tried(() => this.#session.get("/"));
    const values = (body as { versions?: { values?: { id: string }[] } } | null)?.versions?.values;
    if (status !== 300 || values === undefined) {
      throw new ServiceError("Unable to get version info from keystone");
    }
    return values.map(({ id }) => id);
  }

  #asOneself(path: string, options: RequestOptions = {}): Op<HttpResponse> {
    return this.#tried(() => this.#session.getAsOneself(path, options));
  }

  /**
   * Whatever is no answer is tried again after 0.5, 1 and 2 s, and a login that was refused is none: it
   * says nothing about the user's token. @throws NetworkError after the last try
   */
  *#tried(attempt: () => Op<HttpResponse>): Op<HttpResponse> {
    for (let retry = 0, pause = 0.5; ; retry++, pause *= 2) {
      try {
        return yield* attempt();
      } catch (error) {
        if (!(error instanceof SessionError)) throw error;
        const { message } = error;
        if (retry >= this.#flags.http_request_max_retries) {
          this.#log("error", `HTTP connection exception: ${message}`);
          throw new NetworkError("Unable to communicate with keystone");
        }
        this.#log("warning", `Retrying on HTTP connection exception: ${message}`);
      }
      yield* sleep(seconds(pause));
    }
  }

  #log(level: "info" | "warning" | "error", message: string): void {
    this.#env.log(level, message);
  }
}

/** Upstream: _safe_quote. What has been quoted is not quoted again. */
const safeQuote = (token: string): string =>
  /%[0-9a-f]{2}/i.test(token) ? token : quote(token).replaceAll("%2F", "/");
