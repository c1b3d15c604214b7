/**
 * How a service asks Cinder with a token that it was given: what fails is tried again after 1, 2, 4
 * seconds, and a refusal of the request itself (400) counts as failed, too. A token that is refused leads
 * to a login at Cinder's own address, where nobody can log in. Upstream: python-cinderclient 1.1.1
 * `cinderclient/client.py` (HTTPClient._cs_request).
 */
import {
  asLibrary,
  AuthorizationFailure,
  BadRequest,
  ClientException,
  fromResponse,
  requestToken,
  Unauthorized,
  type Requester,
} from "../../../framework/apiclient/index.js";
import { ConnectionError as NoConnection, type HttpResponse } from "../../../http/index.js";
import { seconds, sleep, type Duration, type Op } from "../../../kernel/index.js";
import type { Json } from "../../../python/index.js";
import { ConnectionError } from "./errors.js";

/** The volume endpoint of one user, who is logged in there or will be at the first request. */
export interface VolumeEndpoint {
  /** Ask; `path` begins with a slash. @throws ClientException for 400 and up, ConnectionError */
  request(method: string, path: string, body?: Json): Op<HttpResponse>;
}

export interface HttpClientOptions {
  readonly http: Requester;
  /** `http://controller:8776/v1/<tenant>`. */
  readonly url: string;
  readonly user: string | null;
  readonly project: string | null;
  readonly token: string | null;
  /** Keystone, where there is nobody to log in as; without it the login is at Cinder's own address. */
  readonly authUrl?: string;
  /** How often a request is tried again. */
  readonly retries?: number;
  /** How long to wait for an answer; without it, for ever. */
  readonly timeout?: Duration;
}

export class CinderHttpClient implements VolumeEndpoint {
  readonly #options: HttpClientOptions;
  readonly #http: Requester;
  #token: string | null;

  constructor(options: HttpClientOptions) {
    this.#options = options;
    this.#http = asLibrary(options.http, "python-cinderclient");
    this.#token = options.token;
  }

  *request(method: string, path: string, body?: Json): Op<HttpResponse> {
    const { retries = 0 } = this.#options;
    let refused = false;
    for (let attempt = 1, pause = 1; ; attempt++, pause *= 2) {
      if (this.#token === null) yield* this.#logIn();
      try {
        return yield* this.#ask(method, path, body);
      } catch (error) {
        if (error instanceof Unauthorized) {
          if (refused) throw error;
          refused = true;
          this.#token = null;
          // That attempt does not count, nor is there anything to wait for.
          attempt--;
          pause /= 2;
          continue;
        }
        if (attempt > retries || !mayPass(error)) throw named(error);
      }
      yield* sleep(seconds(pause));
    }
  }

  *#ask(method: string, path: string, body: Json | undefined): Op<HttpResponse> {
    const { url, project, timeout } = this.#options;
    const response = yield* this.#http.request(method, url + path, {
      headers: {
        ...(this.#token !== null && { "x-auth-token": this.#token }),
        ...(project !== null && project !== "" && { "x-auth-project-id": project }),
      },
      ...(body !== undefined && { body }),
      ...(timeout !== undefined && { timeout }),
    });
    if (response.status < 400) return response;
    throw fromResponse(response, method, path);
  }

  /** `_v1_auth`, `_v2_auth`. @throws Unauthorized, AuthorizationFailure */
  *#logIn(): Op<void> {
    const { url, user, project, token, authUrl } = this.#options;
    if (authUrl !== undefined) {
      const tenant = project === null || project === "" ? {} : { tenantName: project };
      const passwordCredentials = { username: null, password: null };
      const auth = { ...tenant, passwordCredentials };
      const refusal = yield* requestToken(this.#http, authUrl, auth);
      if (refusal.status >= 400) throw fromResponse(refusal, "POST", authUrl);
      throw new AuthorizationFailure();
    }
    const response = yield* this.#http.request("GET", url, {
      headers: {
        "x-auth-user": user ?? "",
        "x-auth-key": token ?? "",
        ...(project !== null && project !== "" && { "x-auth-project-id": project }),
      },
    });
    if (response.status >= 400) throw fromResponse(response, "GET", url);
    throw new AuthorizationFailure();
  }
}

/** Whether it may be otherwise in a moment. */
const mayPass = (error: unknown): boolean =>
  error instanceof BadRequest ||
  error instanceof NoConnection ||
  (error instanceof ClientException && error.code >= 500 && error.code <= 599);

/** An error of the connection in the library's words. */
const named = (error: unknown): unknown =>
  error instanceof NoConnection
    ? new ConnectionError(`Unable to establish connection: ${error.message}`)
    : error;
