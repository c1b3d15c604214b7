/**
 * Exceptions from what should hold, each made to happen by that very defect, and beside it the same state without that cause, which has
 * no name. Upstream's lines are those of 2014.2.
 */
import { describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import { loadScenario, runScenario } from "../../src/scenario/index.js";
import { cinderDatabase } from "../../src/services/cinder/project.js";
import { seconds } from "../../src/kernel/index.js";
import { novaDatabase } from "../../src/services/nova/project.js";

class OpenCloud extends Cloud {
  get nova() {
    return this.stored(novaDatabase);
  }

  get cinder() {
    return this.stored(cinderDatabase);
  }

  kinds(): string[] {
    return [
      ...new Set(
        this.invariants()
          // After a move agents ask of ports that others have; that is another story.
          .filter(({ where }) => where !== "neutron.ports")
          .map(({ invariant, exception }) => `${invariant} ${exception ?? "-"}`),
      ),
    ];
  }
}

const BOOT = "nova boot t1 --flavor m1.nano --image cirros --nic net-id=private";

function booted(options: ConstructorParameters<typeof Cloud>[0] = {}): OpenCloud {
  const cloud = new OpenCloud({ seed: 1, computes: 2, ...options });
  cloud.user("demo").command(BOOT);
  cloud.settle();
  return cloud;
}

const typed = (cloud: Cloud, line: string, as = "demo"): void => {
  cloud.user(as).command(line);
  cloud.settle();
};

describe("a state that is written over", () => {
  // nova/api/openstack/compute/contrib/admin_actions.py:374-400: two columns are saved, and nothing else is done.
  it("leaves a move open, and its guest behind (state-written-over)", () => {
    const cloud = booted();
    typed(cloud, "nova migrate {{server t1}}", "admin");
    expect(cloud.server("t1")?.vm_state).toBe("resized");
    typed(cloud, "nova reset-state --active {{server t1}}", "admin");
    expect(cloud.kinds()).toEqual(["at-rest state-written-over"]);
    typed(cloud, "nova delete t1");
    expect(cloud.kinds()).toContain("owner state-written-over");
    expect(cloud.kinds().filter((kind) => kind.endsWith("-"))).toEqual([]);
  });

  it("is no excuse for a move that was open when nobody wrote", () => {
    const cloud = booted();
    typed(cloud, "nova migrate {{server t1}}", "admin");
    cloud.nova.instances.update(cloud.server("t1")?.id ?? "", { vm_state: "active" });
    expect(cloud.kinds()).toEqual(["at-rest -"]);
  });

  // nova/compute/manager.py:2710, 6097-6103, 666-670: a rebuild that finds another task state puts its server in error, whatever its state is.
  const rebuiltLate = (): OpenCloud => {
    const cloud = booted();
    const { id = expect.fail() } = cloud.server("t1") ?? {};
    cloud.inject({ delay: { method: "rebuild_instance", by: seconds(60) } });
    cloud.user("demo").command("nova rebuild t1 cirros");
    cloud.user("admin").command(`nova reset-state --active ${id}`);
    cloud.user("admin").command(`nova migrate ${id}`);
    cloud.advance("30s");
    expect(cloud.server("t1")?.vm_state).toBe("resized");
    return cloud;
  };

  it("by a task that fails late leaves a move open, and its guest and tap behind (state-written-over)", () => {
    const cloud = rebuiltLate();
    cloud.advance("1m");
    expect(cloud.server("t1")?.status).toBe("ERROR");
    typed(cloud, "nova delete t1");
    expect(cloud.leftovers().map((what) => what.replace(/ .*/u, ""))).toEqual(["tap", "guest"]);
    expect(cloud.kinds().filter((kind) => kind.startsWith("owner"))).toEqual([
      "owner state-written-over",
    ]);
  });

  it("by nobody is no excuse for what a delete leaves behind that confirms no move", () => {
    const cloud = booted();
    typed(cloud, "nova migrate {{server t1}}", "admin");
    cloud.nova.instances.update(cloud.server("t1")?.id ?? "", { vm_state: "error" });
    typed(cloud, "nova delete t1");
    expect(cloud.kinds().filter((kind) => kind.startsWith("owner"))).toEqual(["owner -"]);
  });

  // nova/compute/manager.py:2150-2164: only a server that is gone or being deleted is caught at the last save.
  it("meanwhile fails a build whose guest runs, and takes its ports (finished-build-loses-ports)", () => {
    const cloud = new OpenCloud({ seed: 1 });
    cloud.user("demo").command(BOOT);
    expect(cloud.server("t1")?.task_state).not.toBeNull();
    typed(cloud, "nova reset-state {{server t1}}", "admin");
    expect(cloud.server("t1")?.status).toBe("ERROR");
    expect(cloud.kinds()).toEqual(["owner finished-build-loses-ports"]);
  });

  // nova/compute/manager.py:5164-5172: host, node and states are saved at once, where the task state still is migrating.
  it("leaves a live migration on a host that no row names (live-migration-finds-other-state)", () => {
    const cloud = booted();
    const from = cloud.server("t1")?.host;
    cloud.user("admin").command("nova live-migration --block-migrate {{server t1}}");
    expect(cloud.server("t1")?.task_state).toBe("migrating");
    typed(cloud, "nova reset-state --active {{server t1}}", "admin");
    // The host that it has left hears that it has stopped (nova/compute/manager.py:1074-1109).
    expect(cloud.server("t1")).toMatchObject({ host: from, vm_state: "stopped", task_state: null });
    expect(cloud.kinds()).toEqual(["one-host live-migration-finds-other-state"]);
  });

  // nova/conductor/manager.py:585-590 takes nothing back after an error that is not one of those foreseen.
  it("keeps the next live migration's state, whose check finds no guest (failed-check-keeps-migrating)", () => {
    const cloud = booted();
    cloud.user("admin").command("nova live-migration --block-migrate {{server t1}}");
    typed(cloud, "nova reset-state --active {{server t1}}", "admin");
    const { id = "", vm_state } = cloud.server("t1") ?? {};
    expect(vm_state).toBe("stopped");
    // As the row of a host that heard nothing of its guest's end.
    cloud.nova.instances.update(id, { vm_state: "active", power_state: 1 });
    typed(cloud, "nova live-migration --block-migrate {{server t1}}", "admin");
    expect(cloud.server("t1")?.task_state).toBe("migrating");
    expect(new Set(cloud.kinds())).toEqual(
      new Set([
        "one-host live-migration-finds-other-state",
        "at-rest failed-check-keeps-migrating",
      ]),
    );
    // Where the row names the host of the guest, the check would have found it.
    const there = cloud.guests()[0]?.host ?? expect.fail();
    cloud.nova.instances.update(id, { host: there });
    expect(cloud.kinds()).toContain("at-rest -");
  });

  it("is what a soft delete does as well, while the server is there (live-migration-finds-other-state)", () => {
    const cloud = booted({ flags: { reclaim_instance_interval: 3600 } });
    cloud.user("admin").command("nova live-migration --block-migrate {{server t1}}");
    typed(cloud, "nova delete t1");
    const { id = "", vm_state } = cloud.server("t1") ?? {};
    expect(vm_state).toBe("soft-delete");
    expect(cloud.kinds()).toEqual(["one-host live-migration-finds-other-state"]);
    // One that nobody has deleted is for somebody else to explain.
    cloud.nova.instances.update(id, { vm_state: "stopped" });
    expect(cloud.kinds()).toContain("one-host -");
  });

  it("is no excuse for a guest on another host, where the live migration had been done", () => {
    const cloud = booted();
    const { host: from = expect.fail(), id = expect.fail() } = cloud.server("t1") ?? {};
    typed(cloud, "nova live-migration --block-migrate {{server t1}}", "admin");
    expect(cloud.server("t1")?.host).not.toBe(from);
    typed(cloud, "nova reset-state {{server t1}}", "admin");
    cloud.nova.instances.update(id, { host: from });
    expect(cloud.kinds()).toEqual(["one-host -"]);
  });

  it("is not why a tap has no port whose build has ended well", () => {
    const cloud = booted();
    const [port = expect.fail()] = cloud.ports({ device_id: cloud.server("t1")?.id ?? "" });
    typed(cloud, `neutron port-delete ${port.id}`);
    expect(cloud.kinds()).toEqual(["owner port-deleted-behind-nova"]);
  });
});

describe("the delete of a server", () => {
  // nova/compute/api.py:1617-1667 records a confirmation first, nova/db/sqlalchemy/api.py:5494-5500 takes the first action of a request.
  it("that waits for its confirmation is told of as that (told-of-the-first-action)", () => {
    const cloud = booted();
    typed(cloud, "nova migrate {{server t1}}", "admin");
    typed(cloud, "nova delete t1");
    expect(cloud.server("t1")?.status).toBe("DELETED");
    expect(cloud.kinds()).toEqual(["outcome told-of-the-first-action"]);
    for (const { id, event } of cloud.nova.instance_actions_events.find()) {
      if (event === "compute_terminate_instance") {
        cloud.nova.instance_actions_events.update(id, { action_id: 0 });
      }
    }
    expect(cloud.kinds()).toEqual(["outcome -"]);
  });

  const attached = (): OpenCloud => {
    const cloud = booted({ services: ["cinder"], flags: { reclaim_instance_interval: 60 } });
    typed(cloud, "cinder create 1 --display-name v1");
    typed(cloud, "nova volume-attach t1 {{volume v1}}");
    return cloud;
  };

  // nova/compute/manager.py:2394-2396: an EndpointNotFound of Cinder's client is ignored.
  it("that a loop reclaims has no catalog, and so no Cinder (delete-without-catalog)", () => {
    const cloud = attached();
    typed(cloud, "nova delete t1");
    expect(cloud.server("t1")?.status).toBe("SOFT_DELETED");
    cloud.advance("4m");
    expect(cloud.server("t1")?.status).toBe("DELETED");
    expect(cloud.volumes()[0]?.status).toBe("in-use");
    expect(cloud.kinds()).toEqual(["owner delete-without-catalog"]);
  });

  // nova/compute/manager.py:801-817: reserved anew and committed, though a soft delete has given it back.
  it("that a start completes is given back, and was before if it was softly deleted (restart-gives-back-twice)", () => {
    const cloud = booted({ flags: { reclaim_instance_interval: 60 } });
    cloud.advance("2m");
    typed(cloud, "nova delete t1");
    const quota = (): string[] => cloud.kinds().filter((kind) => kind.startsWith("quota"));
    // Between its last two steps, the host waits for an answer.
    cloud.inject({ delay: { method: "compute_node_update", by: seconds(30), times: 9 } });
    for (let i = 0; i < 240 && cloud.server("t1")?.vm_state !== "deleted"; i++) cloud.advance("1s");
    expect(cloud.server("t1")?.vm_state).toBe("deleted");
    expect(quota()).toEqual([]);
    cloud.crash("nova-compute@compute-1");
    cloud.start("nova-compute@compute-1");
    cloud.advance("2m");
    expect(cloud.server("t1")?.status).toBe("DELETED");
    expect(new Set(quota())).toEqual(new Set(["quota restart-gives-back-twice"]));
    // Of one whose guest was there until after the start it is nobody's defect.
    const [{ uuid } = expect.fail("no t1")] = cloud.nova.instances.findAny();
    cloud.advance("1m");
    cloud.nova.instances.updateAny(uuid, { terminated_at: cloud.nova.utcnow() });
    expect(new Set(quota())).toEqual(new Set(["quota -"]));
  });

  // nova/compute/manager.py:2391-2393, nova/volume/cinder.py:188-189: any 404 is a volume that is not there.
  it("takes a volume for gone that Cinder says it does not have (delete-ignores-missing-volume)", () => {
    const cloud = attached();
    const id = cloud.server("t1")?.id ?? "";
    typed(cloud, "nova delete t1");
    cloud.inject({ answer: { status: 404, path: "/v1/*/volumes/*/action", times: 1 } });
    typed(cloud, `nova force-delete ${id}`);
    expect(cloud.server(id)?.status).toBe("DELETED");
    expect(cloud.volumes()[0]?.status).toBe("in-use");
    expect(cloud.kinds()).toEqual(["owner delete-ignores-missing-volume"]);
  });

  it("that a user has sent lets go of its volumes, and would have no excuse", () => {
    const cloud = attached();
    const id = cloud.server("t1")?.id ?? "";
    typed(cloud, "nova delete t1");
    typed(cloud, `nova force-delete ${id}`);
    expect(cloud.server(id)?.status).toBe("DELETED");
    expect(cloud.volumes()[0]?.status).toBe("available");
    expect(cloud.kinds()).toEqual([]);
  });

  const softly = (): { cloud: OpenCloud; id: string } => {
    const cloud = booted({ flags: { reclaim_instance_interval: 3600 } });
    typed(cloud, "nova boot t2 --flavor m1.nano --image cirros --nic net-id=private");
    const { id = "" } = cloud.server("t1") ?? {};
    typed(cloud, "nova delete t1");
    return { cloud, id };
  };
  const used = ({ nova }: OpenCloud): number | undefined =>
    nova.quota_usages.find({ resource: "instances" })[0]?.in_use;

  // nova/compute/manager.py:2426-2433 rolls back first; the commit at the end has nothing to take.
  it("that comes after a soft one gives nothing back a second time on its host", () => {
    const { cloud, id } = softly();
    expect(used(cloud)).toBe(1);
    typed(cloud, `nova force-delete ${id}`);
    expect(cloud.server(id)?.status).toBe("DELETED");
    expect(used(cloud)).toBe(1);
    expect(cloud.kinds()).toEqual([]);
    // Who had counted one too few after such a delete would have no excuse.
    for (const { id: usage, in_use } of cloud.nova.quota_usages.find({ resource: "instances" })) {
      cloud.nova.quota_usages.update(usage, { in_use: in_use - 1 });
    }
    expect(cloud.kinds()).toEqual(["quota -"]);
  });

  // nova/compute/manager.py:2430-2433: whatever fails the rollback is passed over; what was reserved is taken at the end.
  it("whose reservations could not be given back takes them (deleted-twice-given-back-twice)", () => {
    const { cloud, id } = softly();
    cloud.inject({ drop: { method: "object_action", nth: 1 } });
    cloud.user("demo").command(`nova force-delete ${id}`);
    cloud.advance("1s");
    // While other answers come in, nobody who waits for one that does not come ever gives up.
    cloud.crash("nova-conductor@controller");
    cloud.advance("62s");
    cloud.start("nova-conductor@controller");
    cloud.settle();
    expect(cloud.server(id)?.status).toBe("DELETED");
    expect(used(cloud)).toBe(0);
    expect(cloud.kinds()).toEqual(["quota deleted-twice-given-back-twice"]);
  });

  // nova/compute/manager.py:2615: a second one of the same kind is not refused.
  it("that is a soft one again gives its quota back again (deleted-twice-given-back-twice)", () => {
    const { cloud, id } = softly();
    typed(cloud, `nova delete ${id}`);
    expect(cloud.server(id)?.vm_state).toBe("soft-delete");
    expect(used(cloud)).toBe(0);
    expect(cloud.kinds()).toEqual(["quota deleted-twice-given-back-twice"]);
  });

  // nova/db/sqlalchemy/api.py:3213-3216 counts anew below 0, and :1652-1665 does not look at the state.
  it("that is a soft one again brings the count below 0, and is counted anew with its server (recount-takes-soft-deleted)", () => {
    const { cloud, id } = softly();
    typed(cloud, `nova delete ${id}`);
    typed(cloud, `nova delete ${id}`);
    typed(cloud, "nova boot t3 --flavor m1.nano --image cirros --nic net-id=private");
    expect(used(cloud)).toBe(3);
    expect(cloud.kinds()).toEqual(["quota recount-takes-soft-deleted"]);
    // What is counted beyond the servers that were there then has no such cause.
    for (const { id: usage, in_use } of cloud.nova.quota_usages.find({ resource: "instances" })) {
      cloud.nova.quota_usages.update(usage, { in_use: in_use + 1 });
    }
    expect(cloud.kinds()).toContain("quota -");
  });

  // nova/compute/api.py:1548, 1603-1606 reserves and commits what soft_delete_instance has given back before.
  it("that comes after a soft one, while its host is down, gives its quota back again (deleted-twice-given-back-twice)", () => {
    const cloud = booted({ flags: { reclaim_instance_interval: 3600 } });
    const { id = "", host = "" } = cloud.server("t1") ?? {};
    cloud.user("demo").command("nova boot t2 --flavor m1.nano --image cirros --nic net-id=private");
    cloud.settle();
    typed(cloud, "nova delete t1");
    expect(cloud.server(id)?.status).toBe("SOFT_DELETED");
    cloud.crash(`nova-compute@${host ?? ""}`);
    cloud.advance("70s");
    typed(cloud, `nova force-delete ${id}`);
    expect(cloud.server(id)?.status).toBe("DELETED");
    const quotas = () => cloud.kinds().filter((kind) => kind.startsWith("quota"));
    expect(quotas()).toEqual(["quota deleted-twice-given-back-twice"]);
    // One that was not deleted softly before has nothing to give back twice.
    for (const { id: action } of cloud.nova.instance_actions.find()) {
      cloud.nova.instance_actions.update(action, { action: "reboot" });
    }
    expect(quotas()).toEqual(["quota -"]);
  });

  // nova/compute/api.py (_delete) reads the block devices, nova/compute/manager.py (_cleanup_volumes) goes by those.
  it("that overtakes a build leaves the volume which that has made (delete-carries-old-disks)", () => {
    const cloud = new OpenCloud({ seed: 1, services: ["cinder"] });
    const disk = "source=image,id={{image cirros}},dest=volume,size=1,bootindex=0,shutdown=remove";
    cloud
      .user("demo")
      .command(`nova boot t1 --flavor m1.nano --block-device ${disk} --nic net-id=private`);
    typed(cloud, "nova delete t1");
    expect(cloud.volumes().length).toBe(1);
    expect(cloud.kinds()).toEqual(["owner delete-carries-old-disks"]);
    // Without the build that was at work then it is nobody's defect.
    for (const { id, event } of cloud.nova.instance_actions_events.find()) {
      if (event !== "compute_terminate_instance") {
        cloud.nova.instance_actions_events.update(id, { action_id: 0 });
      }
    }
    expect(cloud.kinds()).toContain("owner -");
  });
});

describe("a live migration whose server is deleted", () => {
  const migrated = (): OpenCloud => {
    const cloud = booted();
    cloud.user("admin").command("nova live-migration --block-migrate {{server t1}}");
    typed(cloud, "nova delete t1");
    return cloud;
  };

  // nova/compute/manager.py:5122-5171 goes on, and :5171 saves where it has come to only of a server that is migrating.
  it("goes on, and leaves a guest or its taps where nobody looks (live-migration-outlives-delete)", () => {
    const cloud = migrated();
    const taps = cloud.invariants().filter(({ what }) => what.startsWith("tap of a port"));
    expect(taps.map(({ exception }) => exception)).toEqual(["live-migration-outlives-delete"]);
  });

  it("is none where a move has a record: what that leaves has another name, or none", () => {
    const cloud = migrated();
    const [row = expect.fail()] = cloud.nova.instances.findAny();
    cloud.nova.migrations.insert({
      ...{ source_compute: "compute-9", dest_compute: row.host, source_node: "compute-9" },
      ...{ dest_node: row.node, dest_host: "", status: "confirmed", instance_uuid: row.uuid },
      ...{ old_instance_type_id: 6, new_instance_type_id: 6 },
    });
    const taps = cloud.invariants().filter(({ what }) => what.startsWith("tap of a port"));
    expect(taps.map(({ exception }) => exception)).toEqual([undefined]);
  });
});

describe("a volume that is being attached", () => {
  const COMPUTES = ["compute-1", "compute-2", "compute-3"];

  /** cinder-volume is away when it is asked for the export, and is back when nobody waits for that any more. */
  function attaching(): OpenCloud {
    const cloud = booted({ services: ["cinder"], computes: 3 });
    typed(cloud, "cinder create 1 --display-name v1");
    cloud.crash("cinder-volume@controller");
    cloud.user("demo").command("nova volume-attach t1 {{volume v1}}");
    cloud.advance("20s");
    for (const host of COMPUTES) cloud.crash(`nova-compute@${host}`);
    for (const host of COMPUTES) cloud.start(`nova-compute@${host}`);
    cloud.start("cinder-volume@controller");
    cloud.advance("4m");
    return cloud;
  }

  // cinder/volume/api.py:445 stores the status, cinder/volume/manager.py:874-886 the export, long after.
  it("stays so where who attaches it has ended, whatever was written of it since (status-before-message)", () => {
    const cloud = attaching();
    const [volume = expect.fail()] = cloud.volumes();
    expect(volume.status).toBe("attaching");
    expect(cloud.kinds()).toEqual(["at-rest status-before-message"]);
  });

  it("has no excuse where nothing has gone wrong since it was to be attached", () => {
    const cloud = attaching();
    const id = cloud.volumes()[0]?.id ?? "";
    cloud.cinder.volumes.update(id, { status: "available" });
    cloud.advance("1m");
    cloud.cinder.volumes.update(id, { status: "attaching" });
    expect(cloud.kinds()).toEqual(["at-rest -"]);
  });
});

describe("a move that nobody has ended", () => {
  const ROOM = "memory_mb_used: 1024 counted, 576 there";
  const tracked = (cloud: Cloud) =>
    cloud
      .invariants()
      .filter(({ invariant, what }) => invariant === "tracker" && what.startsWith("memory"))
      .map(({ what, exception }) => [what, exception]);

  /** A resize that is forgotten for a state that is written over it, and the server on the host it went to. */
  function forgotten(): OpenCloud {
    const cloud = booted({ computes: 3 });
    typed(cloud, "nova resize t1 m1.tiny");
    expect(cloud.server("t1")?.vm_state).toBe("resized");
    typed(cloud, "nova reset-state --active {{server t1}}", "admin");
    return cloud;
  }

  // nova/compute/resource_tracker.py:588-589, 776 takes the copy called old_, which nova/compute/manager.py:3804-3806 has written anew.
  it("keeps room by the flavor that a later move comes from (later-move-sizes-earlier)", () => {
    const cloud = forgotten();
    const [first = expect.fail()] = cloud.nova.migrations.find();
    typed(cloud, `nova service-disable ${first.source_compute ?? ""} nova-compute`, "admin");
    typed(cloud, "nova migrate {{server t1}}", "admin");
    cloud.advance("4m");
    expect(cloud.server("t1")?.vm_state).toBe("resized");
    expect(cloud.server("t1")?.host).not.toBe(first.source_compute);
    expect(tracked(cloud)).toEqual([[ROOM, "later-move-sizes-earlier"]]);
    // Without the later move nothing has written over the copies of the first.
    for (const { id } of cloud.nova.migrations.find().slice(1)) {
      cloud.nova.migrations.update(id, { instance_uuid: "gone" });
    }
    cloud.advance("4m");
    expect(tracked(cloud)).toEqual([[ROOM, undefined]]);
  });

  it("keeps the room of the flavor that it came from where none is later", () => {
    const cloud = forgotten();
    cloud.advance("4m");
    expect(tracked(cloud)).toEqual([]);
  });
});

describe("an attach that fails though its volume is attached", () => {
  const LEFT = "owner failed-attach-forgets-volume";

  /** A server that is deleted after its attach has failed. */
  function deleted(meanwhile: (cloud: OpenCloud) => void): OpenCloud {
    // With most other seeds the volume is attached before the rebuild looks at it, and it is the rebuild that fails.
    const cloud = booted({ services: ["cinder"], seed: 2 });
    typed(cloud, "cinder create 1 --display-name v1");
    meanwhile(cloud);
    cloud.settle();
    cloud.advance("3m");
    expect(cloud.volumes()[0]?.status).toBe("in-use");
    expect(cloud.server("t1")?.status).toBe("ACTIVE");
    typed(cloud, "nova delete t1");
    expect(cloud.server("t1")?.status).toBe("DELETED");
    return cloud;
  }

  // nova/compute/manager.py:4535 destroys the block device, :4553 gives back no more than a volume that is attaching.
  it("since a rebuild has attached it, keeps it past its server (failed-attach-forgets-volume)", () => {
    const cloud = deleted((on) => {
      on.user("demo").command("nova volume-attach t1 {{volume v1}}");
      on.user("demo").command("nova rebuild t1 cirros");
    });
    expect(cloud.kinds()).toEqual([LEFT]);
    for (const { id, event } of cloud.nova.instance_actions_events.find()) {
      if (event === "compute_rebuild_instance") {
        cloud.nova.instance_actions_events.update(id, { action_id: 0 });
      }
    }
    expect(cloud.kinds()).toEqual(["owner -"]);
  });

  it("since Cinder's answer was lost, does so as well", () => {
    const cloud = deleted((on) => {
      on.inject({ drop: { of: "reply", method: "attach_volume" } });
      on.user("demo").command("nova volume-attach t1 {{volume v1}}");
    });
    expect(cloud.kinds()).toEqual([LEFT]);
  });
});

describe("a resize that fails at its end", () => {
  const grown = "ram: 64 counted, 512 there";
  const quotas = (cloud: Cloud) =>
    cloud
      .invariants()
      .filter(({ invariant }) => invariant === "quota")
      .map(({ what, exception }) => [what.replace(/^.*: (?=\w+: )/u, ""), exception]);

  // nova/compute/manager.py:3814-3833 saves the flavor, :3857-3868 expects its state, :3895 rolls the reservations back.
  it("has its new flavor, and its quota is given back (failed-resize-gives-quota-back)", () => {
    const cloud = booted();
    cloud.user("demo").command("nova resize t1 m1.tiny");
    cloud.kernel.runUntil(() => cloud.server("t1")?.task_state === "resize_finish");
    typed(cloud, "nova reset-state --active {{server t1}}", "admin");
    expect(cloud.server("t1")?.status).toBe("ERROR");
    expect(quotas(cloud)).toEqual([[grown, "failed-resize-gives-quota-back"]]);
  });

  // nova/compute/manager.py:3895: the rollback is a call, and a conductor that comes back does it whether its caller is there or not.
  it("gives its quota back as well where its host has ended by then", () => {
    const cloud = booted();
    cloud.user("demo").command("nova resize t1 m1.tiny");
    cloud.kernel.runUntil(() => cloud.server("t1")?.task_state === "resize_finish");
    cloud.crash("nova-conductor@controller");
    cloud.advance("70s");
    for (const host of ["compute-1", "compute-2"]) cloud.crash(`nova-compute@${host}`);
    cloud.start("nova-conductor@controller");
    cloud.advance("4m");
    expect(quotas(cloud)).toEqual([[grown, "failed-resize-gives-quota-back"]]);
    // Of a finish that nobody began it is nobody's defect.
    for (const { id, event } of cloud.nova.instance_actions_events.find()) {
      if (event === "compute_finish_resize") {
        cloud.nova.instance_actions_events.update(id, { action_id: 0 });
      }
    }
    expect(quotas(cloud)).toEqual([[grown, undefined]]);
  });

  it("explains no flavor that a server has without one", () => {
    const cloud = booted();
    cloud.nova.instances.update(cloud.server("t1")?.id ?? "", { memory_mb: 512 });
    expect(quotas(cloud)).toEqual([[grown, undefined]]);
  });
});

describe("a port that is attached", () => {
  const ATTACH = "nova interface-attach --net-id {{network private}} t1";

  /** Whether one after another or at one moment. */
  function attached(step: string): OpenCloud {
    const cloud = booted();
    const text = `scenario: x\nsteps:\n  - ${step}\n  - advance: 4m\n`;
    const loaded = loadScenario({ file: "x.yaml", text });
    if (!loaded.ok) expect.fail(JSON.stringify(loaded.problems));
    runScenario({ loaded, makeWorld: () => cloud, version: "0" });
    expect(cloud.ports({ device_id: cloud.server("t1")?.id ?? "" }).length).toBe(3);
    return cloud;
  }

  // nova/network/neutronv2/api.py:626-648 goes by the ports of the server that came with the message, nova/compute/manager.py:2352 by the cache.
  it("while another one is, is forgotten by the cache, and its tap stays (stale-cache-forgets-port)", () => {
    const cloud = attached(`together: [{ run: "${ATTACH}" }, { run: "${ATTACH}" }]`);
    expect(cloud.kinds()).toEqual([]);
    typed(cloud, "nova delete t1");
    expect(cloud.ports().filter(({ device_owner }) => device_owner === "compute:None")).toEqual([]);
    expect(cloud.kinds()).toEqual(["owner stale-cache-forgets-port"]);
  });

  it("is remembered where each has waited for the other", () => {
    const cloud = attached(`run: "${ATTACH}"\n  - advance: 10s\n  - run: "${ATTACH}"`);
    typed(cloud, "nova delete t1");
    expect(cloud.kinds()).toEqual([]);
  });

  // nova/network/neutronv2/api.py:1365-1367 leaves out ports that Neutron does not list; who destroys unplugs by the cache.
  it("and is deleted behind Nova's back keeps its tap (port-deleted-behind-nova)", () => {
    const cloud = attached(`run: "${ATTACH}"\n  - advance: 10s\n  - run: "${ATTACH}"`);
    const [, port = expect.fail()] = cloud.ports({ device_id: cloud.server("t1")?.id ?? "" });
    cloud.inject({ drop: { of: "request", method: "external_instance_event" } });
    typed(cloud, `neutron port-delete ${port.id}`);
    expect(cloud.kinds()).toEqual(["owner port-deleted-behind-nova"]);
    cloud.advance("4m");
    typed(cloud, "nova delete t1");
    expect(cloud.kinds()).toEqual(["owner port-deleted-behind-nova"]);
  });

  it("and is gone is no excuse where no cache has known it", () => {
    const cloud = attached(`run: "${ATTACH}"\n  - advance: 10s\n  - run: "${ATTACH}"`);
    const { id = expect.fail() } = cloud.server("t1") ?? {};
    const [, port = expect.fail()] = cloud.ports({ device_id: id });
    cloud.inject({ drop: { of: "request", method: "external_instance_event" } });
    typed(cloud, `neutron port-delete ${port.id}`);
    const { network_info: known = [] } = cloud.nova.instance_info_caches.get(id) ?? {};
    const others = known.filter((vif) => vif["id"] !== port.id);
    cloud.nova.instances.update(id, { task_state: "deleting" });
    cloud.nova.instance_info_caches.update(id, { network_info: others });
    cloud.nova.instances.update(id, { task_state: null });
    expect(cloud.kinds()).toEqual(["owner -"]);
  });
});

describe("a shelve", () => {
  const images = (cloud: OpenCloud) => cloud.kinds().filter((kind) => kind.startsWith("owner"));

  // nova/compute/api.py:2582 makes the image, nova/compute/manager.py:4112-4127 finds another state and deletes nothing.
  it("that comes to nothing leaves its image, also where another has come to its end (image-before-shelve)", () => {
    const cloud = booted();
    const { id = expect.fail() } = cloud.server("t1") ?? {};
    cloud.user("demo").command("nova shelve t1");
    typed(cloud, `nova reset-state --active ${id}`, "admin");
    // Its guest goes off, and it is active and idle (nova/compute/manager.py:5794-5812).
    expect(cloud.server("t1")?.status).toBe("SHUTOFF");
    expect(images(cloud)).toEqual(["owner image-before-shelve"]);
    typed(cloud, "nova shelve t1");
    expect(cloud.server("t1")?.vm_state).toBe("shelved_offloaded");
    expect(images(cloud)).toEqual(["owner image-before-shelve"]);
    // One that has not failed has no image to forget.
    for (const { id: event, result } of cloud.nova.instance_actions_events.find()) {
      if (result === "Error") {
        cloud.nova.instance_actions_events.update(event, { result: "Success" });
      }
    }
    expect(images(cloud)).toEqual(["owner -"]);
  });
});

describe("a server that is on no host", () => {
  /** One that was offloaded, and over whose state another was written. */
  function nowhere(flags = {}): OpenCloud {
    const cloud = booted({ flags });
    typed(cloud, "nova shelve t1");
    expect(cloud.server("t1")).toMatchObject({ status: "SHELVED_OFFLOADED", host: null });
    typed(cloud, "nova reset-state --active {{server t1}}", "admin");
    expect(cloud.kinds()).toEqual([]);
    return cloud;
  }

  /** The same, had it been on a host all the time. */
  const somewhere = (cloud: OpenCloud): void => {
    for (const stretch of cloud.nova.hostless.of(cloud.server("t1")?.id ?? "") ?? []) {
      Object.assign(stretch, { from: Infinity });
    }
  };

  // nova/compute/api.py:2207-2212 stores the state and the action, nova/compute/rpcapi.py:59-61 raises, and nobody takes them back.
  it.each(["nova reboot --hard t1", "nova pause t1", "nova rescue t1"])(
    "keeps the state of what it was asked for in vain: %s (state-before-host)",
    (line) => {
      const cloud = nowhere();
      typed(cloud, line);
      expect(cloud.kinds()).toEqual(["at-rest state-before-host", "outcome state-before-host"]);
      somewhere(cloud);
      expect(cloud.kinds()).toEqual(["at-rest -", "outcome -"]);
    },
  );

  it("is told so where it is in error, and after its delete as well", () => {
    const cloud = nowhere();
    typed(cloud, "nova reset-state {{server t1}}", "admin");
    typed(cloud, "nova reboot --hard t1");
    expect(cloud.server("t1")?.status).toBe("ERROR");
    expect(cloud.kinds()).toEqual(["at-rest state-before-host", "outcome state-before-host"]);
    typed(cloud, "nova delete t1");
    expect(cloud.kinds()).toContain("outcome state-before-host");
    expect(cloud.kinds().filter((kind) => kind.endsWith("-"))).toEqual([]);
  });

  // nova/compute/api.py:2573-2588: the image is made before, and nova/compute/rpcapi.py has no host for either message.
  it("keeps the states that only hosts would end, and images that nobody fills", () => {
    const imaged = nowhere();
    typed(imaged, "nova image-create t1 i1");
    expect(imaged.kinds()).toContain("at-rest state-before-host");
    const shelved = nowhere();
    typed(shelved, "nova shelve t1");
    expect(shelved.kinds()).toContain("owner image-before-shelve");
    for (const cloud of [imaged, shelved]) {
      expect(cloud.kinds().filter((kind) => kind.endsWith("-"))).toEqual([]);
      somewhere(cloud);
      expect(cloud.kinds()).toContain("at-rest -");
    }
  });

  // nova/conductor/manager.py:731-733 hands the id on, nova/scheduler/filters/image_props_filter.py:104 asks it for properties.
  it("is rebuilt nowhere, and stays so (rebuild-asks-by-id)", () => {
    const cloud = nowhere();
    typed(cloud, "nova rebuild t1 cirros");
    expect(cloud.server("t1")).toMatchObject({ status: "REBUILD", host: null });
    expect(cloud.kinds()).toEqual(["at-rest rebuild-asks-by-id"]);
    somewhere(cloud);
    expect(cloud.kinds()).toEqual(["at-rest -"]);
  });

  // nova/conductor/manager.py:727-738 asks the scheduler for one, nova/compute/manager.py:2707-2748 writes it down only where it is evacuated.
  it("is rebuilt on one that no row names (rebuild-keeps-no-host)", () => {
    const cloud = nowhere({ scheduler_default_filters: "ComputeFilter" });
    typed(cloud, "nova rebuild t1 cirros");
    expect(cloud.server("t1")).toMatchObject({ status: "ACTIVE", host: null });
    expect(cloud.kinds()).toEqual(["one-host rebuild-keeps-no-host"]);
    somewhere(cloud);
    expect(cloud.kinds()).toEqual(["one-host -"]);
  });
});

describe("a request that comes to no host", () => {
  // nova/conductor/manager.py (build_instances): a server without a valid host gets a fault, and no event.
  it("has its outcome in the fault of its server", () => {
    const cloud = new OpenCloud({ seed: 1 });
    typed(cloud, "nova service-disable compute-1 nova-compute", "admin");
    typed(cloud, BOOT);
    expect(cloud.server("t1")?.status).toBe("ERROR");
    expect(cloud.kinds()).toEqual([]);
    for (const { id } of cloud.nova.instance_faults.find()) {
      cloud.nova.instance_faults.update(id, { instance_uuid: "gone" });
    }
    expect(cloud.kinds()).toEqual(["outcome -"]);
  });
});

describe("a volume whose creation is tried again", () => {
  // cinder/volume/flows/manager/create_volume.py:146-163: it is in error meanwhile, and nobody locks it.
  it("may be deleted, and what the second try makes is nobody's (create-outlives-volume)", () => {
    const cloud = new OpenCloud({ seed: 1, services: ["cinder"] });
    const demo = cloud.user("demo");
    cloud.inject({ reset: { path: "/v1/images/*", method: "HEAD", when: "before", nth: 2 } });
    demo.command("cinder create 1 --image-id {{image cirros}} --display-name v1");
    for (let i = 0; cloud.volumes()[0]?.status !== "error" && i < 1000; i++) cloud.advance("1ms");
    demo.command("cinder delete v1");
    cloud.settle();
    expect(cloud.volumes()).toEqual([]);
    expect(cloud.kinds()).toEqual(["owner create-outlives-volume"]);
    // One that has come and gone while all went well has no excuse.
    const calm = new OpenCloud({ seed: 1, services: ["cinder"] });
    typed(calm, "cinder create 1 --display-name v2");
    calm.cinder.volumes.softDelete(calm.volumes()[0]?.id ?? "");
    expect(calm.kinds()).toContain("owner -");
  });
});
