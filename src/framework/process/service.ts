/**
 * An RPC service: a manager behind a topic, with a record of its own, heartbeats and periodic tasks.
 * Order of events as at 2014.2. Upstream: nova/service.py (Service); messaging §B2, SVC-16.
 */
import { endpoint, type Endpoint, type Serializer } from "../../bus/index.js";
import {
  caught,
  Signal,
  aloud,
  quietly,
  seconds,
  type Micros,
  type Op,
} from "../../kernel/index.js";
import { adminContext } from "../admin-context.js";
import { BaseRpc, baseApi } from "./base-rpc.js";
import { DynamicLoopingCall, FixedIntervalLoopingCall } from "./looping-call.js";
import type { Manager } from "./manager.js";
import { PeriodicTasks } from "./periodic-task.js";
import type { RequestContext } from "../request-context.js";
import { RpcServers } from "./rpc-servers.js";
import { serviceFlags } from "./service-flags.js";
import type { Env } from "./env.js";
import type { Process } from "./process.js";

/** Where a service's record is kept: the database, or the conductor in front of it. */
export interface ServiceGroup {
  /** Find the record of this service or make one. */
  enroll(ctxt: RequestContext, service: ServiceRecord): Op<void>;
  /** One more heartbeat. */
  report(ctxt: RequestContext, service: ServiceRecord): Op<void>;
  /** Delete the record. @returns false if there was none */
  leave(ctxt: RequestContext, service: ServiceRecord): Op<boolean>;
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
  readonly habits?: ServiceHabits;
}

/** What differs from nova/service.py in the service.py of projects that left Nova earlier. */
export interface ServiceHabits {
  /** Seconds until the first report. Default: 5. */
  readonly firstReport?: number;
  /** Periodic tasks are looked at every so many seconds, whether one is due or not; 0 is never. */
  readonly periodicInterval?: number;
  /** Whether it answers `ping` beside its manager's methods. Default: true. */
  readonly baseRpc?: boolean;
}

/** `INITIAL_REPORTING_DELAY`. */
const FIRST_REPORT = seconds(5);

export class Service implements Process {
  readonly #env: Env;
  readonly #options: ServiceOptions;
  readonly #flags;
  readonly #server: RpcServers<RequestContext>;
  readonly #record: ServiceRecord;
  readonly #timers: (FixedIntervalLoopingCall | DynamicLoopingCall)[] = [];
  readonly #done: Signal<void>;
  /** When its manager's class was. */
  readonly #loaded: Micros;
  /** `model_disconnected`. */
  #disconnected = false;

  constructor(env: Env, options: ServiceOptions) {
    const { host, binary } = env;
    const { topic, manager } = options;
    this.#env = env;
    this.#loaded = env.kernel.now;
    this.#options = options;
    this.#flags = env.flags.read(serviceFlags);
    this.#record = { host, binary, topic };
    this.#done = new Signal(`the stop of ${env.actor}`);
    const base: Endpoint<RequestContext> = endpoint(baseApi(topic), new BaseRpc(topic));
    const { baseRpc = true } = options.habits ?? {};
    const endpoints = [...manager.endpoints(), ...(baseRpc ? [base] : [])];
    this.#server = new RpcServers(env, [{ topic, endpoints }], options.serializer);
  }

  *start(): Op<void> {
    const { manager, group } = this.#options;
    const env = this.#env;
    env.announce("starting");
    yield* manager.init_host();
    const ctxt = adminContext(this.#env);
    if (group !== undefined) yield* group.enroll(ctxt, this.#record);
    yield* manager.pre_start_hook();
    yield* this.#server.start();
    yield* manager.post_start_hook();
    if (group !== undefined && this.#flags.report_interval > 0) this.#join(group);
    if (this.#flags.periodic_enable && manager.periodicTasks().length > 0) this.#repeatTasks();
    env.announce("started");
  }

  /** Take no more, let what runs end, then clean up. The record stays (SVC-21). */
  *stop(): Op<void> {
    yield* this.#end();
    this.#left();
  }

  /** Stop, and delete the record, so that nobody counts with this service any more (SVC-22). */
  *kill(): Op<void> {
    yield* this.#end();
    const { group } = this.#options;
    const found =
      group === undefined || (yield* group.leave(adminContext(this.#env), this.#record));
    if (!found) this.#env.log("warning", "Service killed that has no database entry");
    this.#left();
  }

  /** Wait until it has been stopped. */
  wait(): Op<void> {
    return this.#done.wait();
  }

  crash(): void {
    this.#stopTimers();
    this.#server.crash();
    this.#env.bus.close();
  }

  /** It reports until the last: timers go after everything else. */
  *#end(): Op<void> {
    this.#env.announce("stopping");
    yield* this.#server.stop();
    yield* this.#cleanUp();
    this.#stopTimers();
  }

  #left(): void {
    this.#env.bus.close();
    this.#env.announce("stopped");
    if (!this.#done.set) this.#done.send(undefined);
  }

  /** None is waited for, since a sleeper is not woken to be told. */
  #stopTimers(): void {
    for (const timer of this.#timers) timer.stop();
    this.#timers.length = 0;
  }

  *#cleanUp(): Op<void> {
    try {
      yield* this.#options.manager.cleanup_host();
    } catch (thrown) {
      const error = yield* caught(thrown);
      this.#env.log("error", `Error during cleanup_host: ${error.message}`);
    }
  }

  #join(group: ServiceGroup): void {
    const loop = new FixedIntervalLoopingCall(this.#env, "report_state", () =>
      quietly(this.#report(group)),
    );
    const interval = seconds(this.#flags.report_interval);
    const { firstReport } = this.#options.habits ?? {};
    const initialDelay = firstReport === undefined ? FIRST_REPORT : seconds(firstReport);
    this.#timers.push(loop.start(interval, { initialDelay, daemon: true }));
  }

  /** One report. That the reports began to fail, or succeed again, is told once (SVC-20). */
  *#report(group: ServiceGroup): Op<void> {
    try {
      yield* group.report(adminContext(this.#env), this.#record);
      this.#env.announce("reported");
      if (this.#disconnected) yield* this.#tell("Recovered model server connection!");
      this.#disconnected = false;
    } catch (thrown) {
      const error = yield* caught(thrown);
      const first = !this.#disconnected;
      this.#disconnected = true;
      if (first) yield* this.#tell(`model server went away: ${error.message}`);
    }
  }

  /** An error amid routine is news. */
  #tell(message: string): Op<void> {
    return aloud(this.#logError(message));
  }

  *#logError(message: string): Op<void> {
    this.#env.log("error", message);
  }

  #repeatTasks(): void {
    const { manager, habits } = this.#options;
    const env = this.#env;
    const options = { owner: manager.constructor.name, loaded: this.#loaded };
    const tasks = new PeriodicTasks(env, manager.periodicTasks(), options);
    const run = () => quietly(tasks.run(adminContext(env)));
    const fuzz = this.#flags.periodic_fuzzy_delay;
    const initialDelay = seconds(env.stream("periodic fuzz").int(0, fuzz));
    const interval = habits?.periodicInterval;
    if (interval === 0) return;
    const timer =
      interval === undefined
        ? new DynamicLoopingCall(env, "periodic_tasks", run).start({ initialDelay, daemon: true })
        : new FixedIntervalLoopingCall(env, "periodic_tasks", function* () {
            yield* run();
          }).start(seconds(interval), { initialDelay, daemon: true });
    this.#timers.push(timer);
  }
}
