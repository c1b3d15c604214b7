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
  ReadTimeout,
  Query,
  exceeded,
  type HttpResponse,
  type RequestOptions,
} from "../../http/index.js";
import { seconds, type Kernel, type Micros, type Op } from "../../kernel/index.js";
import { float, toJson } from "../../python/index.js";
import { requestLine, responseLines } from "./trace.js";

export interface TransportOptions {
  /** Whose requests they are: `python-novaclient`. */
  readonly userAgent: string;
  /** Takes each piece of the trace; without it there is none. */
  readonly debug?: ((text: string) => void) | undefined;
  /** Seconds to wait for an answer; null is for ever. */
  readonly timeout?: number | null | undefined;
  readonly insecure?: boolean | undefined;
  /** False: bodies are no JSON unless their type says so. */
  readonly json?: boolean | undefined;
}

/** What it needs of a process. */
type TransportEnv = Pick<Env, "kernel"> & { readonly http: Requester };

/** One request and how long it took, for `--timings`. */
export interface Timing {
  readonly what: string;
  readonly took: Micros;
}

const DEFAULT_TIMEOUT = 600;

export class Transport implements Requester {
  readonly timings: Timing[] = [];
  readonly #env: TransportEnv;
  readonly #options: TransportOptions;

  constructor(env: TransportEnv, options: TransportOptions) {
    this.#env = env;
    this.#options = options;
  }

  /** Whose clock it goes by. */
  get kernel(): Kernel {
    return this.#env.kernel;
  }

  /** A line of the trace that is about no request. */
  log(line: string): void {
    this.#options.debug?.(`${line}\n`);
  }

  /**
   * Ask and wait for the answer, whatever its status. Without a body none is sent; null is one.
   * JSON is sent and wanted, unless `Content-Type` and `Accept` among the headers say otherwise.
   * @throws ConnectionError if no answer came
   */
  *request(method: string, url: string, options: RequestOptions = {}): Op<HttpResponse> {
    const { kernel, http } = this.#env;
    const { debug, insecure = false, json = true, userAgent } = this.#options;
    const { timeout = DEFAULT_TIMEOUT } = this.#options;
    const { query, body } = options;
    const given = options.headers ?? {};
    const headers: Record<string, string> = {
      ...given,
      "User-Agent": userAgent,
      Accept: given["Accept"] ?? "application/json",
    };
    if (body !== undefined && json) headers["Content-Type"] ??= "application/json";
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
        ...(timeout !== null && { timeout: seconds(timeout) }),
      });
    } catch (error) {
      throw inItsWords(error, url, new Query(query), timeout ?? 0);
    }
    debug?.(`${responseLines(response, kernel.calendar.http(kernel.now))}\n`);
    const took = kernel.now - from;
    if (response.status < 400) this.timings.push({ what: `${method} ${shown}`, took });
    return response;
  }
}

const withoutFragment = (url: string): string => url.replace(/#.*$/s, "");

/** A command does not run under eventlet, and counts its waiting time as a float. */
function inItsWords(error: unknown, url: string, query: Query, timeout: number): unknown {
  const [, host = "", port = "80", path = ""] =
    /^http:\/\/([^/:?]*)(?::(\d+))?(.*)$/s.exec(`${url}${query.toString()}`) ?? [];
  const to = { address: `${host}:${port}`, path };
  if (error instanceof ConnectionRefused) {
    const cause = "<class 'socket.error'>: [Errno 111] Connection refused";
    return new ConnectionError(exceeded(to, cause));
  }
  return error instanceof ReadTimeout ? new ReadTimeout(to, float(timeout)) : error;
}
