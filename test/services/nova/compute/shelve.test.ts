/** Shelving, and leaving the host: nova §2.2, §2.3. */
import { describe, expect, it } from "vitest";
import type { DbChange } from "../../../../src/framework/observations.js";
import { seconds } from "../../../../src/kernel/index.js";
import { failNext } from "../../../hardware/fake-failures.js";
import type { RpcSent } from "../../../../src/bus/observations.js";
import { ComputeBed, type Host } from "./bed.js";
import { SNAPSHOT } from "./fake-images.js";
import { active, begin, shelve } from "./shelving.js";
import { IMAGE, uuid } from "../bed.js";

describe("shelving", () => {
  it("nova §2.5: goes through these states when it offloads at once", () => {
    const { bed } = active();
    shelve(bed);
    expect(bed.states().slice(-4)).toEqual([
      "active/shelving_image_pending_upload",
      "active/shelving_image_uploading",
      "shelved/shelving_offloading",
      "shelved_offloaded/NULL",
    ]);
  });

  it("nova §2.5: tells of it in this order", () => {
    const { bed } = active();
    shelve(bed);
    expect(bed.notified()).toEqual([
      "compute.instance.exists",
      "compute.instance.shelve.start",
      "compute.instance.shelve.end",
      "compute.instance.shelve_offload.start",
      "compute.instance.shelve_offload.end",
    ]);
  });

  it("other-services §11.3: reads both images and uploads the disk", () => {
    const { bed } = active();
    shelve(bed);
    expect(bed.images.asked).toEqual([`HEAD ${IMAGE}`, `HEAD ${SNAPSHOT}`, `PUT ${SNAPSHOT}`]);
    expect(bed.images.images.get(SNAPSHOT)).toMatchObject({
      status: "active",
      name: "t3-shelved",
      properties: { image_location: "snapshot", image_state: "available" },
    });
  });

  it("nova §2.3: the server has no host any more; its ports stay", () => {
    const { bed, host } = active();
    shelve(bed);
    expect(bed.stored(1)).toMatchObject({ host: null, node: null, power_state: 4 });
    expect(host.hypervisor.guests).toEqual([]);
    expect(host.network.asked).toEqual(["allocate@c1", "read@c1"]);
  });

  it("nova §2.2 row f: remembers when, where to and where from", () => {
    const { bed } = active();
    shelve(bed);
    expect(bed.reload().system_metadata).toMatchObject({
      shelved_at: expect.stringMatching(/^2014-09-18T04:03:\d\d\.\d{6}$/) as string,
      shelved_image_id: SNAPSHOT,
      shelved_host: "c1",
    });
  });

  it("nova §2.3: an offloaded server still counts on its old host until the next audit", () => {
    const { bed } = active({ periodic_fuzzy_delay: 0 });
    const used = () => bed.db.compute_nodes.find()[0]?.memory_mb_used;
    expect(used()).toBe(512 + 512);
    // The first audit is over, and the next one is not due before the server has gone.
    bed.wait(seconds(35));
    shelve(bed);
    expect(used()).toBe(512 + 512);
    bed.wait(seconds(61));
    expect(used()).toBe(512);
  });

  it("nova §2.2: with an offload time it stays on the host, shelved, until that has passed", () => {
    const flags = { shelved_offload_time: 100, shelved_poll_interval: 60, periodic_fuzzy_delay: 0 };
    const { bed, host } = active(flags);
    shelve(bed);
    expect(bed.stored(1)).toMatchObject({ vm_state: "shelved", task_state: null, host: "c1" });
    expect(host.hypervisor.guest(uuid(1))?.powerState).toBe(4);
    bed.wait(seconds(70));
    expect(bed.stored(1).vm_state).toBe("shelved");
    bed.wait(seconds(100));
    expect(bed.stored(1)).toMatchObject({ vm_state: "shelved_offloaded", host: null });
    expect(host.hypervisor.guests).toEqual([]);
  });

  it("nova §2.2: never offloads with a time of -1", () => {
    const { bed } = active({ shelved_offload_time: -1, shelved_poll_interval: 60 });
    shelve(bed);
    bed.wait(seconds(600));
    expect(bed.stored(1).vm_state).toBe("shelved");
  });

  it("nova §2.2: a failure leaves the server ACTIVE and off, the task NULL, the image there", () => {
    const { bed, host } = active();
    failNext(host.hypervisor, "snapshot", 1, "no space left");
    shelve(bed);
    expect(bed.stored(1)).toMatchObject({ vm_state: "active", task_state: null });
    expect(host.hypervisor.guest(uuid(1))?.powerState).toBe(4);
    expect(bed.db.instance_faults.find().map(({ message }) => message)).toEqual(["no space left"]);
    expect(bed.images.asked).not.toContain(`DELETE ${SNAPSHOT}`);
    expect(bed.db.instance_actions.find().at(-1)?.message).toBe("Error");
    expect(bed.notified().at(-1)).toBe("shelve_instance");
  });
});

describe("shelve_offload_instance as a message", () => {
  function offload(bed: ComputeBed, vm: "active" | "shelved", task: string) {
    bed.db.instances.update(uuid(1), { vm_state: vm });
    const instance = begin(bed, task, "shelve");
    bed.run(bed.compute.prepare({ server: "c1" }).shelve_offload_instance(bed.ctxt, { instance }));
    bed.settle();
  }

  it("nova §2.2: takes a volume-backed server straight off, without image or keys", () => {
    const { bed, host } = active();
    offload(bed, "active", "shelving");
    expect(bed.states()).toEqual(["shelved_offloaded/NULL"]);
    expect(bed.reload().system_metadata).not.toHaveProperty("shelved_image_id");
    expect(bed.images.asked).toEqual([]);
    expect(host.hypervisor.guests).toEqual([]);
  });

  it("nova §2.3: is no event of an action", () => {
    const { bed } = active();
    const before = bed.db.instance_actions_events.find().length;
    offload(bed, "shelved", "shelving_offloading");
    expect(bed.stored(1).vm_state).toBe("shelved_offloaded");
    expect(bed.db.instance_actions_events.find()).toHaveLength(before);
  });

  it("nova §0.3: a failure ends the task and leaves a fault", () => {
    const { bed, host } = active();
    failNext(host.hypervisor, "destroy", 1, "qemu hangs");
    offload(bed, "shelved", "shelving_offloading");
    expect(bed.stored(1)).toMatchObject({ vm_state: "shelved", task_state: null, host: "c1" });
    expect(bed.db.instance_faults.find().map(({ message }) => message)).toEqual(["qemu hangs"]);
    expect(bed.notified()).toEqual([
      "compute.instance.shelve_offload.start",
      "shelve_offload_instance",
    ]);
  });

  it("nova §3.1: offloading at once after a shelve keeps both faults, and ends the task", () => {
    const { bed, host } = active();
    failNext(host.hypervisor, "destroy", 1, "qemu hangs");
    shelve(bed);
    expect(bed.stored(1)).toMatchObject({ vm_state: "shelved", task_state: null });
    expect(bed.db.instance_faults.find()).toHaveLength(2);
  });
});

describe("the round that offloads what was shelved long ago (_poll_shelved_instances)", () => {
  /** Two servers that were shelved an hour ago, and what the rounds of ten minutes make of them. */
  function rounds(shelved_offload_time: number, before?: (host: Host, bed: ComputeBed) => void) {
    const every = {
      shelved_poll_interval: 60,
      periodic_fuzzy_delay: 0,
      instance_delete_interval: -1,
    };
    const bed = new ComputeBed({ ...every, shelved_offload_time });
    const host = bed.startCompute("c1");
    for (const n of [1, 2]) {
      bed.build(bed.server(n));
      bed.settle();
    }
    for (const n of [1, 2]) {
      const metadata = bed.db.instance_system_metadata.get(uuid(n))!.metadata;
      bed.db.instance_system_metadata.update(uuid(n), {
        metadata: { ...metadata, shelved_at: "2014-09-18T03:00:00.000000" },
      });
      bed.db.instances.update(uuid(n), { vm_state: "shelved", task_state: null });
    }
    before?.(host, bed);
    bed.forget();
    bed.wait(seconds(600));
    const asked = bed
      .of<RpcSent>("rpc.call")
      .filter(({ args }) => (args as { objmethod?: string }).objmethod === "get_by_filters")
      .map(({ args }) => (args as { args: readonly unknown[] }).args[0]);
    return { bed, states: [1, 2].map((n) => bed.stored(n).vm_state), asked };
  }

  // 0 offloads when it shelves, and -1 never: what is shelved all the same stays where it is.
  it.each([0, -1])("at offload time %i asks nothing and moves nobody", (time) => {
    const { states, asked } = rounds(time);
    expect(states).toEqual(["shelved", "shelved"]);
    expect(asked).toEqual([]);
  });

  it("asks for the shelved ones of its host, and offloads those that are old enough", () => {
    const { states, asked } = rounds(100);
    expect(states).toEqual(["shelved_offloaded", "shelved_offloaded"]);
    expect(asked[0]).toEqual({ vm_state: "shelved", host: "c1" });
    expect(rounds(5000).states).toEqual(["shelved", "shelved"]);
  });

  // nova/compute/manager.py:5465-5470 (2014.2)
  it("moves nobody where one does not say since when it is shelved", () => {
    const { bed, states } = rounds(100, (_host, { db }) => {
      const { shelved_at, ...metadata } = db.instance_system_metadata.get(uuid(2))!.metadata;
      expect(shelved_at).toBeDefined();
      db.instance_system_metadata.update(uuid(2), { metadata });
    });
    expect(states).toEqual(["shelved", "shelved"]);
    expect(bed.logs()).toContain(
      "error: Error during ComputeManager._poll_shelved_instances: 'shelved_at'",
    );
  });

  // nova/compute/manager.py:5464-5472 (2014.2)
  it("leaves to the next round who grows old while another one moves", () => {
    const begun = ({ seen }: ComputeBed) =>
      seen.flatMap(({ at, what }) => {
        const { table, key, changes } = what as DbChange;
        const task = (changes as Record<string, readonly unknown[]> | undefined)?.["task_state"];
        return table === "instances" && task?.[1] === "shelving_offloading" ? [{ at, key }] : [];
      });
    const [first, second] = begun(rounds(100).bed);
    expect(second!.at - first!.at).toBeLessThan(seconds(10));
    const { bed } = rounds(100, (_host, { db, kernel }) => {
      const { metadata } = db.instance_system_metadata.get(second!.key)!;
      const between = (first!.at + second!.at) / 2;
      const shelved_at = kernel.calendar.stamp(Math.round(between) - seconds(100));
      db.instance_system_metadata.update(second!.key, {
        metadata: { ...metadata, shelved_at },
      });
    });
    const [one, other] = begun(bed);
    expect([one?.key, other?.key]).toEqual([first?.key, second?.key]);
    expect(other!.at - one!.at).toBeGreaterThan(seconds(50));
  });

  it("goes on to the next when one cannot be offloaded", () => {
    const { bed, states } = rounds(100, ({ hypervisor }) => {
      failNext(hypervisor, "destroy");
    });
    expect(states.toSorted()).toEqual(["shelved_offloaded", "shelved_offloaded"].toSorted());
    expect(bed.logs().filter((line) => line.includes("failed to offload"))).toHaveLength(1);
  });
});
