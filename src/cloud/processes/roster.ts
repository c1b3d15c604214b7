/**
 * Every process of a cloud by name and host: who there is, who starts, stops and crashes, and who joins
 * later. Not what a process does (that is its project's). Upstream: an operator with `service`.
 */
import { describe } from "../../text/complaints.js";
import {
  DriverError,
  formatDuration,
  join,
  minutes,
  type Greenthread,
  type Kernel,
  type Op,
} from "../../kernel/index.js";
import { CONTROLLER } from "../../framework/project.js";
import { hypervisor, networkNamespaces } from "../../services/hardware.js";
import { novaDatabase } from "../../services/nova/project.js";
import { didYouMean } from "../../text/nearest.js";
import type { Actor } from "../../timeline/index.js";
import {
  assertRead,
  flagSetsOf,
  flagSetsOfPlan,
  ownFlags,
  ownServicePlan,
  type AddOptions,
  type OwnProject,
  type OwnService,
} from "../add.js";
import type { Deployment } from "../deployment.js";
import { CloudError } from "../errors.js";
import type { Infrastructure } from "../infrastructure.js";
import { onHost } from "../join.js";
import type { Guests } from "./guests.js";
import { Slot, type SlotContext } from "./slot.js";
import { startAll } from "./start.js";

/** How long `start` and `stop` wait for a process. */
const PATIENCE = minutes(10);

export interface RosterParts {
  readonly context: SlotContext;
  readonly deployment: Deployment;
  readonly infrastructure: Infrastructure;
  readonly guests: Guests;
}

export class Roster {
  readonly slots: Slot[];
  readonly #parts: RosterParts;

  constructor(parts: RosterParts) {
    this.#parts = parts;
    this.slots = parts.deployment.plans().map((plan) => new Slot(plan, parts.context));
  }

  /** Its services, in the order in which they started, with how much they see to at once. */
  get actors(): readonly Actor[] {
    const { bus } = this.#parts.context;
    const pools = new Map(bus.servers().map(({ actor, poolSize }) => [actor, poolSize]));
    return this.slots.map(({ actor }) => {
      const pool = pools.get(actor.name);
      return pool === undefined ? actor : { ...actor, pool };
    });
  }

  startAll(): void {
    startAll(this.#kernel, this.slots);
  }

  addService(service: OwnService, { host = CONTROLLER, flags = {} }: AddOptions): Actor {
    const { context, infrastructure } = this.#parts;
    const { binary } = service;
    const sets = flagSetsOf(service);
    assertRead(flags, sets, binary);
    const plan = ownServicePlan(service, host, infrastructure.of(novaDatabase));
    const read = ownFlags(binary, sets, flags, context.flagsFor(binary));
    const slot = new Slot(plan, { ...context, flagsFor: () => read });
    const { actor } = slot;
    if (this.slots.some((other) => other.actor.name === actor.name)) {
      throw new Error(`${actor.name} is there already; another host may run ${actor.service} too`);
    }
    this.#kernel.complete(slot.start(), { name: "start", actor: actor.name });
    this.slots.push(slot);
    return actor;
  }

  addProject(own: OwnProject, { host = CONTROLLER, flags = {} }: AddOptions): readonly Actor[] {
    const { context, deployment } = this.#parts;
    deployment.assertNoClash(own);
    const project = onHost(own, host);
    const sets = new Map(project.processes.map((plan) => [plan.binary, flagSetsOfPlan(plan)]));
    assertRead(flags, [...sets.values()].flat(), project.name);
    const read = new Map(
      [...sets].map(([binary, list]) => {
        return [binary, ownFlags(binary, list, flags, context.flagsFor(binary))];
      }),
    );
    const flagsFor = (binary: string) => read.get(binary) ?? context.flagsFor(binary);
    const started = this.slots.find(({ actor }) => sets.has(actor.service));
    if (started !== undefined) throw new CloudError(`${started.actor.name} is there already`);
    const slots: Slot[] = [];
    try {
      const plans = deployment.join(project, host, flagsFor);
      slots.push(...plans.map((plan) => new Slot(plan, { ...context, flagsFor })));
      startAll(this.#kernel, slots, (threads) => {
        this.#kernel.complete(allOf(threads), { name: `start ${project.name}` });
      });
    } catch (error) {
      for (const slot of slots) slot.crash();
      deployment.leave(project);
      throw error;
    }
    this.slots.push(...slots);
    return slots.map(({ actor }) => actor);
  }

  start(target: string, background: boolean): void {
    for (const slot of this.#find(target)) {
      // In the name of the process, so that it is over with it if that crashes meanwhile.
      const actor = slot.actor.name;
      if (background) {
        this.#kernel.spawn(slot.start(), { name: `start ${actor}`, actor, daemon: true });
      } else this.#drive("start", slot, slot.start(), actor);
    }
  }

  stop(target: string): void {
    for (const slot of this.#find(target)) this.#drive("stop", slot, slot.stop());
  }

  crash(target: string): void {
    const { infrastructure } = this.#parts;
    if (this.slots.some((slot) => slot.crashWorker(target))) return;
    for (const slot of this.#find(target)) slot.crash();
    infrastructure.onComputes(hypervisor).get(target)?.powerLost();
    infrastructure.of(networkNamespaces).powerLost(target);
  }

  /** @throws Error for a process or host that there is neither here nor among `others` */
  checkPlace(name: string, others: readonly Actor[]): void {
    const inside = this.#parts.guests.slots.map(({ actor }) => actor);
    const all = [...this.actors, ...others, ...inside];
    const places = all.flatMap((actor) => [actor.name, actor.host]);
    if (places.includes(name)) return;
    const hint = didYouMean(name, places);
    throw new DriverError(
      `there is no process or host ${describe(name)}${hint === undefined ? "" : `. ${hint}`}`,
    );
  }

  get #kernel(): Kernel {
    return this.#parts.context.kernel;
  }

  /**
   * Drive the cloud while a process starts or stops.
   * @throws Error if it is not done in time; what it does goes on
   */
  #drive(what: "start" | "stop", { actor }: Slot, op: Op<void>, owner = ""): void {
    this.#kernel.assertOutside();
    const thread = this.#kernel.spawn(op, { name: `${what} ${actor.name}`, actor: owner });
    if (this.#kernel.runUntil(() => thread.ended, this.#kernel.now + PATIENCE)) return;
    const done = what === "start" ? "started" : "stopped";
    throw new Error(
      `${actor.name} has not ${done} after ${formatDuration(PATIENCE)}: it is waiting for ` +
        `${thread.waiting?.label ?? "its turn"}; it goes on when that comes, so see to that first`,
    );
  }

  #find(target: string): Slot[] {
    const all = [...this.slots, ...this.#parts.guests.slots];
    const found = all.filter(({ actor }) => actor.name === target || actor.host === target);
    if (found.length > 0) return found;
    const hosts = [...new Set(this.slots.map(({ actor }) => actor.host))];
    throw new DriverError(
      `there is no process or host ${describe(target)}; hosts are ${hosts.join(", ")}, ` +
        `processes are named like ${this.slots[0]?.actor.name ?? ""}`,
    );
  }
}

function* allOf(threads: readonly Greenthread<void>[]): Op<void> {
  for (const thread of threads) yield* join(thread);
}
