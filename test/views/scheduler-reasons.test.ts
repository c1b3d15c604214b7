/**
 * What `--explain scheduler` says of each filter of nova/scheduler/filters and each weigher of nova/scheduler/weights at
 * 2014.2: there are words for all of them and for none else, and each is seen in a run in which that filter refuses a host.
 */
import { describe, expect, it } from "vitest";
import { Cloud, type CloudSetup } from "../../src/cloud/cloud.js";
import { Flags, type FlagValues } from "../../src/framework/index.js";
import { allFilters } from "../../src/services/nova/scheduler/filters/registry.js";
import { schedulerFlags } from "../../src/services/nova/scheduler/flags.js";
import { chooseWeighers } from "../../src/services/nova/scheduler/weights/registry.js";
import { renderScheduler } from "../../src/views/index.js";
import { PREFERENCES, REFUSALS } from "../../src/views/scheduler/reasons.js";
import { NovaBed, requestSpec } from "../services/nova/bed.js";

interface Refusal {
  readonly cloud?: CloudSetup;
  readonly flags?: FlagValues;
  /** Commands of an administrator, or whatever else is to be so; the last makes the filter refuse a host. */
  readonly steps: readonly (string | ((cloud: Cloud) => void))[];
}

const boot = (name: string, options = "", flavor = "m1.nano"): string =>
  `nova boot ${name} --flavor ${flavor} --image cirros ${options}`;
const inAggregate = (metadata: string): readonly string[] => [
  "nova aggregate-create a",
  `nova aggregate-set-metadata 1 ${metadata}`,
  "nova aggregate-add-host 1 compute-1",
];
const specs = (text: string): string => `nova flavor-key m1.nano set ${text}`;
const crash = (cloud: Cloud): void => {
  cloud.crash("compute-1");
  cloud.advance("2m");
};
/** A message by hand, for what no message of Juno's says. */
const byHand = (properties: object): string => {
  const spec = JSON.stringify({ ...requestSpec(), num_instances: 1 });
  const given = JSON.stringify(properties);
  return `rpc call scheduler select_destinations --version 3.0 'request_spec:=${spec}' 'filter_properties:=${given}'`;
};
const legacy = { group_hosts: ["compute-1"], group_policies: ["legacy"] };
const hosts = (one: object): CloudSetup => ({
  computes: [{ name: "compute-1", ...one }, { name: "compute-2" }],
});

const RUNS: Readonly<Record<string, Refusal>> = {
  RetryFilter: {
    steps: [
      (cloud) => void cloud.inject({ driver: "spawn", error: "no", host: "compute-1" }),
      (cloud) => void cloud.inject({ driver: "spawn", error: "no", host: "compute-2" }),
      boot("t"),
    ],
  },
  AvailabilityZoneFilter: {
    steps: [...inAggregate("availability_zone=rack"), boot("t", "--availability-zone rack")],
  },
  RamFilter: { cloud: hosts({ memory_mb: 1024 }), steps: [boot("t", "", "m1.small")] },
  ComputeFilter: { steps: [crash, boot("t")] },
  ComputeCapabilitiesFilter: { steps: [specs("capabilities:vcpus_total=1000"), boot("t")] },
  ImagePropertiesFilter: {
    steps: ["nova image-meta cirros set hypervisor_type=xen", boot("t")],
  },
  ServerGroupAntiAffinityFilter: {
    steps: [
      "nova server-group-create g anti-affinity",
      boot("o", "--hint group=g"),
      boot("t", "--hint group=g"),
    ],
  },
  ServerGroupAffinityFilter: {
    steps: [
      "nova server-group-create g affinity",
      boot("o", "--hint group=g"),
      boot("t", "--hint group=g"),
    ],
  },
  GroupAntiAffinityFilter: { steps: [byHand(legacy)] },
  GroupAffinityFilter: { steps: [byHand(legacy)] },
  CoreFilter: {
    cloud: hosts({ vcpus: 1 }),
    flags: { cpu_allocation_ratio: 1 },
    steps: [boot("t", "", "m1.medium")],
  },
  DiskFilter: { cloud: hosts({ disk_gb: 5 }), steps: [boot("t", "", "m1.small")] },
  IoOpsFilter: { flags: { max_io_ops_per_host: 0 }, steps: [boot("t")] },
  NumInstancesFilter: { flags: { max_instances_per_host: 0 }, steps: [boot("t")] },
  DifferentHostFilter: { steps: [boot("o"), boot("t", "--hint different_host={{o}}")] },
  SameHostFilter: { steps: [boot("o"), boot("t", "--hint same_host={{o}}")] },
  SimpleCIDRAffinityFilter: {
    steps: [boot("t", "--hint build_near_host_ip=203.0.113.1")],
  },
  ExactRamFilter: { steps: [boot("t")] },
  ExactDiskFilter: { steps: [boot("t")] },
  ExactCoreFilter: { steps: [boot("t")] },
  IsolatedHostsFilter: { flags: { isolated_hosts: ["compute-1"] }, steps: [boot("t")] },
  JsonFilter: { steps: [boot("t", `--hint 'query=["=", "$host", "compute-2"]'`)] },
  MetricsFilter: { flags: { "metrics.weight_setting": ["cpu.percent=1"] }, steps: [boot("t")] },
  TypeAffinityFilter: { steps: [boot("o", "", "m1.tiny"), boot("t")] },
  NUMATopologyFilter: { steps: [specs("hw:numa_nodes=1"), boot("t")] },
  AggregateRamFilter: {
    steps: [...inAggregate("ram_allocation_ratio=0.01"), boot("t", "", "m1.small")],
  },
  AggregateCoreFilter: {
    steps: [...inAggregate("cpu_allocation_ratio=0.01"), boot("t")],
  },
  AggregateDiskFilter: {
    steps: [...inAggregate("disk_allocation_ratio=0.01"), boot("t", "", "m1.small")],
  },
  AggregateIoOpsFilter: { steps: [...inAggregate("max_io_ops_per_host=0"), boot("t")] },
  AggregateNumInstancesFilter: {
    steps: [...inAggregate("max_instances_per_host=0"), boot("t")],
  },
  AggregateInstanceExtraSpecsFilter: {
    steps: [...inAggregate("disk=ssd"), specs("disk=ssd"), boot("t")],
  },
  AggregateMultiTenancyIsolation: {
    steps: [...inAggregate("filter_tenant_id=somebody"), boot("t")],
  },
  AggregateImagePropertiesIsolation: {
    steps: [...inAggregate("os=b"), "nova image-meta cirros set os=a", boot("t")],
  },
  AggregateTypeAffinityFilter: { steps: [...inAggregate("instance_type=m1.large"), boot("t")] },
};

/**
 * AllHostsFilter refuses nobody; of PCI devices no host here has any to count, and no flavor asks for one; where trust
 * is asked for, TrustedFilter fails before it can refuse.
 */
const NEVER = ["AllHostsFilter", "PciPassthroughFilter", "TrustedFilter"];

const flags = new Flags({}).read(schedulerFlags);
const names = allFilters({ db: new NovaBed().db, flags, serviceDownTime: 60 }).map(
  ({ name }) => name,
);

/** A run with that filter alone, as the view has it; and whom it refused. */
function told(filter: string, { cloud: setup, flags: more, steps }: Refusal) {
  const cloud = new Cloud({
    ...{ seed: 3, computes: 2, detail: "full", ...setup },
    flags: { scheduler_default_filters: [filter], ...more },
  });
  const admin = cloud.user("admin");
  for (const step of steps) {
    if (typeof step === "string") {
      admin.command(step.replace("{{o}}", cloud.server("o")?.id ?? ""));
      cloud.settle();
    } else step(cloud);
  }
  const refused = cloud.timeline.entries
    .filter((entry) => entry.kind === "decision")
    .flatMap(({ filters }) => filters)
    .flatMap(({ verdicts }) => verdicts)
    .filter(([, passed]) => !passed);
  return { text: renderScheduler(cloud.timeline, { width: 400 }), refused };
}

describe("the words of --explain scheduler", () => {
  it("are there for every filter that there is, and for no other", () => {
    expect([...REFUSALS.keys()].sort()).toEqual([...names].sort());
    expect(Object.keys(RUNS).sort()).toEqual(names.filter((name) => !NEVER.includes(name)).sort());
  });

  it("are there for both weighers, and for no other", () => {
    const weighers = chooseWeighers(flags).map(({ name }) => name);
    expect([...PREFERENCES.keys()].sort()).toEqual(weighers.sort());
  });

  it.each(Object.entries(RUNS))("%s refuses a host, and why is said once", (filter, run) => {
    const { text, refused } = told(filter, run);
    expect(refused).not.toEqual([]);
    expect(text.split(`${filter}: refuses ${REFUSALS.get(filter) ?? "?"}`)).toHaveLength(2);
  });

  it("say of weighers what they prefer, where they tell hosts apart", () => {
    const { text } = told("AllHostsFilter", {
      cloud: hosts({ memory_mb: 1024 }),
      steps: [boot("t")],
    });
    expect(text).toContain(`RAMWeigher: ${PREFERENCES.get("RAMWeigher") ?? "?"}`);
    expect(text).not.toContain("MetricsWeigher:");
  });
});
