/**
 * Which flags each binary reads: those of every service, and what its project lists for it. What is
 * listed nowhere can be set by nobody. Upstream: the option lists that each project's
 * `<project>/opts.py` hands to oslo.config's sample generator.
 */
import type { ProcessPlan } from "../../framework/project.js";
import { OWN_SERVICES, PROJECTS } from "../projects.js";
import { flagSetsOf, flagSetsOfPlan } from "../add.js";
import type { FlagCatalogue } from "./types.js";

/** By binary, in the order in which they start. */
export function flagCatalogue(): FlagCatalogue {
  const plans = PROJECTS.flatMap(({ processes }): readonly ProcessPlan[] => processes);
  const places = ["controller", "nodes", "computes", "guests"] as const;
  const started = places.flatMap((place) =>
    plans.filter(({ on, optional }) => on === place && optional !== true),
  );
  const optional = plans.filter((plan) => plan.optional === true);
  return new Map([
    ...[...started, ...optional].map((plan) => [plan.binary, flagSetsOfPlan(plan)] as const),
    ...OWN_SERVICES.map((service) => [service.binary, flagSetsOf(service)] as const),
    // The command line is told by its options and its environment alone.
    ["nova-client", []] as const,
  ]);
}
