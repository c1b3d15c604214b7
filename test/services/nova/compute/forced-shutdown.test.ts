/**
 * `clean_shutdown`, which hosts take and nobody in Juno sends: an older or newer client may. Upstream:
 * nova/compute/manager.py:2309 (_get_power_off_values), :2519, :3235, :4095; test_shelve_forced_shutdown in
 * nova/tests/compute/test_shelve.py at 2014.2 (nova §9.2).
 */
import { describe, expect, it } from "vitest";
import { milliseconds, type Op } from "../../../../src/kernel/index.js";
import { SHUTDOWN, RUNNING } from "../../../../src/hardware/power-states.js";
import type { MayBeForced } from "../../../../src/services/nova/compute/rpcapi.js";
import type { Instance } from "../../../../src/services/nova/objects/instance.js";
import { uuid } from "../bed.js";
import type { ComputeBed } from "./bed.js";
import { SNAPSHOT } from "./fake-images.js";
import { active, begin } from "./shelving.js";

type Send = (bed: ComputeBed, instance: Instance, clean: MayBeForced) => Op<void>;

const on = (bed: ComputeBed) => bed.compute.prepare({ server: "c1" });

/** What each is sent with: its task, its action, and the message. */
const MESSAGES: readonly (readonly [name: string, task: string, action: string, send: Send])[] = [
  [
    "stop_instance",
    "powering-off",
    "stop",
    (bed, instance, clean) => on(bed).stop_instance(bed.ctxt, { instance, ...clean }),
  ],
  [
    "shelve_instance",
    "shelving",
    "shelve",
    (bed, instance, clean) =>
      on(bed).shelve_instance(bed.ctxt, { instance, image_id: SNAPSHOT, ...clean }),
  ],
  [
    "rescue_instance",
    "rescuing",
    "rescue",
    (bed, instance, clean) => {
      const rescue = { rescue_password: "secret", rescue_image_ref: null };
      return on(bed).rescue_instance(bed.ctxt, { instance, ...rescue, ...clean });
    },
  ],
];

/** How the guest is when half of the time that a shutdown takes has gone by. */
function soon(task: string, action: string, send: Send, clean: MayBeForced): number | undefined {
  const { bed, host } = active();
  const instance = begin(bed, task, action);
  bed.run(send(bed, instance, clean));
  bed.wait(milliseconds(500));
  return host.hypervisor.guest(uuid(1))?.powerState;
}

describe.each(MESSAGES)("a guest that %s wants off", (_name, task, action, send) => {
  it("nova §9.2: may shut itself down, if nothing is said of it", () => {
    expect(soon(task, action, send, {})).toBe(RUNNING);
    expect(soon(task, action, send, { clean_shutdown: true })).toBe(RUNNING);
  });

  it("nova §9.2: is off at once with clean_shutdown False", () => {
    expect(soon(task, action, send, { clean_shutdown: false })).toBe(SHUTDOWN);
  });
});
