/**
 * Swift as services use it: a connection that logs in at its first request, and tries again after a while
 * where Swift or the network fails. Upstream: python-swiftclient 2.3.1 swiftclient/client.py (Connection,
 * get_auth_keystone), swiftclient/exceptions.py (ClientException).
 */
import { AccessInfo, requestToken } from "../../../framework/apiclient/index.js";
import type { Env } from "../../../framework/index.js";
import {
  ConnectionError,
  type Headers,
  type HttpResponse,
  type QueryValue,
} from "../../../http/index.js";
import { seconds, sleep, type Op } from "../../../kernel/index.js";
import { Exception, dumps, quote, textOf } from "../../../python/index.js";

/** A refusal, or no answer after the last try. */
export class SwiftClientException extends Exception {
  static override readonly module: string = "swiftclient.exceptions";
  override readonly name: string = "ClientException";
  /** Undefined where no answer came. */
  readonly status: number | undefined;

  constructor(message: string, status?: number) {
    super(message);
    this.status = status;
  }
}

export interface SwiftCredentials {
  /** `http://controller:5000/v2.0/`. */
  readonly authUrl: string;
  readonly tenant: string;
  readonly user: string;
  readonly key: string;
  readonly serviceType?: string;
  readonly endpointType?: string;
  readonly region?: string | undefined;
}

export interface SwiftRequest {
  readonly method: string;
  readonly container: string;
  readonly obj?: string;
  readonly headers?: Headers;
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly body?: unknown;
  /** A body that cannot be sent a second time. */
  readonly once?: boolean;
}

const RETRIES = 5;

export class SwiftConnection {
  readonly #env: Env;
  readonly #credentials: SwiftCredentials;
  #session: { readonly url: string; readonly token: string } | undefined;

  constructor(env: Env, credentials: SwiftCredentials) {
    this.#env = env;
    this.#credentials = credentials;
  }

  /** @throws SwiftClientException for any status of 300 or more */
  *request(request: SwiftRequest): Op<HttpResponse> {
    let renewed = false;
    for (let attempt = 1, pause = 1; ; attempt++, pause *= 2) {
      let failure: SwiftClientException;
      try {
        const { url, token } = (this.#session ??= yield* this.#login());
        const response = yield* this.#send(url, token, request);
        if (response.status < 300) return response;
        failure = refusal(url, request, response);
      } catch (error) {
        if (!(error instanceof ConnectionError)) throw error;
        this.#session = undefined;
        failure = new SwiftClientException(error.message);
      }
      const { status } = failure;
      if (attempt > RETRIES) throw failure;
      if (status === 401) {
        if (renewed) throw failure;
        renewed = true;
        this.#session = undefined;
      } else if (status !== undefined && status !== 408 && status < 500) {
        throw failure;
      }
      yield* sleep(seconds(pause));
      if (request.once === true) {
        const names = `'${request.container}', '${request.obj ?? ""}'`;
        throw new SwiftClientException(
          `put_object(${names}, ...) failure and no ability to reset contents for reupload.`,
        );
      }
    }
  }

  *#send(url: string, token: string, request: SwiftRequest): Op<HttpResponse> {
    const { method, container, obj, headers, query, body } = request;
    const path = [container, ...(obj === undefined ? [] : obj.split("/"))].map(quote).join("/");
    const all = { "x-auth-token": token, "user-agent": "python-swiftclient-2.3.1", ...headers };
    return yield* this.#env.http.request(method, `${url}/${path}`, {
      headers: all,
      query,
      ...(body !== undefined && { body }),
    });
  }

  /** @throws SwiftClientException */
  *#login(): Op<{ url: string; token: string }> {
    const { authUrl, tenant, user, key, region } = this.#credentials;
    const { serviceType = "object-store", endpointType = "publicURL" } = this.#credentials;
    const response = yield* requestToken(this.#env.http, authUrl, {
      tenantName: tenant,
      passwordCredentials: { username: user, password: key },
    });
    const access = AccessInfo.from(response.body);
    if (response.status === 401) {
      throw new SwiftClientException(
        "Unauthorized. Check username, password and tenant name/id.",
        401,
      );
    }
    if (access === undefined) {
      throw new SwiftClientException(`Authorization Failure. ${dumps(response.body)}`);
    }
    const [endpoint] = access.endpoints({ serviceType, region });
    const url = endpoint === undefined ? "" : textOf(endpoint, endpointType);
    if (url !== "") return { url: url.replace(/\/+$/, ""), token: access.token };
    throw new SwiftClientException(
      `Endpoint for ${serviceType} not found - have you specified a region?`,
    );
  }
}

function refusal(url: string, request: SwiftRequest, response: HttpResponse): SwiftClientException {
  const { method, container, obj } = request;
  const what = obj === undefined ? "Container" : "Object";
  const at = `${url}/${container}${obj === undefined ? "" : `/${obj}`}`;
  const { status } = response;
  const words = response.reason ?? WORDS.get(status) ?? "";
  const body = typeof response.body === "string" ? response.body : "";
  const cut = body.length > 60 ? `  [first 60 chars of response] ${body.slice(0, 60)}` : body;
  const said = body.length > 60 || body === "" ? cut : `   ${body}`;
  return new SwiftClientException(
    `${what} ${method} failed: ${at} ${String(status)} ${words}${said}`,
    status,
  );
}

const WORDS: ReadonlyMap<number, string> = new Map([
  [401, "Unauthorized"],
  [403, "Forbidden"],
  [404, "Not Found"],
  [409, "Conflict"],
  [413, "Request Entity Too Large"],
  [499, "Client Disconnect"],
  [500, "Internal Error"],
  [503, "Service Unavailable"],
]);
