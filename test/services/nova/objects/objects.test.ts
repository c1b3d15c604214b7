/** Versioned objects: nova §0.2. */
import { describe, expect, test } from "vitest";
import { toJson, type Json } from "../../../../src/python/index.js";
import type { ObjectStore } from "../../../../src/services/nova/objects/base/versioned-object.js";
import { networkRequestList } from "../../../../src/services/nova/objects/network-request.js";
import type { Instance } from "../../../../src/services/nova/objects/instance.js";
import { novaObjects } from "../../../../src/services/nova/objects/wire/registry.js";
import { UnsupportedObjectError } from "../../../../src/services/nova/exception.js";
import { NovaBed } from "../bed.js";

/** A store that nothing may be asked of. */
const nowhere: ObjectStore = {
  action: () => {
    throw new Error("asked the store");
  },
  classAction: () => {
    throw new Error("asked the store");
  },
};

const sent = (instance: Instance): Instance =>
  novaObjects.hydrate(nowhere, toJson(instance)) as Instance;

describe("an instance on the wire", () => {
  test("names itself, its version and what has changed", () => {
    const bed = new NovaBed();
    const instance = bed.instance(1);
    expect(toJson(instance)).toMatchObject({
      "nova_object.name": "Instance",
      "nova_object.namespace": "nova",
      "nova_object.version": "1.15",
    });
    expect(toJson(instance)).not.toHaveProperty(["nova_object.changes"]);
    instance.task_state = null;
    instance.host = "c1";
    expect(toJson(instance)).toMatchObject({ "nova_object.changes": ["host", "task_state"] });
  });

  test("arrives as it left: fields, nested objects, and what counts as changed", () => {
    const instance = new NovaBed().instance(1);
    instance.host = "c1";
    const copy = sent(instance);
    expect(copy.changes()).toEqual({ host: "c1" });
    expect(copy.info_cache.objname).toBe("InstanceInfoCache");
    expect(copy.store).toBe(nowhere);
    expect(toJson(copy)).toEqual(toJson(instance));
  });

  test("shares nothing with the one that was sent", () => {
    const instance = new NovaBed().instance(1);
    const copy = sent(instance);
    copy.info_cache.network_info = [{ id: "p" }];
    copy.metadata = { a: "b" };
    expect(instance.info_cache.network_info).toEqual([]);
    expect(instance.metadata).toEqual({});
  });
});

test("what was assigned counts as changed, even set back to what was stored", () => {
  const instance = new NovaBed().instance(1);
  instance.host = "c1";
  instance.host = null;
  expect(instance.changes()).toEqual({ host: null });
});

test("an object gives the same JSON until something in it changes, and then a new one", () => {
  const instance = new NovaBed().instance(1);
  const before = instance.toWire();
  expect(instance.toWire()).toBe(before);
  instance.info_cache.network_info = [{ id: "port" }];
  const after = instance.toWire();
  expect(after).not.toBe(before);
  expect(before["nova_object.data"]["info_cache"]).not.toEqual(
    after["nova_object.data"]["info_cache"],
  );
});

test("objects are found at any depth, in lists and in objects", () => {
  const requests = networkRequestList(nowhere, [
    { network_id: "n", address: null, port_id: null, pci_request_id: null },
  ]);
  const wire = toJson({ deep: [{ requests }] });
  const { deep } = novaObjects.hydrate(nowhere, wire) as { deep: { requests: typeof requests }[] };
  expect(deep[0]?.requests.objects.map(({ network_id }) => network_id)).toEqual(["n"]);
});

test("an object of an unknown name is refused by name", () => {
  const wire: Json = {
    "nova_object.name": "Moon",
    "nova_object.namespace": "nova",
    "nova_object.version": "1.0",
    "nova_object.data": {},
  };
  // nova/objects/base.py (obj_class_from_name) at 2014.2.
  expect(() => novaObjects.hydrate(nowhere, wire)).toThrow(UnsupportedObjectError);
  expect(() => novaObjects.hydrate(nowhere, wire)).toThrow("Unsupported object type Moon");
});

test("the hypervisor's name of an instance is its number in eight hexadecimal digits", () => {
  const bed = new NovaBed();
  const names = Array.from({ length: 11 }, (_, n) => bed.instance(n + 1).name);
  expect([names[0], names[10]]).toEqual(["instance-00000001", "instance-0000000b"]);
});

test("the flavor of an instance outlives changes of the flavor", () => {
  const bed = new NovaBed();
  const instance = bed.instance(1);
  bed.db.instance_types.update(2, { memory_mb: 1 });
  expect(instance.flavor()).toMatchObject({
    name: "m1.tiny",
    memory_mb: 512,
    vcpu_weight: null,
    rxtx_factor: 1,
  });
});
