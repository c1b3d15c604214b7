/**
 * What a service needs around it in a test: virtual time, a network, a bus, and a list of what
 * happened. It is not a cloud: a test starts the processes that it is about, and nothing else.
 */
import { Bus, type AllowedModules } from "../../src/bus/index.js";
import { Flags, Env, actorName, type FlagValues, type Process } from "../../src/framework/index.js";
import { Network, HttpClient } from "../../src/http/index.js";
import {
  Kernel,
  type Cause,
  type Detail,
  type Micros,
  type Observation,
  type Observer,
  type Op,
} from "../../src/kernel/index.js";

/** An observation as it was published. */
export interface Seen {
  readonly at: Micros;
  readonly detail: Detail;
  readonly what: Observation;
}

export interface TestBedOptions {
  readonly seed?: number;
  readonly epoch?: string;
  /** Flags of every process. */
  readonly flags?: FlagValues;
}

export interface ProcessOptions {
  /** Default `controller`. */
  readonly host?: string;
  /** `control_exchange`; default: the binary up to its first dash. */
  readonly exchange?: string;
  /** Flags of this process, before those of the bed. */
  readonly flags?: FlagValues;
  /** Whose exceptions it rebuilds. */
  readonly allowedModules?: AllowedModules;
}

export class TestBed implements Observer {
  readonly kernel: Kernel;
  readonly network: Network;
  readonly bus: Bus;
  /** The tester's own way out to REST. */
  readonly http: HttpClient;
  readonly seen: Seen[] = [];
  readonly #flags: FlagValues;

  constructor({ flags = {}, ...options }: TestBedOptions = {}) {
    this.kernel = new Kernel({ ...options, observer: this });
    this.network = new Network(this.kernel);
    this.bus = new Bus(this.kernel);
    this.http = new HttpClient(this.network, "tester");
    this.#flags = flags;
  }

  observe(at: Micros, what: Observation, detail: Detail): Cause {
    return this.seen.push({ at, what, detail }) - 1;
  }

  /** What a process called `binary` is given to live with. */
  env(binary: string, options: ProcessOptions = {}): Env {
    const { host = "controller", exchange = binary.replace(/-.*/, ""), flags = {} } = options;
    const { allowedModules } = options;
    return new Env({
      kernel: this.kernel,
      binary,
      host,
      flags: new Flags(flags, this.#flags),
      bus: this.bus.connect({
        actor: actorName(binary, host),
        exchange,
        ...(allowedModules && { allowedModules }),
      }),
      network: this.network,
    });
  }

  /** Start a process and wait until it has started. */
  start<P extends Process>(process: P): P {
    this.run(process.start());
    return process;
  }

  /** Gone from one moment to the next, with every greenthread it had. */
  crash(process: Process, { actor }: Env): void {
    process.crash();
    this.kernel.haltAll(actor);
  }

  /** Do `op` as the tester and wait for its end. @throws whatever `op` throws */
  run<T>(op: Op<T>): T {
    return this.kernel.complete(op, { name: "test", actor: "tester" });
  }

  /** Let `duration` go by. */
  wait(duration: Micros): void {
    this.kernel.run(this.kernel.now + duration);
  }

  /** The observations of a kind so far, oldest first. */
  of<O extends Observation>(kind: O["kind"]): O[] {
    return this.seen.map(({ what }) => what).filter((what): what is O => what.kind === kind);
  }

  /** Requests so far as `METHOD to/path`, oldest first; of one sender if `from` is given. */
  requests(from?: string): string[] {
    return this.of<RestRequestSeen>("rest.request")
      .filter((request) => from === undefined || request.from === from)
      .map(({ method, to, path }) => `${method} ${to}${path}`);
  }

  /** Forget what was seen. */
  forget(): void {
    this.seen.length = 0;
  }
}

interface RestRequestSeen extends Observation {
  readonly kind: "rest.request";
  readonly from: string;
  readonly to: string;
  readonly method: string;
  readonly path: string;
}
