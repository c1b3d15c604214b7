/**
 * A call that is answered null where something is expected: each call of boot, shelve, unshelve, stop,
 * start and delete in turn loses the value of its reply. What comes of it is Python's error at the line
 * that uses the value, caught where upstream catches it; the run lives on, and so does the cloud.
 */
import { describe, expect, it } from "vitest";
import { BOOT, WholeCloud } from "../flows/bed.js";
import { COUNT } from "./bed.js";

const FLOW = ["shelve", "unshelve", "stop", "start", "delete"] as const;

/** The calls of these flows, and how many of each are tried in a suite. */
const CALLS: Readonly<Record<string, number>> = {
  select_destinations: 2,
  object_action: 9,
  object_class_action: 5,
  instance_update: 3,
  compute_node_update: 2,
  notify_usage_exists: 1,
  security_group_info_for_devices: 2,
  get_devices_details_list: 2,
  update_device_up: 1,
};

/** The whole flow, with the value of the `nth` reply to `method` lost. */
function losing(method: string, nth: number): WholeCloud {
  const whole = new WholeCloud();
  whole.cloud.inject({ lose_reply: { part: "value", method, nth } });
  for (const line of [BOOT, ...FLOW.map((verb) => `nova ${verb} t3`)]) {
    whole.type(line);
    whole.pass(120);
  }
  whole.pass(300);
  whole.cloud.heal();
  return whole;
}

/** In a suite a few of each, spread over the flow; where many are asked for, all of them. */
const tried = (most: number): number[] =>
  COUNT > 1_000
    ? Array.from({ length: 60 }, (_, at) => at + 1)
    : Array.from({ length: most }, (_, at) => at * 5 + 1);

describe.each(Object.entries(CALLS))("%s", (method, most) => {
  it("answered null ends no run, and the next server is built as ever", () => {
    for (const nth of tried(most)) {
      const whole = losing(method, nth);
      expect(whole.type(BOOT.replace("t3", "t4")).exit, `number ${String(nth)}`).toBe(0);
      whole.pass(120);
      expect(whole.cloud.server("t4")?.status, `number ${String(nth)}`).toBe("ACTIVE");
    }
  });
});
