/**
 * How a service asks Ceilometer as a user of its own: Keystone is asked which versions it has, then for a token,
 * which is kept until it is refused. No answer is waited for without end but by whoever has no timeout, as here.
 * Upstream: python-ceilometerclient 1.0.12 `ceilometerclient/client.py`,
 * `ceilometerclient/openstack/common/apiclient/client.py` (client_request).
 */
import { AccessInfo, requestToken, type Requester } from "../../../framework/apiclient/index.js";
import { reason, type HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { Exception, isObject, textOf, type Json } from "../../../python/index.js";
import type { MeteringEndpoint } from "./ceilometer-client.js";

export interface ServiceCredentials {
  readonly authUrl: string;
  readonly username: string;
  readonly password: string;
  readonly tenantName: string;
  /** `publicURL`. */
  readonly endpointType: string;
  readonly region?: string | undefined;
}

/** An answer of 400 or more. */
export class HttpError extends Exception {
  static override readonly module: string =
    "ceilometerclient.openstack.common.apiclient.exceptions";
  override readonly name: string = "HttpError";
  readonly status: number;

  constructor(status: number) {
    super(`${reason(status)} (HTTP ${String(status)})`, { http_status: status });
    this.status = status;
  }
}

const AGENT = "ceilometerclient.openstack.common.apiclient";

interface Login {
  readonly token: string;
  readonly endpoint: string;
}

export class ServiceSession implements MeteringEndpoint {
  readonly #http: Requester;
  readonly #credentials: ServiceCredentials;
  #login: Login | undefined;

  constructor(http: Requester, credentials: ServiceCredentials) {
    this.#http = http;
    this.#credentials = credentials;
  }

  /** @throws HttpError, ConnectionError */
  *request(method: string, path: string, body?: Json): Op<HttpResponse> {
    const known = this.#login;
    const response = yield* this.#send(known ?? (yield* this.#logIn()), method, path, body);
    if (response.status !== 401 || known === undefined) return accepted(response);
    return accepted(yield* this.#send(yield* this.#logIn(), method, path, body));
  }

  #send({ token, endpoint }: Login, method: string, path: string, body?: Json): Op<HttpResponse> {
    return this.#http.request(method, `${endpoint.replace(/\/+$/, "")}${path}`, {
      headers: {
        "x-auth-token": token,
        "user-agent": AGENT,
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body }),
    });
  }

  *#logIn(): Op<Login> {
    this.#login = undefined;
    const { authUrl, username, password, tenantName, endpointType, region } = this.#credentials;
    const versions = yield* this.#http.request("GET", authUrl, {
      headers: { "user-agent": AGENT },
    });
    const answer = accepted(
      yield* requestToken(this.#http, v2Url(versions.body) ?? authUrl, {
        tenantName,
        passwordCredentials: { username, password },
      }),
    );
    const access = AccessInfo.from(answer.body);
    const [endpoint = {}] = access?.endpoints({ serviceType: "metering", region }) ?? [];
    const url = textOf(endpoint, endpointType);
    if (access === undefined || url === "") {
      throw new Exception(`${endpointType} endpoint for metering not found`);
    }
    this.#login = { token: access.token, endpoint: url };
    return this.#login;
  }
}

function accepted(response: HttpResponse): HttpResponse {
  if (response.status >= 400) throw new HttpError(response.status);
  return response;
}

/** Where Keystone says that its version 2.0 is. */
function v2Url(body: Json): string | undefined {
  const { version, versions } = isObject(body) ? body : {};
  const list = isObject(versions) ? versions["values"] : versions;
  const all = isObject(version) ? [version] : Array.isArray(list) ? (list as readonly Json[]) : [];
  for (const each of all) {
    if (!isObject(each) || each["id"] !== "v2.0") continue;
    const { links } = each;
    for (const link of Array.isArray(links) ? (links as readonly Json[]) : []) {
      if (isObject(link) && link["rel"] === "self") return textOf(link, "href");
    }
  }
  return undefined;
}
