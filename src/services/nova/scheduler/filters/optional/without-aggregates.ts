/**
 * Filters that ask for the metadata of a host's aggregates, of which this deployment has none: those
 * with a number fall back to the flag, those with a wish to the flavor's specs alone. Upstream:
 * Aggregate* in nova/scheduler/filters.
 */
import { coreFilter } from "../core-filter.js";
import { diskFilter } from "../disk-filter.js";
import type { FilterEnv, HostFilter } from "../filter.js";
import { ioOpsFilter, numInstancesFilter } from "../load-filters.js";
import { ramFilter } from "../ram-filter.js";

const SCOPE = "aggregate_instance_extra_specs";

/** What a flavor wishes of aggregates nobody has. */
const extraSpecs: HostFilter = {
  name: "AggregateInstanceExtraSpecsFilter",
  oncePerRequest: true,
  forRequest({ instanceType }) {
    const wanted = Object.keys(instanceType.extra_specs ?? {}).flatMap((key) => {
      const at = key.indexOf(":");
      if (at < 0) return [key];
      return key.slice(0, at) === SCOPE ? [key.slice(at + 1)] : [];
    });
    const [first] = wanted;
    if (first === undefined) return undefined;
    return {
      passes: () => false,
      compared: () => `no ${first}`,
      debug: (host) => [
        `${host.repr()} fails instance_type extra_specs requirements. Extra_spec ${first} is not in aggregate.`,
      ],
    };
  },
};

const asks = (name: string): HostFilter => ({
  name,
  oncePerRequest: true,
  forRequest: () => undefined,
});

export const filtersWithoutAggregates = (env: FilterEnv): readonly HostFilter[] => [
  { ...ramFilter(env), name: "AggregateRamFilter" },
  { ...coreFilter(env), name: "AggregateCoreFilter" },
  { ...diskFilter(env), name: "AggregateDiskFilter" },
  { ...ioOpsFilter(env), name: "AggregateIoOpsFilter" },
  { ...numInstancesFilter(env), name: "AggregateNumInstancesFilter" },
  extraSpecs,
  asks("AggregateMultiTenancyIsolation"),
  asks("AggregateImagePropertiesIsolation"),
  asks("AggregateTypeAffinityFilter"),
];
