/**
 * What a cloud starts, where, and in which order: everything of its projects on the controller, then
 * that of each compute host, then what was asked for beside it. Upstream: DevStack's `stack.sh`.
 */
import type { NameResolver } from "../clients/index.js";
import type { Flags } from "../framework/index.js";
import {
  CONTROLLER,
  NONE,
  type Host,
  type IdByName,
  type Latencies,
  type ProcessPlan,
  type Project,
  type Rates,
} from "../framework/project.js";
import type { Span } from "../kernel/index.js";
import { novaDatabase } from "../services/nova/project.js";
import { ownServicePlan } from "./add.js";
import type { Infrastructure } from "./infrastructure.js";
import type { CheckedOptions } from "./options/options.js";
import { OWN_SERVICES, PRESETS, PROJECTS, catalogOf, serviceUsersOf } from "./projects.js";
import type { SlotPlan } from "./slot.js";

/** Something that was asked for by name, and on which host. */
interface NamedService {
  readonly name: string;
  readonly host: string;
}

export class Deployment {
  /** What there is of `PROJECTS`, in the order in which they start. */
  readonly #projects: readonly Project[];
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
    const { computes } = this.#infrastructure;
    return [
      ...this.#on("controller", { name: CONTROLLER }),
      ...computes.flatMap((host) => this.#on("computes", host)),
      ...this.#named.flatMap((service) => this.#optional(service)),
    ];
  }

  /** Let every project put in place what is there before anything has started. */
  seed(flagsOf: (binary: string) => Flags): void {
    const context = {
      catalog: catalogOf(this.#projects),
      serviceUsers: serviceUsersOf(this.#projects),
      operator: () => this.resolve("project", "admin") ?? this.resolve("project", "service") ?? "",
      starts: (binary: string) => this.#named.some(({ name }) => name === binary),
      flagsOf,
    };
    for (const project of this.#projects) {
      project.seed(this.#infrastructure.handOut(project.stores), this.#options, context);
    }
  }

  /** The ids of things by their names, for people who cannot know ids. */
  readonly resolve: NameResolver = (kind, name) => {
    this.#idTables ??= this.#projects.map((project) =>
      project.resolve(this.#infrastructure.handOut(project.stores)),
    );
    return this.#idTables.find((table) => Object.hasOwn(table, kind))?.[kind]?.(name);
  };

  #on(place: ProcessPlan["on"], host: Host): SlotPlan[] {
    return this.#projects.flatMap((project) =>
      project.processes
        .filter(({ on, optional }) => on === place && optional !== true)
        .map((plan) => this.#slotPlan(project, plan, host)),
    );
  }

  #optional({ name, host }: NamedService): SlotPlan[] {
    const own = OWN_SERVICES.find(({ binary }) => binary === name);
    if (own !== undefined) {
      return [ownServicePlan(own, host, this.#infrastructure.of(novaDatabase))];
    }
    return this.#projects.flatMap((project) =>
      project.processes
        .filter(({ binary, optional }) => binary === name && optional === true)
        .map((plan) => this.#slotPlan(project, plan, { name: host })),
    );
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

type OwnLatency = Readonly<Partial<Record<string, Span | number>>>;

/** The projects that are named, or of which a process is. */
export function startedProjects(named: readonly NamedService[]): readonly Project[] {
  const names = new Set(named.map(({ name }) => name));
  return PROJECTS.filter(
    ({ name, processes }: Project) =>
      names.has(name) || processes.some(({ binary }) => names.has(binary)),
  );
}

/** What the preset names, and what was asked for beside it. */
export function servicesOf({
  preset = "minimal",
  services = [],
}: Pick<CheckedOptions, "preset" | "services">): NamedService[] {
  const named = services.map((one) => (typeof one === "string" ? { name: one } : one));
  const all = [...(PRESETS.get(preset) ?? []).map((name) => ({ name })), ...named];
  return all.map(({ name, host = CONTROLLER }: Partial<NamedService> & { name: string }) => ({
    name,
    host,
  }));
}
