/**
 * A cloud as it is put together and started: kernel, bus, network, databases, every process on its host.
 * Nothing here drives or reads it: `Cloud` does. Upstream: DevStack's `stack.sh`.
 */
import { Bus } from "../bus/index.js";
import { FaultBoard } from "../faults/index.js";
import { CONTROLLER, type Host } from "../framework/project.js";
import { Network } from "../http/index.js";
import { Kernel, seconds, type Detail, type Observer } from "../kernel/index.js";
import { hypervisor } from "../services/hardware.js";
import { DEFAULT_USERS, accountOf } from "../services/keystone/project.js";
import { MemoryTimeline, Recorder, type Actor } from "../timeline/index.js";
import { Deployment } from "./deployment.js";
import { flagCatalogue } from "./flags/catalogue.js";
import { CloudFlags } from "./flags/cloud-flags.js";
import { Infrastructure } from "./infrastructure.js";
import { assertDetail, assertObserver, assertOptions, checkedOptions } from "./options/check.js";
import type { CheckedOptions, CloudOptions } from "./options/options.js";
import { WIRES } from "./options/schema.js";
import { Guests } from "./processes/guests.js";
import { allNodes, balancedHosts, computeNames, presetsOf } from "./processes/processes.js";
import { Roster } from "./processes/roster.js";
import type { SlotContext } from "./processes/slot.js";
import { publishedNames } from "./published.js";
import type { Account } from "./users/api-user.js";
import { NOVASIM_VERSION } from "./version.js";

/**
 * What `new Cloud` takes: the options of a cloud, as scenario files have them under `cloud:`, and who
 * watches it.
 *
 * @example
 * ```ts
 * import { Cloud, type CloudSetup } from "novasim";
 *
 * const setup: CloudSetup = { seed: 7, computes: 3, detail: "full" };
 * new Cloud(setup).nodes().length; // → 3
 * ```
 */
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

export class Assembly {
  readonly kernel: Kernel;
  readonly bus: Bus;
  readonly network: Network;
  readonly timeline: MemoryTimeline | undefined;
  readonly infrastructure: Infrastructure;
  readonly deployment: Deployment;
  readonly context: SlotContext;
  readonly guests: Guests;
  readonly roster: Roster;
  readonly faults: FaultBoard;
  readonly flags: CloudFlags;
  readonly accounts: readonly Account[];
  readonly userFiles: ReadonlyMap<string, string>;
  /** Who takes part beside services: users, and actors of one's own. */
  readonly others: Actor[] = [];
  readonly #options: CheckedOptions;
  readonly #recorder: Recorder | undefined;
  readonly #observer: Observer | undefined;

  /** @throws CloudError for options that cannot be; FlagError for a flag that no service reads */
  constructor(setup: CloudSetup) {
    assertOptions(setup);
    const { observer, detail, ...described } = setup;
    assertObserver(observer);
    assertDetail(detail);
    const options = checkedOptions(described);
    this.#options = options;
    if (observer === undefined) this.timeline = new MemoryTimeline();
    this.#recorder = this.timeline && new Recorder(this.timeline, detail);
    this.#observer = observer === undefined ? this.#recorder : (observer ?? undefined);
    this.kernel = new Kernel({
      ...(options.seed !== undefined && { seed: options.seed }),
      ...(options.epoch !== undefined && { epoch: options.epoch }),
      start: 0 - WARM_UP,
    });
    const { rest = WIRES.rest, rpc = WIRES.rpc } = options.latency ?? {};
    this.bus = new Bus(this.kernel, { latency: rpc });
    const { flags: said = {}, flag_files } = options;
    const flags = new CloudFlags(said, flagCatalogue(), flag_files, presetsOf(options));
    this.flags = flags;
    const { published = {} } = options;
    const names = new Map([
      ...[...flags.addresses].map((address) => [address, CONTROLLER] as const),
      ...publishedNames(published),
    ]);
    this.network = new Network(this.kernel, { latency: rest, names });
    this.network.balance(balancedHosts(options));
    const nodes = allNodes(options);
    this.infrastructure = new Infrastructure(this.kernel, computesOf(options), nodes);
    this.deployment = new Deployment(options, this.infrastructure);
    this.deployment.seed((binary) => flags.for(binary), flags.accounts);
    this.faults = new FaultBoard({
      bus: this.bus,
      network: this.network,
      hardware: () => this.deployment.hardware(),
      checkPlace: (name) => {
        this.roster.checkPlace(name, this.others);
      },
    });
    this.context = {
      kernel: this.kernel,
      bus: this.bus,
      network: this.network,
      flagsFor: (binary: string) => flags.for(binary),
    };
    const { context, deployment, infrastructure } = this;
    this.guests = new Guests(context, deployment);
    this.roster = new Roster({ context, deployment, infrastructure, guests: this.guests });
    for (const host of infrastructure.onComputes(hypervisor).values()) {
      host.system = this.guests.on(host);
    }
    this.accounts = (options.users ?? DEFAULT_USERS).map(accountOf);
    this.userFiles = new Map(Object.entries(options.user_files ?? {}));
  }

  /** Everybody who takes part, in the order in which they started; users come last. */
  get actors(): readonly Actor[] {
    return [...this.roster.actors, ...this.others];
  }

  /** Everything starts at once, and runs until time 0. Of that, only detail `full` tells. */
  start(): void {
    const { kernel } = this;
    const observer = this.#observer;
    const { detail, looksAt = detail } = observer ?? {};
    kernel.observer =
      observer === undefined || looksAt === "flow"
        ? undefined
        : {
            ...(detail !== undefined && { detail }),
            observe: (at, what, _detail, cause) => observer.observe(at, what, "full", cause),
          };
    this.roster.startAll();
    kernel.run(0);
    kernel.observer = observer;
    this.#recorder?.begin({
      novasim: NOVASIM_VERSION,
      scenario: "",
      title: "",
      seed: this.#options.seed ?? 1,
      epoch: kernel.calendar.epoch,
      actors: this.actors,
      states: this.deployment.states,
      source: null,
    });
  }
}

/** The hosts as given, or of that number. */
function computesOf(options: CheckedOptions): readonly Host[] {
  if (typeof options.computes === "object") return options.computes;
  return computeNames(options).map((name) => ({ name }));
}
