/** What the hypervisor does for nova-compute, and how a scenario makes it fail. */
import { describe, expect, it } from "vitest";
import { Exception } from "../../../../src/python/index.js";
import { Hypervisor, LibvirtError } from "../../../../src/services/nova/virt/hypervisor.js";
import { ComputeBed } from "../compute/compute-bed.js";
import { IMAGE, uuid } from "../fixture.js";

const guest = {
  uuid: uuid(1),
  name: "instance-00000001",
  vcpus: 1,
  memory_mb: 512,
  disk_gb: 1,
  bytes: 0,
  powerState: 1,
} as const;

describe("a hypervisor", () => {
  it("fails the next operations of a kind, as often as it was told, and no others", () => {
    const hypervisor = new Hypervisor("c1");
    hypervisor.failNext("spawn", 2, "no");
    hypervisor.attempt("destroy");
    expect(() => hypervisor.attempt("spawn")).toThrow(LibvirtError);
    expect(() => hypervisor.attempt("spawn")).toThrow("no");
    expect(() => hypervisor.attempt("spawn")).not.toThrow();
  });

  it("raises the error that it was given; healed, it raises nothing", () => {
    const hypervisor = new Hypervisor("c1");
    const error = new Exception("special");
    hypervisor.failNext("snapshot", 1, error);
    expect(() => hypervisor.attempt("snapshot")).toThrow(error);
    hypervisor.failNext("snapshot");
    hypervisor.heal();
    expect(() => hypervisor.attempt("snapshot")).not.toThrow();
  });

  it("tells whoever listens of guests that change by themselves, not of Nova's own doing", () => {
    const hypervisor = new Hypervisor("c1");
    const told: string[] = [];
    hypervisor.define(guest);
    hypervisor.listen((changed) => told.push(changed));
    hypervisor.setPowerState(guest.uuid, 4);
    hypervisor.startGuest(guest.uuid);
    expect(told).toEqual([guest.uuid]);
    expect(hypervisor.guest(guest.uuid)?.powerState).toBe(1);
  });

  it("keeps guests, switched off, and images when the host loses power", () => {
    const hypervisor = new Hypervisor("c1");
    hypervisor.define(guest);
    hypervisor.cacheImage(IMAGE, 5);
    hypervisor.powerLost();
    expect(hypervisor.guests.map(({ powerState }) => powerState)).toEqual([4]);
    expect(hypervisor.cachedImage(IMAGE)).toBe(5);
  });
});

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
    const { network, plugged } = bed.startCompute("c1");
    network.active = false;
    bed.build(bed.server());
    bed.settle();
    expect(bed.stored(1).vm_state).toBe("active");
    expect(bed.images.asked).toEqual([]);
    expect([...plugged]).toEqual([]);
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
