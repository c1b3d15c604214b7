/** Flavors: nova §6, §7, §5.2. */
import { expect, test } from "vitest";
import { flavorByFlavorId, flavors } from "../../../../src/services/nova/db/flavors.js";
import { FlavorNotFound } from "../../../../src/services/nova/exception.js";
import { NovaBed } from "../bed.js";

test("a new database holds the five flavors of old, whose ids are not their flavor ids", () => {
  const bed = new NovaBed();
  const given = flavors(bed.db, bed.store, bed.ctxt).map(({ id, flavorid, name }) => [
    id,
    flavorid,
    name,
  ]);
  expect(given.slice(0, 5)).toEqual([
    [1, "3", "m1.medium"],
    [2, "1", "m1.tiny"],
    [3, "4", "m1.large"],
    [4, "5", "m1.xlarge"],
    [5, "2", "m1.small"],
  ]);
});

test("a private flavor is there for admins and for whom it was granted to", () => {
  const bed = new NovaBed();
  bed.db.instance_types.update(2, { is_public: false });
  const find = (ctxt = bed.ctxt) => flavorByFlavorId(bed.db, bed.store, ctxt, "1").name;
  expect(() => find()).toThrow(FlavorNotFound);
  expect(flavors(bed.db, bed.store, bed.ctxt).map(({ name }) => name)).not.toContain("m1.tiny");
  expect(find(bed.ctxt.elevated())).toBe("m1.tiny");
  bed.db.instance_type_projects.insert({ instance_type_id: 2, project_id: "demo" });
  expect(find()).toBe("m1.tiny");
});

test("a deleted flavor is found only by who reads deleted rows, and its successor before it", () => {
  const bed = new NovaBed();
  const {
    id: _,
    created_at: __,
    updated_at: ___,
    deleted: ____,
    deleted_at: _____,
    ...values
  } = bed.db.instance_types.get(2)!;
  bed.db.instance_types.softDelete(2);
  const find = (readDeleted: boolean) =>
    flavorByFlavorId(bed.db, bed.store, bed.ctxt, "1", readDeleted).memory_mb;
  expect(() => find(false)).toThrow("Flavor 1 could not be found.");
  expect(find(true)).toBe(512);
  bed.db.instance_types.insert({ ...values, memory_mb: 600 });
  expect([find(false), find(true)]).toEqual([600, 600]);
});
