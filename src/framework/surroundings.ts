/**
 * What a process is given to live with: its name and host, the clock, chance, its flags, its link
 * to the bus and its way out to REST. Nothing else is within reach; a database comes beside this,
 * to those services that have one.
 */
import type { Connection } from "../bus/index.js";
import type { HttpClient, Network } from "../http/index.js";
import { Locks, type Greenthread, type Kernel, type Op, type Stream } from "../kernel/index.js";
import type { Flags } from "./flags/index.js";
import type { LogLine, ServiceEvent } from "./observations.js";

export interface SurroundingsOptions {
  readonly kernel: Kernel;
  /** `nova-compute`. */
  readonly binary: string;
  readonly host: string;
  readonly flags: Flags;
  readonly bus: Connection;
  readonly network: Network;
}

export class Surroundings {
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

  constructor(options: SurroundingsOptions) {
    this.kernel = options.kernel;
    this.binary = options.binary;
    this.host = options.host;
    this.actor = actorName(options.binary, options.host);
    this.flags = options.flags;
    this.bus = options.bus;
    this.network = options.network;
    this.http = options.network.client(this.actor);
  }

  /** The process's draws for `purpose`. */
  stream(purpose: string): Stream {
    return this.kernel.stream(this.actor, purpose);
  }

  /** Start a greenthread of this process. `awaited`: its error waits for whoever joins it. */
  spawn<T>(
    name: string,
    op: Op<T>,
    options: { awaited?: boolean; daemon?: boolean } = {},
  ): Greenthread<T> {
    return this.kernel.spawn(op, { name, actor: this.actor, ...options });
  }

  /** The date now, as services store it: `2014-09-18T04:03:09.000000`. */
  utcnow(): string {
    return this.kernel.calendar.stamp(this.kernel.now);
  }

  /** A new request id. */
  requestId(): string {
    return `req-${this.stream("request id").uuid()}`;
  }

  log(level: LogLine["level"], message: string): void {
    const { kernel, actor } = this;
    kernel.observe<LogLine>({
      kind: "log",
      actor,
      request: kernel.current?.request,
      level,
      message,
    });
  }

  /** Publish a stage of the process's life. */
  announce(event: ServiceEvent["event"]): void {
    this.kernel.observe<ServiceEvent>({ kind: "service", actor: this.actor, event });
  }
}

export const actorName = (binary: string, host: string): string => `${binary}@${host}`;

/** What a cloud starts and stops. A process that was stopped or has crashed is not started again;
 *  a new one is made in its place, because what was in memory is gone. */
export interface Process {
  start(): Op<void>;
  stop(): Op<void>;
  /** It is gone from one moment to the next. Its greenthreads are halted by the cloud. */
  crash(): void;
}
