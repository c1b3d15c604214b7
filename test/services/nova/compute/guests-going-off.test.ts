/**
 * How libvirt's driver has guests go off, for good or for a while: nova/virt/libvirt/driver.py:967-1050 (_destroy), :1640-1755 (snapshot),
 * :2273-2387 (_soft_reboot, _hard_reboot), :2395-2487 (_clean_shutdown, power_off, power_on) at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { milliseconds, seconds } from "../../../../src/kernel/index.js";
import { PAUSED, RUNNING, SHUTDOWN } from "../../../../src/hardware/power-states.js";
import { uuid } from "../bed.js";
import { ComputeBed } from "./bed.js";
import { SNAPSHOT } from "./fake-images.js";
import { active, begin, shelve } from "./shelving.js";

const LINES =
  /shut ?down|destroyed|disappeared|cold snapshot|Snapshot |rebooted|running successfully/u;
const lines = (bed: ComputeBed): string[] =>
  bed.logs().filter((line) => LINES.test(line) && !line.includes("pending task"));

const on = (bed: ComputeBed) => bed.compute.prepare({ server: "c1" });

function stop(bed: ComputeBed): void {
  const instance = begin(bed, "powering-off", "stop");
  bed.run(on(bed).stop_instance(bed.ctxt, { instance }));
  bed.settle();
}

describe("a guest that is asked to shut down", () => {
  it("is looked at every second, and destroyed once it is off", () => {
    const { bed } = active();
    stop(bed);
    expect(lines(bed)).toEqual([
      expect.stringMatching(/^info: Instance shutdown successfully after [1-9] seconds\.$/u),
      "info: Instance destroyed successfully.",
    ]);
    expect(bed.stored(1)).toMatchObject({ vm_state: "stopped", power_state: SHUTDOWN });
  });

  it("is not, if it is off", () => {
    const { bed, host } = active();
    host.hypervisor.listen(undefined);
    host.hypervisor.stopGuest(uuid(1));
    stop(bed);
    expect(lines(bed).slice(-2)).toEqual([
      "info: Instance already shutdown.",
      "info: Instance destroyed successfully.",
    ]);
  });

  it("does not take note of that while it stands still, and is waited for in vain", () => {
    const { bed, host } = active();
    bed.db.instances.update(uuid(1), { vm_state: "paused" });
    host.hypervisor.setPowerState(uuid(1), PAUSED);
    bed.settle();
    shelve(bed);
    bed.wait(seconds(29));
    expect(lines(bed)).toEqual([]);
    bed.wait(seconds(31));
    expect(lines(bed).slice(0, 2)).toEqual([
      "info: Instance failed to shutdown in 60 seconds.",
      "info: Instance destroyed successfully.",
    ]);
  });

  it("and that is gone by then is no error", () => {
    const { bed, host } = active();
    host.hypervisor.listen(undefined);
    host.hypervisor.undefine(uuid(1));
    stop(bed);
    expect(lines(bed)).toContain("warning: During wait destroy, instance disappeared.");
    expect(bed.stored(1).vm_state).toBe("stopped");
  });
});

describe("a guest that is started", () => {
  it("is destroyed first, as at a hard reboot, whether it is off or not", () => {
    const { bed, host } = active();
    host.hypervisor.listen(undefined);
    const domid = host.hypervisor.domid(uuid(1));
    const instance = begin(bed, "powering-on", "start");
    bed.run(on(bed).start_instance(bed.ctxt, { instance }));
    bed.settle();
    expect(lines(bed)).toEqual([
      "info: Instance destroyed successfully.",
      "info: Instance rebooted successfully.",
    ]);
    expect(host.hypervisor.domid(uuid(1))).toBeGreaterThan(domid);
  });
});

describe("a config drive", () => {
  it("is told of where a server has one", () => {
    const bed = new ComputeBed({ force_config_drive: "always" });
    bed.startCompute("c1");
    bed.build(bed.server());
    bed.settle();
    const told = bed.logs().filter((line) => /image$|config drive|spawned/u.test(line));
    expect(told).toEqual([
      "info: Creating image",
      "info: Using config drive",
      `info: Creating config drive at /var/lib/nova/instances/${uuid(1)}/disk.config`,
      "info: Instance spawned successfully.",
    ]);
  });
});

describe("a guest that is to start again by itself", () => {
  function reboot(bed: ComputeBed): void {
    const instance = begin(bed, "rebooting", "reboot");
    const args = { instance, block_device_info: null, reboot_type: "SOFT" } as const;
    bed.run(on(bed).reboot_instance(bed.ctxt, args));
  }

  it("is created again once it is off", () => {
    const { bed, host } = active();
    const domid = host.hypervisor.domid(uuid(1));
    reboot(bed);
    bed.settle();
    expect(lines(bed)).toEqual([
      "info: Instance shutdown successfully.",
      "info: Instance running successfully.",
      "info: Instance soft rebooted successfully.",
    ]);
    expect(host.hypervisor.domid(uuid(1))).toBeGreaterThan(domid);
  });

  it("is left to whoever started it meanwhile", () => {
    const { bed, host } = active();
    reboot(bed);
    bed.wait(milliseconds(300));
    host.hypervisor.stopGuest(uuid(1));
    host.hypervisor.startGuest(uuid(1));
    bed.settle();
    expect(lines(bed)).toEqual([
      "info: Instance may have been rebooted during soft reboot, so return now.",
      "info: Instance soft rebooted successfully.",
    ]);
    expect(host.hypervisor.guest(uuid(1))?.powerState).toBe(RUNNING);
  });
});

describe("a guest of which a snapshot is taken", () => {
  const COLD = [
    "info: Beginning cold snapshot process",
    "info: Snapshot extracted, beginning image upload",
  ];

  /** Until the guest is written to disk. */
  function begun(state: typeof RUNNING | typeof PAUSED = RUNNING) {
    const { bed, host } = active();
    if (state === PAUSED) bed.db.instances.update(uuid(1), { vm_state: "paused" });
    host.hypervisor.setPowerState(uuid(1), state);
    bed.settle();
    const instance = begin(bed, "image_snapshot_pending", "createImage");
    bed.run(on(bed).snapshot_instance(bed.ctxt, { instance, image_id: SNAPSHOT }));
    for (let waited = 0; guest() !== SHUTDOWN && waited < 1000; waited++) bed.wait(milliseconds(1));
    function guest() {
      return host.hypervisor.guest(uuid(1))?.powerState;
    }
    return { bed, host, guest };
  }

  it.each([RUNNING, PAUSED] as const)(
    "is off for as long, and comes back as it was: %d",
    (state) => {
      const { bed, guest } = begun(state);
      expect(guest()).toBe(SHUTDOWN);
      bed.settle();
      expect(lines(bed)).toEqual([...COLD, "info: Snapshot image upload complete"]);
      expect([guest(), bed.stored(1).power_state]).toEqual([state, state]);
    },
  );

  it("comes back as well where the snapshot has failed", () => {
    const { bed, host, guest } = begun();
    const error = host.hypervisor.failure("no space");
    host.hypervisor.failures = { next: (name) => (name === "snapshot" ? { error } : undefined) };
    bed.settle();
    expect(lines(bed)).toEqual(COLD);
    expect([guest(), bed.stored(1).vm_state]).toEqual([RUNNING, "active"]);
  });

  it("stays off where its nova-compute ends in the midst", () => {
    const { bed, host, guest } = begun();
    bed.crash(host.process, host.env);
    bed.wait(seconds(30));
    expect(guest()).toBe(SHUTDOWN);
    expect(lines(bed)).toEqual(COLD.slice(0, 1));
  });
});
