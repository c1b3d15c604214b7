/**
 * What a delete leaves behind that comes while a server is being moved or resized, each made to happen, and beside it
 * the same end without that cause, which has no name. Upstream's lines are those of 2014.2.
 */
import { describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import { seconds } from "../../src/kernel/index.js";
import { cinderDatabase } from "../../src/services/cinder/project.js";
import { neutronDatabase } from "../../src/services/neutron/project.js";
import { novaDatabase } from "../../src/services/nova/project.js";

class OpenCloud extends Cloud {
  get nova() {
    return this.stored(novaDatabase);
  }

  get neutron() {
    return this.stored(neutronDatabase);
  }

  get cinder() {
    return this.stored(cinderDatabase);
  }

  type(line: string, as = "demo"): void {
    this.user(as).command(line);
    this.settle();
  }

  names(...invariants: readonly string[]): string[] {
    return this.invariants()
      .filter(({ invariant }) => invariants.includes(invariant))
      .map(({ invariant, exception }) => `${invariant} ${exception ?? "-"}`);
  }
}

function booted(): OpenCloud {
  const cloud = new OpenCloud({ seed: 1, computes: 2 });
  cloud.type("nova boot t1 --flavor m1.nano --image cirros --nic net-id=private");
  return cloud;
}

/** As if every delete had been asked for at this moment. */
function askedNow(cloud: OpenCloud): void {
  for (const { id, action } of cloud.nova.instance_actions.find()) {
    if (action !== "delete") continue;
    cloud.nova.instance_actions.update(id, { start_time: cloud.nova.utcnow() });
  }
}

describe("a delete while a server is resized", () => {
  // nova/compute/api.py:1548, 1665-1714: reserved is what the row says by then; nova/compute/manager.py:816 commits just that.
  it("gives back what it used before, and the rest stays counted (delete-gives-back-old-size)", () => {
    const cloud = booted();
    cloud.type("nova migrate {{server t1}}", "admin");
    cloud.inject({ delay: { method: "terminate_instance", by: seconds(60) } });
    cloud.user("demo").command("nova delete t1");
    cloud.type("nova resize t1 m1.tiny");
    cloud.advance("2m");
    expect(cloud.server("t1")?.status).toBe("DELETED");
    expect(cloud.names("quota")).toEqual(["quota delete-gives-back-old-size"]);
    // Of a move that was over before the delete it is nobody's defect.
    askedNow(cloud);
    expect(cloud.names("quota")).toEqual(["quota -"]);
  });
});

describe("a delete while a server is between two hosts", () => {
  // nova/compute/manager.py:3765-3771: the row names the new host by then, and the move is neither finished nor confirming.
  it("leaves the guest and its tap on the first (delete-amid-move-leaves-source)", () => {
    const cloud = booted();
    cloud.inject({ drop: { of: "request", method: "finish_resize" } });
    cloud.type("nova migrate {{server t1}}", "admin");
    expect(cloud.server("t1")?.task_state).toBe("resize_migrated");
    cloud.type("nova delete t1");
    const left = "owner delete-amid-move-leaves-source";
    expect(cloud.names("owner")).toEqual([left, left]);
    for (const { id } of cloud.nova.migrations.find()) {
      cloud.nova.migrations.update(id, { status: "confirmed" });
    }
    expect(cloud.names("owner")).not.toContain(left);
  });
});

describe("a delete of a server that two moves wait for", () => {
  const twice = (then = (both: OpenCloud): void => both.type("nova delete t1")): OpenCloud => {
    const cloud = booted();
    cloud.type("nova migrate {{server t1}}", "admin");
    cloud.type("nova reset-state --active {{server t1}}", "admin");
    cloud.type("nova resize t1 m1.tiny");
    expect(cloud.server("t1")?.vm_state).toBe("resized");
    then(cloud);
    return cloud;
  };

  // nova/compute/api.py:1621-1624 takes the first that the database finds.
  it("confirms the first, and the second stays with what its source has set aside (state-written-over)", () => {
    const cloud = twice();
    expect(cloud.nova.migrations.findAny().map(({ status }) => status)).toEqual([
      "confirmed",
      "finished",
    ]);
    expect(new Set(cloud.names("owner", "at-rest"))).toEqual(
      new Set(["owner state-written-over", "at-rest state-written-over"]),
    );
  });

  // nova/compute/api.py:2306-2307 takes the first as well.
  it("or reverted is the first, and the second stays (state-written-over)", () => {
    const cloud = twice((both) => {
      both.type("nova resize-revert t1");
    });
    expect(cloud.nova.migrations.findAny().map(({ status }) => status)).toEqual([
      "reverted",
      "finished",
    ]);
    expect(cloud.names("at-rest")).toContain("at-rest state-written-over");
    expect(cloud.names("at-rest")).not.toContain("at-rest -");
  });

  it("is no excuse for a second one beside one that was over before", () => {
    const cloud = twice();
    const [first] = cloud.nova.migrations.findAny();
    cloud.nova.migrations.update(first?.id ?? 0, { status: "error" });
    expect(cloud.names("at-rest")).toEqual(["at-rest -"]);
  });
});

describe("a delete while a move is reverted", () => {
  const reverting = (drop: boolean): OpenCloud => {
    const cloud = booted();
    cloud.type("nova migrate {{server t1}}", "admin");
    if (drop) cloud.inject({ drop: { of: "request", method: "finish_revert_resize" } });
    cloud.type("nova resize-revert t1");
    return cloud;
  };

  // nova/compute/api.py:1617-1635 looks for moves that are finished or confirming, nova/compute/manager.py:3497 has made it neither.
  it("leaves the guest and its tap on the host it came from (delete-amid-move-leaves-source)", () => {
    const cloud = reverting(true);
    expect(cloud.server("t1")?.task_state).toBe("resize_reverting");
    cloud.type("nova delete t1");
    const left = "owner delete-amid-move-leaves-source";
    expect(cloud.names("owner")).toEqual([left, left]);
    // Where nobody had begun to revert it is nobody's defect of this name.
    for (const { id, action } of cloud.nova.instance_actions.find()) {
      if (action === "revertResize") cloud.nova.instance_actions.update(id, { action: "resize" });
    }
    expect(cloud.names("owner")).not.toContain(left);
  });

  // nova/compute/manager.py:3582 commits what the revert has reserved only once the guest runs.
  it("keeps the quota of a revert that fails after it (failed-revert-keeps-quota)", () => {
    const cloud = booted();
    cloud.type("nova resize t1 m1.tiny");
    cloud.inject({ drop: { of: "request", method: "external_instance_event" } });
    cloud.user("demo").command("nova resize-revert t1");
    cloud.advance("20s");
    expect(cloud.server("t1")?.task_state).toBe("resize_reverting");
    cloud.type("nova delete t1");
    expect(cloud.names("quota")).toEqual(["quota failed-revert-keeps-quota"]);
    // Whatever a later move has made of it.
    const [{ id: _, ...move } = expect.fail("no move")] = cloud.nova.migrations.findAny();
    const { old_instance_type_id: new_instance_type_id } = move;
    cloud.nova.migrations.insert({ ...move, new_instance_type_id });
    expect(cloud.names("quota")).toEqual(["quota failed-revert-keeps-quota"]);
  });

  // nova/compute/manager.py:3536-3543 saves the old flavor, and waits for its network after that.
  it("keeps the quota of a revert that ends with its host (failed-revert-keeps-quota)", () => {
    const cloud = booted();
    cloud.type("nova resize t1 m1.tiny");
    cloud.inject({ drop: { of: "request", method: "external_instance_event" } });
    cloud.user("demo").command("nova resize-revert t1");
    cloud.advance("5s");
    const { memory_mb, host } = cloud.nova.instances.find()[0] ?? {};
    expect(memory_mb).toBe(64);
    cloud.crash(host ?? "");
    cloud.advance("70s");
    cloud.type("nova delete t1");
    // What it has reserved is taken back when it expires, and by that nothing is given back.
    expect(cloud.names("quota")).toEqual(["quota reservation-awaits-expiry"]);
    for (const { uuid } of cloud.nova.reservations.find()) cloud.nova.reservations.softDelete(uuid);
    expect(cloud.names("quota")).toEqual(["quota failed-revert-keeps-quota"]);
    for (const { id, action } of cloud.nova.instance_actions.find()) {
      if (action === "revertResize") cloud.nova.instance_actions.update(id, { action: "resize" });
    }
    expect(cloud.names("quota")).toEqual(["quota -"]);
  });

  it("leaves nothing once it is reverted", () => {
    const cloud = reverting(false);
    cloud.type("nova delete t1");
    expect(cloud.names("owner", "quota")).toEqual([]);
  });
});

describe("a rebuild that an operator lets begin while its server is deleted", () => {
  const begun = (): OpenCloud => {
    const flags = { vif_plugging_is_fatal: false, vif_plugging_timeout: 5 };
    const cloud = new OpenCloud({ seed: 1, flags });
    cloud.type("nova boot t1 --flavor m1.nano --image cirros --nic net-id=private");
    cloud.inject({ slow: { method: "DELETE", path: "/v2.0/ports*", by: seconds(3) } });
    cloud.user("demo").command("nova delete t1");
    cloud.user("admin").command("nova reset-state {{server t1}}");
    cloud.advance("1s");
    cloud.type("nova rebuild t1 cirros");
    return cloud;
  };

  // nova/compute/manager.py:2495 locks one delete against another alone, and :2665 makes the guest whatever has become of the row since :2661.
  it("leaves its guest and its taps (build-outlives-server)", () => {
    const cloud = begun();
    const outlived = "owner build-outlives-server";
    expect(cloud.names("owner")).toEqual([outlived, outlived]);
    // Had it been asked for when the server was gone, an attach would have to explain the tap.
    for (const { id, action } of cloud.nova.instance_actions.find()) {
      if (action !== "rebuild") continue;
      cloud.nova.instance_actions.update(id, { start_time: cloud.nova.utcnow() });
    }
    expect(cloud.names("owner")).toEqual(["owner attach-outlives-server", outlived]);
  });
});

describe("a delete of a server that was evacuated", () => {
  const ATTACH = "nova volume-attach t1 {{volume v1}}";

  /** Deleted on its new host, before the old one is back. */
  const evacuated = (beforehand: (cloud: OpenCloud) => void = () => undefined): OpenCloud => {
    const cloud = new OpenCloud({ seed: 1, computes: 2, services: ["cinder"] });
    cloud.type("nova boot t1 --flavor m1.nano --image cirros --nic net-id=private");
    cloud.type("cinder create 1 --display-name v1");
    const host = cloud.server("t1")?.host ?? expect.fail("no host");
    beforehand(cloud);
    cloud.crash(host);
    cloud.advance("70s");
    cloud.type(`nova host-evacuate ${host}`, "admin");
    cloud.type("nova delete t1");
    cloud.start(`nova-compute@${host}`);
    cloud.advance("2m");
    return cloud;
  };
  const HIDDEN = "owner delete-hides-evacuated-guest";
  const LATE = "owner attach-outlives-server";

  // nova/compute/manager.py:726-727: of the guests there, only those are looked at whose rows are not deleted.
  it("hides its guest from the host that comes back (delete-hides-evacuated-guest)", () => {
    const cloud = evacuated();
    expect(cloud.names("owner")).toEqual([HIDDEN, HIDDEN]);
    for (const { id, action } of cloud.nova.instance_actions.find()) {
      if (action === "evacuate") cloud.nova.instance_actions.update(id, { action: "reboot" });
    }
    expect(cloud.names("owner")).not.toContain(HIDDEN);
  });

  // nova/compute/manager.py:4538-4546: neither the server's row nor its host is asked for before the driver is.
  it("does not keep a late attach from its old host (attach-outlives-server)", () => {
    const cloud = evacuated((early) => {
      early.inject({ delay: { method: "attach_volume", by: seconds(30) } });
      early.user("demo").command(ATTACH);
    });
    expect(new Set(cloud.names("owner"))).toEqual(new Set([HIDDEN, LATE]));
  });

  it("is no excuse for a volume that was attached before it was asked for", () => {
    const cloud = evacuated((early) => {
      early.inject({ delay: { method: "attach_volume", by: seconds(30) } });
      early.user("demo").command(ATTACH);
    });
    askedNow(cloud);
    expect(new Set(cloud.names("owner"))).toEqual(new Set([HIDDEN, "owner -"]));
  });
});

describe("a delete of a server that is deleted softly", () => {
  const flags = { reclaim_instance_interval: 3600 };
  const twice = "quota deleted-twice-given-back-twice";

  // nova/compute/api.py:1548, 1584-1606: nova-api reserves and commits by itself where it has not heard of the host.
  it("gives its quota back again where its host is not heard of (deleted-twice-given-back-twice)", () => {
    const cloud = new OpenCloud({ seed: 1, flags });
    cloud.type("nova boot t1 --flavor m1.nano --image cirros --nic net-id=private");
    cloud.type("nova boot t2 --flavor m1.nano --image cirros --nic net-id=private");
    cloud.type("nova delete t1");
    const { id, vm_state } = cloud.server("t1") ?? expect.fail("no t1");
    expect(vm_state).toBe("soft-delete");
    cloud.inject({ cut_off: { host: "compute-1", for: seconds(300) } });
    cloud.advance("100s");
    cloud.user("demo").command(`nova force-delete ${id}`);
    cloud.advance("5m");
    expect(cloud.names("quota")).toEqual([twice, twice, twice]);
  });

  // nova/compute/api.py:1563-1574 destroys the row of a server without a host; neutron is not asked, whatever was deleted before.
  it("leaves its port and gives back twice where it was brought back and offloaded (delete-without-host-leaks)", () => {
    const cloud = new OpenCloud({ seed: 1, flags });
    cloud.type("nova boot t1 --flavor m1.nano --image cirros --nic net-id=private");
    cloud.type("nova delete t1");
    const { id = "" } = cloud.server("t1") ?? {};
    cloud.type(`nova reset-state --active ${id}`, "admin");
    cloud.type("nova shelve t1");
    cloud.type(`nova shelve-offload ${id}`, "admin");
    cloud.type("nova delete t1");
    expect(cloud.server(id)?.status).toBe("DELETED");
    expect(cloud.names("owner")).toEqual(["owner delete-without-host-leaks"]);
    expect(cloud.names("quota")).toEqual([twice, twice, twice]);
  });
});

describe("an interface that is attached late", () => {
  const attached = (delay: number): OpenCloud => {
    const cloud = booted();
    if (delay > 0) cloud.inject({ delay: { method: "attach_interface", by: seconds(delay) } });
    cloud.user("demo").command("nova interface-attach --net-id {{network private}} t1");
    cloud.type("nova delete t1");
    return cloud;
  };

  // nova/compute/manager.py:4764-4779: the port is made before the driver is asked, and nobody takes it back.
  it("has its port where its server has been deleted (attach-outlives-server)", () => {
    const cloud = attached(90);
    expect(cloud.names("owner")).toEqual(["owner attach-outlives-server"]);
  });

  it("before the delete was asked for is no excuse for its port", () => {
    const cloud = attached(90);
    askedNow(cloud);
    expect(cloud.names("owner")).toEqual(["owner -"]);
    expect(attached(0).names("owner")).toEqual([]);
  });
});

const DISK = 'source=image,id="{{image cirros}}",dest=volume,size=1,bootindex=0,shutdown=remove';

const onVolume = (flags = {}): OpenCloud => {
  const cloud = new OpenCloud({ seed: 1, services: ["cinder"], flags });
  cloud.type(`nova boot t1 --flavor m1.nano --block-device ${DISK} --nic net-id=private`);
  return cloud;
};

/** A server that has a volume. */
function attached(): OpenCloud {
  const cloud = new OpenCloud({ seed: 1, services: ["cinder"] });
  cloud.type("nova boot t1 --flavor m1.nano --image cirros --nic net-id=private");
  cloud.type("cinder create 1 --display-name v1");
  cloud.type("nova volume-attach t1 {{volume v1}}");
  return cloud;
}

/** As if what was a rebuild had been a reboot. */
function asIfRebooted(cloud: OpenCloud): void {
  for (const { id, event } of cloud.nova.instance_actions_events.find()) {
    if (event !== "compute_rebuild_instance") continue;
    cloud.nova.instance_actions_events.update(id, { event: "compute_reboot_instance" });
  }
}

describe("a delete while a server is rebuilt", () => {
  // nova/compute/manager.py:2650-2659 detaches and attaches; virt/block_device.py:235, 268: it says so to Cinder when it has a connection.
  it("lets go of a volume that the rebuild takes hold of again (attach-outlives-server)", () => {
    const cloud = attached();
    cloud.inject({ delay: { method: "initialize_connection", by: seconds(20) } });
    cloud.user("demo").command("nova rebuild t1 cirros");
    cloud.advance("5s");
    expect(cloud.server("t1")?.task_state).toBe("rebuild_block_device_mapping");
    cloud.user("demo").command("nova delete t1");
    cloud.advance("5s");
    const [volume = expect.fail("no volume")] = cloud.cinder.volumes.find();
    expect(cloud.server("t1")?.status).toBe("DELETED");
    expect(volume.status).toBe("available");
    cloud.advance("1m");
    expect(cloud.names("owner")).toEqual(["owner attach-outlives-server"]);
    asIfRebooted(cloud);
    expect(cloud.names("owner")).toEqual(["owner -"]);
  });
});

describe("a volume that is detached while its server is rebuilt", () => {
  // nova/compute/manager.py:2788-2803: the rebuild has its list of block devices since it began.
  it("is attached again, and stays so past its server (rebuild-attaches-detached-volume)", () => {
    const cloud = attached();
    cloud.inject({ delay: { method: "terminate_connection", by: seconds(1), times: 1 } });
    cloud.inject({ delay: { method: "initialize_connection", by: seconds(9), times: 1 } });
    cloud.user("demo").command("nova volume-detach t1 {{volume v1}}");
    cloud.user("demo").command("nova rebuild t1 cirros");
    cloud.advance("5s");
    expect(cloud.cinder.volumes.find().map(({ status }) => status)).toEqual(["available"]);
    cloud.settle();
    expect(cloud.server("t1")?.status).toBe("ACTIVE");
    expect(cloud.cinder.volumes.find().map(({ status }) => status)).toEqual(["in-use"]);
    cloud.type("nova delete t1");
    expect(cloud.names("owner")).toEqual(["owner rebuild-attaches-detached-volume"]);
    asIfRebooted(cloud);
    expect(cloud.names("owner")).toEqual(["owner -"]);
  });
});

describe("a volume that Cinder could not attach", () => {
  // cinder/volume/manager.py:698-701 writes a status of its own and leaves the server's id; cinder/volume/api.py:283-288 deletes no such volume.
  it("keeps its server, which is gone (failed-attach-keeps-server)", () => {
    const cloud = new OpenCloud({ seed: 1, services: ["cinder"] });
    const fault = { volume_driver: "attach_volume", host: "controller", error: "no luck" } as const;
    cloud.inject(fault);
    cloud.type(`nova boot t1 --flavor m1.nano --block-device ${DISK} --nic net-id=private`);
    cloud.type("nova delete t1");
    const [volume = expect.fail("no volume")] = cloud.cinder.volumes.find();
    expect(volume.status).toBe("error_attaching");
    expect(cloud.names("owner", "at-rest")).toEqual(["owner failed-attach-keeps-server"]);
    cloud.cinder.volumes.update(volume.uuid, { status: "in-use" });
    expect(cloud.names("owner")).toEqual(["owner -"]);
  });
});

describe("the volume of a server of which an image was made", () => {
  // cinder/volume/api.py:299-302 refuses, nova/compute/manager.py:2408-2417 only logs that.
  it("stays, though it was to go with its server (snapshot-keeps-volume)", () => {
    const cloud = onVolume();
    cloud.type("nova image-create t1 copy");
    cloud.type("nova delete t1");
    expect(cloud.names("owner")).toEqual(["owner snapshot-keeps-volume"]);
    const [snapshot = expect.fail("no snapshot")] = cloud.cinder.snapshots.find();
    cloud.type(`cinder snapshot-delete ${snapshot.uuid}`);
    expect(cloud.names("owner")).toEqual(["owner -"]);
  });

  // nova/compute/manager.py:5902-5930 (_reclaim_queued_deletes) has a context of its own, whose catalog is empty.
  it("stays as well, and in use, where a loop deletes the server (delete-without-catalog)", () => {
    const cloud = onVolume({ reclaim_instance_interval: 60 });
    cloud.type("nova delete t1");
    cloud.advance("4m");
    const left = "owner delete-without-catalog";
    expect(cloud.names("owner")).toEqual([left, left]);
  });

  it("goes with it where none was made", () => {
    const cloud = onVolume();
    cloud.type("nova delete t1");
    expect(cloud.names("owner")).toEqual([]);
  });
});

// nova/compute/api.py:2588 and nova/compute/manager.py:4144-4147: a server that is on a volume is offloaded at once, and no event says so.
describe("the shelve of a server that is on a volume", () => {
  it("has come to its end where its server has", () => {
    const cloud = onVolume();
    cloud.type("nova shelve t1");
    expect(cloud.server("t1")?.status).toBe("SHELVED_OFFLOADED");
    expect(cloud.names("outcome")).toEqual([]);
    for (const { id, boot_index } of cloud.nova.block_device_mapping.find()) {
      if (boot_index === 0) cloud.nova.block_device_mapping.update(id, { boot_index: 1 });
    }
    expect(cloud.names("outcome")).toEqual(["outcome -"]);
  });
});
