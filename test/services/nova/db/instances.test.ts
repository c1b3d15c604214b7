/** Instances in the database: nova §0.2. */
import { beforeEach, describe, expect, test } from "vitest";
import { seconds } from "../../../../src/kernel/index.js";
import {
  InstanceNotFound,
  ObjectActionError,
  UnexpectedVMStateError,
} from "../../../../src/services/nova/exception.js";
import {
  getInstance,
  getInstancesByHostAndNode,
} from "../../../../src/services/nova/objects/instance.js";
import { NovaBed, uuid } from "../bed.js";

let bed: NovaBed;
beforeEach(() => {
  bed = new NovaBed();
});

describe("save", () => {
  test("without changes writes nothing and compares nothing, even if the row is gone", () => {
    const instance = bed.instance(1);
    bed.db.instances.softDelete(uuid(1));
    bed.forget();
    expect(() => bed.run(instance.save(bed.ctxt, { expected_task_state: ["no"] }))).not.toThrow();
    expect(bed.of("db")).toEqual([]);
  });

  test("of a nested object alone compares nothing and leaves the row as it was", () => {
    const instance = bed.instance(1);
    instance.info_cache.network_info = [{ id: "p" }];
    const before = bed.stored(1);
    bed.run(instance.save(bed.ctxt, { expected_task_state: ["no"] }));
    expect(bed.db.instance_info_caches.get(uuid(1))?.network_info).toEqual([{ id: "p" }]);
    expect(bed.stored(1)).toBe(before);
    expect(instance.info_cache.changes()).toEqual({});
  });

  test("compares the vm state as well", () => {
    const instance = bed.instance(1);
    instance.host = "c1";
    const save = instance.save(bed.ctxt, { expected_vm_state: ["active"] });
    expect(() => bed.run(save)).toThrow(UnexpectedVMStateError);
    expect(bed.stored(1).host).toBeNull();
  });

  test("replaces metadata, and leaves the row's own date alone", () => {
    const instance = bed.instance(1);
    bed.wait(seconds(5));
    instance.metadata = { role: "web" };
    bed.run(instance.save(bed.ctxt));
    expect(bed.db.instance_metadata.get(uuid(1))?.metadata).toEqual({ role: "web" });
    expect(bed.stored(1).updated_at).toBeNull();
  });

  test("learns what others wrote meanwhile", () => {
    const mine = bed.instance(1);
    const theirs = bed.run(getInstance(bed.store, bed.ctxt, uuid(1)));
    theirs.display_name = "renamed";
    bed.run(theirs.save(bed.ctxt));
    mine.host = "c1";
    bed.run(mine.save(bed.ctxt));
    expect(mine.display_name).toBe("renamed");
    expect(bed.stored(1)).toMatchObject({ host: "c1", display_name: "renamed" });
  });
});

describe("destroy", () => {
  test("takes along what hangs on the row, but not its system metadata, disks and actions", () => {
    const instance = bed.instance(1);
    bed.db.instance_faults.insert({
      instance_uuid: uuid(1),
      code: 500,
      message: "",
      details: "",
      host: null,
    });
    bed.run(instance.destroy(bed.ctxt));
    expect(bed.db.instances.get(uuid(1))).toBeUndefined();
    expect(instance.deleted).toBe(true);
    const { instance_info_caches, instance_metadata, instance_extra, instance_faults } = bed.db;
    for (const table of [
      instance_info_caches,
      instance_metadata,
      instance_extra,
      instance_faults,
    ]) {
      expect(table.find({ instance_uuid: uuid(1) })).toEqual([]);
    }
    expect(bed.db.instance_system_metadata.get(uuid(1))).toBeDefined();
  });

  test("of one that was without a host is refused if it got one", () => {
    const instance = bed.instance(1);
    bed.db.instances.update(uuid(1), { host: "c1" });
    expect(() => bed.run(instance.destroy(bed.ctxt))).toThrow(ObjectActionError);
    expect(() => bed.run(instance.destroy(bed.ctxt))).toThrow("host changed");
    expect(bed.db.instances.get(uuid(1))).toBeDefined();
  });

  test("of one that is gone says so", () => {
    const instance = bed.instance(1);
    bed.run(instance.destroy(bed.ctxt));
    expect(() => bed.run(instance.destroy(bed.ctxt))).toThrow(InstanceNotFound);
    expect(() => bed.run(instance.refresh(bed.ctxt))).toThrow(InstanceNotFound);
  });
});

test("a host is said to have every live instance of its node, also those in error", () => {
  bed.instance(1, { host: "c1", node: "n1", vm_state: "error" });
  bed.instance(2, { host: "c1", node: "n2" });
  bed.instance(3, { host: "c1", node: "n1" });
  bed.instance(4, { host: "c2", node: "n1" });
  bed.db.instances.softDelete(uuid(3));
  const found = bed.run(getInstancesByHostAndNode(bed.store, bed.ctxt, "c1", "n1"));
  expect(found.map((instance) => instance.uuid)).toEqual([uuid(1)]);
});
