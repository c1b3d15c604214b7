/**
 * How Ceilometer's agents ask Nova: with a login of their own, or with a token and an address that they have. Upstream:
 * ceilometer/nova_client.py at 2014.2, over python-novaclient 2.20.0.
 */
import {
  asLibrary,
  authorized,
  fromResponse,
  type Requester,
} from "../../framework/apiclient/index.js";
import type { Env } from "../../framework/index.js";
import type { HttpResponse } from "../../http/index.js";
import type { Op } from "../../kernel/index.js";
import { Exception, textOf, type Json } from "../../python/index.js";
import { TokenStore } from "../keystone/client.js";
import { serviceCredentials } from "./service-credentials.js";

export class NovaEndpoint {
  readonly #http: Requester;
  readonly #login: TokenStore;
  readonly #type: string;
  readonly #region: string | undefined;

  constructor(env: Env) {
    const { authUrl, username, password, tenantName, endpointType, region } =
      serviceCredentials(env);
    this.#http = asLibrary(env.http, "python-novaclient");
    const auth = { tenantName, passwordCredentials: { username, password } };
    this.#login = new TokenStore(this.#http, authUrl, auth, "the compute agent's token");
    this.#type = endpointType;
    this.#region = region;
  }

  /** @throws ClientException for 400 and up, KeystoneError, ConnectionError */
  *request(method: string, path: string, body?: Json): Op<HttpResponse> {
    const access = yield* this.#login.access();
    const [endpoint = {}] = access.endpoints({ serviceType: "compute", region: this.#region });
    const base = textOf(endpoint, this.#type);
    if (base === "") throw new Exception(`EndpointNotFound: ${this.#type} of compute`);
    const url = `${base}${path}`;
    const response = yield* authorized(this.#login, (token) =>
      this.#http.request(method, url, { headers: { "x-auth-token": token }, body }),
    );
    if (response.status >= 400) throw fromResponse(response, method, url);
    return response;
  }
}

/** With a token and an address, for one cycle. */
export const novaAt = (env: Env, url: string, token: string) => ({
  *request(method: string, path: string, body?: Json): Op<HttpResponse> {
    const http = asLibrary(env.http, "python-novaclient");
    const options = { headers: { "x-auth-token": token }, body };
    const response = yield* http.request(method, `${url}${path}`, options);
    if (response.status >= 400) throw fromResponse(response, method, `${url}${path}`);
    return response;
  },
});
