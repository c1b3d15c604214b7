/** What the conductor answers callers on the bus: of a row that nobody has written since, one object. nova §0.2. */
import { beforeEach, describe, expect, test } from "vitest";
import type { DirectStore } from "../../../../src/services/nova/db/store/object-store.js";
import { getInstance, getInstancesByHost } from "../../../../src/services/nova/objects/instance.js";
import { getServiceByComputeHost } from "../../../../src/services/nova/objects/service/service.js";
import { NovaBed, uuid } from "../bed.js";

let bed: NovaBed;
let remote: DirectStore;
beforeEach(() => {
  bed = new NovaBed();
  bed.instance(1, { host: "c1" });
  bed.instance(2, { host: "c1" });
  remote = bed.store.remote();
});

const found = (store: DirectStore, n = 1) => bed.run(getInstance(store, bed.ctxt, uuid(n)));
const listed = (options = {}) => bed.run(getInstancesByHost(remote, bed.ctxt, "c1", options));

describe("an instance that is asked for over the bus", () => {
  test("is one object, of a look-up and in a list", () => {
    expect(found(remote)).toBe(found(remote));
    expect(listed()[0]).toBe(found(remote));
    expect(found(remote).toWire()).toBe(found(remote).toWire());
    expect(found(remote, 2)).not.toBe(found(remote));
  });

  test("is another once its row is written, and knows the same of its network", () => {
    const before = found(remote);
    bed.db.instances.update(uuid(1), { display_name: "new" });
    expect(found(remote)).not.toBe(before);
    expect(found(remote).display_name).toBe("new");
    expect(found(remote).info_cache).toBe(before.info_cache);
  });

  test.each([
    [
      "instance_info_caches",
      () => bed.db.instance_info_caches.update(uuid(1), { network_info: [{}] }),
    ],
    ["instance_metadata", () => bed.db.instance_metadata.update(uuid(1), { metadata: { a: "b" } })],
    [
      "instance_system_metadata",
      () => bed.db.instance_system_metadata.update(uuid(1), { metadata: { a: "b" } }),
    ],
    ["instance_extra", () => bed.db.instance_extra.update(uuid(1), { pci_requests: [{}] })],
  ])("is another once %s is written", (_table, write) => {
    const before = found(remote);
    write();
    expect(found(remote)).not.toBe(before);
    expect(found(remote).fields()).toEqual(found(bed.store).fields());
  });

  test("is one's own where something is left out of it", () => {
    const [bare] = listed({ expected_attrs: ["metadata"] });
    expect(bare?.lacks("info_cache")).toBe(true);
    expect(found(remote).lacks("info_cache")).toBe(false);
  });

  test("is one's own in a process that has the database", () => {
    const own = found(bed.store);
    expect(found(bed.store)).not.toBe(own);
    own.display_name = "mine";
    expect(found(bed.store).display_name).not.toBe("mine");
    expect(found(remote).display_name).not.toBe("mine");
  });
});

describe("what a host has", () => {
  test("is one object however often its service reports, until the node is written", () => {
    const { id } = bed.host("c1");
    const node = () => bed.run(getServiceByComputeHost(remote, bed.ctxt, "c1")).compute_node;
    const before = node();
    bed.db.services.update(bed.serviceOf("c1"), { report_count: 1 });
    expect(node()).toBe(before);
    bed.db.compute_nodes.update(id, { running_vms: 3 });
    expect(node()?.running_vms).toBe(3);
    expect(before?.running_vms).toBe(0);
  });
});
