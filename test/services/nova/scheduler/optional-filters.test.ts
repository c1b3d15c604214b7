/** Filters that are not in use by default, as nova/scheduler/filters has them at 2014.2. */
import { describe, expect, test } from "vitest";
import { requestSpec } from "../bed.js";
import { pass, type Asked } from "./bed.js";

test("exact filters take a host with just that, and no other", () => {
  const hosts = { c1: { free_ram_mb: 512 }, c2: { free_ram_mb: 513 } };
  expect(pass("ExactRamFilter", { hosts, flavor: { memory_mb: 512 } })).toBe("c1");
  const disks = { c1: { free_disk_gb: 1, disk_available_least: 1 }, c2: {} };
  expect(pass("ExactDiskFilter", { hosts: disks, flavor: { root_gb: 1 } })).toBe("c1");
  const cpus = { c1: { vcpus: 4, vcpus_used: 3 }, c2: { vcpus: 0 } };
  expect(pass("ExactCoreFilter", { hosts: cpus, flavor: { vcpus: 1 } })).toBe("c1");
});

describe("IsolatedHostsFilter", () => {
  const isolated = { isolated_hosts: ["c1"], isolated_images: ["i"] };
  const spec = requestSpec({}, { image_ref: "i" });
  const loose = { restrict_isolated_hosts_to_isolated_images: false };
  test.each<[string, Asked, string]>([
    ["isolated image", { flags: isolated, spec }, "c1"],
    ["other image", { flags: isolated }, "c2"],
    ["other image, not restricted", { flags: { ...isolated, ...loose } }, "c1 c2"],
    ["isolated image, not restricted", { flags: { ...isolated, ...loose }, spec }, "c1"],
    ["no images", { flags: { isolated_hosts: ["c1"] } }, "c2"],
    ["no images, not restricted", { flags: { isolated_hosts: ["c1"], ...loose } }, "c1 c2"],
  ])("%s", (_which, asked, hosts) => {
    expect(pass("IsolatedHostsFilter", asked)).toBe(hosts);
  });
});

describe("JsonFilter", () => {
  const hosts = { c1: { free_ram_mb: 100 }, c2: { free_ram_mb: 2000 } };
  test.each([
    ["", "c1 c2"],
    ["[]", "c1 c2"],
    ['[">=", "$free_ram_mb", 1024]', "c2"],
    ['["<", "$free_ram_mb", 1024]', "c1"],
    ['["and", ["=", "$host", "c2"], [">", "$free_ram_mb", 1]]', "c2"],
    ['["or", ["=", "$host", "c1"], [">", "$free_ram_mb", 1000]]', "c1 c2"],
    ['["not", ["=", "$host", "c1"]]', "c2"],
    ['["in", "$host", "c1", "c9"]', "c1"],
    ['["=", "$nothing.at.all", 1]', ""],
    ['["=", "$__proto__", 1]', ""],
    ['["="]', ""],
    ['"="', ""],
    ['["=", "$service.disabled", false]', "c1 c2"],
    ['["=", "$disabled", false]', ""],
    ['["=", "$num_io_ops", 0.0, false]', "c1 c2"],
    // json_filter.py:40 compares whatever it is given: a number is less than any text.
    ['["<", "$free_ram_mb", "1"]', "c1 c2"],
    ['[">", "$supported_instances", "$stats"]', "c1 c2"],
    ['["<", ["not", 1], ["not", 1, 1]]', "c1 c2"],
  ])("%s passes %s", (query, passing) => {
    expect(pass("JsonFilter", { hosts, hints: { query } })).toBe(passing);
  });

  test("a command that there is not ends the request, and so does what is no JSON", () => {
    expect(() => pass("JsonFilter", { hints: { query: '["moon", 1]' } })).toThrow("moon");
    expect(() => pass("JsonFilter", { hints: { query: "5" } })).toThrow(
      "'int' object has no attribute '__getitem__'",
    );
    expect(() => pass("JsonFilter", { hints: { query: '["=", "$host.name", 1]' } })).toThrow(
      "'unicode' object has no attribute 'get'",
    );
    expect(() => pass("JsonFilter", { hints: { query: "{" } })).toThrow(
      "No JSON object could be decoded",
    );
  });
});

test("MetricsFilter wants every metric that is weighed", () => {
  const metrics = JSON.stringify([{ name: "a", value: 1 }]);
  const flags = { "metrics.weight_setting": ["a=1"] };
  expect(pass("MetricsFilter", { flags, hosts: { c1: { metrics }, c2: {} } })).toBe("c1");
  expect(pass("MetricsFilter", {})).toBe("c1 c2");
});

test("SimpleCIDRAffinityFilter wants hosts near an address", () => {
  const hosts = { c1: { host_ip: "10.0.0.7" }, c2: { host_ip: "10.0.1.7" } };
  const near = { build_near_host_ip: "10.0.0.1" };
  expect(pass("SimpleCIDRAffinityFilter", { hosts, hints: near })).toBe("c1");
  expect(pass("SimpleCIDRAffinityFilter", { hosts, hints: { ...near, cidr: "/16" } })).toBe(
    "c1 c2",
  );
  expect(pass("SimpleCIDRAffinityFilter", { hosts })).toBe("c1 c2");
});

test("TrustedFilter ends a request for trust, as its port is a text (trusted_filter.py:108)", () => {
  const trust = (level: string) => ({ flavor: { extra_specs: { "trust:trusted_host": level } } });
  const message = "%d format: a number is required, not str";
  expect(() => pass("TrustedFilter", trust("trusted"))).toThrow(message);
  expect(() => pass("TrustedFilter", trust("unknown"))).toThrow(message);
  expect(pass("TrustedFilter", trust(""))).toBe("c1 c2");
});

test("NUMATopologyFilter finds no topology", () => {
  expect(pass("NUMATopologyFilter")).toBe("c1 c2");
  expect(pass("NUMATopologyFilter", { spec: requestSpec({}, { numa_topology: {} }) })).toBe("");
  expect(pass("PciPassthroughFilter")).toBe("c1 c2");
});

test("scheduler_available_filters may name single classes, and then no other is to be had", () => {
  const path = "nova.scheduler.filters.exact_ram_filter.ExactRamFilter";
  const flags = { scheduler_available_filters: [path] };
  expect(pass("ExactRamFilter", { flags })).toBe("");
  expect(() => pass("RamFilter", { flags })).toThrow(
    "Scheduler Host Filter RamFilter could not be found.",
  );
});
