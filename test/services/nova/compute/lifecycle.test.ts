/** Deleting, stopping and starting on the compute host: nova §3.2. */
import { describe, expect, it } from "vitest";
import { failNext } from "../../../hardware/fake-failures.js";
import { ComputeBed } from "./bed.js";
import { uuid } from "../bed.js";

function active(flags = {}) {
  const bed = new ComputeBed(flags);
  const host = bed.startCompute("c1");
  bed.build(bed.server());
  bed.settle();
  host.network.asked.length = 0;
  return { bed, host };
}

/** Begin a task of a new request, and send `method`. */
function ask(bed: ComputeBed, method: "stop_instance" | "start_instance", task: string) {
  const instance = bed.reload();
  instance.task_state = task;
  bed.run(instance.save(bed.ctxt));
  bed.forget();
  bed.run(bed.compute.prepare({ server: "c1" })[method](bed.ctxt, { instance }));
  bed.settle();
}

describe("terminate_instance", () => {
  it("nova §3.2: takes guest, ports, rows and usage away", () => {
    const { bed, host } = active();
    bed.forget();
    bed.terminate();
    bed.settle();
    expect(bed.stored(1)).toMatchObject({
      vm_state: "deleted",
      task_state: null,
      deleted: 1,
      terminated_at: expect.any(String) as string,
    });
    expect(host.hypervisor.guests).toEqual([]);
    expect(host.network.asked).toEqual(["deallocate@c1"]);
    expect(host.bridge.ports()).toEqual([]);
    expect(bed.devices(uuid(1)).objects).toEqual([]);
    expect(bed.db.compute_nodes.find()[0]).toMatchObject({ memory_mb_used: 512, running_vms: 0 });
    expect(bed.notified()).toEqual([
      "compute.instance.delete.start",
      "compute.instance.shutdown.start",
      "compute.instance.shutdown.end",
      "compute.instance.delete.end",
    ]);
  });

  it("nova §3.2: commits the quota that the API reserved", () => {
    const { bed } = active();
    const usage = bed.db.quota_usages.insert({
      project_id: "demo",
      user_id: "alice",
      resource: "instances",
      in_use: 1,
      reserved: 0,
      until_refresh: null,
    });
    bed.db.reservations.insert({
      uuid: "r1",
      usage_id: usage.id,
      project_id: "demo",
      user_id: "alice",
      resource: "instances",
      delta: -1,
      expire: 1e12,
    });
    bed.terminate(1, ["r1"]);
    bed.settle();
    expect(bed.db.quota_usages.get(usage.id)?.in_use).toBe(0);
  });

  it("nova §3.2: an error makes the server ERROR without a task, with a fault; again works", () => {
    const { bed, host } = active();
    failNext(host.hypervisor, "destroy", 1, "qemu hangs");
    bed.terminate();
    bed.settle();
    expect(bed.stored(1)).toMatchObject({ vm_state: "error", task_state: null, deleted: 0 });
    expect(bed.db.instance_faults.find().map(({ message }) => message)).toEqual(["qemu hangs"]);
    // The addresses are given back although the guest stays.
    const freed = host.network.asked.filter((line) => line.startsWith("deallocate"));
    expect(freed).toEqual(["deallocate@c1"]);
    bed.terminate();
    bed.settle();
    expect(bed.stored(1).deleted).toBe(1);
  });
});

describe("stop_instance and start_instance", () => {
  it("nova §3.2: stop switches the guest off and stores stopped/NULL", () => {
    const { bed, host } = active();
    ask(bed, "stop_instance", "powering-off");
    expect(bed.stored(1)).toMatchObject({ vm_state: "stopped", task_state: null, power_state: 4 });
    expect(host.hypervisor.guest(uuid(1))?.powerState).toBe(4);
    expect(bed.notified()).toEqual([
      "compute.instance.power_off.start",
      "compute.instance.power_off.end",
    ]);
  });

  it("nova §3.2: start switches it on again, without waiting for Neutron", () => {
    const { bed, host } = active();
    ask(bed, "stop_instance", "powering-off");
    host.network.active = false;
    ask(bed, "start_instance", "powering-on");
    expect(bed.stored(1)).toMatchObject({ vm_state: "active", task_state: null, power_state: 1 });
    expect(bed.notified()).toEqual([
      "compute.instance.power_on.start",
      "compute.instance.power_on.end",
    ]);
  });

  it("nova §3.2: a failure ends the task and leaves the server as it was", () => {
    const { bed, host } = active();
    failNext(host.hypervisor, "power_off");
    ask(bed, "stop_instance", "powering-off");
    expect(bed.stored(1)).toMatchObject({ vm_state: "active", task_state: null });
    expect(bed.notified().at(-1)).toBe("stop_instance");
  });

  it("nova §0.3: a task that another request took over is left alone", () => {
    const { bed, host } = active();
    const instance = bed.reload();
    instance.task_state = "powering-off";
    bed.run(instance.save(bed.ctxt));
    bed.run(bed.compute.prepare({ server: "c1" }).stop_instance(bed.ctxt, { instance }));
    bed.db.instances.update(uuid(1), { task_state: "deleting" });
    bed.settle();
    expect(bed.stored(1)).toMatchObject({ vm_state: "active", task_state: "deleting" });
    expect(host.hypervisor.guest(uuid(1))?.powerState).toBe(4);
  });
});
