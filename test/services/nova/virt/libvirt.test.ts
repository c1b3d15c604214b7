/** What the drivers make of the hypervisor below them. */
import { describe, expect, it } from "vitest";
import { Exception } from "../../../../src/python/index.js";
import { ComputeBed } from "../compute/bed.js";
import { IMAGE } from "../bed.js";

describe("the libvirt driver", () => {
  it("nova §1.8: uses the image in the cache for the next server", () => {
    const bed = new ComputeBed();
    bed.startCompute("c1");
    bed.build(bed.server(1));
    bed.settle();
    bed.build(bed.server(2));
    bed.settle();
    expect(bed.stored(2).vm_state).toBe("active");
    expect(bed.images.asked).toEqual([`GET ${IMAGE}`]);
  });

  it("nova §1.9: refuses an image that is larger than the flavor's disk", () => {
    const bed = new ComputeBed();
    bed.startCompute("c1");
    const image = bed.images.images.get(IMAGE)!;
    bed.images.images.set(IMAGE, { ...image, size: 2 * 1024 * 1024 * 1024 });
    bed.build(bed.server());
    bed.settle();
    expect(bed.stored(1).vm_state).toBe("error");
    expect(bed.db.instance_faults.find()[0]?.message).toContain(
      "Flavor's disk is too small for requested image.",
    );
  });

  it("reports what the host has, and less free disk for each guest", () => {
    const bed = new ComputeBed({ periodic_fuzzy_delay: 0 });
    bed.startCompute("c1");
    bed.build(bed.server());
    bed.wait(70e6);
    expect(bed.db.compute_nodes.find()[0]).toMatchObject({
      hypervisor_type: "QEMU",
      vcpus: 8,
      local_gb: 200,
      disk_available_least: 199,
      supported_instances: expect.stringContaining("x86_64") as string,
    });
  });
});

describe("the fake driver", () => {
  it("nova §1.7: neither waits for VIFs nor fetches images", () => {
    const bed = new ComputeBed({ compute_driver: "fake.FakeDriver" });
    const { network, bridge } = bed.startCompute("c1");
    network.active = false;
    bed.build(bed.server());
    bed.settle();
    expect(bed.stored(1).vm_state).toBe("active");
    expect(bed.images.asked).toEqual([]);
    expect(bridge.ports()).toEqual([]);
  });

  it("nova §1.7: learns of a network error after ACTIVE, which then turns into ERROR", () => {
    const bed = new ComputeBed({ compute_driver: "fake.FakeDriver" });
    const { network } = bed.startCompute("c1");
    network.failure = new Exception("Neutron is out of sorts");
    bed.build(bed.server());
    bed.settle();
    expect(bed.states().slice(-2)).toEqual(["active/NULL", "error/NULL"]);
  });

  it("nova §8.3: has room for a thousand", () => {
    const bed = new ComputeBed({ compute_driver: "fake.FakeDriver" });
    bed.startCompute("c1");
    expect(bed.db.compute_nodes.find()[0]).toMatchObject({
      vcpus: 1000,
      memory_mb: 800_000,
      local_gb: 600_000,
      hypervisor_type: "fake",
      cpu_info: "?",
    });
  });
});
