/**
 * Who listens where. A name and port of a URL lead to a server, or to nobody. It takes no time;
 * clients do. Not a model of packets.
 */
import { milliseconds, type Greenthread, type Kernel, type Span } from "../kernel/index.js";
import { AddressInUse } from "./errors.js";
import type { Listening } from "./arrival.js";
import type { NetworkTap } from "./tap.js";

export interface NetworkOptions {
  /** One way of a request or a response. */
  readonly latency?: Span;
  /** Other names and addresses of hosts, or of single ports: `127.0.0.1:18774` for `controller:8774`. */
  readonly names?: ReadonlyMap<string, string>;
}

/** Out of which the system gives a port to who does not care: Linux's `ip_local_port_range`. */
const EPHEMERAL_PORTS = { min: 32_768, max: 60_999 } as const;

const DEFAULT_LATENCY: Span = { min: milliseconds(2), max: milliseconds(5) };

export class Network {
  readonly kernel: Kernel;
  readonly latency: Span;
  /** What stands between clients and servers; nothing does without faults. */
  tap: NetworkTap | undefined;
  readonly #names: ReadonlyMap<string, string>;
  readonly #servers = new Map<string, Listening>();
  /** The hosts that stand behind the name of the first, each for the ports at which it listens. */
  #balanced: readonly string[] = [];
  /** By port, how many requests went to one of several hosts. */
  readonly #turns = new Map<string, number>();
  /** The `Host` of the request that a greenthread serves, where it has one. */
  readonly #hosts = new WeakMap<Greenthread, string>();
  #requests = 0;

  constructor(kernel: Kernel, options: NetworkOptions = {}) {
    this.kernel = kernel;
    this.latency = options.latency ?? DEFAULT_LATENCY;
    this.#names = options.names ?? new Map();
  }

  /** Requests to the first of `hosts` go to all of them in turn: HAProxy with a virtual address. */
  balance(hosts: readonly string[]): void {
    this.#balanced = hosts;
  }

  /** Where the next request to `address` goes: there, unless several hosts stand behind the name. */
  route(written: string): string {
    const [first, ...others] = this.#balanced;
    const address = this.resolve(written);
    const [host = "", port = ""] = address.split(":");
    if (others.length === 0 || host !== first) return written;
    const listening = this.#balanced
      .map((each) => `${each}:${port}`)
      .filter((each) => this.#servers.has(each));
    const turn = this.#turns.get(port) ?? 0;
    this.#turns.set(port, turn + 1);
    return listening[turn % Math.max(1, listening.length)] ?? address;
  }

  /** Who listens at `host:port`. */
  at(address: string): Listening | undefined {
    return this.#servers.get(address) ?? this.#servers.get(this.resolve(address));
  }

  /** Whether somebody listens there, or at one of the hosts that stand behind the name. */
  listens(address: string): boolean {
    if (this.at(address) !== undefined) return true;
    const [host, port = ""] = this.resolve(address).split(":");
    if (host !== this.#balanced[0]) return false;
    return this.#balanced.some((each) => this.#servers.has(`${each}:${port}`));
  }

  /** @internal `thread` serves a request that was sent to `host`. */
  serves(thread: Greenthread, host: string): void {
    this.#hosts.set(thread, host);
  }

  /** How whoever is being served calls its server: the `Host` of its request. Upstream: webob's `host_url`. */
  get askedHost(): string | undefined {
    const { current } = this.kernel;
    return current === undefined ? undefined : this.#hosts.get(current);
  }

  /** `address` with its host by the name that it listens under. */
  resolve(address: string): string {
    const whole = this.#names.get(address);
    if (whole !== undefined) return whole;
    const at = address.lastIndexOf(":");
    const host = this.#names.get(address.slice(0, at));
    return host === undefined ? address : host + address.slice(at);
  }

  /**
   * @internal A port of 0 is any that is free.
   * @returns the address that was bound
   * @throws AddressInUse
   */
  bind(address: string, server: Listening): string {
    const bound = address.endsWith(":0") ? this.#free(address.slice(0, -2), server) : address;
    const holder = this.#servers.get(bound);
    if (holder !== undefined) throw new AddressInUse(bound, holder.actor);
    this.#servers.set(bound, server);
    return bound;
  }

  /** @internal */
  unbind(address: string, server: Listening): void {
    if (this.#servers.get(address) === server) this.#servers.delete(address);
  }

  #free(host: string, { actor }: Listening): string {
    const ports = this.kernel.stream(actor, "ephemeral port");
    const { min, max } = EPHEMERAL_PORTS;
    for (;;) {
      const address = `${host}:${String(ports.int(min, max))}`;
      if (!this.#servers.has(address)) return address;
    }
  }

  /** @internal Numbers for requests, in the order in which they are sent. */
  nextId(): number {
    return ++this.#requests;
  }
}
