/** Volumes that come into guests that are there, and go: nova/compute/manager.py at 2014.2. */
import { beforeEach, describe, expect, it } from "vitest";
import { DevicePathInUse, InvalidDevicePath } from "../../../../src/services/nova/exception.js";
import type { BlockDeviceMapping } from "../../../../src/services/nova/objects/block-device-mapping.js";
import { failNext } from "../../../hardware/fake-failures.js";
import { uuid } from "../bed.js";
import { faults } from "../compute/failing.js";
import { VolumeBed } from "./bed.js";
import { MADE, VOLUME } from "./fake-cinder.js";

let bed: VolumeBed;

beforeEach(() => {
  bed = new VolumeBed();
});

function reserve(device: string | null = null): BlockDeviceMapping {
  const args = { instance: bed.reload(), device, volume_id: VOLUME };
  const rest = { disk_bus: null, device_type: null, return_bdm_object: true };
  const compute = bed.compute.prepare({ server: "c1" });
  return bed.run(
    compute.reserve_block_device_name(bed.ctxt, { ...args, ...rest }),
  ) as BlockDeviceMapping;
}

function attach(device: string | null = null): void {
  const bdm = reserve(device);
  bed.cinder.put(VOLUME, { status: "attaching" });
  bed.cinder.asked.length = 0;
  const args = { instance: bed.reload(), volume_id: VOLUME, mountpoint: device, bdm };
  bed.run(bed.compute.prepare({ server: "c1" }).attach_volume(bed.ctxt, args));
  bed.settle();
}

function detach(): void {
  bed.cinder.put(VOLUME, { status: "detaching" });
  const args = { instance: bed.reload(), volume_id: VOLUME };
  bed.run(bed.compute.prepare({ server: "c1" }).detach_volume(bed.ctxt, args));
  bed.settle();
}

describe("reserve_block_device_name", () => {
  it("chooses the first free letter and makes the row (nova/compute/utils.py get_next_device_name)", () => {
    bed.active();
    expect(reserve().device_name).toBe("/dev/vdb");
    expect(reserve().device_name).toBe("/dev/vdc");
    expect(bed.rows().map(({ device_name }) => device_name)).toEqual(["/dev/vdb", "/dev/vdc"]);
  });

  it("gives a name that is asked for the prefix of the root disk", () => {
    bed.active();
    expect(reserve("/dev/sdf").device_name).toBe("/dev/vdf");
  });

  it("refuses a name that is taken, and what is no name of a device", () => {
    bed.active();
    expect(() => reserve("/dev/vda")).toThrow(DevicePathInUse);
    expect(() => reserve("vdq")).toThrow(InvalidDevicePath);
    expect(bed.rows()).toEqual([]);
  });
});

describe("attach_volume", () => {
  it("looks, connects, puts the disk in, tells Cinder, and only then stores the connection", () => {
    bed.active();
    attach();
    expect(bed.asked()).toEqual(["GET volume", "os-initialize_connection", "os-attach"]);
    const connector = { ip: "127.0.0.1", host: "c1", initiator: "iqn.1993-08.org.debian:01:c1" };
    expect(bed.cinder.bodies.at(-2)).toEqual({ "os-initialize_connection": { connector } });
    expect(bed.cinder.bodies.at(-1)).toEqual({
      "os-attach": { instance_uuid: uuid(1), mountpoint: "/dev/vdb", mode: "rw" },
    });
    expect(bed.c1.hypervisor.disks.has(uuid(1), "vdb")).toBe(true);
    const [row] = bed.db.block_device_mapping.find({ volume_id: VOLUME });
    expect(JSON.parse(row?.connection_info ?? "")).toMatchObject({
      serial: VOLUME,
      data: { device_path: "/dev/disk/by-path/ip-10.0.0.9:3260-iscsi-iqn.x-lun-1" },
    });
    expect(bed.notified().at(-1)).toBe("compute.instance.volume.attach");
  });

  it("takes the export back when the driver fails, unreserves, and forgets the row", () => {
    bed.active();
    failNext(bed.c1.hypervisor, "attach_volume");
    attach();
    expect(bed.asked()).toEqual([
      "GET volume",
      "os-initialize_connection",
      "os-terminate_connection",
      "os-unreserve",
    ]);
    expect(bed.rows()).toEqual([]);
    expect(faults(bed)).toHaveLength(1);
    expect(bed.notified()).toContain("attach_volume");
    expect(bed.stored(1)).toMatchObject({ vm_state: "active", task_state: null });
  });

  it("leaves the disk in the guest when Cinder refuses at the end, and forgets its row all the same", () => {
    bed.active();
    bed.cinder.fail("os-attach", 403);
    attach();
    expect(bed.asked().slice(-2)).toEqual(["os-attach", "os-unreserve"]);
    expect(bed.rows()).toEqual([]);
    expect(bed.c1.hypervisor.disks.has(uuid(1), "vdb")).toBe(true);
  });

  it("is no event of an action (nova/compute/manager.py: no wrap_instance_event)", () => {
    bed.active();
    const before = bed.db.instance_actions_events.find().length;
    attach();
    expect(bed.db.instance_actions_events.find()).toHaveLength(before);
  });
});

describe("detach_volume", () => {
  it("takes the disk out, the export back, destroys the row, and tells Cinder last", () => {
    bed.active();
    attach();
    bed.asked();
    detach();
    expect(bed.asked()).toEqual(["os-terminate_connection", "os-detach"]);
    expect(bed.rows()).toEqual([]);
    expect(bed.c1.hypervisor.disks.has(uuid(1), "vdb")).toBe(false);
    expect(bed.notified().at(-1)).toBe("compute.instance.volume.detach");
  });

  it("rolls back when the driver fails, and keeps the row", () => {
    bed.active();
    attach();
    bed.asked();
    failNext(bed.c1.hypervisor, "detach_volume");
    detach();
    expect(bed.asked()).toEqual(["os-roll_detaching"]);
    expect(bed.rows()).toHaveLength(1);
    expect(faults(bed)).toHaveLength(1);
  });

  it("has forgotten the row when Cinder refuses at the end", () => {
    bed.active();
    attach();
    bed.cinder.fail("os-detach", 403);
    detach();
    expect(bed.rows()).toEqual([]);
  });

  it("fails before it has touched anything where no connection is stored yet (LP 1327218)", () => {
    bed.active();
    reserve();
    bed.asked();
    detach();
    expect(bed.asked()).toEqual([]);
    expect(faults(bed)).toEqual(["500 expected string or buffer"]);
    expect(bed.rows()).toHaveLength(1);
  });

  it("is a fault where there is no such row", () => {
    bed.active();
    detach();
    expect(faults(bed)).toEqual([`404 No volume Block Device Mapping with id ${VOLUME}.`]);
  });
});

describe("swap_volume (nova/compute/manager.py _swap_volume)", () => {
  function swap(before: () => void = () => undefined): void {
    bed.active();
    attach();
    before();
    bed.cinder.put(VOLUME, { status: "detaching" });
    bed.cinder.put(MADE, { status: "attaching" });
    bed.asked();
    const ids = { old_volume_id: VOLUME, new_volume_id: MADE };
    const compute = bed.compute.prepare({ server: "c1" });
    bed.run(compute.swap_volume(bed.ctxt, { instance: bed.reload(), ...ids }));
    bed.settle();
  }

  it("connects the new one, lets go of the old one, and tells Cinder before the row is saved", () => {
    swap();
    expect(bed.asked()).toEqual([
      "os-initialize_connection",
      "GET volume",
      "GET volume",
      "os-terminate_connection",
      "os-migrate_volume_completion",
      "os-attach",
      "os-detach",
    ]);
    expect(bed.rows()).toEqual([{ volume_id: MADE, device_name: "/dev/vdb" }]);
    const [row] = bed.db.block_device_mapping.find({ volume_id: MADE });
    // The guest sees the serial number that it knows.
    expect(JSON.parse(row?.connection_info ?? "")).toMatchObject({ serial: VOLUME });
  });

  it("rolls both back when the driver fails, and tells Cinder that it did", () => {
    bed.active();
    attach();
    failNext(bed.c1.hypervisor, "attach_volume");
    bed.cinder.put(MADE, { status: "attaching" });
    bed.asked();
    const ids = { old_volume_id: VOLUME, new_volume_id: MADE };
    const compute = bed.compute.prepare({ server: "c1" });
    bed.run(compute.swap_volume(bed.ctxt, { instance: bed.reload(), ...ids }));
    bed.settle();
    expect(bed.asked().slice(3)).toEqual([
      "os-roll_detaching",
      "os-unreserve",
      "os-terminate_connection",
      "os-migrate_volume_completion",
    ]);
    expect(bed.rows()).toEqual([{ volume_id: VOLUME, device_name: "/dev/vdb" }]);
    expect(bed.cinder.bodies.at(-1)).toMatchObject({
      "os-migrate_volume_completion": { new_volume: MADE, error: true },
    });
  });

  it("tells Cinder that it failed even if it cannot roll back (finally)", () => {
    swap(() => {
      bed.cinder.fail("os-initialize_connection", 404);
      bed.cinder.fail("os-roll_detaching", 403);
    });
    expect(bed.asked()).toEqual([
      "os-initialize_connection",
      "os-roll_detaching",
      "os-migrate_volume_completion",
    ]);
  });

  it("of somebody who may not tell Cinder ends half way: swapped, and the row as it was (LP 1316079)", () => {
    bed.cinder.fail("os-migrate_volume_completion", 403);
    swap();
    expect(bed.rows()).toEqual([{ volume_id: VOLUME, device_name: "/dev/vdb" }]);
    expect(bed.asked().at(-1)).toBe("os-migrate_volume_completion");
  });
});
