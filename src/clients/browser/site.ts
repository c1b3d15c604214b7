/**
 * The site as one browser has it: what is asked of it, by a person or by a script, with the cookies that it has set. Nothing is
 * shown here, and no redirect followed. Upstream: any browser's HTTP.
 */
import type { HttpClient, HttpResponse } from "../../http/index.js";
import type { Op } from "../../kernel/index.js";
import { quotePlus } from "../../python/index.js";
import { cookieHeader, storeCookies } from "../../services/horizon/client/index.js";
import type { Pairs } from "./form.js";

const FORM = { "content-type": "application/x-www-form-urlencoded" };

/** What scripts send along. */
export const SCRIPT = { "x-requested-with": "XMLHttpRequest" };

export class Site {
  /** `http://controller`. */
  readonly url: string;
  readonly #http: HttpClient;
  readonly #cookies = new Map<string, string>();

  constructor(http: HttpClient, url: string) {
    this.#http = http;
    this.url = url;
  }

  /** What is sent with the token that the site gave against forged forms. */
  signed(pairs: Pairs): Pairs {
    return [["csrfmiddlewaretoken", this.#cookies.get("csrftoken") ?? ""], ...pairs];
  }

  /** @throws ConnectionError */
  *ask(
    method: string,
    path: string,
    pairs?: Pairs,
    headers: Readonly<Record<string, string>> = {},
  ): Op<HttpResponse> {
    const body = pairs?.map(([name, value]) => `${quotePlus(name)}=${quotePlus(value)}`).join("&");
    const cookie = cookieHeader(this.#cookies);
    const response = yield* this.#http.request(method, `${this.url}${path}`, {
      headers: {
        ...headers,
        ...(cookie !== "" && { cookie }),
        ...(body !== undefined && FORM),
      },
      ...(body !== undefined && { body }),
    });
    storeCookies(this.#cookies, response.headers["set-cookie"]);
    return response;
  }

  /** As a script asks. */
  script(method: string, path: string, pairs?: Pairs): Op<HttpResponse> {
    return this.ask(method, path, pairs, SCRIPT);
  }
}
