/**
 * The filters that read the metadata of a host's aggregates. Host `c1` is in every aggregate, `c2` in none. The cases
 * are those of nova/tests/scheduler/test_host_filters.py at 2014.2, by name.
 */
import { describe, expect, test } from "vitest";
import { removeHost } from "../../../../src/services/nova/db/aggregates/aggregates.js";
import { requestSpec } from "../bed.js";
import { ask, pass, type Asked } from "./bed.js";

describe("AggregateInstanceExtraSpecsFilter", () => {
  const filter = "AggregateInstanceExtraSpecsFilter";
  const specs = (extra_specs: Readonly<Record<string, string>>): Asked => ({
    flavor: { extra_specs },
  });

  test.each<[string, Asked, string]>([
    ["test_aggregate_filter_passes_no_extra_specs", {}, "c1 c2"],
    [
      "test_aggregate_filter_passes_extra_specs_simple",
      {
        aggregates: [{ opt1: "1", opt2: "2" }],
        ...specs({
          opt1: "1",
          "aggregate_instance_extra_specs:opt2": "2",
          "trust:trusted_host": "true",
        }),
      },
      "c1",
    ],
    [
      "test_aggregate_filter_passes_with_key_same_as_scope",
      {
        aggregates: [{ aggregate_instance_extra_specs: "1" }],
        ...specs({ aggregate_instance_extra_specs: "1" }),
      },
      "c1",
    ],
    [
      "test_aggregate_filter_fails_extra_specs_simple",
      {
        aggregates: [{ opt1: "1", opt2: "2" }],
        ...specs({ opt1: "1", opt2: "222", "trust:trusted_host": "true" }),
      },
      "",
    ],
    ["a spec of another filter's scope is none of it", specs({ "capabilities:ssd": "x" }), "c1 c2"],
    [
      "one aggregate of several is enough, and values follow the language of extra specs",
      {
        aggregates: [{ tier: "1" }, { tier: "4" }],
        ...specs({ tier: ">= 3" }),
      },
      "c1",
    ],
  ])("%s", (_name, asked, hosts) => {
    expect(pass(filter, asked)).toBe(hosts);
  });

  test("test_aggregate_filter_fails_extra_specs_deleted_host", () => {
    const asked: Asked = {
      aggregates: [{ opt1: "1" }, { opt2: "2" }],
      ...specs({ opt1: "s== 1", opt2: "s== 2", "trust:trusted_host": "true" }),
    };
    expect(pass(filter, asked)).toBe("c1");
    expect(pass(filter, { ...asked, prepare: ({ db }) => removeHost(db, 2, "c1") })).toBe("");
  });
});

describe("AggregateMultiTenancyIsolation: hosts that an aggregate keeps for projects", () => {
  test.each([
    ["test_aggregate_multi_tenancy_isolation_with_meta_passes", "demo", "c1 c2"],
    ["test_aggregate_multi_tenancy_isolation_fails", "other", "c2"],
  ])("%s", (_name, filter_tenant_id, hosts) => {
    const aggregates = [{ filter_tenant_id }];
    expect(pass("AggregateMultiTenancyIsolation", { aggregates })).toBe(hosts);
  });

  test("test_aggregate_multi_tenancy_isolation_no_meta_passes", () => {
    expect(pass("AggregateMultiTenancyIsolation", { aggregates: [{}] })).toBe("c1 c2");
  });

  test("a list in one value is one project that nobody has", () => {
    const aggregates = [{ filter_tenant_id: "demo,other" }];
    expect(pass("AggregateMultiTenancyIsolation", { aggregates })).toBe("c2");
    const several = [{ filter_tenant_id: "demo" }, { filter_tenant_id: "other" }];
    expect(pass("AggregateMultiTenancyIsolation", { aggregates: several })).toBe("c1 c2");
  });
});

describe("AggregateImagePropertiesIsolation", () => {
  const image = (properties: Readonly<Record<string, string>>) =>
    requestSpec({ image: { properties } });
  type Texts = Readonly<Record<string, string>>;
  test.each<[string, Texts, Texts, string]>([
    ["test_aggregate_image_properties_isolation_passes", { foo: "bar" }, { foo: "bar" }, "c1"],
    [
      "test_aggregate_image_properties_isolation_multi_props_passes",
      { foo: "bar", foo2: "bar2" },
      { foo: "bar", foo2: "bar2" },
      "c1",
    ],
    ["test_aggregate_image_properties_isolation_props_with_meta_passes", { foo: "bar" }, {}, "c1"],
    ["test_aggregate_image_properties_isolation_props_imgprops_passes", {}, { foo: "bar" }, "c1"],
    [
      "test_aggregate_image_properties_isolation_props_not_match_fails",
      { foo: "bar" },
      { foo: "no-bar" },
      "",
    ],
    [
      "test_aggregate_image_properties_isolation_props_not_match2_fails",
      { foo: "bar", foo2: "bar2" },
      { foo: "bar", foo2: "bar3" },
      "",
    ],
  ])("%s", (_name, metadata, properties, hosts) => {
    const asked = { aggregates: [metadata], spec: image(properties), hosts: { c1: {} } };
    expect(pass("AggregateImagePropertiesIsolation", asked)).toBe(hosts);
  });

  test("test_aggregate_image_properties_isolation_props_namespace", () => {
    const asked = {
      flags: { aggregate_image_properties_isolation_namespace: "np" },
      aggregates: [{ "np.foo": "bar", foo2: "bar2" }],
      spec: image({ "np.foo": "bar", foo2: "bar3" }),
    };
    expect(pass("AggregateImagePropertiesIsolation", asked)).toBe("c1 c2");
    const spec = image({ "np.foo": "else", foo2: "bar2" });
    expect(pass("AggregateImagePropertiesIsolation", { ...asked, spec })).toBe("c2");
  });
});

test("test_aggregate_type_filter: hosts whose aggregate names flavors are for these alone", () => {
  const filter = "AggregateTypeAffinityFilter";
  const flavor = { name: "fake2" };
  expect(pass(filter, { flavor })).toBe("c1 c2");
  expect(pass(filter, { flavor, aggregates: [{ instance_type: "fake2" }] })).toBe("c1 c2");
  expect(pass(filter, { flavor, aggregates: [{ instance_type: "fake1" }] })).toBe("c2");
});

describe("numbers that an aggregate sets for its hosts", () => {
  const limits = (filter: string, asked: Asked) => ask(filter, asked).limits["c1"];

  test("test_aggregate_ram_filter_default_value, _value_error", () => {
    const asked: Asked = {
      flags: { ram_allocation_ratio: 1 },
      flavor: { memory_mb: 1024 },
      hosts: { c1: { memory_mb: 1024, free_ram_mb: 1023 } },
    };
    expect(pass("AggregateRamFilter", asked)).toBe("");
    const two = { ...asked, aggregates: [{ ram_allocation_ratio: "2.0" }] };
    expect(limits("AggregateRamFilter", two)).toEqual({ memory_mb: 2048 });
    const bad = {
      ...asked,
      aggregates: [{ ram_allocation_ratio: "XXX" }],
      hosts: { c1: { memory_mb: 1024, free_ram_mb: 1024 } },
    };
    expect(ask("AggregateRamFilter", bad)).toMatchObject({
      limits: { c1: { memory_mb: 1024 } },
      lines: [
        "warning Could not decode ram_allocation_ratio: 'could not convert string to float: XXX'",
      ],
    });
  });

  test("test_aggregate_ram_filter_conflict_values: the least, which is said", () => {
    const asked: Asked = {
      flags: { ram_allocation_ratio: 1 },
      flavor: { memory_mb: 1024 },
      hosts: { c1: { memory_mb: 1024, free_ram_mb: 1023 } },
      aggregates: [{ ram_allocation_ratio: "2.0" }, { ram_allocation_ratio: "1.5" }],
    };
    expect(ask("AggregateRamFilter", asked)).toMatchObject({
      limits: { c1: { memory_mb: 1536 } },
      lines: ["info 2 values found, of which the minimum value will be used."],
    });
  });

  test("the least is that of texts: of 9 and 10 it is 10 (filters/utils.py, validate_num_values)", () => {
    const aggregates = [{ max_io_ops_per_host: "9" }, { max_io_ops_per_host: "10" }];
    const hosts = { c1: { stats: '{"io_workload": "9"}' } };
    expect(pass("AggregateIoOpsFilter", { aggregates, hosts })).toBe("c1");
  });

  test("test_aggregate_core_filter_default_value, _value_error, _conflict_values", () => {
    const flags = { cpu_allocation_ratio: 2 };
    const flavor = { vcpus: 1 };
    const full = { c1: { vcpus: 4, vcpus_used: 8 } };
    const filter = "AggregateCoreFilter";
    expect(pass(filter, { flags, flavor, hosts: full })).toBe("");
    const three = { flags, flavor, hosts: full, aggregates: [{ cpu_allocation_ratio: "3" }] };
    expect(limits(filter, three)).toEqual({ vcpu: 12 });
    const aggregates = [{ cpu_allocation_ratio: "XXX" }];
    const nearly = { c1: { vcpus: 4, vcpus_used: 7 } };
    expect(limits(filter, { flags, flavor, hosts: nearly, aggregates })).toEqual({ vcpu: 8 });
    const both = [{ cpu_allocation_ratio: "2" }, { cpu_allocation_ratio: "3" }];
    expect(pass(filter, { flags, flavor, hosts: full, aggregates: both })).toBe("");
  });

  test("test_aggregate_disk_filter_default_value, _value_error", () => {
    const flags = { disk_allocation_ratio: 1 };
    const flavor = { root_gb: 2, ephemeral_gb: 1, swap: 1024 };
    const hosts = { c1: { local_gb: 3, free_disk_gb: 3, disk_available_least: 3 } };
    expect(pass("AggregateDiskFilter", { flags, flavor, hosts })).toBe("");
    const aggregates = [{ disk_allocation_ratio: "2" }];
    expect(pass("AggregateDiskFilter", { flags, flavor, hosts, aggregates })).toBe("c1");
    const bad = [{ disk_allocation_ratio: "XXX" }];
    expect(pass("AggregateDiskFilter", { flags, hosts, aggregates: bad })).toBe("c1");
  });

  test.each([
    ["test_aggregate_filter_num_iops_value", "AggregateIoOpsFilter", "max_io_ops_per_host"],
    [
      "test_filter_aggregate_num_instances_value",
      "AggregateNumInstancesFilter",
      "max_instances_per_host",
    ],
  ])("%s, _value_error", (_name, filter, flag) => {
    const stats = '{"io_workload": "7", "num_instances": "7"}';
    const asked = { flags: { [flag]: 7 }, hosts: { c1: { stats } } };
    expect(pass(filter, asked)).toBe("");
    expect(pass(filter, { ...asked, aggregates: [{ [flag]: "8" }] })).toBe("c1");
    const bad = ask(filter, { ...asked, flags: { [flag]: 8 }, aggregates: [{ [flag]: "XXX" }] });
    expect(bad.hosts).toBe("c1");
    expect(bad.lines).toEqual([
      `warning Could not decode ${flag}: 'invalid literal for int() with base 10: 'XXX''`,
    ]);
  });
});
