/**
 * What each filter and weigher of Juno asks of a host, in a sentence: a table says what was compared, and not why that
 * counts. Of a filter of somebody's own there is none. Upstream: nova/scheduler/filters/*.py and weights/*.py at 2014.2.
 */

/** By its name, what it refuses. */
export const REFUSALS: ReadonlyMap<string, string> = new Map([
  ["AllHostsFilter", "no host"],
  ["RetryFilter", "a host if it was tried before, for this same server, and failed"],
  ["AvailabilityZoneFilter", "a host if it is in another availability zone than was asked for"],
  [
    "RamFilter",
    "a host if the flavor's memory does not fit into what it has, times ram_allocation_ratio, less what is used",
  ],
  [
    "ComputeFilter",
    "a host if its nova-compute is disabled, or was not heard of for service_down_time",
  ],
  [
    "ComputeCapabilitiesFilter",
    "a host if it is not what the flavor's extra specs say, those without a scope or of capabilities:",
  ],
  [
    "ImagePropertiesFilter",
    "a host if it supports none of the image's architecture, hypervisor_type and vm_mode together, or its hypervisor is of another version",
  ],
  [
    "ServerGroupAntiAffinityFilter",
    "a host if a member of the server's group is there, and they are apart",
  ],
  [
    "ServerGroupAffinityFilter",
    "a host if members of the server's group are elsewhere, and are together",
  ],
  [
    "GroupAntiAffinityFilter",
    "a host if one of the group hosts that the message names, with the policy legacy, is this one",
  ],
  [
    "GroupAffinityFilter",
    "a host if none of the group hosts that the message names, with the policy legacy, is this one",
  ],
  [
    "CoreFilter",
    "a host if the flavor's vcpus do not fit into its own, times cpu_allocation_ratio",
  ],
  [
    "DiskFilter",
    "a host if root, ephemeral and swap do not fit into its disk, times disk_allocation_ratio, less what is used",
  ],
  ["IoOpsFilter", "a host if max_io_ops_per_host servers are built, moved or copied there already"],
  ["NumInstancesFilter", "a host if it has max_instances_per_host servers"],
  ["DifferentHostFilter", "a host if a server of the hint different_host is there"],
  ["SameHostFilter", "a host if no server of the hint same_host is there"],
  [
    "SimpleCIDRAffinityFilter",
    "a host if its address is not in cidr around the hint build_near_host_ip",
  ],
  ["ExactRamFilter", "a host if its free memory is not just what the flavor asks for"],
  ["ExactDiskFilter", "a host if its free disk is not just what the flavor asks for"],
  ["ExactCoreFilter", "a host if its free vcpus are not just as many as the flavor asks for"],
  [
    "IsolatedHostsFilter",
    "a host if it is one of isolated_hosts and the image is none of isolated_images, or the other way round",
  ],
  ["JsonFilter", "a host if what the hint query says of hosts is not so of this one"],
  ["MetricsFilter", "a host if it reports not all of the metrics of weight_setting"],
  ["TypeAffinityFilter", "a host if it has a server of another flavor"],
  [
    "NUMATopologyFilter",
    "a host if flavor or image ask for NUMA cells, and it has none that they would fit into",
  ],
  ["PciPassthroughFilter", "a host if it has not the PCI devices that the flavor's alias asks for"],
  [
    "TrustedFilter",
    "a host if the attestation server does not say of it what trust:trusted_host asks for",
  ],
  [
    "AggregateRamFilter",
    "a host if as RamFilter, by the ratio of its aggregates, the least of them",
  ],
  [
    "AggregateCoreFilter",
    "a host if as CoreFilter, by the ratio of its aggregates, the least of them",
  ],
  [
    "AggregateDiskFilter",
    "a host if as DiskFilter, by the ratio of its aggregates, the least of them",
  ],
  [
    "AggregateIoOpsFilter",
    "a host if as IoOpsFilter, by the number of its aggregates, the least of them",
  ],
  [
    "AggregateNumInstancesFilter",
    "a host if as NumInstancesFilter, by the number of its aggregates, the least of them",
  ],
  [
    "AggregateInstanceExtraSpecsFilter",
    "a host if no aggregate of it has what the flavor's extra specs say, those without a scope or of aggregate_instance_extra_specs:",
  ],
  [
    "AggregateMultiTenancyIsolation",
    "a host if its aggregates are for other projects: filter_tenant_id",
  ],
  [
    "AggregateImagePropertiesIsolation",
    "a host if its aggregates say something else than the image of a property that both have",
  ],
  ["AggregateTypeAffinityFilter", "a host if its aggregates are for other flavors: instance_type"],
]);

/** By its name, which host weighs more. */
export const PREFERENCES: ReadonlyMap<string, string> = new Map([
  [
    "RAMWeigher",
    "the host with more free memory weighs more: 1 for the most, 0 for the least, times ram_weight_multiplier",
  ],
  [
    "MetricsWeigher",
    "the metrics of weight_setting, each times its ratio, added up; scaled as all weights are, times weight_multiplier",
  ],
]);
