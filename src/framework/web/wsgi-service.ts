/**
 * A REST service: an application that listens at a port. It has no record and no heartbeat; it may
 * have a manager for what is to be done around its start. Upstream: nova/service.py (WSGIService) at
 * 2014.2; messaging §B7.
 */
import { HttpServer, type Application, type Raised } from "../../http/index.js";
import type { Op } from "../../kernel/index.js";
import type { Manager } from "../process/manager.js";
import type { Env } from "../process/env.js";
import type { Process } from "../process/process.js";

/** What listens at a port; 0 is any that is free. */
export interface WsgiServer {
  readonly port: number;
  readonly application: Application;
  readonly raising?: (raised: Raised) => Application;
}

export interface WsgiServiceOptions {
  /** Keystone has two. */
  readonly servers: readonly WsgiServer[];
  /** What `<name>_manager` names. Nothing reaches it over the bus. */
  readonly manager?: Manager;
}

export class WsgiService implements Process {
  readonly #env: Env;
  readonly #servers: readonly HttpServer[];
  readonly #manager: Manager | undefined;

  /** Its ports are taken from here on, as by a socket that listens. @throws AddressInUse */
  constructor(env: Env, { servers, manager }: WsgiServiceOptions) {
    const { network, actor, host } = env;
    this.#env = env;
    this.#manager = manager;
    this.#servers = servers.map(({ port, application, raising }) => {
      const socket = env.socketAt(port);
      const address = `${host}:${String(port)}`;
      return new HttpServer(network, { actor, application, raising, address, socket });
    });
    this.#listen();
  }

  /** The ports it listens at: real ones, where any would have done (SVC-41). */
  get ports(): readonly number[] {
    return this.#servers.map(({ address }) => Number(address.slice(address.lastIndexOf(":") + 1)));
  }

  *start(): Op<void> {
    this.#env.announce("starting");
    if (this.#manager !== undefined) {
      yield* this.#manager.init_host();
      yield* this.#manager.pre_start_hook();
    }
    for (const server of this.#servers) server.start();
    if (this.#manager !== undefined) yield* this.#manager.post_start_hook();
    this.#env.announce("started");
  }

  /** Accept no more, let what runs end, then leave the bus. */
  *stop(): Op<void> {
    this.#env.announce("stopping");
    for (const server of this.#servers) server.stop();
    for (const server of this.#servers) yield* server.wait();
    this.#env.bus.close();
    this.#env.announce("stopped");
  }

  crash(): void {
    for (const server of this.#servers) server.crash();
    this.#env.bus.close();
  }

  #listen(): void {
    try {
      for (const server of this.#servers) server.listen();
    } catch (error) {
      for (const server of this.#servers) server.stop();
      throw error;
    }
  }
}
