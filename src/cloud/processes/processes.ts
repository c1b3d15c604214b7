/**
 * Which processes a cloud will have, and on which hosts: told from its options alone, so that a
 * scenario can be checked before there is a cloud. Making them is the deployment's affair.
 */
import { CONTROLLER, type Host, type Place, type Project } from "../../framework/project.js";
import type { FlagOptions } from "../flags/types.js";
import type { CheckedOptions } from "../options/options.js";
import { CONTROLLER_PROCESSES, OWN_SERVICES, PRESETS, PROJECTS } from "../projects.js";

export type PlacementOptions = Pick<
  CheckedOptions,
  "preset" | "services" | "controllers" | "computes"
>;

/** A process that there will be. */
export interface Placement {
  readonly binary: string;
  readonly host: string;
}

/** In the order in which they start. */
export function placements(options: PlacementOptions): Placement[] {
  const named = servicesOf(options);
  const projects = startedProjects(named);
  const on = (place: Place, host: string, of = projects): Placement[] =>
    of.flatMap(({ processes }) =>
      processes
        .filter((plan) => plan.on === place && plan.optional !== true)
        .map(({ binary }) => ({ binary, host })),
    );
  const placed = named.filter((service) => isPlaced(projects, service));
  return [
    ...controllerNames(options).flatMap((host) => on("controller", host)),
    ...projects.flatMap((project) =>
      nodesOf(project, options).flatMap(({ name }) => on("nodes", name, [project])),
    ),
    ...computeNames(options).flatMap((host) => on("computes", host)),
    ...placed.map(({ name, host }) => ({ binary: name, host })),
  ];
}

/** Those that may run inside guests; which guests there will be nobody knows before. */
export const guestBinaries = (options: PlacementOptions): readonly string[] =>
  startedProjects(servicesOf(options)).flatMap(({ processes }) =>
    processes.flatMap(({ binary, on }) => (on === "guests" ? [binary] : [])),
  );

/** The hosts that a project brings along. */
export const nodesOf = (project: Project, options: PlacementOptions): readonly Host[] =>
  project.hosts?.(options) ?? [];

/** Those of all projects that a cloud starts. */
export const allNodes = (options: PlacementOptions): readonly Host[] =>
  startedProjects(servicesOf(options)).flatMap((project) => nodesOf(project, options));

/** `compute-1`, `compute-2` ... or the hosts as given. */
export const computeNames = ({ computes = 1 }: PlacementOptions): string[] =>
  typeof computes === "number"
    ? Array.from({ length: computes }, (_, i) => `compute-${String(i + 1)}`)
    : computes.map(({ name }) => name);

/** `controller`, `controller-2` ... */
export const controllerNames = ({ controllers = 1 }: PlacementOptions): string[] =>
  Array.from({ length: controllers }, (_, i) =>
    i === 0 ? CONTROLLER : `${CONTROLLER}-${String(i + 1)}`,
  );

/** Every host behind the name of the controller: the controllers, and where one more process of theirs is. */
export function balancedHosts(options: PlacementOptions): string[] {
  const extra = servicesOf(options).filter(({ name }) => CONTROLLER_PROCESSES.includes(name));
  return [...new Set([...controllerNames(options), ...extra.map(({ host }) => host)])];
}

/** Whether one process is meant. A name of a project means all of it, where no host is named. */
function isPlaced(projects: readonly Project[], { name, host }: NamedService): boolean {
  if (OWN_SERVICES.some(({ binary }) => binary === name)) return true;
  if (host === CONTROLLER && projects.some((project) => project.name === name)) return false;
  return projects.some(({ processes }) => processes.some(({ binary }) => binary === name));
}

/** Something that was asked for by name, and on which host. */
export interface NamedService {
  readonly name: string;
  readonly host: string;
}

/** The projects that are named, or of which a process is. */
export function startedProjects(named: readonly NamedService[]): readonly Project[] {
  const names = new Set(named.map(({ name }) => name));
  return PROJECTS.filter(
    ({ name, processes }: Project) =>
      names.has(name) || processes.some(({ binary }) => names.has(binary)),
  );
}

/** Whether there is a site that people's browsers go to. */
export const hasSite = (options: PlacementOptions): boolean =>
  startedProjects(servicesOf(options)).some(({ site }) => site !== undefined);

/** What options are because of what is started, by binary. */
export function presetsOf(options: PlacementOptions): FlagOptions {
  const named = servicesOf(options);
  const starts = (binary: string): boolean => named.some(({ name }) => name === binary);
  const projects = startedProjects(named).map((project) => project.presets?.(starts) ?? {});
  return Object.fromEntries(projects.flatMap((presets) => Object.entries(presets)));
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
