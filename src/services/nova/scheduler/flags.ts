/**
 * Options of nova-scheduler at 2014.2. Upstream: nova/scheduler/{driver,manager,host_manager,
 * filter_scheduler}.py and the filters and weighers that declare their own; nova §8.4.
 */
import {
  boolean,
  float,
  integer,
  list,
  multiString,
  option,
  optionalString,
  string,
} from "../../../framework/index.js";

export const schedulerFlags = {
  scheduler_default_filters: list(
    [
      "RetryFilter",
      "AvailabilityZoneFilter",
      "RamFilter",
      "ComputeFilter",
      "ComputeCapabilitiesFilter",
      "ImagePropertiesFilter",
      "ServerGroupAntiAffinityFilter",
      "ServerGroupAffinityFilter",
    ],
    "Filters that a host must pass, in the order in which they are asked",
  ),
  scheduler_driver: string(
    "nova.scheduler.filter_scheduler.FilterScheduler",
    "What chooses hosts; there is this one",
    ["nova.scheduler.filter_scheduler.FilterScheduler"],
  ),
  scheduler_available_filters: multiString(
    ["nova.scheduler.filters.all_filters"],
    "Filters that scheduler_default_filters may name: all of Nova's, or single ones by their paths",
  ),
  isolated_hosts: list([], "Hosts that IsolatedHostsFilter keeps for the isolated images"),
  isolated_images: list([], "Ids of images that run on isolated hosts"),
  restrict_isolated_hosts_to_isolated_images: boolean(
    true,
    "Let isolated hosts run isolated images only",
  ),
  scheduler_weight_classes: list(
    ["nova.scheduler.weights.all_weighers"],
    "Weighers that rank the hosts which passed: RAMWeigher, MetricsWeigher, or all of them",
  ),
  scheduler_host_subset_size: integer(
    1,
    "Size of the set of best hosts out of which one is chosen by chance",
  ),
  default_availability_zone: string("nova", "Availability zone of hosts that are in none"),
  ram_allocation_ratio: float(1.5, "Virtual RAM that RamFilter allows per physical RAM"),
  cpu_allocation_ratio: float(16, "Virtual CPUs that CoreFilter allows per physical CPU"),
  disk_allocation_ratio: float(1, "Virtual disk that DiskFilter allows per physical disk"),
  max_io_ops_per_host: integer(8, "IoOpsFilter passes hosts with fewer busy instances than this"),
  max_instances_per_host: integer(50, "NumInstancesFilter passes hosts with fewer instances"),
  aggregate_image_properties_isolation_namespace: optionalString(
    "Force the filter to consider only keys matching the given namespace.",
  ),
  aggregate_image_properties_isolation_separator: string(
    ".",
    "The separator used between the namespace and keys",
  ),
  ram_weight_multiplier: float(1, "How much free RAM counts; negative numbers stack, not spread"),
  metrics_weight_multiplier: option(
    "metrics.weight_multiplier",
    float(1, "How much metrics count"),
  ),
  metrics_weight_setting: option(
    "metrics.weight_setting",
    list([], "Metrics and what each counts, as name=ratio"),
  ),
  metrics_required: option(
    "metrics.required",
    boolean(true, "Refuse to weigh a host that lacks one of those metrics"),
  ),
  metrics_weight_of_unavailable: option(
    "metrics.weight_of_unavailable",
    float(-10000, "Weight of a host that lacks one, if they are not required"),
  ),
} as const;
