/**
 * Requests to Glance as its program sends them, for either version of the API. Upstream:
 * glanceclient/common/http.py (HTTPClient), 0.14.1.
 */
import { CommandError, type Requester } from "../../framework/apiclient/index.js";
import { ConnectionError, type Headers, type HttpResponse } from "../../http/index.js";
import type { Op } from "../../kernel/index.js";
import { errorOf } from "./errors.js";

export interface GlanceEndpoint {
  /** With or without a version at its end. */
  readonly endpoint: string;
  readonly token: string;
}

export class GlanceHttp {
  readonly #http: Requester;
  readonly #endpoint: string;
  readonly #token: string;

  constructor(http: Requester, { endpoint, token }: GlanceEndpoint) {
    this.#http = http;
    this.#endpoint = endpoint.replace(/\/$/u, "").replace(/\/v\d+\.?\d*[^/]*$/u, "");
    this.#token = token;
  }

  /** @throws ImagesHttpError, CommandError if nobody answers */
  *ask(
    method: string,
    path: string,
    { headers, ...rest }: Parameters<Requester["request"]>[2] = {},
  ): Op<HttpResponse> {
    const all: Headers = {
      "Content-Type": "application/octet-stream",
      ...headers,
      "X-Auth-Token": this.#token,
      Accept: "*/*",
    };
    const url = `${this.#endpoint}${path}`;
    try {
      const response = yield* this.#http.request(method, url, { ...rest, headers: all });
      if (response.status >= 400 || response.status === 300) throw errorOf(response);
      return response;
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      throw new CommandError(`Error finding address for ${url}: ${error.message}`);
    }
  }
}
