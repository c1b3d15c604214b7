/** Records and heartbeats over the database: messaging §B6, §B8. */
import { expect, test } from "vitest";
import { Flags, serviceDownTime } from "../../../src/framework/index.js";
import { seconds } from "../../../src/kernel/index.js";
import { serviceCreate, serviceDestroy } from "../../../src/services/nova/db/services.js";
import {
  ServiceBinaryExists,
  ServiceNotFound,
  ServiceTopicExists,
} from "../../../src/services/nova/exception.js";
import { DatabaseServiceGroup } from "../../../src/services/nova/servicegroup.js";
import { NovaBed } from "./bed.js";

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

test("a new service is disabled if enable_new_services is off, and stays so (SVC-07)", () => {
  const { bed, group, row } = enrolled({ enable_new_services: false });
  expect(row()).toMatchObject({ disabled: true, disabled_reason: null });
  bed.run(group.report(bed.ctxt, RECORD));
  bed.run(new DatabaseServiceGroup(bed.db, new Flags({})).enroll(bed.ctxt, RECORD));
  expect(row()).toMatchObject({ disabled: true, report_count: 1 });
});

test("a heartbeat far in the future is none (SVC-32)", () => {
  const { bed, group, row } = enrolled();
  const heard = (at: number) => ({ ...row(), updated_at: bed.kernel.calendar.stamp(at) });
  expect(group.isUp(heard(bed.kernel.now + seconds(60)))).toBe(true);
  expect(group.isUp(heard(bed.kernel.now + seconds(100)))).toBe(false);
});

test("the hosts of a topic are those enabled and up; is_up asks for the heartbeat alone (SVC-34)", () => {
  const { bed, group, row } = enrolled();
  const other = { ...RECORD, host: "h2" };
  const dead = { ...RECORD, host: "h3" };
  bed.run(new DatabaseServiceGroup(bed.db, new Flags({})).enroll(bed.ctxt, dead));
  bed.wait(seconds(61));
  bed.run(new DatabaseServiceGroup(bed.db, new Flags({})).enroll(bed.ctxt, other));
  bed.run(group.report(bed.ctxt, RECORD));
  expect(group.getAll("conductor")).toEqual(["h", "h2"]);
  bed.db.services.update(row().id, { disabled: true });
  expect(group.getAll("conductor")).toEqual(["h2"]);
  expect(group.isUp(row())).toBe(true);
});

test("one host of a topic is chosen by chance, and none where there is none (B6)", () => {
  const { bed, group } = enrolled();
  bed.run(
    new DatabaseServiceGroup(bed.db, new Flags({})).enroll(bed.ctxt, { ...RECORD, host: "h2" }),
  );
  const stream = bed.kernel.stream("tester", "members");
  const chosen = Array.from({ length: 30 }, () => group.getOne("conductor", stream));
  expect(new Set(chosen)).toEqual(new Set(["h", "h2"]));
  expect(group.getOne("scheduler", stream)).toBeUndefined();
});

test("a host has one record for a binary, and one for a topic (B3)", () => {
  const { bed } = enrolled();
  const create = (values: typeof RECORD) => serviceCreate(bed.db, values);
  expect(() => create({ ...RECORD, topic: "other" })).toThrow(ServiceBinaryExists);
  expect(() => create({ ...RECORD, binary: "other" })).toThrow(ServiceTopicExists);
  const { id } = bed.db.services.first(RECORD)!;
  serviceDestroy(bed.db, id);
  expect(create(RECORD).id).toBe(id + 1);
});

test("killing deletes the record with the compute nodes that hang on it (SVC-22)", () => {
  const { bed, group, row } = enrolled();
  const { id } = row();
  const node = bed.host("c1");
  bed.db.compute_nodes.update(node.id, { service_id: id });
  expect(bed.run(group.leave())).toBe(true);
  expect(bed.db.services.getAny(id)?.deleted).toBe(id);
  expect(bed.db.compute_nodes.getAny(node.id)?.deleted).toBe(node.id);
  expect(bed.run(group.leave())).toBe(false);
});
