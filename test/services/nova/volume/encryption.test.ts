/**
 * nova/volume/encryptors/__init__.py (get_encryption_metadata) and who calls it: nova/virt/block_device.py (attach),
 * nova/compute/manager.py (_detach_volume), nova/virt/libvirt/driver.py (_create_domain_and_network, cleanup)
 * at 2014.2.
 */
import { beforeEach, describe, expect, it } from "vitest";
import { uuid } from "../bed.js";
import { faults } from "../compute/failing.js";
import { VolumeBed } from "./bed.js";
import { VOLUME } from "./fake-cinder.js";

let bed: VolumeBed;

beforeEach(() => {
  bed = new VolumeBed();
  bed.cinder.data = { encrypted: true, volume_id: VOLUME };
});

function attach(): void {
  const c1 = bed.compute.prepare({ server: "c1" });
  const reserved = { device: null, disk_bus: null, device_type: null, return_bdm_object: true };
  const asked = { instance: bed.reload(), volume_id: VOLUME };
  bed.run(c1.reserve_block_device_name(bed.ctxt, { ...asked, ...reserved }));
  bed.cinder.put(VOLUME, { status: "attaching" });
  bed.run(c1.attach_volume(bed.ctxt, { ...asked, mountpoint: null, bdm: null }));
  bed.settle();
}

function detach(): void {
  const args = { instance: bed.reload(), volume_id: VOLUME };
  bed.run(bed.compute.prepare({ server: "c1" }).detach_volume(bed.ctxt, args));
  bed.settle();
}

const ATTACHED = ["GET volume", "os-initialize_connection", "GET encryption", "os-attach"];

describe("a volume whose connection says that it is encrypted", () => {
  it("is asked about when it comes to a guest that is there, and when it leaves", () => {
    bed.active();
    attach();
    expect(bed.asked()).toEqual(ATTACHED);
    detach();
    expect(bed.asked()).toEqual(["GET encryption", "os-terminate_connection", "os-detach"]);
  });

  it("is asked about before a new guest starts, and after it is gone", () => {
    bed.built({});
    expect(bed.asked()).toEqual([
      "GET volume",
      "os-initialize_connection",
      "os-attach",
      "GET encryption",
    ]);
    bed.terminate();
    bed.settle();
    expect(bed.asked()).toEqual(["GET encryption", "os-terminate_connection", "os-detach"]);
  });

  it("is not asked about when its guest is switched on again (`reboot`)", () => {
    bed.built({});
    const c1 = bed.compute.prepare({ server: "c1" });
    bed.run(c1.stop_instance(bed.ctxt, { instance: bed.reload() }));
    bed.settle();
    bed.asked();
    bed.run(c1.start_instance(bed.ctxt, { instance: bed.reload() }));
    bed.settle();
    expect(bed.asked()).toEqual([]);
  });

  it("is not asked about in a guest's life unless the connection names it (`volume_id`)", () => {
    bed.cinder.data = { encrypted: true };
    bed.built({});
    expect(bed.asked()).not.toContain("GET encryption");
  });

  it("stays away when nobody says how, its export where it is", () => {
    bed.active();
    bed.cinder.fail("GET encryption", 403, "no keys");
    attach();
    expect(bed.asked()).toEqual([...ATTACHED.slice(0, 3), "os-unreserve"]);
    expect(bed.rows()).toEqual([]);
    expect(bed.c1.hypervisor.disks.has(uuid(1), "vdb")).toBe(false);
    expect(faults(bed)).toHaveLength(1);
    expect(bed.logs().join("\n")).toContain(
      `Failed to retrieve encryption metadata for volume ${VOLUME}: no keys (HTTP 403)`,
    );
  });

  it("stays when it is to leave and nobody says how", () => {
    bed.active();
    attach();
    bed.asked();
    bed.cinder.fail("GET encryption", 403);
    detach();
    expect(bed.asked()).toEqual(["GET encryption", "os-roll_detaching"]);
    expect(bed.rows()).toHaveLength(1);
  });
});

describe("any other volume", () => {
  it("is not asked about", () => {
    bed.cinder.data = { encrypted: false, volume_id: VOLUME };
    bed.active();
    attach();
    detach();
    expect(bed.asked()).not.toContain("GET encryption");
  });
});
