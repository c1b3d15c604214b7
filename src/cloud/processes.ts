/**
 * Which processes a cloud will have, and on which hosts: told from its options alone, so that a
 * scenario can be checked before there is a cloud. Making them is the deployment's affair.
 */
import { CONTROLLER, type Project } from "../framework/project.js";
import type { CheckedOptions } from "./options/options.js";
import { servicesOf, startedProjects } from "./deployment.js";
import { OWN_SERVICES } from "./projects.js";

export type PlacementOptions = Pick<CheckedOptions, "preset" | "services" | "computes">;

/** A process that there will be. */
export interface Placement {
  readonly binary: string;
  readonly host: string;
}

/** In the order in which they start. */
export function placements(options: PlacementOptions): Placement[] {
  const named = servicesOf(options);
  const projects = startedProjects(named);
  const on = (place: "controller" | "computes", host: string): Placement[] =>
    projects.flatMap(({ processes }) =>
      processes
        .filter((plan) => plan.on === place && plan.optional !== true)
        .map(({ binary }) => ({ binary, host })),
    );
  const optional = named.filter(({ name }) => isOptional(projects, name));
  return [
    ...on("controller", CONTROLLER),
    ...computeNames(options).flatMap((host) => on("computes", host)),
    ...optional.map(({ name, host }) => ({ binary: name, host })),
  ];
}

/** `compute-1`, `compute-2` ... or the hosts as given. */
export const computeNames = ({ computes = 1 }: PlacementOptions): string[] =>
  typeof computes === "number"
    ? Array.from({ length: computes }, (_, i) => `compute-${String(i + 1)}`)
    : computes.map(({ name }) => name);

const isOptional = (projects: readonly Project[], name: string): boolean =>
  OWN_SERVICES.some(({ binary }) => binary === name) ||
  projects.some(({ processes }) =>
    processes.some(({ binary, optional }) => binary === name && optional === true),
  );
