/**
 * One request of a client: headers, trace, waiting time, and an exception for an answer of 400 or
 * more. It knows no service and no token. Upstream: novaclient/client.py (HTTPClient.request).
 */
import {
  ConnectionError,
  ConnectionRefused,
  ConnectionReset,
  ReadTimeout,
  type HttpResponse,
} from "../../http/index.js";
import type { Env } from "../../framework/index.js";
import { seconds, type Micros, type Op } from "../../kernel/index.js";
import { float, type Json } from "../../python/index.js";
import { fromResponse } from "./exceptions.js";
import { requestLine, responseLines } from "./trace.js";

export interface TransportOptions {
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

const USER_AGENT = "python-novaclient";
const DEFAULT_TIMEOUT = 600;

export class Transport {
  readonly timings: Timing[] = [];
  readonly #env: Env;
  readonly #options: TransportOptions;

  constructor(env: Env, options: TransportOptions = {}) {
    this.#env = env;
    this.#options = options;
  }

  /**
   * Ask and wait. `body` undefined sends none; null is a body.
   * @throws ClientException for 400 and up; ConnectionError if no answer came
   */
  *request(
    method: string,
    url: string,
    extra: Readonly<Record<string, string>>,
    body?: Json,
  ): Op<HttpResponse> {
    const { kernel, http } = this.#env;
    const { debug, insecure = false, timeout = DEFAULT_TIMEOUT } = this.#options;
    const headers: Record<string, string> = {
      ...extra,
      "User-Agent": USER_AGENT,
      Accept: "application/json",
    };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    debug?.(`${requestLine(method, url, headers, body, insecure)}\n`);
    const from = kernel.now;
    const options = { headers, body, timeout: seconds(timeout) };
    let response: HttpResponse;
    try {
      response = yield* http.request(method, withoutFragment(url), options);
    } catch (error) {
      throw error instanceof ConnectionError ? asRequests(error, url, timeout) : error;
    }
    debug?.(`${responseLines(response, kernel.calendar.http(kernel.now))}\n`);
    if (response.status >= 400) throw fromResponse(response, method, url);
    this.timings.push({ what: `${method} ${url}`, took: kernel.now - from });
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
