/**
 * A session of python-keystoneclient 0.11.1, which the newer programs ask through: it finds out which
 * Keystone there is, logs in at the first request, and has words of its own for what goes wrong. Not
 * `Session`, which is novaclient's. Upstream: keystoneclient/session.py, _discover.py,
 * auth/identity/{base,v2}.py, service_catalog.py (url_for), keystoneclient/openstack/common/apiclient/exceptions.py.
 */
import {
  AccessInfo,
  EndpointNotFound,
  type EndpointFilter,
} from "../../framework/apiclient/index.js";
import type { Env } from "../../framework/index.js";
import { ConnectionError, reason, ReadTimeout, type HttpResponse } from "../../http/index.js";
import type { Op } from "../../kernel/index.js";
import { dumps, Exception, isObject, type Json } from "../../python/index.js";
import { headersShown } from "./trace.js";

/** What the session raises: no answer, or one that is a refusal. */
export class KeystoneClientError extends Exception {
  static override readonly module: string = "keystoneclient.openstack.common.apiclient.exceptions";
  override readonly name: string = "ClientException";
}

export interface V2Credentials {
  readonly authUrl: string;
  /** Without one, Keystone is asked all the same. */
  readonly username?: string | undefined;
  readonly password: string;
  readonly tenantId?: string | undefined;
  readonly tenantName?: string | undefined;
}

export interface EndpointChoice extends EndpointFilter {
  /** `publicURL`. */
  readonly interface: string;
}

/** Takes each line of the trace. */
export type SessionTrace = (line: string) => void;

/** What a program asks that looks at answers itself. */
export interface Question {
  readonly agent: string;
  /** In place of those that JSON goes with. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json | undefined;
  /** Whether it goes where it is sent on to. Default: true. */
  readonly redirect?: boolean;
}

/** `REDIRECT_STATUSES`. */
const REDIRECTS: readonly number[] = [301, 302, 303, 305, 307];

const OWN_AGENT = "python-keystoneclient";

export class KeystoneSession {
  readonly #env: Env;
  readonly #credentials: V2Credentials;
  readonly #trace: SessionTrace;
  #access: AccessInfo | undefined;

  constructor(env: Env, credentials: V2Credentials, trace: SessionTrace) {
    this.#env = env;
    this.#credentials = credentials;
    this.#trace = trace;
  }

  /** The URL for `choice` in the catalog; logs in if nobody has. @throws KeystoneClientError, EndpointNotFound */
  *endpoint(choice: EndpointChoice): Op<string> {
    const access = yield* this.#login();
    const { interface: kind, region, serviceType } = choice;
    if (access.catalogEmpty) throw new KeystoneClientError("The service catalog is empty.");
    const [found] = access
      .endpoints({ ...choice, region: undefined })
      .filter((endpoint) => endpoint[kind] !== undefined)
      .filter((endpoint) => region === undefined || endpoint["region"] === region);
    const url = found?.[kind];
    if (typeof url === "string") return url;
    const where = region === undefined ? "" : ` in ${region} region`;
    throw new EndpointNotFound(`${kind} endpoint for ${serviceType} service${where} not found`);
  }

  /**
   * Ask `url` with the token, as `agent`; once more with another token after a 401.
   * @throws KeystoneClientError if no answer came, or one of 400 or more
   */
  *request(method: string, url: string, agent: string, body?: Json): Op<HttpResponse> {
    const { token } = yield* this.#login();
    let response = yield* this.#send(method, url, agent, { "X-Auth-Token": token }, body);
    if (response.status === 401) {
      this.#access = undefined;
      const { token: other } = yield* this.#login();
      response = yield* this.#send(method, url, agent, { "X-Auth-Token": other }, body);
    }
    return accepted(response);
  }

  /**
   * The same for a program that looks at the answer itself, with headers of its own. It is sent on like anybody
   * who follows, or told where to. @throws KeystoneClientError if no answer came
   */
  *ask(
    method: string,
    url: string,
    { agent, headers = {}, body, redirect = true }: Question,
  ): Op<HttpResponse> {
    const { token } = yield* this.#login();
    const send = (auth: string): Op<HttpResponse> =>
      this.#followed(method, url, agent, { ...headers, "X-Auth-Token": auth }, body, redirect);
    const response = yield* send(token);
    if (response.status !== 401) return response;
    this.#access = undefined;
    return yield* send((yield* this.#login()).token);
  }

  *#followed(
    method: string,
    url: string,
    agent: string,
    headers: Readonly<Record<string, string>>,
    body: Json | undefined,
    redirect: boolean,
  ): Op<HttpResponse> {
    const response = yield* this.#send(method, url, agent, headers, body);
    const { location } = response.headers;
    if (!redirect || !REDIRECTS.includes(response.status) || location === undefined)
      return response;
    return yield* this.#followed(method, location, agent, headers, body, redirect);
  }

  /** GET of `url` without a token. @throws KeystoneClientError */
  *get(url: string): Op<HttpResponse> {
    return accepted(yield* this.#send("GET", url, OWN_AGENT, {}, undefined));
  }

  *#login(): Op<AccessInfo> {
    if (this.#access !== undefined) return this.#access;
    const { authUrl, username, password, tenantId, tenantName } = this.#credentials;
    const named = tenantName === undefined ? {} : { tenantName };
    const tenant = tenantId === undefined ? named : { tenantId };
    const who = username === undefined ? {} : { username };
    const auth = { ...tenant, passwordCredentials: { ...who, password } };
    const url = `${authUrl.replace(/\/+$/, "")}/tokens`;
    this.#trace(`keystoneclient.auth.identity.v2 Making authentication request to ${url}`);
    const response = accepted(yield* this.#exchange("POST", url, OWN_AGENT, {}, { auth }));
    const access = AccessInfo.from(response.body);
    if (access === undefined) throw new KeystoneClientError("Invalid response");
    this.#access = access;
    return access;
  }

  /** The same with a line of the trace before and after. */
  *#send(
    method: string,
    url: string,
    agent: string,
    headers: Readonly<Record<string, string>>,
    body: Json | undefined,
  ): Op<HttpResponse> {
    const shown = Object.entries(headers).map(([name, value]) => {
      return ` -H "${name}: ${name === "X-Auth-Token" ? "TOKEN_REDACTED" : value}"`;
    });
    const json = body === undefined ? "" : ` -H "Content-Type: application/json"`;
    const data = body === undefined ? "" : ` -d '${dumps(body)}'`;
    this.#trace(
      `keystoneclient.session REQ: curl -i -X ${method} ${url} -H "User-Agent: ${agent}"` +
        ` -H "Accept: application/json"${json}${shown.join("")}${data}`,
    );
    const response = yield* this.#exchange(method, url, agent, headers, body);
    const text = typeof response.body === "string" ? response.body : dumps(response.body);
    const { kernel } = this.#env;
    const shownHeaders = headersShown(response, kernel.calendar.http(kernel.now));
    this.#trace(
      `keystoneclient.session RESP: [${String(response.status)}] ${shownHeaders} \nRESP BODY: ${text}\n`,
    );
    return response;
  }

  *#exchange(
    method: string,
    url: string,
    agent: string,
    headers: Readonly<Record<string, string>>,
    body: Json | undefined,
  ): Op<HttpResponse> {
    const type = body === undefined ? {} : { "Content-Type": "application/json" };
    const usual = { "User-Agent": agent, Accept: "application/json", ...type };
    const all = { ...headers, ...usual, ...headers };
    try {
      return yield* this.#env.http.request(method, url, { headers: all, body });
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      throw new KeystoneClientError(
        error instanceof ReadTimeout
          ? `Request to ${url} timed out`
          : `Unable to establish connection to ${url}`,
      );
    }
  }
}

/** @throws KeystoneClientError for an answer of 400 or more */
function accepted(response: HttpResponse): HttpResponse {
  const { status, headers, body } = response;
  if (status < 400) return response;
  // A message is looked for where Keystone puts it; no other service's body is understood.
  const error = isObject(body) ? body["error"] : undefined;
  const said = isObject(error) ? error["message"] : undefined;
  const message = typeof said === "string" && said !== "" ? said : otherwise(status);
  const id = headers["x-openstack-request-id"] ?? headers["x-compute-request-id"];
  const request = id === undefined ? "" : ` (Request-ID: ${id})`;
  throw new KeystoneClientError(`${message} (HTTP ${String(status)})${request}`);
}

/** The words of apiclient/exceptions.py, which are HTTP's own as far as there are any. */
function otherwise(status: number): string {
  const words = reason(status);
  if (words !== String(status)) return words;
  return status < 500 ? "HTTP Client Error" : "HTTP Server Error";
}
