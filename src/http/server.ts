/**
 * Listens at an address and runs each request in a greenthread of a pool. What the request means is
 * the application's affair. Upstream: nova/wsgi.py (Server), eventlet.wsgi.
 */
import { Ring, Signal, type Op } from "../kernel/index.js";
import { Exception } from "../python/index.js";
import type { HttpRequest, HttpResponse } from "./message.js";
import type { Listening, Network } from "./network.js";
import type { SharedSocket } from "./shared-socket.js";

/** A WSGI application: a request in, a response out. */
export type Application = (request: HttpRequest) => Op<HttpResponse>;

export interface HttpServerOptions {
  readonly actor: string;
  /** `controller:8774`; port 0 is any that is free. */
  readonly address: string;
  /** The socket to accept from, if another process has opened it. */
  readonly socket?: SharedSocket | undefined;
  readonly application: Application;
  /** `wsgi_default_pool_size`. */
  readonly poolSize?: number;
}

/** A request that has arrived, and what to do with its outcome. */
export interface Exchange {
  readonly request: HttpRequest;
  readonly name: string;
  readonly daemon: boolean;
  readonly detail: "flow" | "full";
  readonly cause: number;
  respond(response: HttpResponse): void;
  abort(): void;
}

export class HttpServer implements Listening {
  readonly actor: string;
  readonly #network: Network;
  readonly #socket: SharedSocket | undefined;
  readonly #application: Application;
  readonly #poolSize: number;
  readonly #backlog = new Ring<Exchange>();
  readonly #open = new Set<Exchange>();
  #idle: Signal<void> | undefined;
  #address: string;
  #listening = false;
  #accepting = false;

  constructor(network: Network, options: HttpServerOptions) {
    this.#network = network;
    this.actor = options.actor;
    this.#address = options.socket?.address ?? options.address;
    this.#socket = options.socket;
    this.#application = options.application;
    this.#poolSize = options.poolSize ?? 1000;
  }

  /** Where it listens: with the port that it was given, once it has taken one. */
  get address(): string {
    return this.#address;
  }

  /** Take the address; who connects waits until it starts. @throws AddressInUse */
  listen(): void {
    if (this.#listening) return;
    if (this.#socket === undefined) this.#address = this.#network.bind(this.#address, this);
    this.#listening = true;
  }

  /** @throws AddressInUse */
  start(): void {
    this.listen();
    this.#accepting = true;
    this.#socket?.join(this);
    while (this.#open.size < this.#poolSize) {
      const next = this.#backlog.shift();
      if (next === undefined) return;
      this.#run(next);
    }
  }

  /** Accept no more; what was accepted may end. */
  stop(): void {
    this.#accepting = this.#listening = false;
    if (this.#socket === undefined) this.#network.unbind(this.#address, this);
    else this.#socket.leave(this);
    // Nobody was ever going to take these up.
    if (this.#open.size === 0) this.#abortBacklog();
  }

  /** Wait until what was accepted has been answered. */
  *wait(): Op<void> {
    if (this.#open.size === 0) return;
    this.#idle ??= new Signal<void>("running HTTP requests");
    yield* this.#idle.wait();
  }

  /** The process is gone: whoever waits for an answer sees the connection break. */
  crash(): void {
    this.stop();
    for (const exchange of this.#open) exchange.abort();
    this.#open.clear();
    this.#abortBacklog();
  }

  /** How many requests are being served. */
  get running(): number {
    return this.#open.size;
  }

  /** A client's request arrives. */
  accept(exchange: Exchange): void {
    const full = this.#open.size >= this.#poolSize;
    if (full || !this.#accepting) this.#backlog.push(exchange);
    else this.#run(exchange);
  }

  #abortBacklog(): void {
    for (let next = this.#backlog.shift(); next; next = this.#backlog.shift()) next.abort();
  }

  #run(exchange: Exchange): void {
    this.#open.add(exchange);
    this.#network.kernel.spawn(this.#serve(exchange), {
      name: exchange.name,
      actor: this.actor,
      daemon: exchange.daemon,
      detail: exchange.detail,
      cause: exchange.cause,
    });
  }

  *#serve(exchange: Exchange): Op<void> {
    let responded = false;
    try {
      const response = yield* this.#application(exchange.request);
      responded = true;
      exchange.respond(response);
    } catch (error) {
      if (!(error instanceof Exception)) throw error;
      responded = true;
      exchange.respond({ status: 500, headers: {}, body: "Internal Server Error" });
    } finally {
      // Halted with its process: the connection closes without an answer.
      if (!responded) exchange.abort();
      this.#ended(exchange);
    }
  }

  #ended(exchange: Exchange): void {
    this.#open.delete(exchange);
    const next = this.#backlog.shift();
    if (next !== undefined) this.#run(next);
    if (this.#open.size > 0) return;
    this.#idle?.send(undefined);
    this.#idle = undefined;
  }
}
