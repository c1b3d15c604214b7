/**
 * How the middleware asks: with a service token of its own, which it gets when it first needs one, and
 * once more with another when that is refused. It tries nothing again for any other reason. Upstream:
 * python-keystoneclient 0.11.1 `keystoneclient/session.py` (request, get_token),
 * `keystoneclient/auth/identity/base.py`, `keystoneclient/auth/identity/v2.py`.
 */
import {
  ConnectionError,
  ReadTimeout,
  reason,
  type HttpResponse,
  type RequestOptions,
} from "../../http/index.js";
import { seconds, type Op } from "../../kernel/index.js";
import { isObject } from "../../python/index.js";
import { AccessInfo, requestToken } from "../apiclient/index.js";
import type { Env } from "../process/env.js";
import { SessionError } from "./errors.js";

/** A service token that has less than this to live is replaced. */
const SOON = seconds(30);

export interface ServiceAccount {
  readonly admin_user: string;
  readonly admin_password: string;
  readonly admin_tenant_name: string;
}

export class AdminSession {
  readonly #env: Env;
  readonly #uri: string;
  readonly #account: ServiceAccount;
  #held: { readonly token: string; readonly expires: number } | undefined;

  /** @param uri of Keystone's admin API, without a slash at its end */
  constructor(env: Env, uri: string, account: ServiceAccount) {
    this.#env = env;
    this.#uri = uri;
    this.#account = account;
  }

  /** The answer to a GET without a token. @throws SessionError if there is none */
  get(path: string): Op<HttpResponse> {
    return this.#send("GET", this.#uri + path);
  }

  /** The answer to a GET with the service's token. @throws SessionError if there is none, or no token */
  *getAsOneself(path: string, options: RequestOptions = {}): Op<HttpResponse> {
    const response = yield* this.#sendWith(yield* this.#token(), path, options);
    if (response.status !== 401) return response;
    this.#held = undefined;
    return yield* this.#sendWith(yield* this.#token(), path, options);
  }

  #sendWith(token: string, path: string, options: RequestOptions): Op<HttpResponse> {
    const headers = { ...options.headers, "x-auth-token": token };
    return this.#send("GET", this.#uri + path, { ...options, headers });
  }

  *#token(): Op<string> {
    const { kernel } = this.#env;
    const held = this.#held;
    if (held !== undefined && held.expires >= kernel.now + SOON) return held.token;
    const { admin_user, admin_password, admin_tenant_name } = this.#account;
    const http = { request: this.#send.bind(this) };
    const response = yield* requestToken(http, `${this.#uri}/v2.0`, {
      passwordCredentials: { username: admin_user, password: admin_password },
      tenantName: admin_tenant_name,
    });
    if (response.status >= 400) {
      throw new SessionError(`Authentication failure: ${refusal(response)}`);
    }
    const { token, expires } = AccessInfo.from(response.body) ?? {};
    if (token === undefined || expires === undefined) throw new SessionError("");
    this.#held = { token, expires: kernel.calendar.parse(expires) };
    return token;
  }

  *#send(method: string, url: string, options: RequestOptions = {}): Op<HttpResponse> {
    try {
      return yield* this.#env.http.request(method, url, options);
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      throw new SessionError(
        error instanceof ReadTimeout
          ? `Request to ${url} timed out`
          : `Unable to establish connection to ${url}`,
      );
    }
  }
}

/** `Unauthorized (HTTP 401)`, in Keystone's words where it has any. */
function refusal({ status, body }: HttpResponse): string {
  const error = isObject(body) ? body["error"] : undefined;
  const said = isObject(error) ? error["message"] : undefined;
  return `${typeof said === "string" && said !== "" ? said : reason(status)} (HTTP ${String(status)})`;
}
