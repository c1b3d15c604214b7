/**
 * What nova-compute repeats, row by row of nova §8.2, and the three rounds that nothing else tests: the poll of bandwidth, the pass of
 * the image cache, and files that are still to be deleted.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { RpcReply, RpcSent } from "../../../../src/bus/observations.js";
import type { FlagValues } from "../../../../src/framework/index.js";
import { milliseconds, seconds } from "../../../../src/kernel/index.js";
import { Hypervisor } from "../../../../src/hardware/hypervisor.js";
import { SHUTDOWN } from "../../../../src/hardware/power-states.js";
import { ComputeHost } from "../../../../src/services/nova/compute/compute-host.js";
import { periodicTasks } from "../../../../src/services/nova/compute/periodic/periodic-tasks.js";
import { pollShelvedInstances } from "../../../../src/services/nova/compute/periodic/poll-shelved.js";
import { FakeDriver } from "../../../../src/services/nova/virt/fake.js";
import { VolumeApi } from "../../../../src/services/nova/volume/cinder.js";
import { IMAGE, uuid } from "../bed.js";
import { ComputeBed } from "./bed.js";
import { FakeNetwork } from "./fake-network.js";

const JUNO = path.join(import.meta.dirname, "../../../../docs/juno/nova.md");

/** The rows of nova §8.2: task, and its spacing at the flags' defaults. */
function rows(): Map<string, string> {
  const section = readFileSync(JUNO, "utf8").split("### 8.2")[1]?.split("### 8.3")[0] ?? "";
  const cells = section
    .split("\n")
    .filter((line) => /^\| (?:_|update_)/u.test(line))
    .map((line) => line.split("|").map((cell) => cell.trim()));
  return new Map(cells.map(([, name = "", spacing = ""]) => [name, spacing]));
}

/** What a host has that is not started, and so repeats nothing by itself. */
function idle(flags: FlagValues) {
  const bed = new ComputeBed(flags);
  const env = bed.nova("nova-compute", "c9");
  const compute = new ComputeHost({
    env,
    images: bed.images,
    network: new FakeNetwork("c9"),
    volumes: new VolumeApi(env),
    driver: () => new FakeDriver(new Hypervisor("c9")),
  });
  return { bed, compute };
}

const tasks = (flags: FlagValues) => periodicTasks(idle(flags).compute);

/** Each is on that does something. */
const ALL_ON: FlagValues = {
  resize_confirm_window: 1,
  reboot_timeout: 1,
  rescue_timeout: 1,
  instance_usage_audit: true,
  volume_usage_poll_interval: 60,
  reclaim_instance_interval: 1,
};

/**
 * Where each is decorated in nova/compute/manager.py at 2014.2, with what the decorator says. In the order in which CPython
 * 2.7.18 (64 bits) lists them for a class that has the names of ComputeManager's attributes, in their order there.
 */
const UPSTREAM: Readonly<Record<string, readonly [line: number, spacing: number]>> = {
  _instance_usage_audit: [5479, 60],
  update_available_resource: [5936, 60],
  _poll_rebooting_instances: [5342, 60],
  _poll_volume_usage: [5647, 60],
  _cleanup_running_deleted_instances: [5973, 1800],
  _reclaim_queued_deletes: [5901, 60],
  _poll_unconfirmed_resizes: [5376, 60],
  _sync_power_states: [5670, 600],
  _poll_rescued_instances: [5358, 60],
  _poll_shelved_instances: [5452, 3600],
  _poll_bandwidth_usage: [5534, 600],
  _run_pending_deletes: [6191, 300],
  _check_instance_build_time: [1586, 60],
  _run_image_cache_manager_pass: [6164, 2400],
  _heal_instance_info_cache: [5253, 60],
};

describe("the rounds of nova-compute (nova §8.2)", () => {
  it("are those of the table, each with its spacing", () => {
    const spacings = tasks(ALL_ON).map(({ name, spacing }) => [name, spacing || 60]);
    const expected = Object.entries(UPSTREAM).map(([name, [, spacing]]) => [name, spacing]);
    expect(new Map(spacings as [string, number][])).toEqual(
      new Map(expected as [string, number][]),
    );
    const table = rows();
    expect([...table.keys()]).toEqual(Object.keys(UPSTREAM));
    for (const [name, text] of table) {
      expect(Number.parseInt(text, 10), name).toBe(UPSTREAM[name]?.[1]);
    }
  });

  it("are due one after another in the order of the class's dictionary (nova/openstack/common/periodic_task.py:120, 2014.2)", () => {
    expect(tasks(ALL_ON).map(({ name }) => name)).toEqual(Object.keys(UPSTREAM));
  });

  it("run at once only for power states, and the pass of the image cache may be another process's", () => {
    const all = tasks(ALL_ON);
    const immediate = all.filter(({ runImmediately }) => runImmediately === true);
    expect(immediate.map(({ name }) => name)).toEqual(["_sync_power_states"]);
    const elsewhere = all.filter(({ externalProcessOk }) => externalProcessOk === true);
    expect(elsewhere.map(({ name }) => name)).toEqual(["_run_image_cache_manager_pass"]);
  });

  it.each([
    ["sync_power_state_interval", "_sync_power_states"],
    ["heal_instance_info_cache_interval", "_heal_instance_info_cache"],
    ["shelved_poll_interval", "_poll_shelved_instances"],
    ["bandwidth_poll_interval", "_poll_bandwidth_usage"],
    ["volume_usage_poll_interval", "_poll_volume_usage"],
    ["running_deleted_instance_poll_interval", "_cleanup_running_deleted_instances"],
    ["image_cache_manager_interval", "_run_image_cache_manager_pass"],
    ["instance_delete_interval", "_run_pending_deletes"],
  ])("%s is the spacing of %s", (flag, name) => {
    const spacing = tasks({ [flag]: 77 }).find((task) => task.name === name)?.spacing;
    expect(spacing).toBe(77);
  });
});

describe("an interval of 0 (nova/compute/utils.py:457, 2014.2)", () => {
  it.each([
    "shelved_poll_interval",
    "bandwidth_poll_interval",
    "sync_power_state_interval",
    "image_cache_manager_interval",
  ])("%s is warned of when nova-compute is loaded", (flag) => {
    const bed = new ComputeBed({ [flag]: 0 });
    bed.startCompute("c1");
    expect(said(bed, "K release")).toEqual([
      expect.stringContaining(`warning: Value of 0 or None specified for ${flag}. `),
    ]);
  });

  it("others are not", () => {
    const bed = new ComputeBed({ instance_delete_interval: 0, volume_usage_poll_interval: 0 });
    bed.startCompute("c1");
    expect(said(bed, "K release")).toEqual([]);
  });
});

const BASE = "/var/lib/nova/instances/_base/";

/** A server on c1 whose guest is libvirt's, and rounds without a random start. */
function served(flags: FlagValues = {}) {
  const bed = new ComputeBed({ periodic_fuzzy_delay: 0, ...flags });
  const host = bed.startCompute("c1");
  bed.build(bed.server());
  bed.settle();
  return { bed, host };
}

const said = (bed: ComputeBed, part: string): string[] =>
  bed.logs().filter((line) => line.includes(part));

describe("update_available_resource (nova/compute/manager.py:5936-5971, 2014.2)", () => {
  it("asks which nodes the database has of the host, once its own is counted", () => {
    const bed = new ComputeBed({ periodic_fuzzy_delay: 0 });
    bed.startCompute("c1");
    bed.wait(seconds(30));
    bed.forget();
    bed.wait(seconds(60));
    const calls = bed
      .of<RpcSent>("rpc.call")
      .map(({ method, args }) => ({ method, ...(args as Record<string, unknown>) }));
    const counted = calls.findIndex(({ method }) => method.startsWith("migration_get"));
    const service = bed.db.services.first({ host: "c1", topic: "compute" })?.id;
    const slave = { use_slave: true };
    expect(
      calls.slice(counted + 1).filter(({ method }) => method === "object_class_action"),
    ).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          objname: "Service",
          objmethod: "get_by_compute_host",
          args: ["c1"],
          kwargs: slave,
        }),
        expect.objectContaining({
          objname: "ComputeNodeList",
          objmethod: "_get_by_service",
          args: [service],
          kwargs: slave,
        }),
      ]),
    );
  });

  it("deletes a node that the driver has not", () => {
    const bed = new ComputeBed({ periodic_fuzzy_delay: 0 });
    bed.startCompute("c1");
    bed.wait(seconds(10));
    const [node] = bed.db.compute_nodes.find();
    const { id: _, ...values } = node!;
    const other = bed.db.compute_nodes.insert({ ...values, hypervisor_hostname: "once" });
    bed.wait(seconds(60));
    expect(bed.db.compute_nodes.find().map(({ id }) => id)).toEqual([node!.id]);
    expect(said(bed, "orphan compute node")).toEqual([
      `info: Deleting orphan compute node ${String(other.id)}`,
    ]);
  });

  it("fails where the host's record is gone, once everything is counted", () => {
    const bed = new ComputeBed({ periodic_fuzzy_delay: 0 });
    bed.startCompute("c1");
    bed.wait(seconds(10));
    bed.db.services.softDelete(bed.db.services.first({ host: "c1" })!.id);
    bed.wait(seconds(60));
    expect(said(bed, "update_available_resource")).toEqual([
      expect.stringContaining("Compute host c1 could not be found."),
    ]);
  });
});

describe("_check_instance_build_time (nova/compute/manager.py:1586-1603, 2014.2)", () => {
  it("sets what is built for too long in error, and says so then", () => {
    const { bed, compute } = idle({ instance_build_timeout: 100 });
    bed.instance(1, { host: "c9", vm_state: "building" });
    bed.wait(seconds(60));
    bed.instance(2, { host: "c9", vm_state: "building" });
    bed.wait(seconds(60));
    bed.forget();
    const task = periodicTasks(compute).find(({ name }) => name.endsWith("build_time"));
    bed.run(task!.run(bed.ctxt));
    expect([bed.stored(1).vm_state, bed.stored(2).vm_state]).toEqual(["error", "building"]);
    expect(bed.seen.at(-1)?.what).toMatchObject({
      level: "warning",
      message: "Instance build timed out. Set to error state.",
    });
  });
});

describe("_poll_shelved_instances (nova/compute/manager.py:5463-5469, 2014.2)", () => {
  it("offloads those that are due when it looks, whoever becomes due while it is at it", () => {
    const { bed, compute } = idle({ shelved_offload_time: 100 });
    const { kernel } = bed;
    bed.wait(seconds(200));
    // The newest comes first, and what it takes to offload it is enough for the other to become due.
    for (const [n, due] of [
      [1, milliseconds(20)],
      [2, milliseconds(-1000)],
    ] as const) {
      const shelved_at = kernel.calendar.stamp(kernel.now - seconds(100) + due);
      const at = { host: "c9", node: "c9", vm_state: "shelved" } as const;
      bed.instance(n, at, { shelved_at });
    }
    bed.run(pollShelvedInstances(compute, bed.ctxt));
    expect([bed.stored(1).vm_state, bed.stored(2).vm_state]).toEqual([
      "shelved",
      "shelved_offloaded",
    ]);
  });
});

describe("_poll_rescued_instances (nova/compute/manager.py:5358-5374, 2014.2)", () => {
  it("ends at a server that is busy, before anything is asked for it (nova/compute/api.py:176-182)", () => {
    const { bed } = served({ rescue_timeout: 10 });
    bed.db.instances.update(uuid(1), { vm_state: "rescued", task_state: "unrescuing" });
    bed.forget();
    bed.wait(seconds(60));
    expect(said(bed, "_poll_rescued_instances")[0]).toContain(
      `Instance ${uuid(1)} in task_state unrescuing. Cannot unrescue while the instance is in this state.`,
    );
    const saves = bed
      .of<RpcSent>("rpc.call")
      .filter(({ args }) => (args as { objmethod?: string }).objmethod === "save");
    expect(saves).toEqual([]);
  });
});

describe("_poll_bandwidth_usage (nova/compute/manager.py:5533, 2014.2)", () => {
  it("says once that libvirt counts nothing, and asks for no servers again", () => {
    const { bed } = served({ bandwidth_poll_interval: 60 });
    bed.forget();
    bed.wait(seconds(400));
    expect(said(bed, "andwidth")).toEqual([
      "info: Updating bandwidth usage cache",
      "warning: Bandwidth usage not supported by hypervisor.",
    ]);
  });

  it("goes on with the fake driver, which counts nothing either", () => {
    const { bed } = served({ bandwidth_poll_interval: 10, compute_driver: "fake.FakeDriver" });
    bed.forget();
    bed.wait(seconds(100));
    const lines = said(bed, "andwidth");
    expect(new Set(lines)).toEqual(new Set(["info: Updating bandwidth usage cache"]));
    expect(lines.length).toBeGreaterThan(2);
  });
});

describe("_cleanup_running_deleted_instances (nova/compute/manager.py:5973-6056, 2014.2)", () => {
  const found = "which is marked as DELETED but still present on host.";

  function gone(running_deleted_instance_action: string) {
    const { bed, host } = served({
      running_deleted_instance_poll_interval: 60,
      running_deleted_instance_action,
    });
    bed.db.instances.softDelete(uuid(1));
    bed.forget();
    bed.wait(seconds(60));
    return { bed, host };
  }

  it("logs, and leaves the guest alone", () => {
    const { bed } = gone("log");
    expect(said(bed, found)).toEqual([
      `warning: Detected instance with name label 'instance-00000001' ${found}`,
    ]);
  });

  it("powers the guest off, which no driver here can keep off", () => {
    const { bed, host } = gone("shutdown");
    const lines = bed.logs();
    const at = lines.indexOf(
      `info: Powering off instance with name label 'instance-00000001' ${found}`,
    );
    expect(lines[at + 1]).toBe("warning: set_bootable is not implemented for the current driver");
    bed.wait(seconds(10));
    expect(host.hypervisor.guest(uuid(1))?.powerState).toBe(SHUTDOWN);
  });

  it("sees the rows of devices that are gone, as all that is deleted", () => {
    const { bed } = served({ running_deleted_instance_poll_interval: 60 });
    for (const { id } of bed.db.block_device_mapping.find()) {
      bed.db.block_device_mapping.softDelete(id);
    }
    bed.db.instances.softDelete(uuid(1));
    bed.forget();
    bed.wait(seconds(60));
    const replies = bed
      .of<RpcReply>("rpc.reply")
      .map((reply) => JSON.stringify(reply))
      .filter((text) => text.includes("BlockDeviceMappingList"));
    expect(replies.some((text) => text.includes('"/dev/vda"'))).toBe(true);
  });
});

describe("_run_image_cache_manager_pass (nova/compute/manager.py:6163, nova/virt/libvirt/imagecache.py, 2014.2)", () => {
  const EVERY = {
    image_cache_manager_interval: 60,
    remove_unused_original_minimum_age_seconds: 300,
  };

  it("keeps what a server needs, whatever its age", () => {
    const { bed, host } = served(EVERY);
    bed.forget();
    bed.wait(seconds(1000));
    expect(host.hypervisor.images.bytes(IMAGE)).toBe(13 * 1024 * 1024);
    const [checking, inUse, active] = said(bed, BASE);
    expect(checking).toMatch(/^info: image \S+ at \(\S+\): checking$/u);
    expect(inUse).toMatch(
      /: in use: on this node 1 local, 0 on other nodes sharing this instance storage$/u,
    );
    expect(active).toMatch(
      /^info: Active base files: \/var\/lib\/nova\/instances\/_base\/[0-9a-f]{40}$/u,
    );
  });

  it("removes what no server needs once it is old, and a build fetches it again", () => {
    const { bed, host } = served(EVERY);
    bed.terminate();
    bed.wait(seconds(30));
    bed.forget();
    bed.wait(seconds(150));
    expect(said(bed, "too young").length).toBeGreaterThan(0);
    expect(host.hypervisor.images.bytes(IMAGE)).toBeDefined();
    bed.wait(seconds(400));
    expect(host.hypervisor.images.bytes(IMAGE)).toBeUndefined();
    expect(said(bed, "Removing base file")).toHaveLength(1);
    const fetched = (): number => bed.images.asked.filter((line) => line === `GET ${IMAGE}`).length;
    expect(fetched()).toBe(1);
    bed.build(bed.server(2));
    bed.settle();
    expect(fetched()).toBe(2);
  });

  it("removes nothing where remove_unused_base_images is off", () => {
    const { bed, host } = served({ ...EVERY, remove_unused_base_images: false });
    bed.terminate();
    bed.wait(seconds(900));
    expect(host.hypervisor.images.bytes(IMAGE)).toBeDefined();
    expect(said(bed, "Removable base files").length).toBeGreaterThan(0);
  });

  it("keeps the image that a disk stands on, though no server says so", () => {
    const { bed, host } = served(EVERY);
    // As an unshelved server has it: its disk is made of the snapshot, its image is the first one.
    bed.db.instances.update(uuid(1), { image_ref: uuid(77) });
    bed.forget();
    bed.wait(seconds(900));
    expect(host.hypervisor.images.bytes(IMAGE)).toBeDefined();
    expect(said(bed, "is using a backing file")[0]).toMatch(
      /^warning: Instance \S+ is using a backing file \S+ which does not appear in the image service$/u,
    );
  });
});

describe("_run_pending_deletes (nova/compute/manager.py:6191, 2014.2)", () => {
  const row = (bed: ComputeBed) => {
    const { metadata } = bed.db.instance_system_metadata.getAny(uuid(1))!;
    return [bed.db.instances.getAny(uuid(1))?.cleaned, metadata["clean_attempts"]];
  };

  function broken(attempts: number) {
    const { bed, host } = served({ instance_delete_interval: 60 });
    let left = attempts;
    host.hypervisor.failures = {
      next: (operation) =>
        operation === "delete_instance_files" && left-- > 0
          ? { error: host.hypervisor.failure("Device or resource busy") }
          : undefined,
    };
    bed.terminate();
    bed.wait(seconds(20));
    return { bed, host };
  }

  it("has nothing to do for a server whose files went with it", () => {
    const { bed } = broken(0);
    expect(row(bed)).toEqual([1, "1"]);
    bed.wait(seconds(300));
    expect(row(bed)).toEqual([1, "1"]);
  });

  it("tries again what failed, until it succeeds", () => {
    const { bed, host } = broken(2);
    expect(bed.db.instances.getAny(uuid(1))?.deleted).not.toBe(0);
    expect(host.hypervisor.guest(uuid(1))).toBeUndefined();
    expect(row(bed)).toEqual([0, "1"]);
    bed.wait(seconds(60));
    expect(row(bed)).toEqual([0, "2"]);
    bed.wait(seconds(60));
    expect(row(bed)).toEqual([1, "3"]);
    expect(said(bed, "Failed to cleanup directory")).toEqual([
      expect.stringMatching(
        /^error: Failed to cleanup directory \S+_del: .*Device or resource busy$/u,
      ),
      expect.anything(),
    ]);
  });

  it("gives up after maximum_instance_delete_attempts, the delete itself among them", () => {
    const { bed } = broken(100);
    bed.wait(seconds(900));
    expect(row(bed)).toEqual([0, "5"]);
  });
});
