/** The rules that Nova's rows are held to, each broken by hand, where no cloud would get by itself. */
import { describe, expect, it } from "vitest";
import { between, minutes, seconds, type Op, type Micros } from "../../../src/kernel/index.js";
import type { Premises } from "../../../src/framework/project.js";
import { RUNNING } from "../../../src/hardware/power-states.js";
import { Hypervisor } from "../../../src/hardware/hypervisor.js";
import type { Mishap } from "../../../src/framework/mishaps.js";
import type { Evidence } from "../../../src/services/nova/invariants/evidence.js";
import { guestsOfNobody } from "../../../src/services/nova/invariants/guests.js";
import { miscountedUsages } from "../../../src/services/nova/invariants/quota.js";
import {
  statesThatStay,
  tasksThatStay,
  unendedActions,
} from "../../../src/services/nova/invariants/requests.js";
import { miscountedHosts } from "../../../src/services/nova/invariants/tracker.js";
import { NovaBed, uuid } from "./bed.js";

const CALM: Evidence = { mishaps: [] };
/** The conductor is away, and was all the time. */
const AWAY: Mishap = {
  ...{ kind: "process", from: 0, to: Infinity },
  places: ["nova-conductor@controller"],
  requests: new Set(),
};
const TROUBLED: Evidence = { mishaps: [AWAY] };
const RESERVED = { memory_mb: 512, local_gb: 0 };

describe("what a host counts as used", () => {
  function bed(values = {}): NovaBed {
    const nova = new NovaBed();
    nova.host("c1", values);
    nova.instance(1, { host: "c1", node: "c1", vm_state: "active", task_state: null });
    nova.kernel.run(minutes(5));
    nova.db.services.touch(nova.serviceOf("c1"));
    return nova;
  }

  it("is the sum of its instances, and what the host keeps for itself", () => {
    const right = { memory_mb_used: 1024, local_gb_used: 1, vcpus_used: 1 };
    expect(miscountedHosts(bed(right).db, RESERVED, CALM)).toEqual([]);
    expect(miscountedHosts(bed({ ...right, vcpus_used: 3 }).db, RESERVED, CALM)).toEqual([
      { invariant: "tracker", what: "vcpus_used: 3 counted, 1 there", where: "c1" },
    ]);
  });

  // nova/compute/resource_tracker.py:224-231: a claim that is given up is subtracted, though its server's row may still name the host.
  it("is not looked at before an audit has followed on what a claim has given back", () => {
    const { db, kernel } = bed({ memory_mb_used: 1024, local_gb_used: 1, vcpus_used: 1 });
    const node = db.compute_nodes.find()[0]?.id ?? 0;
    db.compute_nodes.update(node, { memory_mb_used: 512, vcpus_used: 0 });
    expect(miscountedHosts(db, RESERVED, CALM)).toEqual([]);
    kernel.run(kernel.now + minutes(2));
    for (const { id } of db.services.find()) db.services.touch(id);
    expect(miscountedHosts(db, RESERVED, CALM).map(({ what }) => what)).toEqual([
      "memory_mb_used: 512 counted, 1024 there",
      "vcpus_used: 0 counted, 1 there",
    ]);
  });

  // nova/compute/resource_tracker.py:776-781 falls back on the flavor where no copy of it is there; nova/compute/manager.py:3609 keeps more than flavors so.
  it("counts a move by its flavor where its server has only its old state set aside", () => {
    const nova = bed({ memory_mb_used: 1024, local_gb_used: 1, vcpus_used: 1 });
    const { db, kernel } = nova;
    const host = { source_compute: "c1", source_node: "c1" };
    const away = { dest_compute: "c2", dest_node: "c2", dest_host: "" };
    const sizes = { old_instance_type_id: 2, new_instance_type_id: 5, instance_uuid: uuid(1) };
    const [first] = ["migrating", "pre-migrating"].map((status) =>
      db.migrations.insert({ ...host, ...away, ...sizes, status }),
    );
    const there = { host: "c2", node: "c2" };
    db.instances.update(uuid(1), { ...there, vm_state: "active", task_state: "resize_prep" });
    db.instance_system_metadata.update(uuid(1), { metadata: { old_vm_state: "active" } });
    kernel.run(kernel.now + seconds(1));
    db.migrations.touch(first?.id ?? 0);
    kernel.run(kernel.now + minutes(5));
    for (const { id } of db.services.find()) db.services.touch(id);
    expect(miscountedHosts(db, RESERVED, CALM)).toEqual([]);
  });

  // oslo/messaging/_drivers/amqpdriver.py at 1.4.1 (ReplyWaiter.wait): who polls for all waits anew with every message.
  it("stays as it was where the host waits for an answer that was lost (call-outlives-its-timeout)", () => {
    const { db, kernel } = bed({ memory_mb_used: 1024, local_gb_used: 1, vcpus_used: 3 });
    const at = (from: Micros): (string | undefined)[] => {
      const lost: Mishap = { ...AWAY, kind: "message", places: [], from, to: from };
      return miscountedHosts(db, RESERVED, { mishaps: [lost] }).map(({ exception }) => exception);
    };
    expect(at(kernel.now)).toEqual(["call-outlives-its-timeout"]);
    db.compute_nodes.touch(db.compute_nodes.find()[0]?.id ?? 0);
    expect(at(kernel.now - minutes(1))).toEqual([undefined]);
  });

  it("is not looked at before the host has had time to count, or when it does not count", () => {
    const late = bed();
    late.db.instances.touch(uuid(1));
    expect(miscountedHosts(late.db, RESERVED, CALM)).toEqual([]);
    const dead = bed();
    dead.kernel.run(dead.kernel.now + minutes(1));
    expect(miscountedHosts(dead.db, RESERVED, CALM)).toEqual([]);
  });
});

const premises = (hosts: ReadonlyMap<string, Hypervisor>): Premises => ({
  ...CALM,
  work: undefined,
  loops: new Set(),
  flagsOf: () => {
    throw new Error("no flag is read");
  },
  onComputes: () => hosts as ReadonlyMap<string, never>,
  onNodes: () => new Map(),
});

describe("a guest", () => {
  it("is on the host of its server's row, and on no other", () => {
    const nova = new NovaBed();
    nova.instance(1, { host: "c1", node: "c1", vm_state: "active", task_state: null });
    const hosts = new Map(["c1", "c2"].map((name) => [name, new Hypervisor(name)]));
    const guest = {
      ...{ uuid: uuid(1), name: "instance-00000001", vcpus: 1, memory_mb: 512 },
      ...{ disk_gb: 1, bytes: 1 },
    };
    hosts.get("c1")?.define({ ...guest, powerState: RUNNING });
    expect(guestsOfNobody(nova.db, premises(hosts))).toEqual([]);
    hosts.get("c2")?.define({ ...guest, powerState: RUNNING });
    expect(guestsOfNobody(nova.db, premises(hosts))).toMatchObject([
      { invariant: "one-host", where: "c2", exception: undefined },
    ]);
  });
});

describe("a quota", () => {
  const usage = { project_id: "demo", user_id: "alice", resource: "instances" };

  it("that counts what is not there has no excuse where nothing went wrong", () => {
    const { db } = new NovaBed();
    db.quota_usages.insert({ ...usage, in_use: 2, reserved: 0, until_refresh: null });
    expect(miscountedUsages(db, TROUBLED)).toMatchObject([
      { what: "quota of project demo: instances: 2 counted, 0 there", exception: undefined },
    ]);
  });

  it("may be reserved as long as the reservation waits for its expiry (nova §8.5)", () => {
    const { db } = new NovaBed();
    const { id } = db.quota_usages.insert({
      ...usage,
      in_use: 0,
      reserved: 1,
      until_refresh: null,
    });
    const names = () => miscountedUsages(db, TROUBLED).map(({ exception }) => exception);
    expect(names()).toEqual([undefined]);
    db.reservations.insert({ ...usage, uuid: uuid(9), usage_id: id, delta: 1, expire: 86_400e6 });
    expect(names()).toEqual(["reservation-awaits-expiry"]);
    expect(miscountedUsages(db, CALM)).toMatchObject([{ exception: undefined }]);
  });
});

describe("a server that goes when its host starts", () => {
  /** It is deleted for a request, when its delete had been asked for as `req-1`. */
  function gone(request: string): Evidence & { readonly nova: NovaBed } {
    const nova = new NovaBed();
    const { db, kernel } = nova;
    nova.instance(1, { host: "c1", node: "c1", vm_state: "active", task_state: "deleting" });
    const { project_id, user_id } = db.instances.get(uuid(1)) ?? expect.fail();
    const usage = { project_id, user_id, resource: "instances" };
    db.quota_usages.insert({ ...usage, in_use: 1, reserved: 0, until_refresh: null });
    kernel.run(minutes(1));
    const away = { ...AWAY, from: 0, to: kernel.now, places: ["nova-compute@c1"] };
    kernel.run(between(0, kernel.now + seconds(20)));
    db.instance_actions.insert({
      ...{ action: "delete", instance_uuid: uuid(1), request_id: "req-1", user_id: "alice" },
      ...{ project_id: "demo", start_time: db.utcnow(), finish_time: null, message: null },
    });
    const destroy = function* (): Op<void> {
      db.instances.softDelete(uuid(1));
    };
    kernel.complete(destroy(), { name: "object_action", actor: "nova-conductor", request });
    return { nova, mishaps: [away] };
  }
  const names = ({ nova, ...evidence }: ReturnType<typeof gone>) =>
    miscountedUsages(nova.db, evidence).map(({ exception }) => exception);

  it("may have met with another cause as well: both together explain what they make, and no more", () => {
    const { nova, mishaps } = gone("req-start");
    const { db } = nova;
    const [{ id, project_id, user_id } = expect.fail()] = db.quota_usages.find();
    const both = { mishaps: [...mishaps, ...TROUBLED.mishaps] };
    const counted = (in_use: number) => {
      db.quota_usages.update(id, { in_use });
      return miscountedUsages(db, both).map(({ exception }) => exception);
    };
    expect(counted(2)).toEqual([undefined]);
    const reservation = { project_id, user_id, resource: "instances", uuid: uuid(9), delta: -1 };
    db.reservations.insert({ ...reservation, usage_id: id, expire: 86_400e6 });
    expect(counted(2)).toEqual(["reservation-awaits-expiry"]);
    expect(counted(3)).toEqual([undefined]);
  });

  // nova/compute/manager.py (_init_instance) at 2014.2: what it ends it ends without reservations.
  it("has kept its quota, as the start had no reservations of it; not if a message was to delete it", () => {
    expect(names(gone("req-start"))).toEqual(["restart-deletes-without-quota"]);
    expect(names(gone("req-1"))).toEqual([undefined]);
  });
});

describe("a server that is deleted softly", () => {
  it("has given its quota back, although its row is there (nova §3.2)", () => {
    const nova = new NovaBed();
    nova.instance(1, { host: "c1", node: "c1", vm_state: "soft-delete", task_state: null });
    const { project_id, user_id } = nova.db.instances.get(uuid(1)) ?? expect.fail();
    const usage = { project_id, user_id, resource: "instances" };
    nova.db.quota_usages.insert({ ...usage, in_use: 0, reserved: 0, until_refresh: null });
    expect(miscountedUsages(nova.db, CALM)).toEqual([]);
  });
});

describe("an action", () => {
  function begun(events: readonly (null | "Success")[], nova = new NovaBed()): NovaBed {
    nova.instance(1, { host: "c1", node: "c1", vm_state: "active", task_state: "powering-off" });
    const { id } = nova.db.instance_actions.insert({
      ...{ action: "stop", instance_uuid: uuid(1), request_id: "req-1", user_id: "alice" },
      ...{ project_id: "demo", start_time: nova.db.utcnow(), finish_time: null, message: null },
    });
    for (const result of events) {
      nova.db.instance_actions_events.insert({
        ...{ event: "compute_stop_instance", action_id: id, start_time: nova.db.utcnow() },
        ...{ finish_time: result && nova.db.utcnow(), result, traceback: null },
      });
    }
    return nova;
  }
  const names = ({ db }: NovaBed, evidence = TROUBLED) =>
    [
      ...unendedActions(db, evidence),
      ...tasksThatStay(db, { ...premises(new Map()), ...evidence }),
    ].map(({ invariant, exception }) => `${invariant} ${exception ?? "-"}`);

  it("whose message never came, or whose process died, is named so where something went wrong (RPC-51)", () => {
    expect(names(begun([]))).toEqual([
      "outcome state-before-message",
      "at-rest state-before-message",
    ]);
    expect(names(begun([null]))).toEqual(["outcome died-in-mid-work", "at-rest died-in-mid-work"]);
    expect(names(begun([]), CALM)).toEqual(["outcome -", "at-rest -"]);
  });

  const given = (mishap: Partial<Mishap>): Evidence => ({ mishaps: [{ ...AWAY, ...mishap }] });

  it("is called a defect's only if something befell it: a message of its own, somebody it needs", () => {
    const late = begun([]);
    late.kernel.run(minutes(5));
    const named = (mishap: Partial<Mishap>) => names(late, given(mishap))[0];
    const lost = { kind: "message", places: [], from: minutes(3), to: minutes(3) } as const;
    expect(named({ ...lost, requests: new Set(["req-1"]) })).toBe("outcome state-before-message");
    expect(named({ places: ["nova-compute@c1"], from: minutes(3), to: minutes(4) })).toBe(
      "outcome state-before-message",
    );
    // Another server's message, another host, a driver that raised what it had to raise.
    late.instance(2, { host: "c2", node: "c2", vm_state: "active", task_state: null });
    late.db.instance_actions.insert({
      ...{ action: "stop", instance_uuid: uuid(2), request_id: "req-2", user_id: "alice" },
      ...{ project_id: "demo", start_time: late.db.utcnow(), finish_time: null, message: null },
    });
    expect(named({ ...lost, requests: new Set(["req-2"]) })).toBe("outcome -");
    expect(named({ places: ["nova-compute@c2"] })).toBe("outcome -");
    expect(named({ ...lost, kind: "operation" })).toBe("outcome -");
  });

  it("is no defect's if it began long after what went wrong was over", () => {
    const early = given({ from: 0, to: minutes(1) });
    const late = new NovaBed();
    late.kernel.run(minutes(5));
    const nova = begun([null], late);
    expect(names(nova, early)).toEqual(["outcome -", "at-rest -"]);
  });

  it("that is in no row of actions goes by when its state was stored (nova §3.1)", () => {
    const nova = begun(["Success"]);
    nova.kernel.run(minutes(5));
    nova.db.instances.update(uuid(1), { task_state: "image_backup" });
    const at = (from: number) => names(nova, given({ from, to: from }));
    expect(at(minutes(5))).toEqual(["at-rest state-before-message"]);
    expect(at(minutes(2))).toEqual(["at-rest -"]);
  });

  it("that has ended well is no excuse for a task that stays", () => {
    expect(names(begun(["Success"]))).toEqual(["at-rest -"]);
  });

  it("that a conductor has ended may be lost on its way to the next host", () => {
    const nova = begun(["Success"]);
    nova.db.instance_actions_events.update(1, { event: "cold_migrate" });
    expect(names(nova)).toEqual(["at-rest state-before-message"]);
    expect(names(nova, CALM)).toEqual(["at-rest -"]);
  });

  it("that is begun twice is ended once (nova §1.9)", () => {
    expect(names(begun(["Success", null]), CALM)[0]).toBe("outcome second-attempt-unfinished");
  });
});

describe("a move", () => {
  it("stays open only while it is waited for", () => {
    const nova = new NovaBed();
    nova.instance(1, { host: "c1", node: "c1", vm_state: "active", task_state: null });
    nova.db.migrations.insert({
      ...{ source_compute: "c1", dest_compute: "c2", source_node: "c1", dest_node: "c2" },
      ...{ dest_host: "", status: "pre-migrating", instance_uuid: uuid(1) },
      ...{ old_instance_type_id: 2, new_instance_type_id: 2 },
    });
    nova.db.instance_actions.insert({
      ...{ action: "resize", instance_uuid: uuid(1), request_id: "req-1", user_id: "alice" },
      ...{ project_id: "demo", start_time: nova.db.utcnow(), finish_time: null, message: null },
    });
    expect(statesThatStay(nova.db, TROUBLED)).toMatchObject([
      { invariant: "at-rest", where: "nova.migrations", exception: "migration-left-open" },
    ]);
    expect(statesThatStay(nova.db, CALM)).toMatchObject([{ exception: undefined }]);
  });
});
