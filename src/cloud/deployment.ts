/**
 * What a cloud starts, where, and in which order: everything of its projects on the controller, then
 * that of each compute host, then what was asked for beside it. Upstream: DevStack's `stack.sh`.
 */
import type { CatalogUrl, NameResolver } from "../clients/index.js";
import type { Flags } from "../framework/index.js";
import type { WatchedStates } from "../framework/observations.js";
import {
  type Account,
  type Durable,
  type GuestRoute,
  type Host,
  type IdByName,
  type ProcessPlan,
  type Project,
  type SeedContext,
} from "../framework/project.js";
import { keystoneDatabase } from "../services/keystone/project.js";
import { register, unregister, type Registration } from "../services/keystone/seed.js";
import type { OwnProject } from "./add.js";
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
import { catalogOf, serviceUsersOf, userDomainsOf } from "./projects.js";
import type { GuestPlan } from "./processes/guests.js";
import { Plans } from "./processes/plans.js";
import { publishedCatalog } from "./published.js";
import { inventoriesOf, type Known, type NamedInventory } from "./reading/inventories.js";
import type { SlotPlan } from "./processes/slot.js";

export class Deployment {
  /** What there is of `PROJECTS`, in the order in which they start, and then who has joined. */
  #projects: readonly Project[];
  readonly #named: readonly NamedService[];
  readonly #options: CheckedOptions;
  readonly #infrastructure: Infrastructure;
  readonly #plans: Plans;
  #idTables: readonly Readonly<Record<string, IdByName>>[] | undefined;

  constructor(options: CheckedOptions, infrastructure: Infrastructure) {
    this.#options = options;
    this.#infrastructure = infrastructure;
    this.#plans = new Plans(infrastructure, options.latency);
    this.#named = servicesOf(options);
    this.#projects = startedProjects(this.#named);
  }

  /** Every process, in the order in which they start. */
  plans(): SlotPlan[] {
    return this.#placed.map(({ binary, host }) => this.#plans.named(this.#projects, binary, host));
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
      ...this.#plans.on("controller", { name: host }, [project]),
      ...this.#infrastructure.computes.flatMap((each) =>
        this.#plans.on("computes", each, [project]),
      ),
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
    return this.#plans.guest(this.#projects, binary, host);
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

  /** What the projects hold, with their names. */
  inventories(known: Known): NamedInventory[] {
    return inventoriesOf(this.#projects, this.#infrastructure, known);
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
}

const durablesOf = ({ stores, processes }: Project): Durable<unknown>[] => [
  ...Object.values(stores),
  ...processes.flatMap(usesOf),
];

const usesOf = ({ uses }: ProcessPlan): Durable<unknown>[] => Object.values(uses);
