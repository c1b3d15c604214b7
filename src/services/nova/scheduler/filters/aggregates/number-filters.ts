/**
 * The filters about room whose number each aggregate may set for its hosts: `ram_allocation_ratio` and the like in
 * its metadata, else the flag of that name. Upstream: Aggregate{Ram,Core,Disk,IoOps,NumInstances}Filter in
 * nova/scheduler/filters/{ram,core,disk,io_ops,num_instances}_filter.py at 2014.2.
 */
import { floatOf, intOf } from "../../../../../python/index.js";
import { coresFilter } from "../core-filter.js";
import { disksFilter } from "../disk-filter.js";
import type { FilterEnv, HostFilter } from "../filter.js";
import { fewInstancesFilter, fewIoOpsFilter } from "../load-filters.js";
import { memoryFilter } from "../ram-filter.js";
import { fromAggregates, type PerHost } from "./per-host.js";

type NumberFlag =
  | "ram_allocation_ratio"
  | "cpu_allocation_ratio"
  | "disk_allocation_ratio"
  | "max_io_ops_per_host"
  | "max_instances_per_host";

export function aggregateNumberFilters({ db, flags }: FilterEnv): readonly HostFilter[] {
  const set = (key: NumberFlag, cast: (text: string) => number) => (): PerHost =>
    fromAggregates(db, key, cast, flags[key]);
  return [
    memoryFilter("AggregateRamFilter", set("ram_allocation_ratio", floatOf)),
    coresFilter("AggregateCoreFilter", set("cpu_allocation_ratio", floatOf)),
    disksFilter("AggregateDiskFilter", set("disk_allocation_ratio", floatOf)),
    fewIoOpsFilter("AggregateIoOpsFilter", set("max_io_ops_per_host", intOf)),
    fewInstancesFilter("AggregateNumInstancesFilter", set("max_instances_per_host", intOf)),
  ];
}
