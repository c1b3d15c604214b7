/**
 * The headers that a python-*client puts on each request, its logins too, whoever uses it: a command
 * or a service. Upstream: neutronclient/client.py (AbstractHTTPClient), novaclient/client.py (HTTPClient).
 */
import type { RequestOptions } from "../../http/index.js";
import type { Requester } from "./token-request.js";

/** `http` as `library` uses it. @param library `python-neutronclient` */
export const asLibrary = (http: Requester, library: string): Requester => ({
  request: (method: string, url: string, options: RequestOptions = {}) =>
    http.request(method, url, {
      ...options,
      headers: {
        ...options.headers,
        "user-agent": library,
        accept: "application/json",
        // What is no JSON says so itself.
        ...(options.body === undefined || options.headers?.["content-type"] !== undefined
          ? {}
          : { "content-type": "application/json" }),
      },
    }),
});
