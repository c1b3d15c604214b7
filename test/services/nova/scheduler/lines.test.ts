/**
 * What nova-scheduler says while it chooses: each line in upstream's words and at upstream's level
 * (nova/filters.py, nova/scheduler/filters/*.py, host_manager.py, filter_scheduler.py at 2014.2).
 */
import { describe, expect, test } from "vitest";
import type { Decision, LogLine } from "../../../../src/framework/observations.js";
import type { FlagValues } from "../../../../src/framework/index.js";
import { minutes } from "../../../../src/kernel/index.js";
import { serviceDestroy } from "../../../../src/services/nova/db/services.js";
import { novaScheduler } from "../../../../src/services/nova/scheduler/index.js";
import {
  schedulerApi,
  type FilterProperties,
  type InstanceType,
  type RequestSpec,
} from "../../../../src/services/nova/scheduler/rpcapi.js";
import { NovaBed, TINY, requestSpec } from "../bed.js";

type Host = readonly [string, Parameters<NovaBed["host"]>[1]];

interface Asked {
  readonly flags?: FlagValues;
  readonly flavor?: Partial<InstanceType>;
  readonly spec?: Partial<RequestSpec>;
  readonly properties?: FilterProperties;
  readonly prepare?: (bed: NovaBed) => void;
}

/** The lines of one request, with their levels, and what else was observed. */
function ask(hosts: readonly Host[], asked: Asked = {}) {
  const { flags = {}, flavor = {}, spec = {}, prepare } = asked;
  const bed = new NovaBed({ service_down_time: 1_000_000, ...flags });
  for (const [name, row] of hosts) bed.host(name, row);
  bed.start(novaScheduler(bed.nova("nova-scheduler"), bed.db));
  prepare?.(bed);
  const instance_type = { ...TINY, ...flavor };
  const filter_properties = asked.properties ?? { retry: { num_attempts: 1, hosts: [] } };
  const call = { request_spec: requestSpec({ instance_type, ...spec }), filter_properties };
  let error = "";
  try {
    bed.run(bed.client(schedulerApi).select_destinations(bed.ctxt, call));
  } catch (thrown) {
    error = (thrown as Error).message;
  }
  const lines = bed.of<LogLine>("log").map(({ level, message }) => `${level} ${message}`);
  return { lines, decisions: bed.of<Decision>("decision"), error };
}

const only = (filter: string): FlagValues => ({ scheduler_default_filters: [filter] });
const c1 = "(c1, c1) ram:7680 disk:10240 io_ops:0 instances:0";

test("each filter is counted, and what was filtered and weighed is listed (nova/filters.py)", () => {
  const hosts: Host[] = [
    ["c1", {}],
    ["c2", { free_ram_mb: -5000 }],
  ];
  const { lines } = ask(hosts);
  expect(lines).toEqual([
    "debug Starting with 2 host(s)",
    "debug Filter RetryFilter returned 2 host(s)",
    "debug Filter AvailabilityZoneFilter returned 2 host(s)",
    expect.stringMatching(
      /^debug \(c2, c2\) ram:-5000 disk:\d+ io_ops:0 instances:0 does not have 512 MB usable ram, it only has -904.0 MB usable ram\.$/u,
    ),
    "debug Filter RamFilter returned 1 host(s)",
    "debug Filter ComputeFilter returned 1 host(s)",
    "debug Filter ComputeCapabilitiesFilter returned 1 host(s)",
    "debug Filter ImagePropertiesFilter returned 1 host(s)",
    "debug Filter ServerGroupAntiAffinityFilter returned 1 host(s)",
    "debug Filter ServerGroupAffinityFilter returned 1 host(s)",
    expect.stringMatching(/^debug Filtered \[\(c1, c1\) ram:7680 .*\]$/u),
    expect.stringMatching(/^debug Weighed \[WeighedHost \[host: \(c1, c1\) .*, weight: 1\.0\]\]$/u),
  ]);
});

test("the filter that leaves nobody is told at info, and no other is asked", () => {
  const { lines, error } = ask([["c1", {}]], { flavor: { memory_mb: 100_000 } });
  expect(lines.at(-1)).toBe("info Filter RamFilter returned 0 hosts");
  expect(error).toMatch(/^No valid host was found\. /u);
});

test("with no host at all the first filter is told to have left none", () => {
  expect(ask([]).lines).toEqual([
    "debug Starting with 0 host(s)",
    "info Filter RetryFilter returned 0 hosts",
  ]);
});

test("NoValidHost is expected of the method: nothing is logged as an error (manager.py)", () => {
  expect(ask([]).lines.filter((line) => line.startsWith("error"))).toEqual([]);
});

describe("what a filter says of a host that it refuses", () => {
  const disk = { local_gb: 20, free_disk_gb: 10, disk_available_least: 10 };

  test.each<[string, Asked, readonly string[]]>([
    [
      "RamFilter",
      { flavor: { memory_mb: 20_000 } },
      [`debug ${c1} does not have 20000 MB usable ram, it only has 11776.0 MB usable ram.`],
    ],
    [
      "DiskFilter",
      { flavor: { root_gb: 11, swap: 5 } },
      [`debug ${c1} does not have 11269 MB usable disk, it only has 10240.0 MB usable disk.`],
    ],
    [
      "CoreFilter",
      { flavor: { vcpus: 65 } },
      [`debug ${c1} does not have 65 usable vcpus, it only has 64 usable vcpus`],
    ],
    [
      "IoOpsFilter",
      { flags: { max_io_ops_per_host: 0 } },
      [`debug ${c1} fails I/O ops check: Max IOs per host is set to 0`],
    ],
    [
      "NumInstancesFilter",
      { flags: { max_instances_per_host: 0 } },
      [`debug ${c1} fails num_instances check: Max instances per host is set to 0`],
    ],
    [
      "RetryFilter",
      { properties: { retry: { num_attempts: 2, hosts: [["c1", "c1"]] } } },
      ["debug Host [u'c1', u'c1'] fails.  Previously tried hosts: [[u'c1', u'c1']]"],
    ],
    [
      "AvailabilityZoneFilter",
      { spec: requestSpec({}, { availability_zone: "moon" }) },
      [`debug Availability Zone 'moon' requested. ${c1} has AZs: nova`],
    ],
    [
      "ComputeCapabilitiesFilter",
      { flavor: { extra_specs: { vcpus_total: ">= 99" } } },
      [
        "debug extra_spec requirement '>= 99' does not match '4'",
        `debug ${c1} fails instance_type extra_specs requirements`,
      ],
    ],
    [
      "ComputeCapabilitiesFilter",
      { flavor: { extra_specs: { nothing: "x" } } },
      [`debug ${c1} fails instance_type extra_specs requirements`],
    ],
    [
      "ComputeFilter",
      {
        prepare: (bed) => {
          bed.db.services.update(1, { disabled: true, disabled_reason: "disk swap" });
        },
      },
      [`debug ${c1} is disabled, reason: disk swap`],
    ],
    [
      "ComputeFilter",
      {
        prepare: (bed) => {
          bed.db.services.update(1, { disabled: true });
        },
      },
      [`debug ${c1} is disabled, reason: None`],
    ],
    [
      "ComputeFilter",
      {
        flags: { service_down_time: 60 },
        prepare: (bed) => {
          bed.wait(minutes(5));
        },
      },
      [`warning ${c1} has not been heard from in a while`],
    ],
  ])("%s", (filter, asked, said) => {
    const { lines } = ask([["c1", disk]], {
      ...asked,
      flags: { service_down_time: 1e6, ...only(filter), ...asked.flags },
    });
    expect(lines).toEqual([
      "debug Starting with 1 host(s)",
      ...said,
      `info Filter ${filter} returned 0 hosts`,
    ]);
  });

  test("or does not refuse: no retries (retry_filter.py), CPUs that are not counted (core_filter.py)", () => {
    const { lines } = ask([["c1", { vcpus: 0 }]], { flags: only("CoreFilter"), properties: {} });
    expect(lines).toContain("warning VCPUs not set; assuming CPU collection broken");
    const free = ask([["c1", {}]], { flags: only("RetryFilter"), properties: {} });
    expect(free.lines).toContain("debug Re-scheduling is disabled");
  });
});

describe("hosts that are named (host_manager.py, at audit)", () => {
  const hosts: Host[] = [
    ["c1", {}],
    ["c2", {}],
  ];

  test.each<[FilterProperties, readonly string[]]>([
    [{ ignore_hosts: ["c2"] }, ["info Host filter ignoring hosts: c2"]],
    [{ ignore_hosts: ["c9"] }, ["info Host filter ignoring hosts: "]],
    [{ force_hosts: ["c2"] }, ["info Host filter forcing available hosts to c2"]],
    [{ force_nodes: ["c1"] }, ["info Host filter forcing available nodes to c1"]],
    [
      { force_hosts: ["c9"] },
      [
        "info No hosts matched due to not matching 'force_hosts' value of 'c9'",
        "info Filter RetryFilter returned 0 hosts",
      ],
    ],
    [
      { force_nodes: ["c8", "c9"] },
      [
        "info No nodes matched due to not matching 'force_nodes' value of 'c8, c9'",
        "info Filter RetryFilter returned 0 hosts",
      ],
    ],
  ])("%j", (properties, said) => {
    const { lines } = ask(hosts, {
      properties: { retry: { num_attempts: 1, hosts: [] }, ...properties },
    });
    expect(lines.filter((line) => line.startsWith("info"))).toEqual(said);
  });

  test("are ignored once, however often they are named (host_manager.py:315)", () => {
    const { lines } = ask(hosts, { properties: { ignore_hosts: ["c1", "c1"] } });
    expect(lines).toContain("info Host filter ignoring hosts: c1");
  });

  test("are not tested at all when they are forced", () => {
    const { lines, decisions } = ask(hosts, { properties: { force_hosts: ["c2"] } });
    expect(lines.some((line) => line.includes("Starting with"))).toBe(false);
    expect(decisions).toMatchObject([
      { chosen: "c2", unfiltered: true, filters: [], left_out: [["c1", "not c2"]] },
    ]);
  });
});

describe("what is warned of whenever rows are read (host_manager.py)", () => {
  const surplus = "warning Host has more disk space than database expected (20gb > 10gb)";

  test("a host with more disk than its row leaves it, unless more was promised since", () => {
    const disk = { local_gb: 20, free_disk_gb: 10, disk_available_least: 20 };
    expect(ask([["c1", disk]]).lines).toContain(surplus);
    expect(ask([["c1", { ...disk, disk_available_least: 10 }]]).lines).not.toContain(surplus);
  });

  test("a node whose service is gone, and that it is forgotten", () => {
    const bed = new NovaBed({ service_down_time: 1_000_000 });
    for (const name of ["c1", "c2"]) bed.host(name);
    bed.start(novaScheduler(bed.nova("nova-scheduler"), bed.db));
    const filter_properties = {};
    const call = { request_spec: requestSpec(), filter_properties };
    const select = () => bed.run(bed.client(schedulerApi).select_destinations(bed.ctxt, call));
    select();
    bed.db.services.softDelete(1);
    select();
    const loud = bed.of<LogLine>("log").filter(({ level }) => level !== "debug");
    expect(loud.map(({ level, message }) => `${level} ${message}`)).toEqual([
      "warning No service for compute ID 1",
      "info Removing dead compute node c1:c1 from scheduler",
    ]);
  });

  test("no node is gone whose service is back under its name before anybody looks (host_manager.py:402)", () => {
    const bed = new NovaBed({ service_down_time: 1_000_000 });
    for (const name of ["c1", "c2"]) bed.host(name);
    bed.start(novaScheduler(bed.nova("nova-scheduler"), bed.db));
    const call = { request_spec: requestSpec(), filter_properties: {} };
    const select = () => bed.run(bed.client(schedulerApi).select_destinations(bed.ctxt, call));
    select();
    serviceDestroy(bed.db, 1);
    bed.host("c1");
    select();
    expect(bed.of<LogLine>("log").map(({ level }) => level)).not.toContain("info");
  });
});

test("elements that are no metric with its ratio are warned of for each instance (scheduler/utils.py:231)", () => {
  const flags = {
    scheduler_default_filters: ["MetricsFilter"],
    "metrics.weight_setting": ["a", "b=0x10", "=1"],
  };
  const bad =
    "warning Ignoring the invalid elements of the option metrics.weight_setting: a, b=0x10, =1";
  const { lines } = ask([["c1", {}]], { flags, spec: { num_instances: 2 } });
  // By the filter, and by the weigher.
  expect(lines.filter((line) => line === bad)).toHaveLength(4);
});

test("a group without members is an empty list to be away from, and an empty set to be with (affinity_filter.py:115, 151)", () => {
  const line = (policy: string, filter: string): string | undefined =>
    ask([["c1", {}]], {
      flags: only(filter),
      properties: { group_hosts: [], group_policies: [policy] },
    }).lines.find((one) => one.includes("Group "));
  expect(line("anti-affinity", "ServerGroupAntiAffinityFilter")).toBe(
    "debug Group anti affinity: check if c1 not in []",
  );
  expect(line("affinity", "ServerGroupAffinityFilter")).toBe(
    "debug Group affinity: check if c1 in set([])",
  );
});

describe("a decision", () => {
  test("holds what every filter compared, every weight, and what was promised", () => {
    const { decisions } = ask([
      ["c1", {}],
      ["c2", { free_ram_mb: 1024 }],
      ["c3", { free_ram_mb: -5000 }],
    ]);
    expect(decisions).toMatchObject([
      {
        what: "select_destinations",
        index: 0,
        of: 1,
        asked: { memory_mb: 512, vcpus: 1 },
        given: { attempt: 1, tried: [] },
        weights: [
          ["c1", 1],
          ["c2", 1024 / 7680],
        ],
        weighers: [
          {
            weigher: "RAMWeigher",
            multiplier: 1,
            weights: [
              ["c1", 7680, 1],
              ["c2", 1024, 1024 / 7680],
            ],
          },
          {
            weigher: "MetricsWeigher",
            weights: [
              ["c1", 0, 0],
              ["c2", 0, 0],
            ],
          },
        ],
        chosen: "c1",
        limits: { memory_mb: 12288 },
      },
    ]);
    expect(decisions[0]?.filters.find(({ filter }) => filter === "RamFilter")?.verdicts).toEqual([
      ["c1", true, "512 <= 11776"],
      ["c2", true, "512 <= 5120"],
      ["c3", false, "512 > -904"],
    ]);
  });

  test("is one for each instance; filters that are asked once a request are not asked again", () => {
    const { decisions, lines } = ask([["c1", {}]], { spec: { num_instances: 2 } });
    expect(decisions.map(({ index, of, chosen }) => [index, of, chosen])).toEqual([
      [0, 2, "c1"],
      [1, 2, "c1"],
    ]);
    const skipped = decisions[1]?.filters.filter((one) => one.skipped).map(({ filter }) => filter);
    expect(skipped).toEqual([
      "AvailabilityZoneFilter",
      "ComputeFilter",
      "ComputeCapabilitiesFilter",
      "ImagePropertiesFilter",
    ]);
    expect(lines.filter((line) => line.includes("ComputeFilter"))).toHaveLength(1);
    // What was promised to the first is counted for the second.
    expect(decisions[1]?.candidates).toMatchObject([["c1", { free_ram_mb: 7168, instances: 1 }]]);
  });
});

test("a filter that does not exist ends each request, and not the service (host_manager.py)", () => {
  const { error } = ask([["c1", {}]], {
    flags: { scheduler_default_filters: ["RamFilter", "MoonFilter", "Sun"] },
  });
  expect(error).toMatch(/^Scheduler Host Filter MoonFilter, Sun could not be found\./u);
});
