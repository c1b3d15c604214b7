/** Which hosts pass: nova §1.5, §9.6. */
import { describe, expect, test } from "vitest";
import { Flags, type FlagValues } from "../../../../src/framework/index.js";
import { seconds } from "../../../../src/kernel/index.js";
import { SchedulerHostFilterNotFound } from "../../../../src/services/nova/exception.js";
import { matches } from "../../../../src/framework/scheduling/extra-specs-ops.js";
import { chooseFilters } from "../../../../src/services/nova/scheduler/filters/registry.js";
import { schedulerFlags } from "../../../../src/services/nova/scheduler/flags.js";
import { HostManager } from "../../../../src/services/nova/scheduler/host-manager.js";
import { SchedulerNotes } from "../../../../src/services/nova/scheduler/notes.js";
import type { HostState } from "../../../../src/services/nova/scheduler/host-state.js";
import type { SchedulingRequest } from "../../../../src/services/nova/scheduler/request.js";
import type { InstanceType } from "../../../../src/services/nova/scheduler/rpcapi.js";
import { NovaBed, TINY, requestSpec, uuid } from "../bed.js";

interface Case {
  readonly flags?: FlagValues;
  readonly request?: Partial<SchedulingRequest>;
  readonly flavor?: Partial<InstanceType>;
}

const notesOf = (bed: NovaBed): SchedulerNotes => new SchedulerNotes(bed.nova("nova-scheduler"));

/** The names of the hosts of `bed` that pass the filter, and the hosts themselves. */
function pass(bed: NovaBed, filter: string, { flags = {}, request = {}, flavor = {} }: Case = {}) {
  const read = new Flags(flags).read(schedulerFlags);
  const filters = chooseFilters([filter], { db: bed.db, flags: read, serviceDownTime: 60 });
  const manager = new HostManager(bed.db, () => filters, notesOf(bed));
  const whole: SchedulingRequest = {
    context: bed.ctxt,
    requestSpec: requestSpec(),
    instanceType: { ...TINY, ...flavor },
    filterProperties: {},
    groupHosts: undefined,
    groupPolicies: [],
    ...request,
  };
  const hosts: readonly HostState[] = manager.filtered(manager.allHostStates(), whole, 0);
  return { names: hosts.map(({ nodename }) => nodename), hosts };
}

function bedWith(...hosts: Parameters<NovaBed["host"]>[]): NovaBed {
  const bed = new NovaBed();
  for (const host of hosts) bed.host(...host);
  return bed;
}

const image = (properties: Record<string, string>) => ({
  requestSpec: requestSpec({
    image: {
      id: "i",
      name: "i",
      status: "active",
      size: 1,
      min_disk: 0,
      min_ram: 0,
      disk_format: "qcow2",
      container_format: "bare",
      checksum: null,
      owner: null,
      is_public: true,
      deleted: false,
      deleted_at: null,
      created_at: null,
      updated_at: null,
      properties,
    },
  }),
});

describe("RamFilter", () => {
  test("refuses a host that is one megabyte short and takes one that has just enough", () => {
    const bed = bedWith(["short", { free_ram_mb: 1023 }], ["enough", { free_ram_mb: 1024 }]);
    const flags = { ram_allocation_ratio: 1 };
    expect(pass(bed, "RamFilter", { flags, flavor: { memory_mb: 1024 } }).names).toEqual([
      "enough",
    ]);
  });

  test("counts memory that is not there, by its ratio, and records what it allowed", () => {
    const bed = bedWith(["c1", { memory_mb: 2048, free_ram_mb: -1024 }]);
    const { hosts } = pass(bed, "RamFilter", {
      flags: { ram_allocation_ratio: 2 },
      flavor: { memory_mb: 1024 },
    });
    expect(hosts[0]?.limits).toEqual({ memory_mb: 4096 });
  });
});

describe("CoreFilter", () => {
  test("oversubscribes sixteen times, counts what is used and records its limit", () => {
    const bed = bedWith(["full", { vcpus_used: 64 }], ["almost", { vcpus_used: 63 }]);
    const { names, hosts } = pass(bed, "CoreFilter");
    expect(names).toEqual(["almost"]);
    expect(hosts[0]?.limits).toEqual({ vcpu: 64 });
  });

  test("takes a host that does not count its CPUs, without a limit", () => {
    const { hosts } = pass(bedWith(["c1", { vcpus: 0 }]), "CoreFilter");
    expect(hosts.map(({ limits }) => limits)).toEqual([{}]);
  });
});

describe("DiskFilter", () => {
  test("believes the lower of the two free amounts, counts swap and records its limit", () => {
    const bed = bedWith(["c1", { local_gb: 20, disk_available_least: 11 }]);
    expect(pass(bed, "DiskFilter", { flavor: { root_gb: 11 } }).hosts[0]?.limits).toEqual({
      disk_gb: 20,
    });
    expect(pass(bed, "DiskFilter", { flavor: { root_gb: 11, swap: 1 } }).names).toEqual([]);
  });
});

describe("ComputeFilter", () => {
  test("passes what is enabled and was heard of no longer ago than service_down_time (SVC-31)", () => {
    const bed = bedWith(["c1"]);
    bed.db.services.touch(1);
    bed.wait(seconds(60));
    expect(pass(bed, "ComputeFilter").names).toEqual(["c1"]);
    bed.wait(1);
    expect(pass(bed, "ComputeFilter").names).toEqual([]);
  });

  test("takes a dead service for live for another minute once it is re-enabled (nova §5.5)", () => {
    const bed = bedWith(["c1"]);
    bed.wait(seconds(300));
    bed.db.services.update(1, { disabled: true });
    expect(pass(bed, "ComputeFilter").names).toEqual([]);
    bed.db.services.update(1, { disabled: false });
    expect(pass(bed, "ComputeFilter").names).toEqual(["c1"]);
  });
});

test("AvailabilityZoneFilter: every host is in zone nova, and in no other", () => {
  const bed = bedWith(["c1"]);
  const zone = (availability_zone: string) => ({
    request: { requestSpec: requestSpec({}, { availability_zone }) },
  });
  expect(pass(bed, "AvailabilityZoneFilter").names).toEqual(["c1"]);
  expect(pass(bed, "AvailabilityZoneFilter", zone("nova")).names).toEqual(["c1"]);
  expect(pass(bed, "AvailabilityZoneFilter", zone("moon")).names).toEqual([]);
});

test("RetryFilter refuses a pair that was tried, not another node of the same host", () => {
  const bed = bedWith(["c1"]);
  bed.node(1, { hypervisor_hostname: "c1-b" });
  const filterProperties = { retry: { num_attempts: 1, hosts: [["c1", "c1"]] as const } };
  expect(pass(bed, "RetryFilter", { request: { filterProperties } }).names).toEqual(["c1-b"]);
  expect(pass(bed, "RetryFilter").names).toEqual(["c1", "c1-b"]);
});

describe("ComputeCapabilitiesFilter", () => {
  const wants = (extra_specs: Record<string, string>) =>
    pass(bedWith(["c1"]), "ComputeCapabilitiesFilter", { flavor: { extra_specs } }).names;

  test.each([
    [{}, true],
    [{ hypervisor_type: "QEMU" }, true],
    [{ "capabilities:hypervisor_type": "s== QEMU" }, true],
    [{ "capabilities:hypervisor_type": "xen" }, false],
    [{ "aggregate_instance_extra_specs:ssd": "true" }, true],
    [{ free_ram_mb: ">= 7680" }, true],
    [{ free_ram_mb: ">= 7681" }, false],
    [{ trusted: "yes" }, true],
    [{ "capabilities:cpu_info:vendor": "Intel" }, true],
    [{ "capabilities:cpu_info:topology:cores": "= 2" }, true],
    [{ "capabilities:cpu_info:features": "<in> sse" }, true],
    [{ "capabilities:cpu_info:nothing": "x" }, false],
    [{ constructor: "x" }, false],
    // Attributes are a host's own, and lists have none (compute_capabilities_filter.py:57).
    [{ disabled: "False" }, false],
    [{ "capabilities:supported_instances:length": ">= 1" }, false],
  ])("extra specs %j: passes %s", (specs: Record<string, string>, passes) => {
    expect(wants(specs)).toEqual(passes ? ["c1"] : []);
  });
});

test.each([
  ["123", "= 123", true],
  ["124", "= 123", true],
  ["34", "= 234", false],
  ["34", "=", false],
  ["123", "== 123.0", true],
  ["inf", "> 1", false],
  ["inf", ">= 1e3", true],
  ["nan", "== nan", false],
  ["123", "!= 123", false],
  ["4", "<= 4", true],
  ["10", "s>= 2", false],
  ["abc", "s!= abd", true],
  ["12311321", "<in> 11", true],
  ["12", "<or> 11 <or> 12", true],
  ["12", "<or> 11 <or> 13", false],
  ["<or>", "<or> 11 <or> 13", false],
  ["1", "1", true],
  ["", "1", false],
])("extra specs: %j against %j is %s (ExtraSpecsOpsTestCase)", (value, requirement, result) => {
  expect(matches(value, requirement)).toBe(result);
});

test("extra specs: alternatives of which there are none end the request (extra_specs_ops.py:53)", () => {
  expect(() => matches("1", "<or>")).toThrow("pop from empty list");
  expect(matches("1", "<or> 2 <or>")).toBe(false);
});

test.each(["== x", "<= 5", "!= 1", "= "])(
  "extra specs: what is no number ends the request at %j, as float() does in extra_specs_ops.py",
  (requirement) => {
    const ends = (): boolean => matches("x", `${requirement}1`);
    expect(ends).toThrow("could not convert string to float: x");
  },
);

describe("ImagePropertiesFilter", () => {
  const runs = (properties: Record<string, string>, node = {}) =>
    pass(bedWith(["c1", node]), "ImagePropertiesFilter", { request: image(properties) }).names;

  test.each([
    [{}, true],
    [{ architecture: "x86_64", hypervisor_type: "kvm", vm_mode: "hvm" }, true],
    [{ architecture: "x86_64", vm_mode: "hvm" }, true],
    [{ architecture: "aarch64" }, false],
    [{ architecture: "x86_64", hypervisor_type: "qemu" }, false],
    [{ architecture: "x86_32", hypervisor_type: "qemu" }, true],
    [{ vm_mode: "hv" }, true],
    [{ vm_mode: "pv" }, false],
    [{ hypervisor_type: "kvm", hypervisor_version_requires: ">=2.0, <2.1" }, true],
    [{ hypervisor_type: "kvm", hypervisor_version_requires: ">2.0.0" }, false],
  ])("image properties %j: passes %s", (properties: Record<string, string>, passes) => {
    expect(runs(properties)).toEqual(passes ? ["c1"] : []);
  });

  test("refuses a host that does not say what it supports, if the image is particular", () => {
    expect(runs({ vm_mode: "hvm" }, { supported_instances: "" })).toEqual([]);
    expect(runs({}, { supported_instances: "" })).toEqual(["c1"]);
  });

  test("does not schedule an image whose architecture nobody knows", () => {
    expect(() => runs({ architecture: "z80" })).toThrow("Architecture name 'z80'");
  });

  test("an old name of Xen's is known (nova/compute/arch.py:153)", () => {
    expect(runs({ architecture: "x86_32p", hypervisor_type: "qemu" })).toEqual(["c1"]);
  });

  test.each([
    [{ hypervisor_type: "docker" }, "Hypervisor virtualization type 'docker' is not recognised"],
    [{ hypervisor_type: "" }, "Hypervisor virtualization type '' is not recognised"],
    [{ architecture: "" }, "Architecture name '' is not recognised"],
    [{ vm_mode: "Moon" }, "Virtual machine mode 'moon' is not recognised"],
  ])(
    "what is no name of Juno's ends the request, even an empty one (nova/compute/hvtype.py:93): %j",
    (properties: Record<string, string>, message) => {
      expect(() => runs(properties)).toThrow(message);
    },
  );

  test("a hypervisor's version has as many numbers as it needs (nova/utils.py:1038)", () => {
    const fake = { hypervisor_version: 1000 };
    const needs = (hypervisor_version_requires: string) =>
      runs({ vm_mode: "hvm", hypervisor_version_requires }, fake);
    expect(needs(">=1.0")).toEqual(["c1"]);
    expect(needs("==1.0.0, >1.0b2, !=1.0a1")).toEqual(["c1"]);
    expect(needs("<1.0")).toEqual([]);
  });

  test.each([
    [">=6", "invalid version number '6'"],
    ["6.0", "bad package restriction syntax: u'6.0'"],
    [">=1.0,", "bad package restriction syntax: u''"],
  ])(
    "a requirement of versions that cannot be read ends the request (image_props_filter.py:78): %s",
    (hypervisor_version_requires, message) => {
      expect(() => runs({ vm_mode: "hvm", hypervisor_version_requires })).toThrow(message);
      // Nobody reads it for a host that is out of the question.
      expect(runs({ vm_mode: "xen", hypervisor_version_requires })).toEqual([]);
    },
  );
});

describe("server groups", () => {
  const group = (policy: string, ...hosts: string[]) => ({
    request: { groupHosts: new Set(hosts), groupPolicies: [policy] },
  });
  const bed = bedWith(["c1"], ["c2"]);

  test("anti-affinity refuses the group's hosts, affinity all others", () => {
    const apart = group("anti-affinity", "c1");
    expect(pass(bed, "ServerGroupAntiAffinityFilter", apart).names).toEqual(["c2"]);
    expect(pass(bed, "ServerGroupAffinityFilter", group("affinity", "c1")).names).toEqual(["c1"]);
  });

  test("a policy binds its own filter only, and the first member goes anywhere", () => {
    const together = group("affinity", "c1");
    expect(pass(bed, "ServerGroupAntiAffinityFilter", together).names).toEqual(["c1", "c2"]);
    expect(pass(bed, "ServerGroupAffinityFilter", group("affinity")).names).toEqual(["c1", "c2"]);
  });
});

test("SameHostFilter and DifferentHostFilter follow the instances of their hints", () => {
  const bed = bedWith(["c1"], ["c2"]);
  bed.instance(7, { host: "c1" });
  const hint = (name: string, value: string | string[]) => ({
    request: { filterProperties: { scheduler_hints: { [name]: value } } },
  });
  expect(pass(bed, "SameHostFilter", hint("same_host", uuid(7))).names).toEqual(["c1"]);
  expect(pass(bed, "DifferentHostFilter", hint("different_host", [uuid(7)])).names).toEqual(["c2"]);
  expect(pass(bed, "SameHostFilter", hint("same_host", uuid(8))).names).toEqual([]);
  expect(pass(bed, "SameHostFilter").names).toEqual(["c1", "c2"]);
});

test("an instance that waits to be reclaimed is nowhere (nova/db/sqlalchemy/api.py:1926)", () => {
  const bed = bedWith(["c1"], ["c2"]);
  bed.instance(7, { host: "c1", vm_state: "soft-delete" });
  const hint = (name: string) => ({
    request: { filterProperties: { scheduler_hints: { [name]: uuid(7) } } },
  });
  expect(pass(bed, "SameHostFilter", hint("same_host")).names).toEqual([]);
  expect(pass(bed, "DifferentHostFilter", hint("different_host")).names).toEqual(["c1", "c2"]);
});

test("NumInstancesFilter and IoOpsFilter refuse a host that has reached its most", () => {
  const busy = { stats: '{"num_instances": 50, "io_workload": 8}' };
  const bed = bedWith(["busy", busy], ["idle"]);
  for (const filter of ["NumInstancesFilter", "IoOpsFilter"]) {
    expect(pass(bed, filter).names).toEqual(["idle"]);
  }
  expect(pass(bed, "AllHostsFilter").names).toEqual(["busy", "idle"]);
});

test("a filter that does not exist is named", () => {
  expect(() => pass(bedWith(), "MoonFilter")).toThrow(SchedulerHostFilterNotFound);
  expect(() => pass(bedWith(), "MoonFilter")).toThrow("MoonFilter could not be found");
});
