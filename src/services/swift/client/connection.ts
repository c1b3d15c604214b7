/**
 * Swift as services use it: a connection that logs in at its first request, and tries again after a while
 * where Swift or the network fails. Upstream: python-swiftclient 2.3.1 swiftclient/client.py (Connection,
 * get_auth_keystone), swiftclient/exceptions.py (ClientException).
 */
import {
  AccessInfo,
  fromResponse,
  requestToken,
  type AuthRequest,
  type Requester,
} from "../../../framework/apiclient/index.js";
import {
  ConnectionError,
  ReadTimeout,
  reason,
  type Headers,
  type HttpResponse,
  type QueryValue,
} from "../../../http/index.js";
import { seconds, sleep, type Micros, type Op } from "../../../kernel/index.js";
import { Exception, quote, textOf, type Json } from "../../../python/index.js";

/** A refusal, or no answer after the last try. */
export class SwiftClientException extends Exception {
  static override readonly module: string = "swiftclient.exceptions";
  override readonly name: string = "ClientException";
  /** Undefined where no answer came, 0 where nobody was asked: a login that failed. */
  readonly status: number | undefined;
  /** The words behind the status, and what the answer said. */
  readonly reason: string | undefined;
  readonly body: string;

  constructor(message: string, status?: number, said: { reason?: string; body?: string } = {}) {
    super(message);
    this.status = status;
    this.reason = said.reason;
    this.body = said.body ?? "";
  }
}

export interface SwiftCredentials {
  /** `http://controller:5000/v2.0/`. */
  readonly authUrl: string;
  readonly tenant?: string | undefined;
  /** Goes before `tenant`. */
  readonly tenantId?: string | undefined;
  readonly user: string;
  readonly key: string;
  readonly serviceType?: string | undefined;
  readonly endpointType?: string | undefined;
  readonly region?: string | undefined;
  /** Whatever the catalog says. */
  readonly storageUrl?: string | undefined;
  /** With `storageUrl`: nobody logs in. */
  readonly token?: string | undefined;
}

export interface SwiftRequest {
  readonly method: string;
  /** Without one, the account is asked. */
  readonly container?: string;
  readonly obj?: string;
  readonly headers?: Headers;
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly body?: unknown;
  /** A body that cannot be sent a second time. */
  readonly once?: boolean;
}

export interface ConnectionOptions {
  /** Asks for the token, where that is another's way to ask. */
  readonly keystone?: Requester;
  /** How often to try again. Default 5. */
  readonly retries?: number | undefined;
  /** Tells when it has logged in. */
  readonly clock?: () => Micros;
  /** Its address and token are known from the start (`preauthurl`, `preauthtoken`). */
  readonly preauthorized?: boolean;
}

export class SwiftConnection {
  readonly #http: Requester;
  readonly #keystone: Requester;
  readonly #retries: number;
  readonly #credentials: SwiftCredentials;
  readonly #clock: () => Micros;
  #session: Session | undefined;
  #authEnd: Micros = 0;
  #attempts = 0;

  constructor(http: Requester, credentials: SwiftCredentials, options: ConnectionOptions = {}) {
    this.#http = http;
    this.#keystone = options.keystone ?? http;
    this.#retries = options.retries ?? 5;
    this.#clock = options.clock ?? (() => 0);
    this.#credentials = credentials;
    const { storageUrl: url, token } = credentials;
    if (options.preauthorized === true && url !== undefined && token !== undefined) {
      this.#session = { url, token };
    }
  }

  /** Where the account is, once somebody has logged in. */
  get url(): string {
    return this.#session?.url ?? "";
  }

  /** When it last logged in; the beginning of time if it never has. */
  get authEnd(): Micros {
    return this.#authEnd;
  }

  get token(): string {
    return this.#session?.token ?? "";
  }

  /** How often the last request was sent. */
  get attempts(): number {
    return this.#attempts;
  }

  /** @throws SwiftClientException for any status of 300 or more */
  *request(request: SwiftRequest): Op<HttpResponse> {
    let renewed = false;
    for (let attempt = 1, pause = 1; ; attempt++, pause *= 2) {
      this.#attempts = attempt;
      let failure: SwiftClientException;
      try {
        if (this.#session === undefined) {
          this.#session = yield* this.#login();
          this.#authEnd = this.#clock();
        }
        return yield* this.#send(this.#session, request);
      } catch (error) {
        if (error instanceof ConnectionError) failure = new SwiftClientException(error.message);
        else if (error instanceof SwiftClientException) failure = error;
        else throw error;
      }
      const { status } = failure;
      if (attempt > this.#retries) throw failure;
      if (status === 401) {
        // Whoever was given a token alone cannot get another one.
        if (renewed || this.#credentials.authUrl === "") throw failure;
        renewed = true;
        this.#session = undefined;
      } else if (status !== undefined && status !== 408 && status < 500) {
        throw failure;
      }
      yield* sleep(seconds(pause));
      if (request.once === true) {
        const names = `'${request.container ?? ""}', '${request.obj ?? ""}'`;
        throw new SwiftClientException(
          `put_object(${names}, ...) failure and no ability to reset contents for reupload.`,
        );
      }
    }
  }

  /** What the cluster at `url`, or else at the user's, can do. It is asked once, without a token. */
  *info(url?: string): Op<Json> {
    const { url: at } = url === undefined ? yield* this.#login() : { url };
    const [host = ""] = /^\w+:\/\/[^/]*/.exec(at) ?? [];
    const response = yield* this.#http.request("GET", `${host}/info`, { headers: AGENT });
    if (response.status < 300) return response.body;
    throw refusal("Capabilities GET", `${host}/info`, response);
  }

  /** @throws ConnectionError, SwiftClientException */
  *#send({ url, token }: Session, request: SwiftRequest): Op<HttpResponse> {
    const { method, container, obj, headers, query, body } = request;
    const at = `${url}${pathOf(request)}`;
    const response = yield* this.#http.request(method, at, {
      headers: { "x-auth-token": token, ...AGENT, ...headers },
      query,
      ...(body !== undefined && { body }),
    });
    if (response.status < 300) return response;
    const what = obj !== undefined ? "Object" : container === undefined ? "Account" : "Container";
    throw refusal(`${what} ${method}`, `${at}${queryText(query)}`, response);
  }

  /** @throws SwiftClientException, which ends the request: only what Swift answers is tried again */
  *#login(): Op<Session> {
    const { authUrl, tenant, tenantId, user, key, region, storageUrl, token } = this.#credentials;
    const { serviceType = "object-store", endpointType = "publicURL" } = this.#credentials;
    if (storageUrl !== undefined && token !== undefined) return { url: storageUrl, token };
    const whose =
      tenantId === undefined ? tenant !== undefined && { tenantName: tenant } : { tenantId };
    if (whose === false) throw new SwiftClientException("No tenant specified", 0);
    const access = yield* this.#authenticated(authUrl, {
      ...whose,
      passwordCredentials: { username: user, password: key },
    });
    const [endpoint] = access.endpoints({ serviceType, region });
    const found = endpoint === undefined ? "" : textOf(endpoint, endpointType);
    const url = storageUrl ?? found.replace(/\/+$/, "");
    if (found !== "") return { url, token: access.token };
    throw new SwiftClientException(
      `Endpoint for ${serviceType} not found - have you specified a region?`,
      0,
    );
  }

  *#authenticated(authUrl: string, auth: AuthRequest): Op<AccessInfo> {
    const at = `${authUrl.replace(/\/+$/, "")}/tokens`;
    let response: HttpResponse;
    try {
      response = yield* requestToken(this.#keystone, authUrl, auth);
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      const late = error instanceof ReadTimeout;
      const why = late ? `Request to ${at} timed out` : `Unable to establish connection to ${at}`;
      throw unauthorized(why);
    }
    if (response.status === 401) {
      const message = "Unauthorized. Check username, password and tenant name/id.";
      throw new SwiftClientException(message, 0);
    }
    if (response.status >= 400) throw unauthorized(fromResponse(response, "POST", at).message);
    const access = AccessInfo.from(response.body);
    if (access === undefined) throw unauthorized("Invalid Response");
    return access;
  }
}

interface Session {
  readonly url: string;
  readonly token: string;
}

const AGENT = { "user-agent": "python-swiftclient-2.3.1" };

function pathOf({ container, obj }: SwiftRequest): string {
  const names = [...(container === undefined ? [] : [container]), ...(obj?.split("/") ?? [])];
  return names.map((name) => `/${quote(name)}`).join("");
}

const queryText = (query: SwiftRequest["query"] = {}): string =>
  Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value], i) => {
      const text = String(value).split("/").map(quote).join("/");
      return `${i === 0 ? "?" : "&"}${name}=${text}`;
    })
    .join("");

const unauthorized = (why: string): SwiftClientException =>
  new SwiftClientException(`Authorization Failure. Authorization Failed: ${why}`, 0);

function refusal(what: string, at: string, response: HttpResponse): SwiftClientException {
  const { status } = response;
  const words = response.reason ?? WORDS.get(status) ?? reason(status);
  const body = typeof response.body === "string" ? response.body : "";
  const cut = body.length > 60 ? `  [first 60 chars of response] ${body.slice(0, 60)}` : body;
  const said = body.length > 60 || body === "" ? cut : `   ${body}`;
  return new SwiftClientException(
    `${what} failed: ${at} ${String(status)} ${words}${said}`,
    status,
    { reason: words, body },
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
