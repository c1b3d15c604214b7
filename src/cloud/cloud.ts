/**
 * A whole cloud in one value: kernel, bus, network, databases and every process on its host, started
 * and settled. It is driven synchronously: nothing happens between two calls of the methods here.
 * Not a scenario (that is a list of what to do with one) and not a recording (that only watches).
 */
import { Bus } from "../bus/index.js";
import { FaultBoard, type FaultSpec } from "../faults/index.js";
import { Network } from "../http/index.js";
import { WIRES } from "./options/schema.js";
import type { WatchedStates } from "../framework/observations.js";
import { CONTROLLER, type Host } from "../framework/project.js";
import {
  DriverError,
  Kernel,
  formatDuration,
  join,
  minutes,
  seconds,
  type Detail,
  type Duration,
  type Greenthread,
  type Micros,
  type Observer,
  type Op,
} from "../kernel/index.js";
import { RUNNING } from "../hardware/power-states.js";
import type { LoadChange } from "../hardware/guest-activity.js";
import { hypervisor, networkNamespaces } from "../services/hardware.js";
import { AUTH_URL, DEFAULT_USERS, accountOf } from "../services/keystone/project.js";
import { novaDatabase } from "../services/nova/project.js";
import { didYouMean } from "../text/nearest.js";
import { MemoryTimeline, Recorder, type Actor } from "../timeline/index.js";
import { NOVASIM_VERSION } from "./version.js";
import {
  assertRead,
  flagSetsOf,
  flagSetsOfPlan,
  ownFlags,
  ownServicePlan,
  type AddOptions,
  type OwnProject,
  type OwnService,
} from "./add.js";
import { asDuration, asOperation } from "./driving.js";
import { Deployment } from "./deployment.js";
import { onHost } from "./join.js";
import { activity } from "./activity.js";
import { CloudError } from "./errors.js";
import { flagCatalogue } from "./flags/catalogue.js";
import { CloudFlags } from "./flags/cloud-flags.js";
import { assertDetail, assertObserver, assertOptions, checkedOptions } from "./options/check.js";
import type { CheckedOptions, CloudOptions } from "./options/options.js";
import { allNodes, balancedHosts, computeNames, presetsOf } from "./processes/processes.js";
import { Guest } from "./guest.js";
import { Guests } from "./processes/guests.js";
import { Infrastructure } from "./infrastructure.js";
import { countServers, serverState, type ServerState } from "./server-state.js";
import { publishedNames } from "./published.js";
import { Slot, type SlotContext } from "./processes/slot.js";
import { startAll } from "./processes/start.js";
import { User } from "./user.js";

export interface CloudSetup extends CloudOptions {
  /** Who watches instead of the cloud's own timeline. `null`: nobody, and there is no timeline. */
  readonly observer?: Observer | null;
  /** How closely the cloud's own timeline is recorded; `flow` by default. */
  readonly detail?: Detail;
}

/**
 * How long a cloud has been up when it is handed over, at time 0: every service has reported and
 * every host has been audited once. In its first minute a new host has a row that was never
 * updated, and the scheduler forgets at each request what it promised there.
 */
const WARM_UP = seconds(70);

/** How long `start` and `stop` wait for a process. */
const PATIENCE = minutes(10);

export class Cloud {
  readonly kernel: Kernel;
  readonly bus: Bus;
  readonly network: Network;
  readonly #timeline: MemoryTimeline | undefined;
  readonly #infrastructure: Infrastructure;
  readonly #deployment: Deployment;
  readonly #slots: Slot[];
  readonly #guests: Guests;
  readonly #context: SlotContext;
  readonly #users: ReadonlyMap<string, User>;
  readonly #faults: FaultBoard;
  /** An operation runs once: after that it is at its end. */
  readonly #ran = new WeakSet<object>();

  /** @throws CloudError for options that cannot be; FlagError for a flag that no service reads */
  constructor(setup: CloudSetup = {}) {
    assertOptions(setup);
    const { observer, detail, ...described } = setup;
    assertObserver(observer);
    assertDetail(detail);
    const options = checkedOptions(described);
    if (observer === undefined) this.#timeline = new MemoryTimeline();
    const recorder = this.#timeline && new Recorder(this.#timeline, detail);
    this.kernel = new Kernel({
      ...(options.seed !== undefined && { seed: options.seed }),
      ...(options.epoch !== undefined && { epoch: options.epoch }),
      start: 0 - WARM_UP,
    });
    const { rest = WIRES.rest, rpc = WIRES.rpc } = options.latency ?? {};
    this.bus = new Bus(this.kernel, { latency: rpc });
    const { flags: said = {}, flag_files } = options;
    const flags = new CloudFlags(said, flagCatalogue(), flag_files, presetsOf(options));
    const { published = {} } = options;
    const names = new Map([
      ...[...flags.addresses].map((address) => [address, CONTROLLER] as const),
      ...publishedNames(published),
    ]);
    this.network = new Network(this.kernel, { latency: rest, names });
    this.network.balance(balancedHosts(options));
    const nodes = allNodes(options);
    this.#infrastructure = new Infrastructure(this.kernel, computesOf(options), nodes);
    this.#deployment = new Deployment(options, this.#infrastructure);
    this.#deployment.seed((binary) => flags.for(binary), flags.accounts);
    this.#faults = new FaultBoard({
      bus: this.bus,
      network: this.network,
      hardware: () => this.#deployment.hardware(),
      checkPlace: (name) => {
        this.#checkPlace(name);
      },
    });
    this.#context = {
      kernel: this.kernel,
      bus: this.bus,
      network: this.network,
      flagsFor: (binary: string) => flags.for(binary),
    };
    this.#slots = this.#deployment.plans().map((plan) => new Slot(plan, this.#context));
    this.#guests = new Guests(this.#context, this.#deployment);
    for (const host of this.#infrastructure.onComputes(hypervisor).values()) {
      host.system = this.#guests.on(host);
    }
    this.#users = this.#makeUsers(options, flags);
    this.#startAll(observer === undefined ? recorder : (observer ?? undefined));
    recorder?.begin({
      novasim: NOVASIM_VERSION,
      scenario: "",
      title: "",
      seed: options.seed ?? 1,
      epoch: this.kernel.calendar.epoch,
      actors: this.actors,
      states: this.states,
      source: null,
    });
  }

  /** Everybody who takes part, in the order in which they started; users come last. */
  get actors(): readonly Actor[] {
    const users = [...this.#users.values()].flatMap(({ actors }) => actors);
    const pools = new Map(this.bus.servers().map(({ actor, poolSize }) => [actor, poolSize]));
    const services = this.#slots.map(({ actor }) => {
      const pool = pools.get(actor.name);
      return pool === undefined ? actor : { ...actor, pool };
    });
    return [...services, ...users];
  }

  /** The columns in which things of its projects have their states, by project and table. */
  get states(): WatchedStates {
    return this.#deployment.states;
  }

  /** What has been recorded, unless an observer was passed in. */
  get timeline(): MemoryTimeline {
    if (this.#timeline === undefined)
      throw new Error("this cloud was made with an observer of its own");
    return this.#timeline;
  }

  /** @throws Error naming the users that there are */
  user(name: string): User {
    const user = this.#users.get(name);
    if (user === undefined) {
      throw new Error(
        `there is no user "${name}"; there are ${[...this.#users.keys()].join(", ")}`,
      );
    }
    return user;
  }

  /**
   * The guest of a server, by the server's name (the newest) or id, to ask what it would ask by itself.
   * @throws Error if there is no such server, or if it does not run
   */
  guest(name: string): Guest {
    const { id } = this.server(name) ?? {};
    const running = [...this.#infrastructure.onComputes(hypervisor).values()].some(
      (host) => host.guest(id ?? "")?.powerState === RUNNING,
    );
    if (id === undefined) throw new Error(`there is no server "${name}"`);
    if (!running) throw new Error(`the guest of server "${name}" does not run`);
    const { hostname = name } = this.#infrastructure.of(novaDatabase).instances.get(id) ?? {};
    const route = () => this.#deployment.guestRoute(id);
    return new Guest({ hostname, network: this.network, route });
  }

  /**
   * The guest of a server gets busy, or has less to do; what is not said stays. @param name or id of the server
   * @throws Error if there is no such server, or no guest of it
   */
  load(name: string, load: LoadChange): void {
    const { id } = this.server(name) ?? {};
    if (id === undefined) throw new Error(`there is no server "${name}"`);
    const hosts = [...this.#infrastructure.onComputes(hypervisor).values()];
    // One that is resized is on two hosts, and runs on one.
    const host =
      hosts.find((each) => each.guest(id)?.powerState === RUNNING) ??
      hosts.find((each) => each.guest(id) !== undefined);
    if (host === undefined) throw new Error(`no host has the guest of server "${name}"`);
    host.setLoad(id, load);
  }

  /**
   * Drive the cloud until `op` has ended.
   * @throws what it throws; Stalled if it can never end, and then it is given up;
   *   DriverError for what is no operation, has been run before, or is run from inside another
   */
  run<T>(op: Op<T>): T {
    const operation = asOperation(op);
    if (this.#ran.has(operation)) {
      throw new DriverError("this operation has been run already: make a new one for each run");
    }
    this.#ran.add(operation);
    return this.kernel.complete(operation, { name: "run" });
  }

  /**
   * Drive the cloud until nothing is under way but what goes on for ever.
   * @throws Stalled if something waits for what will never be
   */
  settle(): void {
    this.kernel.settle();
  }

  /** Let time go by: `"60s"` or `seconds(60)`. @throws DriverError for what is no length of time */
  advance(duration: Duration | string): void {
    this.kernel.run(this.kernel.now + asDuration(duration, this.kernel));
  }

  get now(): Micros {
    return this.kernel.now;
  }

  /**
   * Put a service of one's own on a host, and start it.
   * @throws FlagError for flags that it does not read; what its manager throws before it has started
   */
  add(service: OwnService, options?: AddOptions): Actor;
  /**
   * Put an OpenStack project of one's own beside the others, tell Keystone of it, and start it:
   * what runs on the controller on a host, the rest on every compute host.
   * @throws CloudError for names that others have, or if it cannot start: nothing is added then;
   *   FlagError for flags that it does not read
   */
  add(project: OwnProject, options?: AddOptions): readonly Actor[];
  add(own: OwnService | OwnProject, options: AddOptions = {}): Actor | readonly Actor[] {
    this.kernel.assertOutside();
    return "processes" in own ? this.#addProject(own, options) : this.#addService(own, options);
  }

  #addService(service: OwnService, { host = CONTROLLER, flags = {} }: AddOptions): Actor {
    const { binary } = service;
    const sets = flagSetsOf(service);
    assertRead(flags, sets, binary);
    const plan = ownServicePlan(service, host, this.#infrastructure.of(novaDatabase));
    const read = ownFlags(binary, sets, flags, this.#context.flagsFor(binary));
    const slot = new Slot(plan, { ...this.#context, flagsFor: () => read });
    const { actor } = slot;
    if (this.#slots.some((other) => other.actor.name === actor.name)) {
      throw new Error(`${actor.name} is there already; another host may run ${actor.service} too`);
    }
    this.kernel.complete(slot.start(), { name: "start", actor: actor.name });
    this.#slots.push(slot);
    return actor;
  }

  #addProject(own: OwnProject, { host = CONTROLLER, flags = {} }: AddOptions): readonly Actor[] {
    const { kernel } = this;
    this.#deployment.assertNoClash(own);
    const project = onHost(own, host);
    const sets = new Map(project.processes.map((plan) => [plan.binary, flagSetsOfPlan(plan)]));
    assertRead(flags, [...sets.values()].flat(), project.name);
    const read = new Map(
      [...sets].map(([binary, list]) => {
        return [binary, ownFlags(binary, list, flags, this.#context.flagsFor(binary))];
      }),
    );
    const flagsFor = (binary: string) => read.get(binary) ?? this.#context.flagsFor(binary);
    const started = this.#slots.find(({ actor }) => sets.has(actor.service));
    if (started !== undefined) throw new CloudError(`${started.actor.name} is there already`);
    const slots: Slot[] = [];
    try {
      const plans = this.#deployment.join(project, host, flagsFor);
      slots.push(...plans.map((plan) => new Slot(plan, { ...this.#context, flagsFor })));
      startAll(kernel, slots, (threads) => {
        kernel.complete(allOf(threads), { name: `start ${project.name}` });
      });
    } catch (error) {
      for (const slot of slots) slot.crash();
      this.#deployment.leave(project);
      throw error;
    }
    this.#slots.push(...slots);
    return slots.map(({ actor }) => actor);
  }

  /**
   * Start a process (`nova-compute@compute-1`) or all of a host.
   * @param options.background go on at once, and let it start meanwhile: what it waits for may take
   *   long to come, and nobody waits for it
   * @throws Error for an unknown one; Error for one that has not started after ten minutes of
   *   virtual time, with what it waits for: it waits on, as Juno's do
   */
  start(target: string, { background = false }: { readonly background?: boolean } = {}): void {
    for (const slot of this.#find(target)) {
      // In the name of the process, so that it is over with it if that crashes meanwhile.
      const actor = slot.actor.name;
      if (background) {
        this.kernel.spawn(slot.start(), { name: `start ${actor}`, actor, daemon: true });
      } else this.#drive("start", slot, slot.start(), actor);
    }
  }

  /**
   * Stop a process or all of a host, as asked politely: what it does is finished first.
   * @throws Error for an unknown one; Error for one that has not stopped after ten minutes of
   *   virtual time, with what it waits for
   */
  stop(target: string): void {
    for (const slot of this.#find(target)) this.#drive("stop", slot, slot.stop());
  }

  /**
   * Kill a process, one of its workers (`nova-api:2@controller`), or a host with all its processes
   * and guests. @throws Error for an unknown one
   */
  crash(target: string): void {
    if (this.#slots.some((slot) => slot.crashWorker(target))) return;
    for (const slot of this.#find(target)) slot.crash();
    this.#infrastructure.onComputes(hypervisor).get(target)?.powerLost();
    this.#infrastructure.of(networkNamespaces).powerLost(target);
  }

  /** Make something fail. @throws Error for what cannot be made to fail */
  inject(fault: FaultSpec): void {
    this.#faults.declare(fault);
  }

  /**
   * Take back faults: all, those of one kind (`delay`, `driver`), or those of a process or host.
   * @throws Error for what is none of these
   */
  heal(what?: string): void {
    this.#faults.heal(what);
  }

  /** What may be a mistake of whoever drives this cloud: faults that never struck. */
  warnings(): string[] {
    return this.#faults.neverStruck().map((fault) => `this fault never struck: ${fault}`);
  }

  /**
   * What was left behind, one line each: what serves a server, a router or a volume that is gone, what
   * should have gone with it, quotas that count what is not there, states that nobody will end. Empty
   * where all is well; ask when nothing is under way.
   */
  leftovers(): string[] {
    return this.#deployment.leftovers(this.#context.flagsFor);
  }

  /** A server as it is stored, by name (the newest) or id. No message is sent. */
  server(name: string): ServerState | undefined {
    return serverState(this.#infrastructure.of(novaDatabase), name);
  }

  /** How many servers there are of a status, as stored: `ACTIVE`. */
  count(status: string): number {
    return countServers(this.#infrastructure.of(novaDatabase), status);
  }

  /** The id of a `network`, `image`, `server`, `flavor`, `project` ... by its name, if there is one. */
  id(kind: string, name: string): string | undefined {
    return this.#deployment.resolve(kind, name);
  }

  /** What each service is doing right now, one line each. */
  activity(): string[] {
    return activity(this.kernel, this.#slots, this.bus);
  }

  #makeUsers(
    { users, user_files = {} }: CheckedOptions,
    flags: CloudFlags,
  ): ReadonlyMap<string, User> {
    const { kernel, bus, network } = this;
    const { resolve, catalog } = this.#deployment;
    const context = {
      kernel,
      bus,
      network,
      resolve,
      catalog,
      flags: flags.for("nova-client"),
      authUrl: AUTH_URL,
      files: new Map(Object.entries(user_files)),
      site: this.#deployment.site,
    };
    return new Map(
      (users ?? DEFAULT_USERS)
        .map(accountOf)
        .map((account) => [account.name, new User(account, context)]),
    );
  }

  /** Everything starts at once, and runs until time 0. Of that, only detail `full` tells. */
  #startAll(observer: Observer | undefined): void {
    const { kernel } = this;
    kernel.observer = observer && {
      ...(observer.detail !== undefined && { detail: observer.detail }),
      observe: (at, what, _detail, cause) => observer.observe(at, what, "full", cause),
    };
    startAll(kernel, this.#slots);
    kernel.run(0);
    kernel.observer = observer;
  }

  /**
   * Drive the cloud while a process starts or stops.
   * @throws Error if it is not done in time; what it does goes on
   */
  #drive(what: "start" | "stop", { actor }: Slot, op: Op<void>, owner = ""): void {
    this.kernel.assertOutside();
    const thread = this.kernel.spawn(op, { name: `${what} ${actor.name}`, actor: owner });
    if (this.kernel.runUntil(() => thread.ended, this.kernel.now + PATIENCE)) return;
    const done = what === "start" ? "started" : "stopped";
    throw new Error(
      `${actor.name} has not ${done} after ${formatDuration(PATIENCE)}: it is waiting for ` +
        `${thread.waiting?.label ?? "its turn"}; it goes on when that comes, so see to that first`,
    );
  }

  /** @throws Error for a process or host that there is not */
  #checkPlace(name: string): void {
    const inside = this.#guests.slots.map(({ actor }) => actor);
    const places = [...this.actors, ...inside].flatMap((actor) => [actor.name, actor.host]);
    if (places.includes(name)) return;
    const hint = didYouMean(name, places);
    throw new Error(
      `there is no process or host "${name}"${hint === undefined ? "" : `. ${hint}`}`,
    );
  }

  #find(target: string): Slot[] {
    const all = [...this.#slots, ...this.#guests.slots];
    const found = all.filter(({ actor }) => actor.name === target || actor.host === target);
    if (found.length > 0) return found;
    const hosts = [...new Set(this.#slots.map(({ actor }) => actor.host))];
    throw new Error(
      `there is no process or host "${target}"; hosts are ${hosts.join(", ")}, ` +
        `processes are named like ${this.#slots[0]?.actor.name ?? ""}`,
    );
  }
}

function* allOf(threads: readonly Greenthread<void>[]): Op<void> {
  for (const thread of threads) yield* join(thread);
}

/** The hosts as given, or of that number. */
function computesOf(options: CheckedOptions): readonly Host[] {
  if (typeof options.computes === "object") return options.computes;
  return computeNames(options).map((name) => ({ name }));
}
