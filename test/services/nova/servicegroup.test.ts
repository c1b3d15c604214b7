/** Records and heartbeats over the database: messaging B6, B8. */
import { expect, test } from "vitest";
import { Flags } from "../../../src/framework/index.js";
import { seconds } from "../../../src/kernel/index.js";
import { ServiceNotFound } from "../../../src/services/nova/exception.js";
import { DatabaseServiceGroup, serviceDownTime } from "../../../src/services/nova/servicegroup.js";
import { NovaBed } from "./fixture.js";

const RECORD = { host: "h", binary: "nova-conductor", topic: "conductor" };

function enrolled(flags = {}) {
  const bed = new NovaBed();
  const group = new DatabaseServiceGroup(bed.db, new Flags(flags));
  bed.run(group.enroll(bed.ctxt, RECORD));
  const row = () => bed.db.services.first(RECORD)!;
  return { bed, group, row };
}

test("a fresh host gets a record without a report (SVC-06)", () => {
  const { row } = enrolled();
  expect(row()).toMatchObject({ report_count: 0, disabled: false, updated_at: null });
});

test("a record of an earlier run is taken as it is (SVC-08)", () => {
  const { bed, group, row } = enrolled();
  const before = row();
  bed.wait(seconds(300));
  bed.run(group.enroll(bed.ctxt, RECORD));
  expect(row()).toBe(before);
  expect(group.isUp(row())).toBe(false);
  bed.run(group.report(bed.ctxt, RECORD));
  expect(group.isUp(row())).toBe(true);
  expect(row().report_count).toBe(1);
});

test("a heartbeat of exactly service_down_time ago is still one (SVC-31)", () => {
  const { bed, group, row } = enrolled();
  bed.wait(seconds(60));
  expect(group.isUp(row())).toBe(true);
  bed.wait(1);
  expect(group.isUp(row())).toBe(false);
});

test("a record that was deleted is not made anew by a report (SVC-19)", () => {
  const { bed, group, row } = enrolled();
  bed.db.services.softDelete(row().id);
  expect(() => bed.run(group.report(bed.ctxt, RECORD))).toThrow(ServiceNotFound);
  expect(bed.db.services.find()).toEqual([]);
});

test("a down time no longer than the report interval is stretched to two and a half (SVC-33)", () => {
  const downTime = (service_down_time: number, report_interval: number) =>
    serviceDownTime(new Flags({ service_down_time, report_interval }));
  expect(downTime(10, 10)).toBe(25);
  expect(downTime(11, 10)).toBe(11);
  expect(downTime(1, 3)).toBe(7);
  expect(downTime(60, 0)).toBe(60);
});
