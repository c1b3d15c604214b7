/**
 * Every filter and weigher of nova/scheduler/filters and nova/scheduler/weights at 2014.2, and which are in use unless somebody
 * chooses (nova/scheduler/host_manager.py:45-60).
 */
import { describe, expect, it } from "vitest";
import {
  allFilters,
  chooseFilters,
} from "../../../../src/services/nova/scheduler/filters/registry.js";
import { schedulerFlags } from "../../../../src/services/nova/scheduler/flags.js";
import { chooseWeighers } from "../../../../src/services/nova/scheduler/weights/registry.js";
import { Flags } from "../../../../src/framework/index.js";
import { NovaBed } from "../bed.js";

const FILTERS = [
  ...["AggregateCoreFilter", "AggregateDiskFilter", "AggregateImagePropertiesIsolation"],
  ...[
    "AggregateInstanceExtraSpecsFilter",
    "AggregateIoOpsFilter",
    "AggregateMultiTenancyIsolation",
  ],
  ...["AggregateNumInstancesFilter", "AggregateRamFilter", "AggregateTypeAffinityFilter"],
  ...["AllHostsFilter", "AvailabilityZoneFilter", "ComputeCapabilitiesFilter", "ComputeFilter"],
  ...["CoreFilter", "DifferentHostFilter", "DiskFilter", "ExactCoreFilter", "ExactDiskFilter"],
  ...["ExactRamFilter", "GroupAffinityFilter", "GroupAntiAffinityFilter"],
  ...["ImagePropertiesFilter", "IoOpsFilter", "IsolatedHostsFilter", "JsonFilter", "MetricsFilter"],
  ...["NUMATopologyFilter", "NumInstancesFilter", "PciPassthroughFilter", "RamFilter"],
  ...["RetryFilter", "SameHostFilter", "ServerGroupAffinityFilter"],
  ...["ServerGroupAntiAffinityFilter", "SimpleCIDRAffinityFilter", "TrustedFilter"],
  "TypeAffinityFilter",
];

const DEFAULT = [
  ...["RetryFilter", "AvailabilityZoneFilter", "RamFilter", "ComputeFilter"],
  ...["ComputeCapabilitiesFilter", "ImagePropertiesFilter", "ServerGroupAntiAffinityFilter"],
  "ServerGroupAffinityFilter",
];

describe("the scheduler", () => {
  const flags = new Flags({}).read(schedulerFlags);

  it("has every filter of 2014.2, and no other", () => {
    const env = { db: new NovaBed().db, flags, serviceDownTime: 60 };
    expect(chooseFilters(FILTERS, env).map(({ name }) => name)).toEqual(FILTERS);
    const all = allFilters(env).map(({ name }) => name);
    expect(all.sort()).toEqual([...FILTERS].sort());
  });

  it("uses eight of them, in this order (nova/scheduler/host_manager.py:45)", () => {
    expect(flags.scheduler_default_filters).toEqual(DEFAULT);
  });

  it("has both weighers, and uses both (nova/scheduler/weights/__init__.py)", () => {
    expect(
      chooseWeighers(flags)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["MetricsWeigher", "RAMWeigher"]);
  });
});
