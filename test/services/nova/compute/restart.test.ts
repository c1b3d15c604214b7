/** What nova-compute does when it starts, and when it starts again: nova §3.6, §3.7, SVC-39. */
import { describe, expect, it } from "vitest";
import type { RpcSent } from "../../../../src/bus/observations.js";
import { microseconds, seconds } from "../../../../src/kernel/index.js";
import { VolumeApi } from "../../../../src/services/nova/volume/cinder.js";
import { ComputeBed, type Host } from "./bed.js";
import { NovaBed, uuid } from "../bed.js";
import { GuestFiles } from "../../../../src/hardware/guest-files.js";
import { IntegrationBridge } from "../../../../src/hardware/integration-bridge.js";
import { Hypervisor } from "../../../../src/hardware/hypervisor.js";
import { NovaCompute } from "../../../../src/services/nova/compute/start/service.js";
import { novaConductor } from "../../../../src/services/nova/conductor/index.js";
import { FakeImages } from "./fake-images.js";
import { FakeNetwork } from "./fake-network.js";

function active(flags = {}) {
  const bed = new ComputeBed({ periodic_fuzzy_delay: 0, ...flags });
  const host = bed.startCompute("c1");
  bed.build(bed.server());
  bed.settle();
  return { bed, host };
}

/** nova-compute dies; `meanwhile` happens; it comes back. */
function restart(bed: ComputeBed, host: Host, meanwhile: () => void = () => {}): Host {
  bed.crash(host.process, host.env);
  meanwhile();
  return bed.startCompute("c1", host);
}

const columns = (bed: ComputeBed) => {
  const { vm_state, task_state } = bed.stored(1);
  return [vm_state, task_state];
};

/** What methods of that name were called with over the conductor. */
const called = (bed: ComputeBed, ...methods: readonly string[]) =>
  bed
    .of<RpcSent>("rpc.call")
    .map(({ args }) => args as { objmethod?: string; kwargs?: Record<string, unknown> })
    .filter(({ objmethod = "" }) => methods.includes(objmethod))
    .map(({ kwargs }) => kwargs);

describe("the first start", () => {
  it("SVC-39: waits for a conductor to answer, however long that takes", () => {
    const bed = new NovaBed();
    const span = { min: microseconds(1), max: microseconds(1) };
    const latency = {
      spawn: span,
      power_off: span,
      power_on: span,
      suspend: span,
      resume: span,
      snapshot: span,
      destroy: span,
      attach_volume: span,
      detach_volume: span,
      image_mb_per_s: 1,
    };
    const bridge = new IntegrationBridge("c1");
    const env = bed.nova("nova-compute", "c1");
    const volumes = new VolumeApi(env);
    const compute = new NovaCompute(
      env,
      { hypervisor: new Hypervisor("c1"), bridge, files: new GuestFiles(), latency },
      { network: new FakeNetwork("c1"), images: new FakeImages(), volumes },
    );
    bed.kernel.spawn(compute.start(), { name: "start", actor: "nova-compute@c1" });
    bed.wait(seconds(130));
    expect(bed.db.services.find({ binary: "nova-compute" })).toEqual([]);
    bed.start(novaConductor(bed.nova("nova-conductor"), bed.db));
    bed.wait(seconds(61));
    expect(bed.db.services.find({ binary: "nova-compute" })).toHaveLength(1);
  });

  it("nova §8.2: the node is on record before the first message is taken", () => {
    const bed = new ComputeBed();
    bed.startCompute("c1");
    expect(bed.db.compute_nodes.find()).toMatchObject([
      { hypervisor_hostname: "c1", memory_mb: 16_384, memory_mb_used: 512, free_ram_mb: 15_872 },
    ]);
  });

  it("nova §8.1: heartbeats go through the conductor", () => {
    const bed = new ComputeBed();
    bed.startCompute("c1");
    bed.wait(seconds(60));
    expect(bed.db.services.find({ binary: "nova-compute" })[0]?.report_count).toBe(6);
  });
});

describe("a restart", () => {
  it("keeps guests, record and node", () => {
    const { bed, host } = active();
    restart(bed, host);
    expect(host.hypervisor.guests).toHaveLength(1);
    expect(bed.db.services.find({ binary: "nova-compute" })).toHaveLength(1);
    expect(bed.db.compute_nodes.find()).toMatchObject([{ memory_mb_used: 1024, running_vms: 1 }]);
    expect(columns(bed)).toEqual(["active", null]);
  });

  it("nova §3.6: a server in the middle of its build is in error", () => {
    const bed = new ComputeBed();
    const host = bed.startCompute("c1");
    bed.build(bed.server());
    bed.wait(seconds(1));
    restart(bed, host);
    expect(columns(bed)).toEqual(["error", null]);
  });

  const rules: [string, string | null, string, string | null][] = [
    ["active", "image_uploading", "active", null],
    ["active", "rebuild_spawning", "error", null],
    ["active", "migrating", "active", null],
    ["active", "reboot_started", "active", null],
    ["error", "reboot_started", "error", "reboot_started"],
    ["paused", "image_uploading", "paused", null],
    ["active", "pausing", "active", "pausing"],
    ["active", "rebooting", "active", "rebooting"],
    ["active", "shelving_image_uploading", "active", "shelving_image_uploading"],
    ["shelved_offloaded", "spawning", "error", null],
    ["error", "image_uploading", "error", "image_uploading"],
    ["active", "powering-off", "active", "powering-off"],
    ["stopped", "powering-on", "stopped", "powering-on"],
  ];

  it.each(rules)("nova §3.6: %s/%s becomes %s/%s", (vm, task, vmAfter, taskAfter) => {
    const { bed, host } = active();
    restart(bed, host, () => {
      bed.db.instances.update(uuid(1), { vm_state: vm as "active", task_state: task });
    });
    expect(columns(bed)).toEqual([vmAfter, taskAfter]);
  });

  it.each(["reboot_pending", "reboot_pending_hard", "reboot_started", "reboot_started_hard"])(
    "nova §3.6: a reboot that had got to %s is asked for again, without an action, and so is over",
    (task) => {
      const { bed, host } = active();
      restart(bed, host, () => {
        host.hypervisor.powerLost();
        bed.db.instances.update(uuid(1), { task_state: task });
      });
      bed.settle();
      // event_start finds no action of this request, and reverts_task_state ends the task.
      expect(columns(bed)).toEqual(["active", null]);
      expect(bed.db.instance_faults.find()).toEqual([]);
      expect(host.hypervisor.guest(uuid(1))?.powerState).toBe(4);
    },
  );

  it("nova §3.6: a deletion that was under way is finished", () => {
    const { bed, host } = active();
    restart(bed, host, () => {
      bed.db.instances.update(uuid(1), { task_state: "deleting" });
    });
    expect(bed.stored(1).deleted).toBe(1);
    expect(host.hypervisor.guests).toEqual([]);
  });

  it("loads what it deletes again, metadata and system_metadata apart (manager.py:908)", () => {
    const { bed, host } = active();
    restart(bed, host, () => {
      bed.db.instances.update(uuid(1), { task_state: "deleting" });
      bed.forget();
    });
    const loads = called(bed, "get_by_uuid").map((kwargs) => kwargs?.["expected_attrs"]);
    expect(loads.slice(0, 2)).toEqual([["metadata"], ["system_metadata"]]);
  });

  it("gives the quota back of a server that was deleted but for its row (manager.py:804)", () => {
    const { bed, host } = active();
    restart(bed, host, () => {
      bed.db.instances.update(uuid(1), { vm_state: "deleted", task_state: null });
      bed.forget();
    });
    expect(called(bed, "reserve")).toMatchObject([{ instances: -1, cores: -1, ram: -512 }]);
    expect(bed.stored(1).deleted).toBe(1);
  });

  it("writes no task over one that came meanwhile, of a server that was moving (manager.py:1013)", () => {
    const { bed, host } = active();
    restart(bed, host, () => {
      bed.db.instances.update(uuid(1), { task_state: "migrating" });
      bed.forget();
    });
    expect(called(bed, "save")[0]).toMatchObject({ expected_task_state: ["migrating"] });
  });

  it("does not get further than a server whose taps cannot be plugged (manager.py:982)", () => {
    const { bed, host } = active();
    const restarted = (): Host =>
      restart(bed, host, () => {
        const [vif] = bed.db.instance_info_caches.get(uuid(1))!.network_info;
        const network_info = [{ ...vif, type: "binding_failed" }];
        bed.db.instance_info_caches.update(uuid(1), { network_info });
      });
    expect(restarted).toThrow("Unexpected vif_type=binding_failed");
  });

  it("nova §3.5: a guest whose server is elsewhere by now is destroyed", () => {
    const { bed, host } = active();
    restart(bed, host, () => {
      bed.db.instances.update(uuid(1), { host: "c2", node: "c2" });
    });
    expect(host.hypervisor.guests).toEqual([]);
  });

  it("nova §3.2: a guest whose server was deleted meanwhile is reaped within half an hour", () => {
    const { bed, host } = active();
    restart(bed, host, () => {
      bed.db.instances.softDelete(uuid(1));
    });
    expect(host.hypervisor.guests).toHaveLength(1);
    bed.wait(seconds(1900));
    expect(host.hypervisor.guests).toEqual([]);
  });

  it("resumes what ran before the host went down, if told to", () => {
    const { bed, host } = active({ resume_guests_state_on_host_boot: true });
    restart(bed, host, () => {
      host.hypervisor.powerLost();
    });
    expect(host.hypervisor.guest(uuid(1))?.powerState).toBe(1);
  });

  it("leaves alone whom somebody else has woken, and paused", () => {
    const { bed, host } = active({ resume_guests_state_on_host_boot: true });
    restart(bed, host, () => {
      host.hypervisor.setPowerState(uuid(1), 3);
    });
    expect(host.hypervisor.guest(uuid(1))?.powerState).toBe(3);
  });

  it("puts a server in error whose guest cannot be resumed", () => {
    const { bed, host } = active({ resume_guests_state_on_host_boot: true });
    restart(bed, host, () => {
      host.hypervisor.powerLost();
      host.hypervisor.failures = {
        next: (operation) =>
          operation === "power_on" ? { error: host.hypervisor.failure("no kvm") } : undefined,
      };
    });
    expect(columns(bed)).toEqual(["error", null]);
  });
});

describe("the power sync", () => {
  it("nova §3.7: stops a server whose guest went down, as soon as libvirt says so", () => {
    const { bed, host } = active();
    bed.forget();
    host.hypervisor.stopGuest(uuid(1));
    bed.settle();
    expect(bed.states()).toEqual(["active/powering-off", "stopped/NULL"]);
    expect(bed.db.instance_actions.find().map(({ action }) => action)).toEqual(["create", "stop"]);
  });

  it("nova §3.7: stops a stopped server that somebody started", () => {
    const { bed, host } = active();
    host.hypervisor.stopGuest(uuid(1));
    bed.settle();
    host.hypervisor.startGuest(uuid(1));
    bed.settle();
    expect(bed.stored(1)).toMatchObject({ vm_state: "stopped", power_state: 4 });
    expect(host.hypervisor.guest(uuid(1))?.powerState).toBe(4);
  });

  it("nova §3.7: finds out by itself every ten minutes", () => {
    const { bed, host } = active();
    host.hypervisor.setPowerState(uuid(1), 4);
    bed.wait(seconds(700));
    expect(bed.stored(1)).toMatchObject({ vm_state: "stopped", power_state: 4 });
  });

  it("nova §3.7: leaves a server alone that is busy", () => {
    const { bed, host } = active();
    bed.db.instances.update(uuid(1), { task_state: "shelving" });
    host.hypervisor.stopGuest(uuid(1));
    bed.wait(seconds(700));
    expect(columns(bed)).toEqual(["active", "shelving"]);
  });

  /** Lines of the sync alone. */
  const said = (bed: ComputeBed): string[] =>
    bed
      .of<{ kind: "log"; message: string }>("log")
      .map(({ message }) => message)
      .filter((line) => /Lifecycle|stop API/u.test(line));
  const NOW = "current task_state: None, current DB power_state: 4, current VM power_state: 4";

  // nova/compute/manager.py:1075-1077, :5807-5815: what libvirt tells, and what both sides say.
  it("tells why it stops a server", () => {
    const { bed, host } = active();
    bed.forget();
    host.hypervisor.stopGuest(uuid(1));
    bed.settle();
    expect(said(bed)).toEqual([
      "VM Stopped (Lifecycle Event)",
      `Instance shutdown by itself. Calling the stop API. Current vm_state: active, ${NOW}`,
    ]);
    bed.forget();
    host.hypervisor.startGuest(uuid(1));
    bed.settle();
    expect(said(bed)).toEqual([
      "VM Started (Lifecycle Event)",
      `Instance is not stopped. Calling the stop API. Current vm_state: stopped, ${NOW.replaceAll("4", "1")}`,
      "VM Stopped (Lifecycle Event)",
    ]);
  });

  it("nova §8.3: the fake driver's stopped guests run on, and are stopped again for ever", () => {
    const { bed } = active({ compute_driver: "fake.FakeDriver" });
    const instance = bed.reload();
    instance.task_state = "powering-off";
    bed.run(instance.save(bed.ctxt));
    bed.run(bed.compute.prepare({ server: "c1" }).stop_instance(bed.ctxt, { instance }));
    bed.settle();
    expect(bed.stored(1)).toMatchObject({ vm_state: "stopped", power_state: 1 });
    bed.wait(seconds(1300));
    const stops = bed.db.instance_actions.find().filter(({ action }) => action === "stop");
    expect(stops.length).toBeGreaterThanOrEqual(2);
  });
});
