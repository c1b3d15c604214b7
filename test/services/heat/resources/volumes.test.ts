/** OS::Cinder::Volume and its attachment: heat/engine/resources/volume.py at 2014.2 (test_volume.py). */
import { describe, expect, it } from "vitest";
import { isObject, textOf, type JsonObject } from "../../../../src/python/index.js";
import { StackBed } from "../cloud-bed.js";

const volumeOf = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({
  heat_template_version: "2013-05-23",
  resources: { volume: { type: "OS::Cinder::Volume", properties, ...more } },
  outputs: Object.fromEntries(
    ["size", "display_name", "status", "metadata", "metadata_values", "bootable"].map((key) => [
      key,
      { value: { get_attr: ["volume", key] } },
    ]),
  ),
});

const attached = (properties: JsonObject = {}): JsonObject => ({
  heat_template_version: "2013-05-23",
  resources: {
    server: { type: "OS::Nova::Server", properties: { image: "cirros", flavor: "m1.nano" } },
    volume: { type: "OS::Cinder::Volume", properties: { size: 1, ...properties } },
    attachment: {
      type: "OS::Cinder::VolumeAttachment",
      properties: {
        instance_uuid: { get_resource: "server" },
        volume_id: { get_resource: "volume" },
      },
    },
  },
});

const volumes = (bed: StackBed): readonly JsonObject[] => {
  const demo = bed.cloud.user("demo");
  const { body } = bed.cloud.run(demo.request("volume", "GET", "/volumes/detail"));
  return isObject(body) ? (body["volumes"] as readonly JsonObject[]) : [];
};

describe("a volume", () => {
  it("is made under the name of its resource, and says what Cinder says, as text", () => {
    const bed = new StackBed();
    const stack = bed.build("v1", volumeOf({ size: 2, metadata: { a: "b" } }));
    const { display_name, ...rest } = bed.outputs(stack);
    expect(display_name).toMatch(/^v1-volume-[a-z2-7]{12}$/u);
    expect(rest).toEqual({
      size: "2",
      status: "available",
      metadata: '{"a": "b"}',
      metadata_values: { a: "b" },
      bootable: "false",
    });
  });

  it.each([
    [{ size: 0 }, "Property error : volume: size 0 is out of range (min: 1, max: None)"],
    [{ size: "big" }, "Property error : volume: size Value 'big' is not an integer"],
    [
      { size: 1, image: "windows" },
      "Property error : volume: image Error validating value u'windows': The Image (windows) could not be found.",
    ],
  ])("is refused as %o", (properties, message) => {
    expect(new StackBed().build("v1", volumeOf(properties))).toBe(message);
  });

  it("that no host has room for is made anew until nobody tries any more", () => {
    const bed = new StackBed();
    const stack = bed.build("v1", volumeOf({ size: 999 }));
    expect(bed.state(stack)).toBe(
      'CREATE_FAILED: Resource CREATE failed: ResourceInError: Went to status error due to "Unknown"',
    );
  });

  it("is renamed, told its metadata and made larger in place", () => {
    const bed = new StackBed();
    const stack = bed.build("v1", volumeOf({ size: 1, name: "one" }));
    const [before] = volumes(bed);
    bed.change(stack, volumeOf({ size: 2, name: "two", metadata: { a: "b" } }));
    expect(bed.state(stack)).toBe("UPDATE_COMPLETE: Stack successfully updated");
    const [after] = volumes(bed);
    expect(after).toMatchObject({ size: 2, display_name: "two", metadata: { a: "b" } });
    expect(textOf(after ?? {}, "id")).toBe(textOf(before ?? {}, "id"));
  });

  it("does not shrink", () => {
    const bed = new StackBed();
    const stack = bed.build("v1", volumeOf({ size: 2 }));
    bed.change(stack, volumeOf({ size: 1 }));
    expect(bed.state(stack)).toBe(
      "UPDATE_FAILED: NotSupported: Shrinking volume is not supported.",
    );
  });

  it("that is attached by somebody else is not deleted", () => {
    const bed = new StackBed();
    const stack = bed.build("v1", volumeOf({ size: 1 }));
    const other = bed.build("s1", {
      heat_template_version: "2013-05-23",
      resources: {
        server: { type: "OS::Nova::Server", properties: { image: "cirros", flavor: "m1.nano" } },
        attachment: {
          type: "OS::Cinder::VolumeAttachment",
          properties: {
            instance_uuid: { get_resource: "server" },
            volume_id: textOf(volumes(bed)[0] ?? {}, "id"),
          },
        },
      },
    });
    expect(bed.state(other)).toBe("CREATE_COMPLETE: Stack CREATE completed successfully");
    bed.ask("DELETE", stack);
    bed.cloud.settle();
    expect(bed.state(stack)).toBe("DELETE_FAILED: Resource DELETE failed: Error: Volume in use");
  });
});

describe("an attachment", () => {
  it("holds the volume until Nova and Cinder have let go of it", () => {
    const bed = new StackBed();
    const stack = bed.build("a1", attached());
    expect(bed.state(stack)).toBe("CREATE_COMPLETE: Stack CREATE completed successfully");
    expect(volumes(bed)[0]).toMatchObject({ status: "in-use" });
    bed.ask("DELETE", stack);
    bed.cloud.settle();
    expect(bed.state(stack)).toBe("DELETE_COMPLETE: Stack DELETE completed successfully");
    expect(volumes(bed)).toEqual([]);
    expect(bed.cloud.leftovers()).toEqual([]);
  });

  it("is undone while its volume grows, and made again (HEAT-199)", () => {
    const bed = new StackBed();
    const stack = bed.build("a1", attached());
    bed.change(stack, attached({ size: 2 }));
    expect(bed.state(stack)).toBe("UPDATE_COMPLETE: Stack successfully updated");
    expect(volumes(bed)[0]).toMatchObject({ status: "in-use", size: 2 });
  });
});
