/**
 * How a service asks Nova with a token that it was given. A token that is refused leads to a login with
 * neither name nor password, and after it the first refusal counts. Upstream: python-novaclient 2.20.0
 * `novaclient/client.py` (HTTPClient._cs_request, _v2_auth).
 */
import {
  asLibrary,
  fromResponse,
  requestToken,
  Unauthorized,
  type Requester,
} from "../../../framework/apiclient/index.js";
import type { HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import type { Json } from "../../../python/index.js";
import type { ComputeEndpoint } from "./manager.js";

export interface NovaHttpClientOptions {
  readonly http: Requester;
  /** `http://controller:8774/v2/<tenant>`. */
  readonly url: string;
  /** The name of the project. */
  readonly project: string | null;
  readonly token: string;
  /** `http://controller:5000/v2.0`. */
  readonly authUrl: string | null;
}

export class NovaHttpClient implements ComputeEndpoint {
  readonly #options: NovaHttpClientOptions;
  readonly #http: Requester;

  constructor(options: NovaHttpClientOptions) {
    this.#options = options;
    this.#http = asLibrary(options.http, "python-novaclient");
  }

  *request(method: string, path: string, body?: Json): Op<HttpResponse> {
    const { url, project, token } = this.#options;
    const response = yield* this.#http.request(method, url + path, {
      headers: {
        "x-auth-token": token,
        ...(project !== null && project !== "" && { "x-auth-project-id": project }),
      },
      ...(body !== undefined && { body }),
    });
    if (response.status < 400) return response;
    const error = fromResponse(response, method, path);
    if (error instanceof Unauthorized) yield* this.#logIn();
    throw error;
  }

  *#logIn(): Op<void> {
    const { authUrl, project } = this.#options;
    if (authUrl === null) return;
    const tenant = project === null || project === "" ? {} : { tenantName: project };
    const passwordCredentials = { username: null, password: null };
    yield* requestToken(this.#http, authUrl, { ...tenant, passwordCredentials });
  }
}
