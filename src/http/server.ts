/**
 * Listens at an address and runs each request in a greenthread of a pool. What the request means is
 * the application's affair. Upstream: nova/wsgi.py (Server), eventlet.wsgi (handle_one_response).
 */
import { caught, Ring, Signal, type Op } from "../kernel/index.js";
import { reason, type HttpFault } from "./fault.js";
import type { Arrival, Listening, Raised } from "./arrival.js";
import { respond, type HttpRequest, type HttpResponse } from "./message.js";
import type { Network } from "./network.js";
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
  /** The application, made to raise an error in the end. Without it the error has a plain body. */
  readonly raising?: ((raised: Raised) => Application) | undefined;
  /** `wsgi_default_pool_size`. */
  readonly poolSize?: number;
}

export class HttpServer implements Listening {
  readonly actor: string;
  readonly #network: Network;
  readonly #socket: SharedSocket | undefined;
  readonly #application: Application;
  readonly #raising: (raised: Raised) => Application;
  readonly #poolSize: number;
  readonly #backlog = new Ring<Arrival>();
  readonly #open = new Set<Arrival>();
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
    this.#raising = options.raising ?? raisingBehind(options.application);
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
    for (const arrival of this.#open) arrival.abort();
    this.#open.clear();
    this.#abortBacklog();
  }

  /** How many requests are being served. */
  get running(): number {
    return this.#open.size;
  }

  /** A client's request arrives; one that was long under way may find nobody any more. */
  accept(arrival: Arrival): void {
    if (!this.#listening) {
      arrival.abort("reset");
      return;
    }
    const full = this.#open.size >= this.#poolSize;
    if (full || !this.#accepting) this.#backlog.push(arrival);
    else this.#run(arrival);
  }

  #abortBacklog(): void {
    for (let next = this.#backlog.shift(); next; next = this.#backlog.shift()) next.abort();
  }

  #run(arrival: Arrival): void {
    this.#open.add(arrival);
    arrival.taken();
    const thread = this.#network.kernel.spawn(this.#serve(arrival), {
      name: arrival.name,
      actor: this.actor,
      daemon: arrival.daemon,
      detail: arrival.detail,
      cause: arrival.cause,
    });
    const { host } = arrival.request.headers;
    if (host !== undefined) this.#network.serves(thread, host);
  }

  *#serve(arrival: Arrival): Op<void> {
    let responded = false;
    try {
      const { raised } = arrival;
      const application = raised === undefined ? this.#application : this.#raising(raised);
      const response = yield* application(arrival.request);
      responded = true;
      arrival.respond(response);
    } catch (thrown) {
      yield* caught(thrown);
      responded = true;
      const { fault } = arrival.raised ?? {};
      const known = thrown === fault ? fault : undefined;
      arrival.respond(known === undefined ? UNEXPECTED : plainResponse(known));
    } finally {
      // Halted with its process: the connection closes without an answer.
      if (!responded) arrival.abort();
      this.#ended(arrival);
    }
  }

  #ended(arrival: Arrival): void {
    this.#open.delete(arrival);
    const next = this.#backlog.shift();
    if (next !== undefined) this.#run(next);
    if (this.#open.size > 0) return;
    this.#idle?.send(undefined);
    this.#idle = undefined;
  }
}

/** `application`, made to raise an error in the end. */
export const raisingBehind =
  (application: Application) =>
  ({ fault, afterWork }: Raised): Application =>
    function* (request) {
      if (afterWork) yield* application(request);
      throw fault;
    };

/** eventlet says nothing of an error that the application let out (`debug=False`). */
const UNEXPECTED = respond(500, "");

/** What webob says of an error that no filter has a form for. */
function plainResponse({ status, message }: HttpFault): HttpResponse {
  return respond(status, `${String(status)} ${reason(status)}\n\n${message}\n\n   `);
}
