/**
 * What the conductor makes of an object for a host of an older release. Upstream: nova/conductor/manager.py:438 (object_backport),
 * nova/objects/base.py:577, instance.py:201, compute_node.py:57, service.py:48, instance_group.py:49 at 2014.2.
 */
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../../../src/python/index.js";
import { WholeCloud } from "../../../flows/bed.js";

const whole = new WholeCloud();

const object = (name: string, version: string, data: JsonObject): JsonObject => ({
  "nova_object.name": name,
  "nova_object.namespace": "nova",
  "nova_object.version": version,
  "nova_object.data": data,
});

const backport = (objinst: Json, target_version: string): Json =>
  whole.operator("object_backport", { objinst, target_version });

const UUID = "11111111-0000-4000-8000-000000000000";
const INSTANCE = object("Instance", "1.15", {
  uuid: UUID,
  display_name: "caf\u00e9",
  numa_topology: null,
  info_cache: object("InstanceInfoCache", "1.5", { instance_uuid: UUID }),
});

describe("object_backport", () => {
  it("instance.py:213: leaves out what came later, and says the version that was asked for", () => {
    expect(backport(INSTANCE, "1.13")).toEqual(
      object("Instance", "1.13", {
        uuid: UUID,
        display_name: "caf\u00e9",
        info_cache: object("InstanceInfoCache", "1.5", { instance_uuid: UUID }),
      }),
    );
    expect(backport(INSTANCE, "1.14")).toMatchObject({
      "nova_object.data": { numa_topology: null },
    });
  });

  it("instance.py:215, :220: had an older cache before 1.10, and texts in ASCII before 1.7", () => {
    expect(backport(INSTANCE, "1.6")).toEqual(
      object("Instance", "1.6", {
        uuid: UUID,
        display_name: "caf?",
        info_cache: object("InstanceInfoCache", "1.4", { instance_uuid: UUID }),
      }),
    );
  });

  it("base.py:577: what is in a list has the version that it had in that of the list, or 1.0", () => {
    const list = (name: string, version: string, item: JsonObject): JsonObject =>
      object(name, version, { objects: [item] });
    const versions = (made: Json): unknown =>
      (made as { "nova_object.data": { objects: JsonObject[] } })["nova_object.data"].objects.map(
        (one) => one["nova_object.version"],
      );
    const instances = list("InstanceList", "1.9", INSTANCE);
    expect(versions(backport(instances, "1.6"))).toEqual(["1.13"]);
    expect(versions(backport(instances, "1.0"))).toEqual(["1.0"]);
    const disk = object("BlockDeviceMapping", "1.3", { id: 1 });
    expect(versions(backport(list("BlockDeviceMappingList", "1.4", disk), "1.3"))).toEqual(["1.2"]);
  });

  it("service.py:50, compute_node.py:61, instance_group.py:54: has its own rules for each class", () => {
    const node = object("ComputeNode", "1.5", { id: 1, host_ip: "192.168.0.1" });
    expect(backport(node, "1.3")).toEqual(object("ComputeNode", "1.3", { id: 1 }));
    const service = backport(object("Service", "1.4", { id: 1, compute_node: node }), "1.2");
    expect(service).toMatchObject({
      "nova_object.data": { compute_node: { "nova_object.version": "1.4" } },
    });
    const group = backport(object("InstanceGroup", "1.8", { id: 1 }), "1.6");
    expect(group).toMatchObject({ "nova_object.data": { metadetails: {} } });
  });

  it("base.py:366: changes nothing but the number of what has no rule", () => {
    const flavor = object("Flavor", "1.1", { id: 1, name: "m1.tiny" });
    expect(backport(flavor, "1.0")).toEqual({ ...flavor, "nova_object.version": "1.0" });
  });
});
