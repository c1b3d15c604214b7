/**
 * Who listens where. A name and port of a URL lead to a server, or to nobody. It takes no time;
 * clients do. Not a model of packets.
 */
import { milliseconds, type Kernel, type Span } from "../kernel/index.js";
import { HttpClient } from "./client.js";
import { AddressInUse } from "./errors.js";
import type { HttpServer } from "./server.js";

export interface NetworkOptions {
  /** One way of a request or a response. */
  readonly latency?: Span;
}

const DEFAULT_LATENCY: Span = { min: milliseconds(2), max: milliseconds(5) };

export class Network {
  readonly kernel: Kernel;
  readonly latency: Span;
  readonly #servers = new Map<string, HttpServer>();
  #requests = 0;

  constructor(kernel: Kernel, options: NetworkOptions = {}) {
    this.kernel = kernel;
    this.latency = options.latency ?? DEFAULT_LATENCY;
  }

  /** A process that makes requests. */
  client(actor: string): HttpClient {
    return new HttpClient(this, actor);
  }

  /** Who listens at `host:port`. */
  at(address: string): HttpServer | undefined {
    return this.#servers.get(address);
  }

  /** @internal @throws AddressInUse */
  bind(address: string, server: HttpServer): void {
    if (this.#servers.has(address)) throw new AddressInUse(address);
    this.#servers.set(address, server);
  }

  /** @internal */
  unbind(address: string, server: HttpServer): void {
    if (this.#servers.get(address) === server) this.#servers.delete(address);
  }

  /** @internal Numbers for requests, in the order in which they are sent. */
  nextId(): number {
    return ++this.#requests;
  }
}
