/** What a node has and what of it is used: nova §1.6, §1.9. */
import { describe, expect, it } from "vitest";
import type { RpcSent } from "../../../../src/bus/observations.js";
import { seconds, type Op } from "../../../../src/kernel/index.js";
import {
  claimLines,
  testClaim,
  type InstanceUsage,
} from "../../../../src/services/nova/compute/tracker/claims.js";
import { ResourceTracker } from "../../../../src/services/nova/compute/tracker/resource-tracker.js";
import { Stats } from "../../../../src/services/nova/compute/tracker/stats.js";
import { Hypervisor } from "../../../../src/hardware/hypervisor.js";
import { ConductorStore } from "../../../../src/services/nova/objects/wire/conductor-store.js";
import { FakeDriver } from "../../../../src/services/nova/virt/fake.js";
import { ValueError } from "../../../../src/python/index.js";
import { failNext } from "../../../hardware/fake-failures.js";
import { ComputeBed } from "./bed.js";
import { uuid } from "../bed.js";

const usage = (values: Partial<InstanceUsage> = {}): InstanceUsage => ({
  uuid: "u1",
  host: "c1",
  node: "c1",
  project_id: "demo",
  os_type: null,
  vm_state: "building",
  task_state: null,
  memory_mb: 512,
  root_gb: 10,
  ephemeral_gb: 5,
  vcpus: 2,
  ...values,
});

describe("a claim", () => {
  const used = { memory_mb: 1000, local_gb: 90, vcpus: 4 };

  it("nova §1.6: is granted up to the limit itself, and without limits always", () => {
    expect(() => testClaim(usage(), 0, used, { memory_mb: 1512 })).not.toThrow();
    expect(() => testClaim(usage(), 0, used, {})).not.toThrow();
  });

  it("nova §1.6: is refused with everything that is short (nova/compute/claims.py:234-238, nova/compute/resources/vcpu.py:64-67, 2014.2)", () => {
    const limits = { memory_mb: 1511, disk_gb: 100, vcpu: 5 };
    expect(() => testClaim(usage(), 0, used, limits)).toThrow(
      "Insufficient compute resources: Free memory 511.00 MB < requested 512 MB; Free disk 10.00 GB < requested 15 GB; Free CPUs 1.00 VCPUs < requested 2 VCPUs.",
    );
  });

  // nova/compute/claims.py:152-155, :215-232 (2014.2): LOG.audit.
  it("tells what it finds, before it is decided", () => {
    const total = { memory_mb: 16384, local_gb: 200, vcpus: 8 };
    expect(claimLines(usage(), 1, total, used, { memory_mb: 24576 })).toEqual([
      "Attempting claim: memory 513 MB, disk 15 GB",
      "Total memory: 16384 MB, used: 1000.00 MB",
      "memory limit: 24576.00 MB, free: 23576.00 MB",
      "Total disk: 200 GB, used: 90.00 GB",
      "disk limit not specified, defaulting to unlimited",
    ]);
  });

  it("counts the driver's overhead", () => {
    expect(() => testClaim(usage(), 1, used, { memory_mb: 1512 })).toThrow("requested 513 MB");
  });
});

describe("the counts of a node", () => {
  it("nova §1.6: follow each instance from state to state", () => {
    const stats = new Stats();
    stats.update(usage({ task_state: "networking" }));
    stats.update(usage({ uuid: "u2", vm_state: "active" }));
    expect(JSON.parse(stats.toString())).toEqual({
      io_workload: 1,
      num_instances: 2,
      num_os_type_None: 2,
      num_proj_demo: 2,
      num_task_None: 1,
      num_task_networking: 1,
      num_vm_active: 1,
      num_vm_building: 1,
    });
    expect(stats.workload).toBe(1);
    stats.update(usage({ vm_state: "deleted" }));
    expect(stats.get("num_instances")).toBe(1);
    expect(stats.get("io_workload")).toBe(0);
  });

  // nova/compute/stats.py:51-69 (2014.2, `io_workload`).
  it.each([
    "resize_migrating",
    "rebuilding",
    "resize_prep",
    "image_snapshot",
    "image_backup",
    "rescuing",
    "unshelving",
  ] as const)("have a server that is %s among the work for disks", (task_state) => {
    const stats = new Stats();
    stats.update(usage({ vm_state: "active", task_state }));
    expect(stats.get("io_workload")).toBe(1);
  });

  it("have no other work for disks, but for builds", () => {
    const stats = new Stats();
    stats.update(usage({ vm_state: "active", task_state: "unrescuing" }));
    stats.update(usage({ uuid: "u2", vm_state: "shelved", task_state: "shelving_offloading" }));
    expect(stats.get("io_workload")).toBe(0);
  });
});

describe("the record of a node", () => {
  const node = (bed: ComputeBed) => bed.db.compute_nodes.find()[0];
  const updates = (bed: ComputeBed) =>
    bed.of<RpcSent>("rpc.call").filter(({ method }) => method === "compute_node_update");
  const valuesOf = (args: unknown) => (args as { values: object }).values;

  it("nova §1.6: counts a claim at once", () => {
    const bed = new ComputeBed();
    bed.startCompute("c1");
    bed.build(bed.server());
    bed.wait(seconds(1));
    expect(node(bed)).toMatchObject({
      memory_mb_used: 1024,
      free_ram_mb: 15_360,
      local_gb_used: 1,
      vcpus_used: 1,
      running_vms: 1,
      current_workload: 1,
    });
  });

  it("nova §1.6: object saves do not touch it, the next audit does", () => {
    const bed = new ComputeBed({ periodic_fuzzy_delay: 0 });
    bed.startCompute("c1");
    bed.build(bed.server());
    bed.settle();
    expect(bed.stored(1).vm_state).toBe("active");
    expect(JSON.parse(node(bed)?.stats ?? "")).toMatchObject({ num_vm_building: 1 });
    bed.wait(seconds(40));
    expect(JSON.parse(node(bed)?.stats ?? "")).toMatchObject({
      num_vm_active: 1,
      io_workload: 0,
    });
  });

  it("nova §1.6: a failed build counts again at the next audit, since its row keeps the host", () => {
    const bed = new ComputeBed({ periodic_fuzzy_delay: 0 });
    const { hypervisor } = bed.startCompute("c1");
    failNext(hypervisor, "spawn");
    bed.build(bed.server());
    bed.settle();
    expect(bed.stored(1)).toMatchObject({ vm_state: "error", host: "c1", node: "c1" });
    expect(node(bed)?.memory_mb_used).toBe(512);
    bed.wait(seconds(40));
    expect(node(bed)?.memory_mb_used).toBe(1024);
  });

  it("nova §1.5: is written once more after it was made, so that promises can be told from it", () => {
    const bed = new ComputeBed({ periodic_fuzzy_delay: 0 });
    bed.startCompute("c1");
    // nova/compute/resource_tracker.py (_create): the scheduler is not to miss the first event.
    const told = bed
      .of<RpcSent>("rpc.call")
      .filter(({ method }) => method.startsWith("compute_node"));
    expect(told.map(({ method }) => method)).toEqual([
      "compute_node_create",
      "compute_node_update",
    ]);
    const [create, update] = told.map(({ args }) => args as Record<string, unknown>);
    expect(update).toEqual({ node: { id: 1 }, values: create!["values"] });
    const first = node(bed)?.updated_at;
    bed.wait(seconds(70));
    expect(node(bed)?.updated_at).not.toBe(first);
  });

  it("has its counts as Python writes JSON (jsonutils.dumps)", () => {
    const bed = new ComputeBed({ periodic_fuzzy_delay: 0 });
    bed.startCompute("c1");
    bed.instance(1, { host: "c1", node: "c1" });
    bed.wait(seconds(70));
    expect(node(bed)?.stats).toMatch(/^\{"io_workload": 1, "num_instances": 1, /);
  });

  it("nova §1.6: is not written while nothing changes", () => {
    const bed = new ComputeBed({ periodic_fuzzy_delay: 0 });
    bed.startCompute("c1");
    bed.wait(seconds(70));
    const written = node(bed)?.updated_at;
    bed.forget();
    bed.wait(seconds(600));
    expect(node(bed)?.updated_at).toBe(written);
    const loud = bed.seen
      .filter(({ detail, what }) => detail === "flow" && what.kind !== "service")
      .map(({ what }) => ("message" in what ? what.message : what.kind));
    // Said once in the life of a nova-compute.
    expect(loud).toEqual(["Bandwidth usage not supported by hypervisor."]);
  });

  it("is written once by whoever has not written it last, an audit or another, though nothing differs (nova/compute/resource_tracker.py:493-518, 2014.2)", () => {
    const bed = new ComputeBed();
    const { env } = bed.startCompute("c1");
    const tracker = new ResourceTracker(
      env,
      new ConductorStore(env),
      new FakeDriver(new Hypervisor("c1")),
    );
    const instance = bed.instance(1, { host: "c1", node: "c1" });
    const audit = () => {
      bed.run(tracker.updateAvailableResource(bed.ctxt));
    };
    const update = () => {
      bed.run(tracker.updateUsage(bed.ctxt, instance));
    };
    const written: string[] = [];
    for (const [name, step] of Object.entries({ audit, again: audit, update, twice: update })) {
      bed.forget();
      step();
      if (updates(bed).length > 0) written.push(name);
    }
    expect(written).toEqual(["audit", "update"]);
    bed.forget();
    audit();
    expect(updates(bed).map(({ args }) => Object.keys(valuesOf(args)))).toEqual([
      expect.not.arrayContaining(["service_id"]),
    ]);
    bed.forget();
    update();
    // All of the row but its id travels, dates among it.
    const { id: _, updated_at: _now, ...row } = node(bed)!;
    expect(valuesOf(updates(bed)[0]?.args)).toMatchObject(row);
  });

  it("has less in use than there is where a claim is given up that an audit has forgotten (nova/compute/resource_tracker.py:224-231, 2014.2)", () => {
    const bed = new ComputeBed();
    const { env } = bed.startCompute("c1");
    const tracker = new ResourceTracker(
      env,
      new ConductorStore(env),
      new FakeDriver(new Hypervisor("c1")),
    );
    bed.run(tracker.updateAvailableResource(bed.ctxt));
    const instance = bed.instance(1);
    const work = function* (): Op<void> {
      bed.db.instances.softDelete(instance.uuid);
      yield* tracker.updateAvailableResource(bed.ctxt);
      throw new ValueError("no");
    };
    expect(() => {
      bed.run(tracker.instanceClaim(bed.ctxt, instance, {}, work()));
    }).toThrow("no");
    expect(node(bed)).toMatchObject({ memory_mb_used: 0, vcpus_used: -1, running_vms: 0 });
    bed.run(tracker.updateAvailableResource(bed.ctxt));
    expect(node(bed)).toMatchObject({ memory_mb_used: 512, vcpus_used: 0 });
  });

  it("nova §1.6: keeps anti-affinity where two decisions of the scheduler crossed", () => {
    const bed = new ComputeBed();
    bed.startCompute("c1");
    bed.db.instance_groups.insert({
      uuid: "g",
      user_id: "alice",
      project_id: "demo",
      name: "apart",
      policies: ["anti-affinity"],
      members: [uuid(1), uuid(2)],
    });
    const hints = {
      scheduler_hints: { group: "apart" },
      retry: { num_attempts: 1, hosts: [] },
    };
    bed.build(bed.server(1), hints);
    bed.settle();
    bed.forget();
    bed.build(bed.server(2), hints);
    bed.settle();
    expect(bed.stored(1).vm_state).toBe("active");
    expect(bed.states(2)).toContain("building/scheduling");
    expect(bed.notified()).toContain("compute.instance.create.error");
  });
});
