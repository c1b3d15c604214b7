/**
 * What a cloud starts, where, and in which order: everything of its projects on the controller, then
 * that of each compute host, then what was asked for beside it. Upstream: DevStack's `stack.sh`.
 */
import type { CatalogUrl, NameResolver } from "../clients/index.js";
import type { Flags } from "../framework/index.js";
import type { WatchedStates } from "../framework/observations.js";
import type { Finding, InvariantName } from "../framework/invariants.js";
import { findingsIn, leftoversIn, type Inventory } from "../framework/inventory.js";
import {
  NONE,
  type Account,
  type Durable,
  type GuestRoute,
  type Host,
  type IdByName,
  type Latencies,
  type Premises,
  type ProcessPlan,
  type Project,
  type Rates,
  type SeedContext,
} from "../framework/project.js";
import { InvariantError, type Span } from "../kernel/index.js";
import { keystoneDatabase } from "../services/keystone/project.js";
import { register, unregister, type Registration } from "../services/keystone/seed.js";
import { novaDatabase } from "../services/nova/project.js";
import { ownServicePlan, type OwnProject } from "./add.js";
import { CloudError } from "./errors.js";
import { assertNoClash } from "./join.js";
import type { Infrastructure } from "./infrastructure.js";
import type { CheckedOptions } from "./options/options.js";
import {
  placements,
  servicesOf,
  startedProjects,
  type NamedService,
} from "./processes/processes.js";
import { OWN_SERVICES, catalogOf, serviceUsersOf, userDomainsOf } from "./projects.js";
import type { GuestPlan } from "./processes/guests.js";
import { publishedCatalog } from "./published.js";
import type { SlotPlan } from "./processes/slot.js";

export class Deployment {
  /** What there is of `PROJECTS`, in the order in which they start, and then who has joined. */
  #projects: readonly Project[];
  readonly #named: readonly NamedService[];
  readonly #options: CheckedOptions;
  readonly #infrastructure: Infrastructure;
  #idTables: readonly Readonly<Record<string, IdByName>>[] | undefined;

  constructor(options: CheckedOptions, infrastructure: Infrastructure) {
    this.#options = options;
    this.#infrastructure = infrastructure;
    this.#named = servicesOf(options);
    this.#projects = startedProjects(this.#named);
  }

  /** Every process, in the order in which they start. */
  plans(): SlotPlan[] {
    return this.#placed.map(({ binary, host }) => this.#planOf(binary, host));
  }

  /** Where people's browsers go, if some project has pages for them. */
  get site(): string | undefined {
    return this.#projects.find(({ site }) => site !== undefined)?.site;
  }

  /** All hardware that faults can be aimed at. */
  hardware(): ReadonlySet<object> {
    const made = this.#projects.flatMap(({ processes, hardware = [] }) =>
      hardware.flatMap((fallible) => {
        const users = processes.filter((plan) => usesOf(plan).includes(fallible.durable));
        return this.#placed
          .filter(({ binary }) => users.some((plan) => plan.binary === binary))
          .map(({ host }) =>
            fallible.at(this.#infrastructure.of(fallible.durable, host), host.name),
          );
      }),
    );
    return new Set(made);
  }

  /** Let every project put in place what is there before anything has started. */
  seed(flagsOf: (binary: string) => Flags, accounts: readonly Account[]): void {
    const context = this.#seedContext(flagsOf, accounts);
    for (const project of this.#projects) this.#seed(project, context);
  }

  /** @throws CloudError for names of `own` that others have */
  assertNoClash(own: OwnProject): void {
    assertNoClash(own, this.#projects, (project) => this.#idsOf(project));
    const { name, serviceUser } = own;
    if (serviceUser === undefined || this.resolve("user", serviceUser) === undefined) return;
    throw new CloudError(
      `project "${name}" cannot be added: there is a user "${serviceUser}". Choose another name.`,
    );
  }

  /**
   * A project of somebody's own is put beside the others, with all that is there before it starts.
   * @returns its processes, those of the controller on `host`
   */
  join(project: OwnProject, host: string, flagsOf: (binary: string) => Flags): SlotPlan[] {
    register(this.#infrastructure.of(keystoneDatabase), this.#registrationOf(project));
    this.#have([...this.#projects, project]);
    this.#seed(project, this.#seedContext(flagsOf));
    return [
      ...this.#on("controller", { name: host }, [project]),
      ...this.#infrastructure.computes.flatMap((each) => this.#on("computes", each, [project])),
    ];
  }

  /** What `join` has done is undone: it could not start. */
  leave(project: OwnProject): void {
    unregister(this.#infrastructure.of(keystoneDatabase), this.#registrationOf(project));
    this.#have(this.#projects.filter((other) => other !== project));
    const kept = new Set(this.#projects.flatMap(durablesOf));
    this.#infrastructure.forget(durablesOf(project).filter((durable) => !kept.has(durable)));
  }

  /** The ids of things by their names, for people who cannot know ids. */
  readonly resolve: NameResolver = (kind, name) => {
    this.#idTables ??= this.#projects.map((project) => this.#idsOf(project));
    return this.#idTables.find((table) => Object.hasOwn(table, kind))?.[kind]?.(name);
  };

  /** Of what there are ids by name: `server`, `image`, `network` ... */
  get kinds(): readonly string[] {
    this.#idTables ??= this.#projects.map((project) => this.#idsOf(project));
    return [...new Set(this.#idTables.flatMap((table) => Object.keys(table)))];
  }

  /** In which columns states are, by project and table. */
  get states(): WatchedStates {
    return Object.fromEntries(
      this.#projects.flatMap(({ name, states }) => (states ? [[name, states]] : [])),
    );
  }

  /** Every service of the catalog, with its URL as a user of `project` sees it. */
  readonly catalog = (project: string): readonly CatalogUrl[] => {
    const tenant = this.resolve("project", project) ?? "";
    return this.#catalogOf(this.#projects).map(({ name, type, url }) => ({
      name,
      type,
      url: url.replace("$(tenant_id)s", tenant),
    }));
  };

  /** Where requests of a server's guest go. */
  guestRoute(server: string): GuestRoute {
    const [route] = this.#projects.flatMap(
      (project) => project.guestRoute?.(this.#infrastructure.handOut(project.stores), server) ?? [],
    );
    return route ?? { kind: "unreachable", reason: "network" };
  }

  /** The program of that name, in a guest whose image has it. */
  guestPlan(binary: string, host: Host): GuestPlan | undefined {
    for (const project of this.#projects) {
      const plan = project.processes.find((one) => one.binary === binary && one.on === "guests");
      if (plan === undefined) continue;
      const { guest_boot: boot } = this.#latencyOf(plan);
      if (typeof boot !== "object") throw new InvariantError(`${binary} has no guest_boot`);
      return { slot: this.#slotPlan(project, plan, host), boot };
    }
    return undefined;
  }

  /** GB of a volume, whoever keeps it. */
  volumeSize(volume: string): number | undefined {
    const [size] = this.#projects.flatMap(
      (project) => project.volumeSize?.(this.#infrastructure.handOut(project.stores), volume) ?? [],
    );
    return size;
  }

  forgetHost(name: string): void {
    this.#infrastructure.forgetHost(name);
  }

  /** What was left behind, as the projects' inventories have it. */
  leftovers(known: Known): string[] {
    return leftoversIn(this.#inventories(known));
  }

  /** What should hold and does not, likewise. */
  findings(known: Known): Finding[] {
    const found = findingsIn(this.#inventories(known));
    return known.underWay ? found.filter(({ invariant }) => !AT_REST.has(invariant)) : found;
  }

  #inventories(known: Known): (Inventory & { readonly name: string })[] {
    const infrastructure = this.#infrastructure;
    const premises: Premises = {
      flagsOf: known.flagsOf,
      mishaps: known.mishaps,
      onComputes: (durable) => infrastructure.onComputes(durable),
      onNodes: (durable) => infrastructure.onNodes(durable),
    };
    return this.#projects.flatMap((project) => {
      const held = project.inventory?.(infrastructure.handOut(project.stores), premises);
      return held === undefined ? [] : [{ name: project.name, ...held }];
    });
  }

  /** Which processes there are on which hosts. */
  get #placed(): readonly { readonly binary: string; readonly host: Host }[] {
    const { nodes, computes } = this.#infrastructure;
    const hosts = new Map([...nodes, ...computes].map((host) => [host.name, host]));
    return placements(this.#options).map(({ binary, host }) => ({
      binary,
      host: hosts.get(host) ?? { name: host },
    }));
  }

  #have(projects: readonly Project[]): void {
    this.#projects = projects;
    this.#idTables = undefined;
  }

  #catalogOf(projects: readonly Project[]) {
    return publishedCatalog(catalogOf(projects), this.#options.published);
  }

  #registrationOf(project: Project): Registration {
    return {
      catalog: this.#catalogOf([project]),
      serviceUsers: serviceUsersOf([project]),
    };
  }

  #idsOf(project: Project): Readonly<Record<string, IdByName>> {
    return project.resolve(this.#infrastructure.handOut(project.stores));
  }

  #seed(project: Project, context: SeedContext): void {
    project.seed(this.#infrastructure.handOut(project.stores), this.#options, context);
  }

  #seedContext(flagsOf: (binary: string) => Flags, accounts: readonly Account[] = []): SeedContext {
    return {
      accounts,
      catalog: this.#catalogOf(this.#projects),
      serviceUsers: serviceUsersOf(this.#projects),
      userDomains: userDomainsOf(this.#projects),
      images: this.#projects.flatMap((project) => project.images?.(this.#options) ?? []),
      idOf: this.resolve,
      operator: () => this.resolve("project", "admin") ?? this.resolve("project", "service") ?? "",
      starts: (binary) => this.#named.some(({ name }) => name === binary),
      flagsOf,
    };
  }

  #on(place: ProcessPlan["on"], host: Host, projects: readonly Project[]): SlotPlan[] {
    return projects.flatMap((project) =>
      project.processes
        .filter(({ on, optional }) => on === place && optional !== true)
        .map((plan) => this.#slotPlan(project, plan, host)),
    );
  }

  #planOf(binary: string, host: Host): SlotPlan {
    const own = OWN_SERVICES.find((service) => service.binary === binary);
    if (own !== undefined) {
      return ownServicePlan(own, host.name, this.#infrastructure.of(novaDatabase));
    }
    for (const project of this.#projects) {
      const plan = project.processes.find((one) => one.binary === binary);
      if (plan !== undefined) return this.#slotPlan(project, plan, host);
    }
    throw new InvariantError(`no project has a process ${binary}`);
  }

  /** What a plan says of itself, unless the cloud says otherwise. */
  #latencyOf({ latency = NONE, rates = NONE }: ProcessPlan): Latencies & Rates {
    const own: OwnLatency = this.#options.latency ?? {};
    const spans = Object.entries(latency).map(([key, usual]) => {
      const value = own[key];
      return [key, typeof value === "object" ? value : usual] as const;
    });
    const speeds = Object.entries(rates).map(([key, usual]) => {
      const value = own[key];
      return [key, typeof value === "number" ? value : usual] as const;
    });
    return Object.assign(Object.fromEntries(spans), Object.fromEntries(speeds));
  }

  #slotPlan({ name, allowedModules }: Project, plan: ProcessPlan, host: Host): SlotPlan {
    const parts = this.#infrastructure.handOut(plan.uses, host);
    const latency = this.#latencyOf(plan);
    return {
      binary: plan.binary,
      host: host.name,
      project: name,
      ...(allowedModules && { allowedModules }),
      make: (env) => plan.make(env, parts, latency),
    };
  }
}

const durablesOf = ({ stores, processes }: Project): Durable<unknown>[] => [
  ...Object.values(stores),
  ...processes.flatMap(usesOf),
];

const usesOf = ({ uses }: ProcessPlan): Durable<unknown>[] => Object.values(uses);

/** What the cloud knows of the run. */
interface Known extends Pick<Premises, "flagsOf" | "mishaps"> {
  /** Whether somebody still works, or a message is on its way. */
  readonly underWay: boolean;
}

/** What cannot be said before all is done that is under way. */
const AT_REST: ReadonlySet<InvariantName> = new Set([
  ...(["at-rest", "outcome", "made", "listing"] as const),
]);

type OwnLatency = Readonly<Partial<Record<string, Span | number>>>;
