/**
 * Makes requests for one process: out over the network, and back with the response, an error, or
 * nothing in time. Upstream: the requests library.
 */
import {
  Signal,
  seconds,
  type Cause,
  type Detail,
  type Duration,
  type Micros,
  type Op,
  type Stream,
} from "../kernel/index.js";
import { isObject, toJson } from "../python/index.js";
import {
  ConnectTimeout,
  ConnectionClosed,
  ConnectionRefused,
  ConnectionReset,
  InvalidUrl,
  ReadTimeout,
  type ConnectionError,
  type Destination,
} from "./errors.js";
import type { Arrival } from "./arrival.js";
import { HeldBody } from "./bodies/held-body.js";
import type { Entity, Headers, HttpRequest, HttpResponse } from "./message.js";
import type { Network } from "./network.js";
import type { RestRequest, RestResponse } from "./observations.js";
import { Query, parseQuery, type QueryValue } from "./query.js";
import { Sender } from "./bodies/sender.js";

export interface RequestOptions {
  readonly query?: Readonly<Record<string, QueryValue>> | undefined;
  readonly headers?: Headers;
  /** What is sent, or a `HeldBody` that is sent when it is asked for. */
  readonly body?: unknown;
  /** The same as bytes, if there are any. */
  readonly entity?: Entity | undefined;
  /** How long to wait for the response; without it, for ever. */
  readonly timeout?: Duration;
  /** How long to try to connect; without it, as long as TCP does. */
  readonly connectTimeout?: Duration;
}

/** A request under way, and who waits for its outcome. */
interface PendingRequest {
  readonly id: number;
  readonly to: Destination;
  /** The OpenStack request on whose behalf it is made. */
  readonly by: string | undefined;
  readonly cause: Cause;
  readonly detail: Detail;
  readonly answered: Signal<HttpResponse>;
  readonly connectTimeout: Duration | undefined;
  /** Nothing gets there. */
  cutOff: boolean;
  /** When a server began to see to it. */
  taken: Micros | undefined;
}

/** How long Linux tries to connect: `tcp_syn_retries` 6. */
const CONNECT_TIMEOUT = seconds(127);

/**
 * Makes requests for one process: out over the network, and back with the response or an error.
 */
export class HttpClient {
  readonly #network: Network;
  readonly #actor: string;
  readonly #way: (() => string) | undefined;
  readonly #lag: Stream;

  /** @param way where it connects to, whatever the URL says: a socket of its host, a namespace */
  constructor(network: Network, actor: string, way?: () => string) {
    this.#network = network;
    this.#actor = actor;
    this.#way = way;
    this.#lag = network.kernel.stream(actor, "rest latency");
  }

  /**
   * Ask, and wait for the response, whatever its status.
   * @throws ConnectionRefused, ConnectionReset, ReadTimeout, InvalidUrl
   */
  *request(method: string, url: string, options: RequestOptions = {}): Op<HttpResponse> {
    const { kernel } = this.#network;
    const { address: written, path, query } = parseUrl(url, options.query);
    const address = this.#way?.() ?? this.#network.route(written);
    const held = options.body instanceof HeldBody ? options.body : undefined;
    const body = held === undefined ? toJson(options.body) : null;
    const headers = lowerCase(options.headers ?? {});
    const id = this.#network.nextId();
    const by = kernel.current?.request;
    const cause = kernel.observeAs<RestRequest>(() => ({
      kind: "rest.request",
      actor: this.#actor,
      request: by,
      id,
      from: this.#actor,
      to: this.#network.at(address)?.actor ?? address,
      method,
      path: `${path}${query.toString()}`,
      headers,
      body,
    }));
    const answered = new Signal<HttpResponse>(`the response of ${address} to ${method} ${path}`);
    const { detail } = kernel;
    const to = { address, path: `${path}${query.toString()}` };
    const { timeout, connectTimeout } = options;
    const cutOff = false;
    const pending: PendingRequest = {
      ...{ id, to, by, cause, detail, answered },
      ...{ connectTimeout, cutOff, taken: undefined },
    };
    const from = this.#actor;
    const sender = isObject(body) && "$data" in body ? new Sender() : undefined;
    this.#send(pending, {
      ...{ method, path, query, headers, body, from },
      ...(held && { held }),
      ...(sender && { sender }),
      ...(options.entity && { entity: options.entity }),
    });
    if (held !== undefined) return yield* this.#waitWith(held, pending);
    if (sender !== undefined && timeout === undefined) return yield* this.#sending(sender, pending);
    if (timeout === undefined) return yield* answered.wait();
    const timer = kernel.after(timeout, () => {
      const limit = timeout / 1e6;
      this.#failed(
        pending,
        pending.cutOff ? new ConnectTimeout(to, limit) : new ReadTimeout(to, String(limit)),
      );
    });
    try {
      return yield* answered.wait();
    } finally {
      timer.cancel();
    }
  }

  /** A body that can be sent, for whoever waits with it until the server asks. */
  hold(): HeldBody {
    const { kernel, latency } = this.#network;
    return new HeldBody(kernel, () => this.#lag.within(latency));
  }

  /** Who stops waiting, or is halted, takes the body along. */
  *#waitWith(held: HeldBody, { answered }: PendingRequest): Op<HttpResponse> {
    try {
      return yield* answered.wait();
    } finally {
      if (!answered.set) held.abandon();
    }
  }

  /** Who is halted meanwhile sends no more. */
  *#sending(sender: Sender, { answered }: PendingRequest): Op<HttpResponse> {
    try {
      return yield* answered.wait();
    } finally {
      if (!answered.set) {
        this.#network.kernel.after(this.#lag.within(this.#network.latency), () => {
          sender.leave();
        });
      }
    }
  }

  #send(pending: PendingRequest, request: HttpRequest): void {
    const { kernel } = this.#network;
    const { to, cause, detail, connectTimeout } = pending;
    const { daemon } = kernel;
    kernel.after(this.#lag.within(this.#network.latency), () => {
      if (this.#stopped(pending)) {
        pending.cutOff = true;
        const limit = connectTimeout === undefined ? undefined : connectTimeout / 1e6;
        kernel.after(connectTimeout ?? CONNECT_TIMEOUT, () => {
          this.#failed(pending, new ConnectTimeout(to, limit));
        });
        return;
      }
      const server = this.#network.at(to.address);
      if (server === undefined) {
        this.#failed(pending, new ConnectionRefused(to));
        return;
      }
      const arrival: Arrival = {
        request,
        name: `${request.method} ${request.path}`,
        daemon,
        detail,
        cause,
        taken: () => {
          pending.taken = kernel.now;
        },
        respond: (response) => {
          this.#answer(pending, response);
        },
        abort: (how = "closed") => {
          this.#failed(pending, how === "reset" ? new ConnectionReset() : new ConnectionClosed());
        },
      };
      if (this.#network.tap?.arriving(server, arrival) !== true) server.accept(arrival);
    });
  }

  /** Called in the server's greenthread; the response arrives later. */
  #answer(pending: PendingRequest, response: HttpResponse): void {
    const { id, by, answered } = pending;
    const { kernel } = this.#network;
    const { cause, detail } = kernel;
    // It belongs to the request of who asked; a client has none, and learns the server's.
    const request = by ?? kernel.current?.request;
    const copy: HttpResponse = {
      status: response.status,
      ...(response.reason !== undefined && { reason: response.reason }),
      headers: lowerCase(response.headers),
      body: toJson(response.body),
    };
    const arrive = (): void => {
      if (answered.set) return;
      // What was under way when a host was cut off is sent again until it arrives.
      if (this.#stopped(pending)) {
        this.#network.tap?.afterRepair(arrive);
        return;
      }
      const arrived = kernel.observe<RestResponse>(
        { kind: "rest.response", actor: this.#actor, request, id, ...takenAt(pending), ...copy },
        cause,
        detail,
      );
      answered.send(copy, arrived);
    };
    kernel.after(this.#lag.within(this.#network.latency), arrive);
  }

  #stopped({ to: { address }, cause, detail }: PendingRequest): boolean {
    const { tap } = this.#network;
    if (tap === undefined) return false;
    const one = { actor: this.#actor, host: hostOf(this.#actor, "@", 1) };
    const actor = this.#network.at(address)?.actor;
    return tap.separates(
      one,
      { actor, host: hostOf(this.#network.resolve(address), ":", 0) },
      { cause, detail },
    );
  }

  #failed(pending: PendingRequest, error: ConnectionError): void {
    const { id, by, cause, detail, answered } = pending;
    if (answered.set) return;
    const arrived = this.#network.kernel.observe<RestResponse>(
      {
        kind: "rest.response",
        actor: this.#actor,
        request: by,
        id,
        ...takenAt(pending),
        status: 0,
        headers: {},
        body: null,
        error: error.message,
      },
      cause,
      detail,
    );
    answered.sendError(error, arrived);
  }
}

const takenAt = ({ taken }: PendingRequest): { readonly taken?: Micros } =>
  taken === undefined ? {} : { taken };

/** The host of `binary@host` or `host:port`. */
const hostOf = (name: string, mark: string, part: number): string => name.split(mark)[part] ?? name;

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
  const more = new Query(extra);
  const query = text === undefined ? more : parseQuery(text).and(more);
  return { address, path: path === "" ? "/" : path, query };
}

/** Header names mean the same in any case. A name may be anything, so none is assigned to. */
function lowerCase(headers: Headers): Headers {
  // Most names are in lower case as they are written.
  for (const name in headers) {
    if (name === name.toLowerCase()) continue;
    const lower = Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]);
    return Object.fromEntries(lower) as Headers;
  }
  return toJson(headers) as Headers;
}
