/**
 * Boots from volumes as nova-api takes them or refuses them: nova/compute/api.py
 * (_get_bdm_image_metadata, _validate_bdm, _get_image_defined_bdms) at 2014.2; nova §1.2 rows 16b and 34, §1.8.
 */
import { beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/python/index.js";
import { CIRROS, IMAGE } from "./bed.js";
import { SNAPSHOT, VOLUME } from "../volume/fake-cinder.js";
import { VolumeApiBed } from "./volume-bed.js";

let bed: VolumeApiBed;

beforeEach(() => {
  bed = new VolumeApiBed();
});

const second = (...devices: readonly JsonObject[]): JsonObject => ({
  imageRef: "",
  block_device_mapping_v2: devices,
});

const root = {
  source_type: "volume",
  destination_type: "volume",
  uuid: VOLUME,
  boot_index: 0,
};

const first = (device: JsonObject): JsonObject => ({
  imageRef: "",
  block_device_mapping: [device],
});

/** The rows of the one server: source, destination, boot index, name. */
const rows = () =>
  bed.db.block_device_mapping
    .find()
    .map(({ source_type, destination_type, boot_index, device_name }) =>
      [source_type, destination_type, boot_index, device_name].join(" "),
    );

describe("a boot from a volume", () => {
  it("looks at it twice: what it was made of, and whether it can be had", () => {
    expect(bed.told(bed.boot(second(root)))).toBe("202");
    expect(bed.cinder.asked).toEqual(["GET volume", "GET volume"]);
    expect(rows()).toEqual(["volume volume 0 "]);
    expect(bed.castings()[0]?.args).toMatchObject({
      image: { properties: {}, min_ram: 0, min_disk: 0, size: 0, status: "active" },
    });
  });

  it("in the first form is one from what is called vda", () => {
    const device = { device_name: "vda", volume_id: VOLUME, delete_on_termination: "1" };
    expect(bed.told(bed.boot(first(device)))).toBe("202");
    expect(rows()).toEqual(["volume volume 0 /dev/vda"]);
    expect(bed.db.block_device_mapping.find()[0]).toMatchObject({ delete_on_termination: true });
  });

  it("in the first form of another name has nothing to boot from", () => {
    expect(bed.told(bed.boot(first({ device_name: "vdb", volume_id: VOLUME })))).toBe(
      "400 Block Device Mapping is Invalid: Boot sequence for the instance and image/block device mapping combination is not valid.",
    );
  });

  it("takes over what the volume says of its image, as text (LP 1367540)", () => {
    bed.cinder.put(VOLUME, {
      volume_image_metadata: {
        image_id: IMAGE,
        min_disk: "0",
        min_ram: "0",
        size: "13",
        os_type: "x",
      },
    });
    expect(bed.told(bed.boot(second(root)))).toBe("202");
    const [metadata] = bed.db.instance_system_metadata.find();
    // A text is more than any number: max("0", 1) is "0".
    expect(metadata?.metadata).toMatchObject({ image_min_disk: "0", image_os_type: "x" });
    expect(bed.db.instances.find()[0]).toMatchObject({ os_type: "x", image_ref: "" });
  });

  it.each([
    [{ min_ram: "9999" }, "400 Flavor's memory is too small for requested image."],
    [{ min_disk: "2" }, "400 Flavor's disk is too small for requested image."],
    [{ size: "2000000000" }, "400 Flavor's disk is too small for requested image."],
  ])("is refused for what its image needed: %j", (volume_image_metadata, told) => {
    bed.cinder.put(VOLUME, { volume_image_metadata });
    expect(bed.told(bed.boot(second(root)))).toBe(told);
  });

  it.each([
    [{ bootable: "false" }, `400 Block Device ${VOLUME} is not bootable.`],
    [{ status: "in-use" }, "400 Invalid volume: status must be 'available'"],
  ])("is refused for a volume with %j, and leaves nothing behind", (values, told) => {
    bed.cinder.put(VOLUME, values);
    expect(bed.told(bed.boot(second(root)))).toBe(told);
    expect(bed.db.instances.find()).toEqual([]);
    expect(rows()).toEqual([]);
    expect(bed.castings()).toEqual([]);
  });

  it("is refused for several servers", () => {
    expect(bed.told(bed.boot({ ...second(root), min_count: 2 }))).toBe(
      "400 Cannot attach one or more volumes to multiple instances",
    );
  });

  it("is a 500 when Cinder cannot be reached, and the quota is given back", () => {
    bed = new VolumeApiBed({ "cinder.endpoint_template": "http://nowhere:1/v1/%(project_id)s" });
    expect(bed.boot(second(root)).status).toBe(500);
    expect(bed.db.instances.find()).toEqual([]);
    expect(bed.db.reservations.find()).toEqual([]);
  });

  it("with an image that has no id is one from the volume beside it (_get_bdm_image_metadata)", () => {
    expect(bed.told(bed.boot(second({ ...root, image_id: "" })))).toBe("202");
    expect(bed.cinder.asked[0]).toBe("GET volume");
  });

  it("looks no closer at what is no device (BlockDeviceDict._validate)", () => {
    const none = { no_device: true, device_name: "v db", volume_size: "much", boot_index: null };
    expect(bed.told(bed.boot(second(root, none)))).toBe("202");
  });

  it.each([5, ["swap"], { a: 1 }])("in the first form knows no disk called %j", (virtual_name) => {
    const device = { device_name: "vda", volume_id: VOLUME, virtual_name };
    expect(bed.told(bed.boot(first(device)))).toBe(
      "400 The server could not comply with the request since it is either malformed or otherwise incorrect.",
    );
  });

  it("of a snapshot asks whether there is one, and nothing of what is in it", () => {
    const device = { ...root, source_type: "snapshot", uuid: SNAPSHOT };
    expect(bed.told(bed.boot(second(device)))).toBe("202");
    expect(bed.cinder.asked).toEqual(["GET snapshot"]);
    expect(bed.castings()[0]?.args).toMatchObject({ image: {} });
    bed.cinder.fail("GET snapshot", 404);
    expect(bed.told(bed.boot(second(device)))).toBe(
      `400 Block Device Mapping is Invalid: failed to get snapshot ${SNAPSHOT}.`,
    );
  });
});

describe("disks that an image defines", () => {
  const defined = (properties: Record<string, string>): void => {
    bed.images.set(IMAGE, { ...CIRROS, properties });
  };

  it("come after those of the request; their root takes the place of the image's copy", () => {
    const device = { source_type: "snapshot", destination_type: "volume", snapshot_id: SNAPSHOT };
    const block_device_mapping = JSON.stringify([{ ...device, boot_index: 0 }]);
    defined({ block_device_mapping, bdm_v2: "True" });
    expect(bed.told(bed.boot())).toBe("202");
    expect(rows()).toEqual(["snapshot volume 0 "]);
  });

  it("in the words of before: the one that is called as the root is it", () => {
    const device = { device_name: "/dev/vda", snapshot_id: SNAPSHOT };
    defined({ block_device_mapping: JSON.stringify([device]) });
    expect(bed.told(bed.boot())).toBe("202");
    expect(rows()).toEqual(["snapshot volume 0 /dev/vda"]);
  });

  it("as mappings are swap and ephemeral disks of the flavor, if that has any", () => {
    defined({
      mappings: JSON.stringify([
        { virtual: "ami", device: "vda" },
        { virtual: "swap", device: "vdb" },
        { virtual: "ephemeral0", device: "/dev/vdc" },
      ]),
    });
    // m1.tiny has neither.
    expect(bed.told(bed.boot())).toBe("202");
    expect(rows()).toEqual(["image local 0 "]);
  });

  it.each([
    [{ device_name: "a b", volume_id: VOLUME }, "Device name contains spaces."],
    [{ device_name: "vdb", volume_id: VOLUME, volume_size: "x" }, "Invalid volume_size."],
    [{ device_name: "vdb" }, "Unrecognized legacy format."],
  ])("in the words of before are looked at as those of requests are: %j", (device, told) => {
    defined({ block_device_mapping: JSON.stringify([device]) });
    expect(bed.told(bed.boot())).toBe(`400 Block Device Mapping is Invalid: ${told}`);
  });

  it("that make no sense are the client's fault", () => {
    defined({ block_device_mapping: JSON.stringify([{ bogus: 1 }]), bdm_v2: "1" });
    expect(bed.told(bed.boot())).toBe(
      "400 Block Device Mapping is Invalid: Some fields are invalid.",
    );
  });
});

describe("rows of disks", () => {
  it("of one name are one row, and there is one disk to swap on (block_device_mapping_update_or_create)", () => {
    const local = { source_type: "blank", destination_type: "local", device_name: "/dev/vdb" };
    const devices = [
      root,
      { ...local, volume_size: 0 },
      { ...root, boot_index: -1, device_name: "vdc" },
    ];
    expect(
      bed.told(bed.boot(second(...devices, { ...root, boot_index: null, device_name: "vdc" }))),
    ).toBe("202");
    expect(rows()).toEqual(["volume volume 0 ", "volume volume  /dev/vdc"]);
  });
});
