/**
 * What a process is given to live with: its name and host, the clock, chance, its flags, its link
 * to the bus and its way out to REST. Nothing else is within reach; a database comes beside this,
 * to those services that have one.
 */
import type { Connection, ConnectionOptions } from "../../bus/index.js";
import { SharedSocket, type Network, HttpClient } from "../../http/index.js";
import {
  Locks,
  NO_CAUSE,
  log,
  type Greenthread,
  type Kernel,
  type LogLine,
  type Op,
  type Stream,
} from "../../kernel/index.js";
import { RuntimeException } from "../../python/index.js";
import type { Flags } from "../flags/index.js";
import type { ServiceEvent } from "../observations.js";

export interface EnvOptions {
  readonly kernel: Kernel;
  /** `nova-compute`. */
  readonly binary: string;
  readonly host: string;
  readonly flags: Flags;
  readonly bus: Connection;
  readonly network: Network;
  /** What a worker has from the process that it was forked by. */
  readonly parent?: Inheritance;
}

/** A worker's number among its siblings, from 1, and the listening sockets that all share. */
interface Inheritance {
  readonly worker: number;
  readonly socketAt: (port: number) => SharedSocket;
}

/**
 * What a process is given to live with: its name, clock, chance, flags, the bus and the way out to
 * REST.
 *
 * @example
 * ```ts
 * import { Cloud, Manager, type Env } from "novasim";
 *
 * class ShyManager extends Manager {
 *   constructor(env: Env) {
 *     super(env);
 *     env.log("info", `I am ${env.actor}`);
 *   }
 *   endpoints() {
 *     return [];
 *   }
 * }
 * const cloud = new Cloud();
 * console.log(cloud.add({ binary: "nova-shy", manager: ShyManager }).name); // nova-shy@controller
 * ```
 */
export class Env {
  readonly kernel: Kernel;
  readonly binary: string;
  readonly host: string;
  /** `nova-compute@compute-1`. */
  readonly actor: string;
  readonly flags: Flags;
  readonly bus: Connection;
  readonly network: Network;
  readonly http: HttpClient;
  /** The process's named locks (`lockutils`). */
  readonly locks = new Locks();
  readonly #parent: Inheritance | undefined;
  /** By the port that was asked for. */
  readonly #sockets = new Map<number, SharedSocket>();
  #serves = false;

  constructor(options: EnvOptions) {
    this.kernel = options.kernel;
    this.binary = options.binary;
    this.host = options.host;
    this.#parent = options.parent;
    this.actor = actorName(options.binary, options.host, options.parent?.worker);
    this.flags = options.flags;
    this.bus = options.bus;
    this.network = options.network;
    this.http = new HttpClient(options.network, this.actor);
  }

  /** What worker `worker` of this process is given: all of its own but host, name and sockets. */
  fork(worker: number): Env {
    const { kernel, binary, host, flags, network } = this;
    const actor = actorName(binary, host, worker);
    const connection = this.bus.bus.connect({ ...connectionOptions(this.bus), actor });
    const parent = { worker, socketAt: (port: number) => this.#openSocket(port) };
    return new Env({ kernel, binary, host, flags, bus: connection, network, parent });
  }

  /** The listening socket that this worker inherits for `port`; undefined if it is no worker. */
  socketAt(port: number): SharedSocket | undefined {
    return this.#parent?.socketAt(port);
  }

  #openSocket(port: number): SharedSocket {
    let socket = this.#sockets.get(port);
    if (socket === undefined) {
      socket = new SharedSocket(this.network, this.actor, `${this.host}:${String(port)}`);
      this.#sockets.set(port, socket);
    }
    return socket;
  }

  /** The process ends: the sockets that its workers shared are closed. */
  closeSockets(): void {
    for (const socket of this.#sockets.values()) socket.close();
    this.#sockets.clear();
  }

  /** A process serves one thing. @throws RuntimeError the second time (SVC-35) */
  serveOnce(): void {
    if (this.#serves) throw new RuntimeException("serve() can only be called once");
    this.#serves = true;
  }

  /**
   * Where this process is, for links in an answer: by the name that whoever asks has for it, else by its host
   * and `port`: `controller:8774`. Clients of the simulation name none.
   */
  hostAt(port: number | string): string {
    return this.network.askedHost ?? `${this.host}:${String(port)}`;
  }

  /** The process's draws for `purpose`. */
  stream(purpose: string): Stream {
    return this.kernel.stream(this.actor, purpose);
  }

  /**
   * Start a greenthread of this process. `awaited`: its error waits for whoever joins it. `daemon`: a
   * loop in the background, which follows from nothing that anybody did.
   */
  spawn<T>(
    name: string,
    op: Op<T>,
    options: { awaited?: boolean; daemon?: boolean } = {},
  ): Greenthread<T> {
    const background = options.daemon === true && { cause: NO_CAUSE };
    return this.kernel.spawn(op, { name, actor: this.actor, ...options, ...background });
  }

  /** The date now, as services store it: `2014-09-18T04:03:09.000000`. */
  utcnow(): string {
    return this.kernel.calendar.stamp(this.kernel.now);
  }

  /** A new request id. */
  requestId(): string {
    return `req-${this.stream("request id").uuid()}`;
  }

  /** The id of the request that is being served, or a new one if none is. */
  currentRequest(): string {
    return this.kernel.current?.request ?? this.requestId();
  }

  log(level: LogLine["level"], message: string): void {
    log(this.kernel, this.actor, level, message);
  }

  /** Publish a stage of the process's life. */
  announce(event: ServiceEvent["event"]): void {
    this.kernel.observe<ServiceEvent>({ kind: "service", actor: this.actor, event });
  }
}

/** How `connection` was made, so that a worker's is made alike. */
function connectionOptions(connection: Connection): ConnectionOptions {
  const { actor, exchange, allowedModules, responseTimeout, durableQueues, rabbit } = connection;
  return { actor, exchange, allowedModules, responseTimeout, durableQueues, rabbit };
}

/** `nova-api@controller`; `nova-api:2@controller` for the second of its workers. */
export const actorName = (binary: string, host: string, worker?: number): string =>
  worker === undefined ? `${binary}@${host}` : `${binary}:${String(worker)}@${host}`;
