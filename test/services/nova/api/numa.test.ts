/** What extra specs `hw:numa_*` and image properties `hw_numa_*` come to: nova/virt/hardware.py at 2014.2; nova §1.2 row 32. */
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../../src/python/index.js";
import { numaConstraints } from "../../../../src/services/nova/api/server-create/numa.js";
import { ApiBed, CIRROS, IMAGE } from "./bed.js";

const flavor = (extra_specs: Record<string, string> = {}, vcpus = 4, memory_mb = 512) => ({
  vcpus,
  memory_mb,
  extra_specs,
});

const NODES = { "hw:numa_nodes": "2" };
const BY_HAND = {
  ...NODES,
  ...{ "hw:numa_cpus.0": "0-2,^1", "hw:numa_mem.0": "384" },
  ...{ "hw:numa_cpus.1": " 1,, 3 ", "hw:numa_mem.1": "128" },
};

describe("a topology", () => {
  test("is none unless nodes are asked for", () => {
    expect(numaConstraints(flavor({ "hw:numa_cpus.0": "0" }), {})).toBeNull();
    expect(numaConstraints(flavor({ "hw:numa_nodes": "-1" }), {})).toBeNull();
  });

  test("is even where nothing is said of the first node, by the flavor or by the image", () => {
    const even = [
      { id: 0, cpuset: [0, 1], memory: 256 },
      { id: 1, cpuset: [2, 3], memory: 256 },
    ];
    expect(numaConstraints(flavor(NODES), {})).toEqual(even);
    expect(numaConstraints(flavor(), { hw_numa_nodes: "2" })).toEqual(even);
  });

  test("is as it is said otherwise", () => {
    expect(numaConstraints(flavor(BY_HAND), {})).toEqual([
      { id: 0, cpuset: [0, 2], memory: 384 },
      { id: 1, cpuset: [1, 3], memory: 128 },
    ]);
  });

  test.each<[Record<string, string>, Record<string, string>, string]>([
    [
      NODES,
      { hw_numa_nodes: "2" },
      "Image property 'hw_numa_nodes' is not permitted to override NUMA configuration set against the flavor",
    ],
    [
      { "hw:numa_nodes": "3" },
      {},
      "Asymmetric NUMA topologies require explicit assignment of CPUs and memory to nodes in image or flavor",
    ],
    [
      { ...NODES, "hw:numa_mem.1": "1" },
      {},
      "CPU and memory allocation must be provided for all NUMA nodes",
    ],
    [
      { ...NODES, "hw:numa_cpus.0": "0" },
      {},
      "CPU and memory allocation must be provided for all NUMA nodes",
    ],
    [{ ...BY_HAND, "hw:numa_cpus.1": "3-9999999999" }, {}, "CPU number 4 is larger than max 3"],
    [{ ...BY_HAND, "hw:numa_cpus.1": "0,1,3" }, {}, "CPU number 0 is assigned to two nodes"],
    [
      { ...BY_HAND, "hw:numa_cpus.1": "" },
      {},
      "CPU number set([1, 3]) is not assigned to any node",
    ],
    [{ ...BY_HAND, "hw:numa_mem.1": "1" }, {}, "385 MB of memory assigned, but expected 512 MB"],
    [{ ...BY_HAND, "hw:numa_cpus.1": "3-1" }, {}, "Invalid range expression u'3-1'"],
    [{ ...BY_HAND, "hw:numa_cpus.1": "^x" }, {}, "Invalid exclusion expression u'^x'"],
    [{ ...BY_HAND, "hw:numa_cpus.1": "x" }, {}, "Invalid inclusion expression u'x'"],
    [{ "hw:numa_nodes": "many" }, {}, "invalid literal for int() with base 10: 'many'"],
    [{ "hw:numa_nodes": "0" }, {}, "integer division or modulo by zero"],
  ])("%j with image %j: %s", (specs, image, message) => {
    expect(() => numaConstraints(flavor(specs), image)).toThrow(message);
  });
});

describe("POST /servers", () => {
  /** m1.tiny with one processor and 512 MB, and these extra specs. */
  function bedWith(specs: Record<string, string>): ApiBed {
    const bed = new ApiBed();
    for (const [key, value] of Object.entries(specs)) {
      bed.db.instance_type_extra_specs.insert({ instance_type_id: 2, key, value });
    }
    return bed;
  }

  test.each([
    [
      "3",
      "400 Asymmetric NUMA topologies require explicit assignment of CPUs and memory to nodes in image or flavor",
    ],
    ["0", "500"],
    ["many", "500"],
  ])("refuses %s nodes", (nodes, answer) => {
    const bed = bedWith({ "hw:numa_nodes": nodes });
    expect(bed.told(bed.boot())).toContain(answer);
    expect(bed.db.instances.find()).toEqual([]);
  });

  const ONE = { "hw:numa_nodes": "1", "hw:numa_cpus.0": "0", "hw:numa_mem.0": "512" };

  test("stores what it takes, and tells the conductor in objects (instance_numa_topology.py)", () => {
    const bed = bedWith(ONE);
    const id = bed.booted();
    expect(bed.db.instance_extra.get(id)?.numa_topology).toEqual([
      { id: 0, cpuset: [0], memory: 512 },
    ]);
    const [instance] = bed.castings()[0]!.args["instances"] as JsonObject[];
    const data = instance!["nova_object.data"] as JsonObject;
    expect(data["numa_topology"]).toMatchObject({
      "nova_object.name": "InstanceNUMATopology",
      "nova_object.version": "1.0",
      "nova_object.data": {
        instance_uuid: id,
        cells: [
          {
            "nova_object.name": "InstanceNUMACell",
            "nova_object.data": { id: 0, cpuset: [0], memory: 512 },
          },
        ],
      },
    });
  });

  test("keeps the extra specs of cells in system_metadata, and no others (save_flavor_info)", () => {
    const bed = bedWith({ ...ONE, ssd: "true" });
    const metadata = bed.db.instance_system_metadata.get(bed.booted())!.metadata;
    const extra = Object.keys(metadata).filter((key) => key.includes("_extra_"));
    expect(extra.sort()).toEqual([
      "instance_type_extra_hw:numa_cpus.0",
      "instance_type_extra_hw:numa_mem.0",
    ]);
  });

  test("asks the image too", () => {
    const bed = new ApiBed();
    bed.images.set(IMAGE, { ...CIRROS, properties: { hw_numa_nodes: "2" } });
    expect(bed.told(bed.boot())).toContain("400 Asymmetric");
  });
});
