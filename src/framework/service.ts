/**
 * An RPC service: a manager behind a topic, with a record of its own, heartbeats and periodic tasks.
 * Order of events as at 2014.2. Upstream: nova/service.py (Service); messaging B2, SVC-16.
 */
import { RpcServer, endpoint, type Serializer } from "../bus/index.js";
import { Exception, aloud, done, quietly, seconds, sleep, type Op } from "../kernel/index.js";
import { BaseRpc, baseApi } from "./base-rpc.js";
import type { Manager } from "./manager.js";
import { PeriodicTasks } from "./periodic-task.js";
import { RequestContext } from "./request-context.js";
import { serviceFlags } from "./service-flags.js";
import type { Process, Surroundings } from "./surroundings.js";

/** Where a service's record is kept: the database, or the conductor in front of it. */
export interface ServiceGroup {
  /** Find the record of this service or make one. */
  enroll(ctxt: RequestContext, service: ServiceRecord): Op<void>;
  /** One more heartbeat. */
  report(ctxt: RequestContext, service: ServiceRecord): Op<void>;
}

export interface ServiceRecord {
  readonly host: string;
  readonly binary: string;
  readonly topic: string;
}

export interface ServiceOptions {
  readonly topic: string;
  readonly manager: Manager;
  readonly serializer: Serializer<RequestContext>;
  /** Without one the service has no record and no heartbeat. */
  readonly group?: ServiceGroup;
}

/** `INITIAL_REPORTING_DELAY`. */
const FIRST_REPORT = seconds(5);

export class Service implements Process {
  readonly #surroundings: Surroundings;
  readonly #options: ServiceOptions;
  readonly #flags;
  readonly #server: RpcServer<RequestContext>;
  readonly #record: ServiceRecord;
  #running = true;
  /** `model_disconnected`. */
  #disconnected = false;

  constructor(surroundings: Surroundings, options: ServiceOptions) {
    const { host, binary } = surroundings;
    const { topic, manager } = options;
    this.#surroundings = surroundings;
    this.#options = options;
    this.#flags = surroundings.flags.read(serviceFlags);
    this.#record = { host, binary, topic };
    this.#server = new RpcServer(surroundings.bus, {
      topic,
      server: host,
      serializer: options.serializer,
      endpoints: [...manager.endpoints(), endpoint(baseApi(topic), new BaseRpc(topic))],
      poolSize: this.#flags.rpc_thread_pool_size,
      onError: (error, { method }) => {
        surroundings.log(
          "error",
          `Exception during message handling of ${method}: ${error.name}: ${error.message}`,
        );
      },
    });
  }

  *start(): Op<void> {
    const { manager, group } = this.#options;
    const surroundings = this.#surroundings;
    surroundings.announce("starting");
    yield* manager.init_host();
    const ctxt = this.#adminContext();
    yield* group === undefined ? done(undefined) : group.enroll(ctxt, this.#record);
    yield* manager.pre_start_hook();
    this.#server.start();
    yield* manager.post_start_hook();
    if (group !== undefined && this.#flags.report_interval > 0) {
      surroundings.spawn("report_state", quietly(this.#reportLoop(group)), { daemon: true });
    }
    if (this.#flags.periodic_enable && manager.periodicTasks().length > 0) {
      surroundings.spawn("periodic_tasks", quietly(this.#periodicLoop()), { daemon: true });
    }
    surroundings.announce("started");
  }

  /** Take no more, let what runs end, then clean up. */
  *stop(): Op<void> {
    this.#surroundings.announce("stopping");
    this.#running = false;
    this.#server.stop();
    yield* this.#server.wait();
    yield* this.#cleanUp();
    this.#surroundings.bus.close();
    this.#surroundings.announce("stopped");
  }

  crash(): void {
    this.#running = false;
    this.#server.crash();
    this.#surroundings.bus.close();
  }

  *#cleanUp(): Op<void> {
    try {
      yield* this.#options.manager.cleanup_host();
    } catch (error) {
      if (!(error instanceof Exception)) throw error;
      this.#surroundings.log("error", `Error during cleanup_host: ${error.message}`);
    }
  }

  /** At a fixed rate: a slow report does not shift the next (SVC-10). */
  *#reportLoop(group: ServiceGroup): Op<void> {
    const { kernel } = this.#surroundings;
    const interval = seconds(this.#flags.report_interval);
    yield* sleep(FIRST_REPORT);
    while (this.#running) {
      const began = kernel.now;
      yield* this.#report(group);
      const took = kernel.now - began;
      yield* sleep(Math.max(0, interval - took));
    }
  }

  /** One report. That the reports began to fail, or succeed again, is told once (SVC-20). */
  *#report(group: ServiceGroup): Op<void> {
    try {
      yield* group.report(this.#adminContext(), this.#record);
      this.#surroundings.announce("reported");
      if (this.#disconnected) yield* this.#tell("Recovered model server connection!");
      this.#disconnected = false;
    } catch (error) {
      if (!(error instanceof Exception)) throw error;
      const first = !this.#disconnected;
      this.#disconnected = true;
      if (first) yield* this.#tell(`model server went away: ${error.message}`);
    }
  }

  /** An error amid routine is news. */
  #tell(message: string): Op<void> {
    const surroundings = this.#surroundings;
    return aloud(
      (function* () {
        surroundings.log("error", message);
      })(),
    );
  }

  *#periodicLoop(): Op<void> {
    const { manager } = this.#options;
    const surroundings = this.#surroundings;
    const tasks = new PeriodicTasks(surroundings, manager.periodicTasks());
    const fuzz = this.#flags.periodic_fuzzy_delay;
    yield* sleep(seconds(surroundings.stream("periodic fuzz").int(0, fuzz)));
    while (this.#running) {
      const idle = yield* tasks.run(this.#adminContext());
      yield* sleep(idle);
    }
  }

  #adminContext(): RequestContext {
    const request = this.#surroundings.requestId();
    return new RequestContext({
      request_id: request,
      is_admin: true,
      roles: ["admin"],
      timestamp: this.#surroundings.utcnow(),
    });
  }
}
