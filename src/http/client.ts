/**
 * Makes requests for one process: out over the network, and back with the response, an error, or
 * nothing in time. Upstream: the requests library.
 */
import { Signal, toJson, type Op, type Stream } from "../kernel/index.js";
import { ConnectionRefused, ConnectionReset, InvalidUrl, ReadTimeout } from "./errors.js";
import type { Headers, HttpRequest, HttpResponse } from "./message.js";
import type { Network } from "./network.js";
import type { RestRequest, RestResponse } from "./observations.js";
import { Query, parseQuery, type QueryValue } from "./query.js";
import type { HttpServer } from "./server.js";

export interface RequestOptions {
  readonly query?: Readonly<Record<string, QueryValue>> | undefined;
  readonly headers?: Headers;
  readonly body?: unknown;
  /** Microseconds to wait for the response; without it, for ever. */
  readonly timeout?: number;
}

export class HttpClient {
  readonly #network: Network;
  readonly #actor: string;
  readonly #lag: Stream;

  /** @internal `network.client` makes clients. */
  constructor(network: Network, actor: string) {
    this.#network = network;
    this.#actor = actor;
    this.#lag = network.kernel.stream(actor, "rest latency");
  }

  /**
   * Ask, and wait for the response, whatever its status.
   * @throws ConnectionRefused, ConnectionReset, ReadTimeout, InvalidUrl
   */
  *request(method: string, url: string, options: RequestOptions = {}): Op<HttpResponse> {
    const { kernel } = this.#network;
    const { address, path, query } = parseUrl(url, options.query);
    const body = toJson(options.body);
    const headers = lowerCase(options.headers ?? {});
    const id = this.#network.nextId();
    const server = this.#network.at(address);
    const cause = kernel.observe<RestRequest>({
      kind: "rest.request",
      actor: this.#actor,
      request: kernel.current?.request,
      id,
      from: this.#actor,
      to: server?.actor ?? address,
      method,
      path: `${path}${query.toString()}`,
      headers,
      body,
    });
    const answered = new Signal<HttpResponse>(`the response of ${address} to ${method} ${path}`);
    const request: HttpRequest = { method, path, query, headers, body, from: this.#actor };
    this.#send(id, cause, address, request, answered);
    const { timeout } = options;
    if (timeout === undefined) return yield* answered.wait();
    const timer = kernel.after(timeout, () => {
      const error = new ReadTimeout(`${address} did not answer within ${String(timeout / 1e6)} s`);
      this.#failed(id, cause, answered, error);
    });
    try {
      return yield* answered.wait();
    } finally {
      timer.cancel();
    }
  }

  #send(
    id: number,
    cause: number,
    address: string,
    request: HttpRequest,
    answered: Signal<HttpResponse>,
  ): void {
    const { kernel } = this.#network;
    const { detail } = kernel;
    const daemon = kernel.daemon;
    kernel.after(this.#lag.within(this.#network.latency), () => {
      const server: HttpServer | undefined = this.#network.at(address);
      if (server === undefined) {
        const error = new ConnectionRefused(`Unable to establish connection to http://${address}`);
        this.#failed(id, cause, answered, error);
        return;
      }
      server.accept({
        request,
        name: `${request.method} ${request.path}`,
        daemon,
        detail,
        cause,
        respond: (response) => {
          this.#answer(id, response, answered);
        },
        abort: () => {
          this.#failed(
            id,
            cause,
            answered,
            new ConnectionReset(`${address} closed the connection`),
          );
        },
      });
    });
  }

  /** Called in the server's greenthread; the response arrives later. */
  #answer(id: number, response: HttpResponse, answered: Signal<HttpResponse>): void {
    const { kernel } = this.#network;
    const { cause, detail } = kernel;
    const request = kernel.current?.request;
    const copy: HttpResponse = {
      status: response.status,
      headers: lowerCase(response.headers),
      body: toJson(response.body),
    };
    kernel.after(this.#lag.within(this.#network.latency), () => {
      if (answered.set) return;
      const arrived = kernel.observe<RestResponse>(
        { kind: "rest.response", actor: this.#actor, request, id, ...copy },
        cause,
        detail,
      );
      answered.send(copy, arrived);
    });
  }

  #failed(id: number, cause: number, answered: Signal<HttpResponse>, error: Error): void {
    if (answered.set) return;
    const { kernel } = this.#network;
    const arrived = kernel.observe<RestResponse>(
      {
        kind: "rest.response",
        actor: this.#actor,
        id,
        status: 0,
        headers: {},
        body: null,
        error: error.message,
      },
      cause,
    );
    answered.sendError(error, arrived);
  }
}

/** @throws InvalidUrl */
function parseUrl(
  url: string,
  extra: Readonly<Record<string, QueryValue>> | undefined,
): { address: string; path: string; query: Query } {
  const match = /^http:\/\/([^/?#]+)([^?#]*)(?:\?([^#]*))?$/.exec(url);
  if (match === null)
    throw new InvalidUrl(`"${url}" is not a URL of the form http://host:port/path`);
  const [, authority = "", path = "", text] = match;
  const address = authority.includes(":") ? authority : `${authority}:80`;
  const query = text === undefined ? new Query(extra) : parseQuery(text);
  return { address, path: path === "" ? "/" : path, query };
}

function lowerCase(headers: Headers): Headers {
  const lower: Record<string, string> = {};
  for (const name of Object.keys(headers)) lower[name.toLowerCase()] = headers[name] as string;
  return lower;
}
