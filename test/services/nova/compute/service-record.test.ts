/** nova-compute's record, kept through the conductor: messaging §B2, §B3. */
import { expect, test } from "vitest";
import { milliseconds, seconds } from "../../../../src/kernel/index.js";
import { ConductorServiceGroup } from "../../../../src/services/nova/compute/start/service-group.js";
import { novaConductor } from "../../../../src/services/nova/conductor/index.js";
import { ServiceNotFound } from "../../../../src/services/nova/exception.js";
import { ConductorStore } from "../../../../src/services/nova/objects/wire/conductor-store.js";
import { NovaBed } from "../bed.js";

const RECORD = { host: "c1", binary: "nova-compute", topic: "compute" };

function conducted() {
  const bed = new NovaBed();
  bed.start(novaConductor(bed.nova("nova-conductor"), bed.db));
  const group = (host = "c1") =>
    new ConductorServiceGroup(new ConductorStore(bed.nova("nova-compute", host)));
  const rows = () => bed.db.services.find({ binary: "nova-compute" });
  return { bed, group, rows };
}

test("of two workers that start at once on a fresh host one makes the record, the other reads it (SVC-38)", () => {
  const { bed, group, rows } = conducted();
  const [first, second] = [group(), group()];
  bed.kernel.spawn(first.enroll(bed.ctxt, RECORD), { name: "first" });
  bed.run(second.enroll(bed.ctxt, RECORD));
  bed.wait(milliseconds(100));
  const creations = bed.of<{ kind: "rpc.call"; method: string }>("rpc.call");
  expect(creations.filter(({ method }) => method === "service_create")).toHaveLength(2);
  expect(rows()).toHaveLength(1);
  bed.run(first.report(bed.ctxt, RECORD));
  bed.run(second.report(bed.ctxt, RECORD));
  // Each counts on from what it wrote last itself.
  expect(rows()).toMatchObject([{ report_count: 1 }]);
});

test("another binary that has the host's topic keeps a service from starting (B3)", () => {
  const { bed, group } = conducted();
  bed.service({ host: "c1", binary: "nova-other", topic: "compute" });
  expect(() => bed.run(group().enroll(bed.ctxt, RECORD))).toThrow(
    "Service with host c1 topic compute exists.",
  );
});

test("a record that was deleted while the service runs is not made anew by its reports (SVC-19)", () => {
  const { bed, group, rows } = conducted();
  const running = group();
  bed.run(running.enroll(bed.ctxt, RECORD));
  bed.db.services.softDelete(rows()[0]!.id);
  expect(() => bed.run(running.report(bed.ctxt, RECORD))).toThrow(ServiceNotFound);
  expect(rows()).toEqual([]);
  bed.run(group().enroll(bed.ctxt, RECORD));
  expect(rows()).toMatchObject([{ id: 3, report_count: 0 }]);
});

test("a kill deletes the record and its compute nodes through the conductor (SVC-22)", () => {
  const { bed, group, rows } = conducted();
  const node = bed.host("c1");
  const running = group();
  bed.run(running.enroll(bed.ctxt, RECORD));
  bed.wait(seconds(1));
  expect(bed.run(running.leave(bed.ctxt))).toBe(true);
  expect([rows(), bed.db.compute_nodes.get(node.id)]).toEqual([[], undefined]);
  expect(bed.run(running.leave(bed.ctxt))).toBe(false);
});
