/** Every filter by its name. Upstream: `scheduler_available_filters`, all filters of the package. */
import { SchedulerHostFilterNotFound } from "../../exception.js";
import { aggregateMetadataFilters } from "./aggregates/metadata-filters.js";
import { aggregateNumberFilters } from "./aggregates/number-filters.js";
import { differentHostFilter, sameHostFilter } from "./affinity-filters.js";
import { allHostsFilter } from "./all-hosts-filter.js";
import { availabilityZoneFilter } from "./availability-zone-filter.js";
import { computeCapabilitiesFilter } from "./compute-capabilities-filter.js";
import { computeFilter } from "./compute-filter.js";
import { coreFilter } from "./core-filter.js";
import { diskFilter } from "./disk-filter.js";
import type { FilterEnv, HostFilter } from "./filter.js";
import { imagePropertiesFilter } from "./image-properties-filter.js";
import { ioOpsFilter, numInstancesFilter } from "./load-filters.js";
import { ramFilter } from "./ram-filter.js";
import { retryFilter } from "./retry-filter.js";
import { simpleCidrAffinityFilter } from "./optional/cidr-affinity-filter.js";
import { exactCoreFilter, exactDiskFilter, exactRamFilter } from "./optional/exact-filters.js";
import {
  numaTopologyFilter,
  pciPassthroughFilter,
  trustedFilter,
} from "./optional/hardware-filters.js";
import { isolatedHostsFilter } from "./optional/isolated-hosts-filter.js";
import { jsonFilter } from "./optional/json-filter.js";
import { metricsFilter } from "./optional/metrics-filter.js";
import { typeAffinityFilter } from "./optional/type-affinity-filter.js";
import {
  groupAffinityFilter,
  groupAntiAffinityFilter,
  serverGroupAffinityFilter,
  serverGroupAntiAffinityFilter,
} from "./server-group-filters.js";

const ALL = "nova.scheduler.filters.all_filters";

/** By the path of its class, or among all. */
const isAvailable = ({ name }: HostFilter, paths: readonly string[]): boolean =>
  paths.some((path) => path === ALL || path.split(".").at(-1) === name);

/** Every filter of the package, in no order that counts. */
export const allFilters = (env: FilterEnv): readonly HostFilter[] => [
  allHostsFilter,
  availabilityZoneFilter(env),
  computeCapabilitiesFilter,
  computeFilter(env),
  coreFilter(env),
  differentHostFilter(env),
  diskFilter(env),
  imagePropertiesFilter,
  ioOpsFilter(env),
  numInstancesFilter(env),
  ramFilter(env),
  retryFilter,
  sameHostFilter(env),
  serverGroupAffinityFilter,
  serverGroupAntiAffinityFilter,
  groupAffinityFilter,
  groupAntiAffinityFilter,
  exactCoreFilter,
  exactDiskFilter,
  exactRamFilter,
  isolatedHostsFilter(env),
  jsonFilter,
  metricsFilter(env),
  typeAffinityFilter(env),
  numaTopologyFilter,
  pciPassthroughFilter,
  simpleCidrAffinityFilter,
  trustedFilter,
  ...aggregateNumberFilters(env),
  ...aggregateMetadataFilters(env),
];

/**
 * The filters called `names`, in this order.
 * @throws SchedulerHostFilterNotFound naming those that do not exist
 */
export function chooseFilters(names: readonly string[], env: FilterEnv): HostFilter[] {
  const available = env.flags.scheduler_available_filters;
  const known = new Map(
    allFilters(env)
      .filter((filter) => isAvailable(filter, available))
      .map((filter) => [filter.name, filter]),
  );
  const bad = names.filter((name) => !known.has(name));
  if (bad.length > 0) throw new SchedulerHostFilterNotFound({ filter_name: bad.join(", ") });
  return names.map((name) => known.get(name)).filter((filter) => filter !== undefined);
}
