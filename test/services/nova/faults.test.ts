/**
 * What is kept of an error: nova/compute/utils.py (add_instance_fault_from_exc, EventReporter) at
 * 2014.2, traceback.format_tb.
 */
import { describe, expect, test } from "vitest";
import { inBuild, inEvent, inFault } from "../../../src/services/nova/compute/frames.js";
import {
  actionStart,
  eventFinish,
  eventStart,
} from "../../../src/services/nova/db/instances/instance-actions.js";
import { reportEvent } from "../../../src/services/nova/event-reporter.js";
import { InstanceNotFound, NovaException } from "../../../src/services/nova/exception.js";
import { addInstanceFault } from "../../../src/services/nova/faults.js";
import { formatTb } from "../../../src/python/index.js";
import { NovaBed, uuid } from "./bed.js";

/** Frames and nothing else: no heading, no line with the error. */
const FRAMES_ONLY =
  /^(?: {2}File "\/usr\/lib\/python2\.7\/[\w./-]+", line \d+, in \w+\n {4}\S.*\n)+$/;

test.each([
  ["wrap_instance_fault", inFault],
  ["wrap_instance_event", inEvent],
  ["build_and_run_instance", inBuild],
])("the frames of %s are lines of the manager", (_name, frames) => {
  expect(formatTb(frames)).toMatch(FRAMES_ONLY);
  expect(formatTb(frames)).toContain("nova/compute/manager.py");
});

describe("a fault", () => {
  function kept(error: NovaException) {
    const bed = new NovaBed();
    const where = { uuid: uuid(1), host: "c1" };
    bed.run(addInstanceFault(bed.store, bed.ctxt, where, error, inFault));
    return bed.db.instance_faults.find()[0];
  }

  test("has the frames for details", () => {
    expect(kept(new NovaException({}, "no"))).toMatchObject({
      ...{ code: 500, message: "no", host: "c1" },
      details: formatTb(inFault),
    });
  });

  test("has none where the code is not 500 (_get_fault_details)", () => {
    const error = new InstanceNotFound({ instance_id: uuid(1) });
    expect(kept(error)).toMatchObject({ code: 404, details: "" });
  });
});

describe("an event of an action", () => {
  test("that failed has the frames for its traceback, and is an error without any text too", () => {
    const bed = new NovaBed();
    bed.instance(1);
    actionStart(bed.db, bed.ctxt, uuid(1), "stop");
    const boom = function* () {
      throw new NovaException({}, "");
    };
    const report = reportEvent(bed.store, bed.ctxt, "compute_x", uuid(1), boom(), inEvent);
    expect(() => bed.run(report)).toThrow(NovaException);
    expect(bed.db.instance_actions_events.find()).toMatchObject([
      { result: "Error", traceback: formatTb(inEvent) },
    ]);
  });

  test("is a success if there is no traceback, whatever the text (pack_action_event_finish)", () => {
    const bed = new NovaBed();
    bed.instance(1);
    actionStart(bed.db, bed.ctxt, uuid(1), "stop");
    eventStart(bed.db, bed.ctxt, uuid(1), "x");
    eventFinish(bed.db, bed.ctxt, uuid(1), "x", { exc_val: "text", exc_tb: null });
    expect(bed.db.instance_actions_events.find()).toMatchObject([{ result: "Success" }]);
  });
});
