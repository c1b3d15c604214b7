/**
 * A REST service: an application that listens at a port. It has no record and no heartbeat.
 * Upstream: nova/service.py (WSGIService); messaging B7.
 */
import { HttpServer, type Application } from "../http/index.js";
import type { Op } from "../kernel/index.js";
import type { Process, Surroundings } from "./surroundings.js";

export interface WsgiServiceOptions {
  readonly application: Application;
  /** One server for each; Keystone listens on two. */
  readonly ports: readonly number[];
}

export class WsgiService implements Process {
  readonly #surroundings: Surroundings;
  readonly #servers: readonly HttpServer[];

  constructor(surroundings: Surroundings, { application, ports }: WsgiServiceOptions) {
    const { network, actor, host } = surroundings;
    this.#surroundings = surroundings;
    this.#servers = ports.map(
      (port) => new HttpServer(network, { actor, application, address: `${host}:${String(port)}` }),
    );
  }

  *start(): Op<void> {
    this.#surroundings.announce("starting");
    for (const server of this.#servers) server.start();
    this.#surroundings.announce("started");
  }

  /** Accept no more, let what runs end, then leave the bus. */
  *stop(): Op<void> {
    this.#surroundings.announce("stopping");
    for (const server of this.#servers) server.stop();
    for (const server of this.#servers) yield* server.wait();
    this.#surroundings.bus.close();
    this.#surroundings.announce("stopped");
  }

  crash(): void {
    for (const server of this.#servers) server.crash();
    this.#surroundings.bus.close();
  }
}
