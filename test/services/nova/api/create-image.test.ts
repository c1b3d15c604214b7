/**
 * What nova-api says to `createImage` and `createBackup`: nova/api/openstack/compute/servers.py
 * (_action_create_image), contrib/admin_actions.py (_create_backup), nova/api/openstack/common.py
 * (check_img_metadata_properties_quota) at 2014.2.
 */
import { describe, expect, it } from "vitest";
import type { Json } from "../../../../src/python/index.js";
import { ApiBed, CIRROS, IMAGE, NOWHERE } from "./bed.js";
import { VolumeApiBed } from "./volume-bed.js";
import { SNAPSHOT, VOLUME } from "../volume/fake-cinder.js";

const image = (entity: Json): Json => ({ createImage: entity });
const backup = (changes: Record<string, Json> = {}): Json => ({
  createBackup: { name: "b", backup_type: "daily", rotation: 1, ...changes },
});

describe("createImage", () => {
  const bed = new ApiBed();

  it("answers where the image is, and hands over once the task is noted", () => {
    const id = bed.active({ locked: true, locked_by: "admin" });
    const { status, body, headers } = bed.act(id, image({ name: "snap", metadata: { os: 7 } }));
    expect([status, body]).toEqual([202, null]);
    expect(headers["location"]).toBe(
      `http://controller:8774/v2/${bed.demo.project}/images/${NOWHERE}`,
    );
    expect(bed.db.instances.get(id)?.task_state).toBe("image_snapshot_pending");
    expect(
      bed.castings().map(({ method, version, args }) => [method, version, args["image_id"]]),
    ).toEqual([["snapshot_instance", "3.0", NOWHERE]]);
    expect(bed.images.get(NOWHERE)).toMatchObject({
      name: "snap",
      is_public: false,
      properties: { image_type: "snapshot", instance_uuid: id, os: "7" },
    });
  });

  it("lets the metadata that is given stand before all others", () => {
    bed.act(bed.active(), image({ name: "s", metadata: { image_type: "mine", user_id: "x" } }));
    expect(bed.images.get(NOWHERE)?.properties).toMatchObject({ image_type: "mine", user_id: "x" });
  });

  const server = bed.active();
  const many = Object.fromEntries(Array.from({ length: 129 }, (_, at) => [`k${at}`, "v"]));
  it.each<[string, Json, string]>([
    ["no name", {}, "400 createImage entity requires name attribute"],
    ["an empty name", { name: "" }, "400 createImage entity requires name attribute"],
    ["no dictionary", null, "500"],
    ["too much metadata", { name: "s", metadata: many }, "403 Image metadata limit exceeded"],
    ["a list of metadata", { name: "s", metadata: ["a"] }, "400 Invalid image metadata"],
    ["no metadata at all", { name: "s", metadata: null }, "400 The server could not comply"],
    [
      "a key of nothing",
      { name: "s", metadata: { "": "v" } },
      "400 Image metadata key cannot be blank",
    ],
    [
      "a long key",
      { name: "s", metadata: { ["k".repeat(256)]: "v" } },
      "400 Image metadata key too long",
    ],
  ])("refuses %s", (_name, entity, says) => {
    bed.forget();
    expect(bed.told(bed.act(server, image(entity)))).toMatch(new RegExp(`^${says}`, "u"));
    expect(bed.casts()).toEqual([]);
  });

  it("looks at what is asked before it looks for the server", () => {
    expect(bed.told(bed.act(NOWHERE, image({})))).toMatch(/^400/u);
    expect(bed.told(bed.act(NOWHERE, image({ name: "s" })))).toBe(
      "404 Instance could not be found",
    );
  });

  it("is refused where allow_instance_snapshots says so, whatever else is wrong", () => {
    const closed = new ApiBed({ allow_instance_snapshots: false });
    expect(closed.told(closed.act(closed.active(), image({})))).toBe(
      "400 Instance snapshots are not permitted at this time.",
    );
  });

  it("of a server that is busy is a 409, before Glance is asked for anything", () => {
    const id = bed.active({ task_state: "image_uploading" });
    bed.asked.length = 0;
    expect(bed.told(bed.act(id, image({ name: "s" })))).toBe(
      "409 Cannot 'createImage' while instance is in task_state image_uploading",
    );
    expect(bed.asked).toEqual([]);
  });
});

describe("createBackup", () => {
  const bed = new ApiBed();

  it("answers a place without the project, and says type and rotation to the host", () => {
    const id = bed.active();
    const { status, headers } = bed.act(id, backup({ rotation: " 3 " }));
    expect([status, headers["location"]]).toEqual([
      202,
      `http://controller:8774/v2/images/${NOWHERE}`,
    ]);
    expect(bed.castings()[0]).toMatchObject({
      method: "backup_instance",
      args: { backup_type: "daily", rotation: 3, image_id: NOWHERE },
    });
    expect(bed.db.instances.get(id)?.task_state).toBe("image_backup");
    expect(bed.images.get(NOWHERE)?.properties).toMatchObject({
      image_type: "backup",
      backup_type: "daily",
    });
  });

  it("answers no place where no backup is kept", () => {
    const { status, headers } = bed.act(bed.active(), backup({ rotation: 0 }));
    expect([status, headers["location"]]).toEqual([202, undefined]);
  });

  const server = bed.active();
  it.each<[string, Json, string]>([
    ["no name", { createBackup: {} }, "400 createBackup entity requires 'name' attribute"],
    ["no dictionary", { createBackup: "daily" }, "400 Malformed createBackup entity"],
    [
      "a rotation in words",
      backup({ rotation: "two" }),
      "400 createBackup attribute 'rotation' must be an integer",
    ],
    [
      "a rotation below zero",
      backup({ rotation: -1 }),
      "400 createBackup attribute 'rotation' must be greater than or equal to zero",
    ],
    ["a rotation of nothing", backup({ rotation: null }), "400 The server could not comply"],
    ["metadata that is none", backup({ metadata: "x" }), "400 Invalid image metadata"],
  ])("refuses %s", (_name, body, says) => {
    bed.forget();
    expect(bed.told(bed.act(server, body))).toMatch(new RegExp(`^${says}`, "u"));
    expect(bed.casts()).toEqual([]);
  });
});

describe("createImage of a server on a volume", () => {
  const bed = new VolumeApiBed();
  const onVolume = (values = {}): string => {
    const id = bed.guest({ image_ref: "", ...values });
    const disk = { instance_uuid: id, device_name: "/dev/vda", boot_index: 0 };
    const kind = { source_type: "volume", destination_type: "volume", volume_id: VOLUME };
    const [row] = bed.db.block_device_mapping.find({ instance_uuid: id });
    bed.db.block_device_mapping.update(row!.id, { ...disk, ...kind });
    return id;
  };

  it("has what the volume remembers of its image, and its disks", () => {
    bed.cinder.put(VOLUME, {
      display_description: "the root",
      volume_image_metadata: { os_type: "linux" },
    });
    const id = onVolume();
    expect(bed.act(id, image({ name: "copy", metadata: { a: "b" } })).status).toBe(202);
    expect(bed.cinder.asked).toEqual(["GET volume", "GET volume", "POST snapshot"]);
    expect(bed.cinder.bodies.at(-1)).toMatchObject({
      snapshot: {
        force: true,
        volume_id: VOLUME,
        display_name: "snapshot for copy",
        display_description: "the root",
      },
    });
    const { properties, size } = bed.images.get(NOWHERE)!;
    expect(size).toBe(0);
    const { block_device_mapping, ...others } = properties;
    expect(others).toEqual({
      os_type: "linux",
      root_device_name: "/dev/vda",
      a: "b",
      bdm_v2: "True",
    });
    expect(JSON.parse(block_device_mapping ?? "")).toEqual([
      {
        source_type: "snapshot",
        destination_type: "volume",
        snapshot_id: SNAPSHOT,
        boot_index: 0,
        ...{ device_type: "disk", disk_bus: null, guest_format: null, volume_id: null },
        ...{ delete_on_termination: null, volume_size: null, image_id: null, no_device: null },
      },
    ]);
    expect(bed.db.instances.get(id)?.task_state).toBeNull();
  });

  it("has what Glance says where its image is known, without the disks that are blank", () => {
    const mappings = JSON.stringify([
      { virtual: "swap", device: "vdc" },
      { virtual: "ami", device: "vda" },
    ]);
    bed.images.set(IMAGE, { ...CIRROS, properties: { mappings } });
    bed.act(onVolume({ image_ref: IMAGE }), image({ name: "copy" }));
    const made = bed.images.get(NOWHERE)!;
    expect(made).toMatchObject({ disk_format: "qcow2", size: 0, name: "copy", is_public: false });
    expect(JSON.parse(made.properties["mappings"] ?? "")).toEqual([
      { virtual: "ami", device: "vda" },
    ]);
  });

  it("is refused where it is paused, after Cinder was asked; and where Cinder knows nothing of it", () => {
    const paused = onVolume({ vm_state: "paused" });
    expect(bed.told(bed.act(paused, image({ name: "s" })))).toBe(
      "409 Cannot 'createImage' while instance is in vm_state paused",
    );
    expect(bed.cinder.asked).toEqual(["GET volume"]);
    bed.cinder.volumes.delete(VOLUME);
    expect(bed.told(bed.act(onVolume(), image({ name: "s" })))).toMatch(
      /^400 Block Device Mapping is Invalid: failed to get volume \d+\.$/u,
    );
  });
});
