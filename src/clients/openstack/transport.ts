/**
 * One request of a command line: the headers of its library, the trace of `--debug`, the waiting
 * time, and how long it took. It stands before the process's HTTP client and knows no service and
 * no token. Upstream: novaclient/client.py (HTTPClient.request).
 */
import type { Requester } from "../../framework/apiclient/index.js";
import type { Env } from "../../framework/index.js";
import {
  ConnectionError,
  ConnectionRefused,
  ConnectionReset,
  ReadTimeout,
  Query,
  type HttpResponse,
  type RequestOptions,
} from "../../http/index.js";
import { seconds, type Micros, type Op } from "../../kernel/index.js";
import { float, toJson } from "../../python/index.js";
import { requestLine, responseLines } from "./trace.js";

export interface TransportOptions {
  /** Whose requests they are: `python-novaclient`. */
  readonly userAgent: string;
  /** Takes each piece of the trace; without it there is none. */
  readonly debug?: ((text: string) => void) | undefined;
  /** Seconds to wait for an answer. */
  readonly timeout?: number | undefined;
  readonly insecure?: boolean | undefined;
}

/** One request and how long it took, for `--timings`. */
export interface Timing {
  readonly what: string;
  readonly took: Micros;
}

const DEFAULT_TIMEOUT = 600;

export class Transport implements Requester {
  readonly timings: Timing[] = [];
  readonly #env: Env;
  readonly #options: TransportOptions;

  constructor(env: Env, options: TransportOptions) {
    this.#env = env;
    this.#options = options;
  }

  /**
   * Ask and wait for the answer, whatever its status. Without a body none is sent; null is one.
   * @throws ConnectionError if no answer came
   */
  *request(method: string, url: string, options: RequestOptions = {}): Op<HttpResponse> {
    const { kernel, http } = this.#env;
    const { debug, insecure = false, timeout = DEFAULT_TIMEOUT, userAgent } = this.#options;
    const { query, body } = options;
    const headers: Record<string, string> = {
      ...options.headers,
      "User-Agent": userAgent,
      Accept: "application/json",
    };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const shown = `${url}${new Query(query).toString()}`;
    const sent = body === undefined ? undefined : toJson(body);
    debug?.(`${requestLine(method, shown, headers, sent, insecure)}\n`);
    const from = kernel.now;
    let response: HttpResponse;
    try {
      response = yield* http.request(method, withoutFragment(url), {
        query,
        headers,
        body,
        timeout: seconds(timeout),
      });
    } catch (error) {
      throw error instanceof ConnectionError ? asRequests(error, shown, timeout) : error;
    }
    debug?.(`${responseLines(response, kernel.calendar.http(kernel.now))}\n`);
    const took = kernel.now - from;
    if (response.status < 400) this.timings.push({ what: `${method} ${shown}`, took });
    return response;
  }
}

const withoutFragment = (url: string): string => url.replace(/#.*$/s, "");

/** The words of requests 2.3 for a connection that failed. */
function asRequests(error: ConnectionError, url: string, timeout: number): ConnectionError {
  const [, host = "", port = "80", path = ""] =
    /^http:\/\/([^/:?]*)(?::(\d+))?(.*)$/s.exec(url) ?? [];
  const pool = `HTTPConnectionPool(host='${host}', port=${port})`;
  if (error instanceof ConnectionRefused) {
    const cause = "<class 'socket.error'>: [Errno 111] Connection refused";
    return new RequestsConnectionError(
      `${pool}: Max retries exceeded with url: ${path} (Caused by ${cause})`,
    );
  }
  if (error instanceof ReadTimeout) {
    return new ReadTimeout(`${pool}: Read timed out. (read timeout=${float(timeout)})`);
  }
  if (error instanceof ConnectionReset) {
    return new RequestsConnectionError(`('Connection aborted.', BadStatusLine("''",))`);
  }
  return error;
}

/** By its upstream name, which does not tell a refusal from a reset. */
class RequestsConnectionError extends ConnectionError {}
