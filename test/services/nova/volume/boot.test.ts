/** Servers that boot from volumes: nova/virt/block_device.py, nova/compute/manager.py at 2014.2. */
import { describe, expect, it } from "vitest";
import { seconds } from "../../../../src/kernel/index.js";
import type { Exception } from "../../../../src/python/index.js";
import { ImageNotAuthorized, ImageNotFound } from "../../../../src/services/nova/exception.js";
import { failNext } from "../../../hardware/fake-failures.js";
import { IMAGE, uuid } from "../bed.js";
import { RETRY, faults } from "../compute/failing.js";
import { VolumeBed } from "./bed.js";
import { MADE, SNAPSHOT, VOLUME } from "./fake-cinder.js";

const ABORTED = `500 Build of instance ${uuid(1)} aborted: Failure prepping block device.`;
const CONNECT = ["GET volume", "os-initialize_connection", "os-attach"];

const FROM_IMAGE = {
  source_type: "image",
  volume_id: null,
  image_id: "11111111-0000-4000-8000-000000000000",
  volume_size: 2,
};

describe("a build from volumes", () => {
  it("attaches one that exists and fetches no image (other-services §11.2)", () => {
    const bed = new VolumeBed();
    bed.built({});
    expect(bed.stored(1)).toMatchObject({ vm_state: "active", task_state: null });
    expect(bed.asked()).toEqual(CONNECT);
    expect(bed.images.asked).toEqual([]);
    expect(bed.c1.hypervisor.disks.has(uuid(1), "vda")).toBe(true);
    expect(bed.states()).toContain("building/block_device_mapping");
  });

  it("has one made of an image, and looks every three seconds whether it is there", () => {
    const bed = new VolumeBed();
    bed.cinder.progress.push("creating", "downloading");
    bed.built(FROM_IMAGE);
    const looks = ["GET volume", "GET volume", "GET volume"];
    expect(bed.asked()).toEqual(["POST volume", ...looks, ...CONNECT]);
    expect(bed.rows()).toEqual([{ volume_id: MADE, device_name: "/dev/vda" }]);
  });

  it("names one that is made of nothing after the server, and asks for no zone and no type", () => {
    const bed = new VolumeBed();
    bed.built(
      {},
      {
        source_type: "blank",
        volume_id: null,
        volume_size: 1,
        boot_index: null,
        device_name: null,
      },
    );
    const made = bed.cinder.bodies.find((body) => JSON.stringify(body).includes("blank-vol"));
    expect(made).toMatchObject({
      volume: {
        size: 1,
        display_name: `${uuid(1)}-blank-vol`,
        volume_type: null,
        availability_zone: null,
        user_id: "alice",
        project_id: "demo",
      },
    });
    expect(bed.rows()[1]).toEqual({ volume_id: MADE, device_name: "/dev/vdb" });
  });

  it("attaches volumes before those that are made of snapshots, images and nothing", () => {
    const bed = new VolumeBed();
    const later = { boot_index: null, device_name: null, volume_id: null, volume_size: 1 };
    bed.built({ ...later, source_type: "snapshot", snapshot_id: SNAPSHOT }, {});
    expect(bed.asked().slice(0, 5)).toEqual([...CONNECT, "GET snapshot", "POST volume"]);
  });

  it.each([
    ["is in use", (bed: VolumeBed) => bed.cinder.put(VOLUME, { status: "in-use" })],
    ["is not there", (bed: VolumeBed) => bed.cinder.volumes.clear()],
    ["cannot be connected", (bed: VolumeBed) => bed.cinder.fail("os-initialize_connection", 500)],
    ["cannot be attached", (bed: VolumeBed) => bed.cinder.fail("os-attach", 403)],
  ])(
    "is given up without another host when the volume %s (other-services §11.7 row 5)",
    (_, spoil) => {
      const bed = new VolumeBed();
      spoil(bed);
      bed.built({});
      expect(bed.stored(1)).toMatchObject({ vm_state: "error" });
      expect(faults(bed)).toEqual([ABORTED]);
      expect(bed.c1.network.asked).toContain("deallocate@c1");
      expect(bed.asked()).not.toContain("os-detach");
    },
  );

  it("is given up when over quota, with a word of its own", () => {
    const bed = new VolumeBed();
    bed.cinder.fail("POST volume", 413);
    bed.built(FROM_IMAGE);
    expect(faults(bed)).toEqual([ABORTED]);
    expect(bed.logs()).toContain(
      "warning: Failed to create block device for instance due to being over volume resource quota",
    );
  });

  it.each([
    [2, 3],
    [0, 1],
    [-1, 1],
  ])(
    "with %i retries looks %i times, and loses the volume that it has asked for (other-services §4.6 row 8)",
    (retries, looks) => {
      const bed = new VolumeBed({ block_device_allocate_retries: retries });
      bed.cinder.progress.push(...Array.from({ length: 99 }, () => "creating"));
      bed.built({ ...FROM_IMAGE, delete_on_termination: true });
      expect(bed.asked().filter((what) => what === "GET volume")).toHaveLength(looks);
      expect(faults(bed)).toEqual([ABORTED]);
      // The row never learned of it, and so nobody deletes it.
      expect(bed.cinder.volumes.has(MADE)).toBe(true);
    },
  );

  it("warns of one that came to nothing, which is then refused", () => {
    const bed = new VolumeBed();
    bed.cinder.progress.push("error", "error");
    bed.built(FROM_IMAGE);
    expect(bed.logs()).toContain(
      `warning: Volume id: ${MADE} finished being created but was not set as 'available'`,
    );
    expect(bed.logs()).toContain(
      "error: Instance failed block device setup: Invalid volume: status must be 'available'",
    );
  });

  it("deletes what it has made, if that was to go with the server, but cannot connect", () => {
    const bed = new VolumeBed();
    bed.cinder.fail("os-initialize_connection", 403);
    bed.built({ ...FROM_IMAGE, delete_on_termination: true });
    expect(bed.asked().at(-1)).toBe("DELETE volume");
  });

  it.each<[string, Exception]>([
    ["is not there", new ImageNotFound({ image_id: IMAGE })],
    ["is not to be had", new ImageNotAuthorized({ image_id: IMAGE })],
  ])(
    "tells Cinder when the image %s, keeps the ports, and goes to another host (other-services §11.7 row 3)",
    (_, failure) => {
      const bed = new VolumeBed();
      const c2 = bed.startCompute("c2");
      bed.destinations.push("c2");
      const server = bed.server(1, { image_ref: IMAGE });
      bed.disk({ boot_index: null, device_name: "/dev/vdb" });
      bed.images.broken.push(failure);
      bed.build(server, RETRY);
      bed.wait(seconds(400));
      expect(bed.images.asked.filter((what) => what.startsWith("GET "))).toEqual([
        `GET ${IMAGE}`,
        `GET ${IMAGE}`,
      ]);
      const again = ["os-terminate_connection", "os-detach"];
      expect(bed.asked()).toEqual([...CONNECT, ...again, ...CONNECT]);
      for (const { network } of [bed.c1, c2]) {
        expect(network.asked.filter((what) => what.startsWith("deallocate"))).toEqual([]);
      }
      expect(bed.stored(1)).toMatchObject({ vm_state: "active", host: "c2" });
      expect(bed.rows()).toEqual([{ volume_id: VOLUME, device_name: "/dev/vdb" }]);
    },
  );

  it("tells Cinder when the guest cannot be made, and goes to another host (nova/compute/manager.py, _build_and_run_instance)", () => {
    const bed = new VolumeBed();
    bed.startCompute("c2");
    bed.destinations.push("c2");
    failNext(bed.c1.hypervisor, "spawn");
    bed.built({});
    const again = ["os-terminate_connection", "os-detach"];
    expect(bed.asked()).toEqual([...CONNECT, ...again, ...CONNECT]);
    expect(bed.stored(1)).toMatchObject({ vm_state: "active", host: "c2" });
  });
});

describe("the end of a server with volumes", () => {
  it("detaches them after the guest and its ports are gone, and deletes those that go with it", () => {
    const bed = new VolumeBed();
    bed.built({ delete_on_termination: true });
    bed.asked();
    bed.terminate();
    bed.settle();
    expect(bed.asked()).toEqual(["os-terminate_connection", "os-detach", "DELETE volume"]);
    expect(bed.stored(1)).toMatchObject({ vm_state: "deleted" });
  });

  it("takes a volume that is not there for detached (other-services §11.7 row 8)", () => {
    const bed = new VolumeBed();
    bed.built({});
    bed.cinder.volumes.clear();
    bed.terminate();
    bed.settle();
    expect(bed.stored(1)).toMatchObject({ vm_state: "deleted" });
  });

  it("is in error when Cinder fails otherwise, its ports gone already (other-services §11.7 row 8)", () => {
    const bed = new VolumeBed();
    bed.built({});
    bed.cinder.fail("os-terminate_connection", 500);
    bed.terminate();
    bed.settle();
    bed.settle();
    expect(bed.stored(1)).toMatchObject({ vm_state: "error" });
    expect(bed.c1.network.asked).toContain("deallocate@c1");
  });

  it("only logs that a volume could not be deleted (other-services §11.7 row 8)", () => {
    const bed = new VolumeBed();
    bed.built({ delete_on_termination: true });
    bed.cinder.fail("DELETE volume", 403, "no");
    bed.terminate();
    bed.settle();
    expect(bed.stored(1)).toMatchObject({ vm_state: "deleted" });
    expect(
      bed.logs().some((line) => line.startsWith(`warning: Failed to delete volume: ${VOLUME}`)),
    ).toBe(true);
  });
});
