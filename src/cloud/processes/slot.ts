/**
 * One process of a cloud, through all its lives: it is started, stopped or crashes, and each time it
 * starts a new one takes its place, because what was in memory is gone. Upstream: an init script.
 */
import type { AllowedModules, Bus } from "../../bus/index.js";
import { Env, actorName, serviceFlags, type Flags, type Process } from "../../framework/index.js";
import type { ServiceEvent } from "../../framework/observations.js";
import type { Network } from "../../http/index.js";
import { seconds, type Kernel, type Op } from "../../kernel/index.js";
import type { Stretch } from "../../framework/mishaps.js";
import type { Actor } from "../../timeline/index.js";

/** What a deployment says of a process. */
export interface SlotPlan {
  readonly binary: string;
  readonly host: string;
  /** `nova`: also its exchange on the bus. */
  readonly project: string;
  /** Whose exceptions its callers rebuild. */
  readonly allowedModules?: AllowedModules;
  readonly make: (env: Env) => Process;
}

export interface SlotContext {
  readonly kernel: Kernel;
  readonly bus: Bus;
  readonly network: Network;
  readonly flagsFor: (binary: string) => Flags;
}

/** A time when a process was not there after it had been. */
export interface Outage extends Stretch {
  /** Those whose work it had not finished when it ended. */
  readonly requests: ReadonlySet<string>;
}

export class Slot {
  readonly actor: Actor;
  readonly #plan: SlotPlan;
  readonly #context: SlotContext;
  #process: Process | undefined;
  readonly #outages: Outage[] = [];

  constructor(plan: SlotPlan, context: SlotContext) {
    this.#plan = plan;
    this.#context = context;
    const { binary, host, project } = plan;
    this.actor = { name: actorName(binary, host), service: binary, project, host };
  }

  get running(): boolean {
    return this.#process !== undefined;
  }

  /** When it was not there after it had been; the end of a worker is one of no length. */
  get outages(): readonly Outage[] {
    return this.#outages;
  }

  /** Begin a new life. Does nothing if it runs. */
  *start(): Op<void> {
    if (this.#process !== undefined) return;
    const process = this.#plan.make(this.#env());
    this.#process = process;
    this.#backAgain();
    yield* process.start();
    // It has said why, and is gone (SVC-15).
    if (process.exited === true && this.#process === process) this.#process = undefined;
  }

  /** End as asked to: what runs is finished first. */
  *stop(): Op<void> {
    const process = this.#process;
    if (process === undefined) return;
    this.#process = undefined;
    const cut = new Set<string>();
    this.#endsNow(Infinity, cut);
    yield* process.stop();
    for (const request of this.#workOf(this.actor.name)) cut.add(request);
    this.#context.kernel.haltAll(this.actor.name);
  }

  /** End at once, in the middle of whatever it does. */
  crash(): void {
    const process = this.#process;
    if (process === undefined) return;
    const { kernel } = this.#context;
    this.#process = undefined;
    this.#endsNow(Infinity, new Set(this.#workOf(this.actor.name)));
    process.crash();
    kernel.haltAll(this.actor.name);
    kernel.observe<ServiceEvent>({ kind: "service", actor: this.actor.name, event: "crashed" });
  }

  /** End one of its workers, by its actor's name. @returns false if it has none of that name */
  crashWorker(name: string): boolean {
    const [, binary, number, host] = /^(.+):(\d+)@(.+)$/.exec(name) ?? [];
    if (binary !== this.actor.service || host !== this.actor.host) return false;
    const cut = new Set(this.#workOf(name));
    const killed = this.#process?.killWorker?.(Number(number)) ?? false;
    if (killed) this.#endsNow(this.#context.kernel.now, cut);
    return killed;
  }

  /** @param requests filled as its greenthreads are ended */
  #endsNow(to: number, requests: ReadonlySet<string> = new Set()): void {
    this.#outages.push({ from: this.#context.kernel.now, to, requests });
  }

  /** What greenthreads of one name are at work for. */
  #workOf(name: string): string[] {
    return this.#context.kernel
      .threads()
      .flatMap(({ actor, request }) => (actor === name && request !== undefined ? [request] : []));
  }

  #backAgain(): void {
    const last = this.#outages.pop();
    if (last === undefined) return;
    this.#outages.push({ ...last, to: Math.min(last.to, this.#context.kernel.now) });
  }

  #env(): Env {
    const { kernel, bus, network, flagsFor } = this.#context;
    const { binary, host, project, allowedModules = new Map() } = this.#plan;
    const flags = flagsFor(binary);
    const { rpc_response_timeout, amqp_durable_queues, ...read } = flags.read(serviceFlags);
    const connection = bus.connect({
      actor: this.actor.name,
      exchange: project,
      allowedModules,
      responseTimeout: seconds(rpc_response_timeout),
      durableQueues: amqp_durable_queues,
      rabbit: {
        reconnectDelay: seconds(read.kombu_reconnect_delay),
        retryInterval: read.rabbit_retry_interval,
        retryBackoff: read.rabbit_retry_backoff,
        maxRetries: read.rabbit_max_retries,
      },
    });
    return new Env({ kernel, binary, host, flags, bus: connection, network });
  }
}
