/**
 * What libvirt tells nova-compute of guests, and what it does about that: nova/virt/libvirt/driver.py:540-603, nova/virt/driver.py:1281-1302,
 * nova/compute/manager.py:1074-1117 at 2014.2; nova §3.7. What the sync then finds is in power-sync.test.ts.
 */
import { describe, expect, it } from "vitest";
import { Cloud } from "../../../../src/index.js";
import { milliseconds } from "../../../../src/kernel/index.js";
import { PAUSED, RUNNING, SHUTDOWN } from "../../../../src/hardware/power-states.js";
import { uuid } from "../bed.js";
import type { ComputeBed } from "./bed.js";
import { active } from "./shelving.js";

const told = (bed: ComputeBed): string[] =>
  bed.logs().filter((line) => /Lifecycle|pending task|paused|dispatching/u.test(line));

/** What is asked of the conductor about servers, before the host's own rounds. */
const asked = (bed: ComputeBed): unknown[] =>
  bed
    .of<{ kind: "rpc.call"; args: Record<string, unknown> }>("rpc.call")
    .flatMap(({ args }) => args["objmethod"] ?? []);
const soon = (bed: ComputeBed): void => {
  bed.wait(milliseconds(100));
};

describe("a build that waits for its ports", () => {
  // nova/virt/libvirt/driver.py:4391-4398 starts it paused; QEMU is there long before anybody can tell of its taps.
  it("is in the middle of it while its guest starts and is paused, whenever the agents look", () => {
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const cloud = new Cloud({ seed });
      cloud.user("demo").command("nova boot t1 --flavor m1.nano --image cirros");
      cloud.settle();
      const lines = cloud.timeline.entries.flatMap((entry) =>
        entry.kind === "log" && /Lifecycle|unexpectedly|pending task/u.test(entry.message)
          ? [entry.message]
          : [],
      );
      const skipped = "During sync_power_state the instance has a pending task (spawning). Skip.";
      expect(lines.slice(0, 5)).toEqual([
        "VM Started (Lifecycle Event)",
        skipped,
        "VM Paused (Lifecycle Event)",
        skipped,
        "VM Resumed (Lifecycle Event)",
      ]);
      expect(lines.length).toBeLessThanOrEqual(6);
    }
  });
});

describe("an event of a guest's life", () => {
  it("waits until the one before is dealt with, however soon it came after that", () => {
    const { bed, host } = active();
    bed.forget();
    host.hypervisor.setPowerState(uuid(1), PAUSED);
    host.hypervisor.setPowerState(uuid(1), RUNNING);
    soon(bed);
    expect(told(bed)).toEqual([
      "info: VM Paused (Lifecycle Event)",
      "warning: Instance is paused unexpectedly. Ignore.",
      "info: VM Resumed (Lifecycle Event)",
    ]);
    const once = ["get_by_uuid", "refresh", "save"];
    expect(asked(bed)).toEqual([...once, ...once]);
    expect(bed.stored(1).power_state).toBe(RUNNING);
  });

  it("is passed over while its server is in the middle of something", () => {
    const { bed, host } = active();
    bed.db.instances.update(uuid(1), { task_state: "spawning" });
    bed.forget();
    host.hypervisor.stopGuest(uuid(1));
    soon(bed);
    expect(told(bed)).toEqual([
      "info: VM Stopped (Lifecycle Event)",
      "info: During sync_power_state the instance has a pending task (spawning). Skip.",
    ]);
    expect(bed.stored(1).power_state).toBe(RUNNING);
  });

  it("of a guest that nobody knows is told of, and nothing else", () => {
    const { bed, host } = active();
    const guest = host.hypervisor.guest(uuid(1)) ?? expect.fail();
    bed.forget();
    host.hypervisor.define({ ...guest, uuid: uuid(9), name: "instance-00000009" });
    soon(bed);
    expect(told(bed)).toEqual(["info: VM Started (Lifecycle Event)"]);
    expect(asked(bed)).toEqual(["get_by_uuid"]);
  });

  // nova/compute/manager.py:1078 reads what is deleted as well.
  it("of a server that is gone is written to its row", () => {
    const { bed, host } = active();
    bed.db.instances.update(uuid(1), { vm_state: "deleted" });
    bed.db.instances.softDelete(uuid(1));
    host.hypervisor.stopGuest(uuid(1));
    soon(bed);
    expect(bed.db.instances.getAny(uuid(1))).toMatchObject({
      vm_state: "deleted",
      power_state: SHUTDOWN,
    });
  });

  // nova/virt/fake.py emits none.
  it("is none with the fake driver", () => {
    const { bed, host } = active({ compute_driver: "fake.FakeDriver" });
    bed.forget();
    host.hypervisor.stopGuest(uuid(1));
    soon(bed);
    expect(told(bed)).toEqual([]);
    expect(bed.stored(1).vm_state).toBe("active");
  });

  it("that comes before its host listens is lost", () => {
    const { bed, host } = active();
    bed.crash(host.process, host.env);
    bed.forget();
    host.hypervisor.stopGuest(uuid(1));
    soon(bed);
    expect(told(bed)).toEqual([]);
  });
});
