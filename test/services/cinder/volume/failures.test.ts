/**
 * What becomes of volumes when something is not there (other-services §4.6, each row by its number):
 * cinder/volume/manager.py, cinder/scheduler/host_manager.py, cinder/volume/rpcapi.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { minutes, seconds, type Micros } from "../../../../src/kernel/index.js";
import { CINDER, VolumeBed } from "../bed.js";

const SERVER = "3f1c9d2e-7a46-4b55-9d0c-0a4a7e2f8b11";
const CONNECTOR = { connector: { ip: "10.0.0.31", host: "compute-1", initiator: "iqn.1993:01" } };
const ATTACH = { instance_uuid: SERVER, mountpoint: "/dev/vdb" };
const HOST = "cinder-volume@controller";

/** How many whole seconds `act` takes. */
function secondsFor(bed: VolumeBed, act: () => void): number {
  const began: Micros = bed.kernel.now;
  act();
  return Math.floor((bed.kernel.now - began) / seconds(1));
}

describe("a volume host that is down when a volume is made", () => {
  it("is chosen while its last heartbeat is a minute old at most, and the volume is creating without end (other-services §4.6 row 1)", () => {
    const bed = new VolumeBed();
    bed.kill(HOST);
    const id = bed.asked();
    bed.wait(minutes(600));
    expect(bed.row(id)).toMatchObject({ status: "creating", host: "controller#LVM_iSCSI" });
    expect(bed.lives(id)).toEqual(["creating"]);
  });

  it("finds the request in its queue when it is back (other-services §4.6 row 1)", () => {
    const bed = new VolumeBed();
    bed.kill(HOST);
    const id = bed.asked();
    bed.wait(minutes(10));
    bed.restart(HOST);
    bed.wait(seconds(10));
    expect(bed.row(id).status).toBe("available");
  });

  it("is filtered out after a minute, and then nobody is left (other-services §4.6 row 1)", () => {
    const bed = new VolumeBed();
    bed.kill(HOST);
    bed.wait(seconds(75));
    const id = bed.asked();
    bed.wait(seconds(1));
    expect(bed.row(id)).toMatchObject({ status: "error", host: null });
    expect(bed.logged("warning")).toContain("volume service is down. (host: controller)");
    // A volume without a host goes at once, whatever its status.
    expect(bed.cinder("DELETE", `/volumes/${id}`).status).toBe(202);
    expect(bed.row(id).status).toBe("deleted");
    expect(bed.used()["volumes"]).toEqual([0, 0]);
  });

  it("leaves the work to another one (other-services §4.6 row 1)", () => {
    const bed = new VolumeBed({ hosts: ["controller", "volume-2"] });
    bed.kill(HOST);
    bed.wait(seconds(75));
    const ids = [bed.made(), bed.made()];
    expect(ids.map((id) => bed.row(id).host)).toEqual(["volume-2#LVM_iSCSI", "volume-2#LVM_iSCSI"]);
  });
});

describe("a volume host that is down when a volume is attached or detached", () => {
  it.each([
    ["os-attach", "attaching", ATTACH],
    ["os-initialize_connection", "attaching", CONNECTOR],
    ["os-detach", "detaching", null],
    ["os-terminate_connection", "detaching", CONNECTOR],
  ])(
    "costs the caller of %s a minute, a 500, and the volume stays %s (other-services §4.6 row 2)",
    (action, status, argument) => {
      const bed = new VolumeBed();
      const id = bed.made();
      bed.set(id, { status });
      bed.kill(HOST);
      const took = secondsFor(bed, () => {
        expect(bed.actRefusal(id, action, argument)[0]).toBe(500);
      });
      expect(took).toBe(60);
      expect(bed.row(id).status).toBe(status);
    },
  );

  it("does when it is back what nobody waits for any more (other-services §4.6 row 2)", () => {
    const bed = new VolumeBed();
    const id = bed.made();
    bed.act(id, "os-reserve");
    bed.kill(HOST);
    expect(bed.actRefusal(id, "os-attach", ATTACH)[0]).toBe(500);
    bed.restart(HOST);
    bed.wait(seconds(5));
    expect(bed.row(id)).toMatchObject({ status: "in-use", instance_uuid: SERVER });
  });

  it("leaves a volume that an administrator frees by hand (admin_actions.py, reset_status)", () => {
    const bed = new VolumeBed();
    const id = bed.made();
    bed.act(id, "os-reserve");
    bed.kill(HOST);
    bed.actRefusal(id, "os-initialize_connection", CONNECTOR);
    const free = { status: "available" };
    expect(bed.actRefusal(id, "os-reset_status", free)[0]).toBe(403);
    expect(bed.act(id, "os-reset_status", free, { as: "admin" }).status).toBe(202);
    expect(bed.row(id).status).toBe("available");
  });
});

describe("a volume host that is down when a volume is deleted", () => {
  it("resumes when it starts, and takes the message that waited for news of the past (other-services §4.6 row 3)", () => {
    const bed = new VolumeBed({ notify: true });
    const id = bed.made({ size: 3 });
    bed.kill(HOST);
    expect(bed.cinder("DELETE", `/volumes/${id}`).status).toBe(202);
    bed.wait(minutes(600));
    expect(bed.row(id).status).toBe("deleting");
    expect(bed.used()).toEqual({ volumes: [1, 0], gigabytes: [3, 0] });
    bed.forget();
    bed.restart(HOST);
    bed.wait(seconds(30));
    expect(bed.row(id).status).toBe("deleted");
    expect(bed.used()).toEqual({ volumes: [0, 0], gigabytes: [0, 0] });
    expect(bed.group().volumes).toEqual([]);
    expect(bed.logged("info")).toEqual(
      expect.arrayContaining([
        `Resuming delete on volume: ${id}`,
        `volume ${id}: deleted successfully`,
        `Tried to delete volume ${id}, but it no longer exists, moving on`,
      ]),
    );
    // Once: the message has nothing to tell.
    expect(bed.told()).toEqual([
      "volume.delete.start volume.controller",
      "volume.delete.end volume.controller",
    ]);
  });

  it("resumes one delete after another, before it takes any message (other-services §4.6 row 3)", () => {
    const bed = new VolumeBed();
    const ids = [bed.made(), bed.made()];
    for (const id of ids) bed.set(id, { status: "deleting" });
    bed.kill(HOST);
    const waiting = bed.asked();
    bed.forget();
    bed.restart(HOST);
    bed.wait(seconds(20));
    const order = bed
      .logged("info")
      .filter((line) => /deleted successfully|created success/.test(line));
    expect(order).toEqual([
      ...ids.map((id) => `volume ${id}: deleted successfully`),
      `Volume volume-${waiting} (${waiting}): created successfully`,
    ]);
  });

  it("gives up downloads, exports again what is in use, and leaves all else (other-services §4.6 row 3)", () => {
    const bed = new VolumeBed();
    const left = ["creating", "attaching", "detaching", "extending", "uploading", "error"];
    const ids = left.map((status) => [bed.made(), status] as const);
    const [downloading, used] = [bed.made(), bed.made()];
    bed.act(used, "os-initialize_connection", CONNECTOR);
    bed.act(used, "os-attach", ATTACH);
    for (const [id, status] of ids) bed.set(id, { status });
    bed.set(downloading, { status: "downloading" });
    bed.kill(HOST);
    for (const iqn of bed.group().targets) bed.group().unexport(iqn);
    bed.restart(HOST);
    bed.wait(seconds(10));
    expect(ids.map(([id]) => bed.row(id).status)).toEqual(left);
    expect(bed.row(downloading).status).toBe("error");
    expect(bed.logged("info")).toContain(`volume ${downloading} stuck in a downloading state`);
    expect(bed.row(used).status).toBe("in-use");
    expect(bed.group().targets).toEqual([`iqn.2010-10.org.openstack:volume-${used}`]);
  });

  it("puts into error what it cannot export again (manager.py, init_host)", () => {
    const bed = new VolumeBed();
    const id = bed.made();
    bed.act(id, "os-initialize_connection", CONNECTOR);
    bed.act(id, "os-attach", ATTACH);
    bed.kill(HOST);
    bed.breaks("ensure_export");
    bed.restart(HOST);
    expect(bed.row(id)).toMatchObject({ status: "error", attach_status: "attached" });
    expect(bed.logged()).toContain(`Failed to re-export volume ${id}: setting to error state`);
    expect(bed.row(bed.made()).status).toBe("available");
  });
});

describe("a volume that is attached", () => {
  it("stays deleting when its host is told to delete it, which raises VolumeAttached (other-services §4.6 row 4)", () => {
    const bed = new VolumeBed({ notify: true });
    const id = bed.made({ size: 3 });
    bed.act(id, "os-initialize_connection", CONNECTOR);
    bed.wait(seconds(1));
    bed.forget();
    const url = `${CINDER}/v2/${bed.project("demo")}/volumes/${id}`;
    const headers = { "x-auth-token": bed.demo.auth_token ?? "" };
    const request = bed.http.request("DELETE", url, { headers });
    bed.kernel.spawn(request, { name: "test", actor: "tester" });
    // Before the message is read, as an attach under way leaves it: deleting, and attached.
    const deleting = () => bed.row(id).status === "deleting";
    expect(bed.kernel.runUntil(deleting, bed.kernel.now + seconds(1))).toBe(true);
    bed.set(id, { attach_status: "attached" });
    bed.wait(minutes(60));
    expect(bed.logged().filter((line) => line.includes("is still attached"))).toEqual([
      `Exception during message handling of delete_volume: VolumeAttached: Volume ${id} is still attached, detach volume first.`,
    ]);
    expect(bed.row(id)).toMatchObject({ status: "deleting", attach_status: "attached" });
    expect(bed.lives(id)).toEqual(["deleting"]);
    // It raises before anything is told, unexported or given back.
    expect(bed.told()).toEqual([]);
    expect(bed.group().targets).toEqual([`iqn.2010-10.org.openstack:volume-${id}`]);
    expect(bed.group().volumes).toEqual([{ name: `volume-${id}`, size_gb: 3 }]);
    expect(bed.used()).toEqual({ volumes: [1, 0], gigabytes: [3, 0] });
  });
});

describe("a volume that is deleting, and attached, when its host starts", () => {
  /** cinder/volume/manager.py, init_host at 2014.2. */
  function restarted(flags = {}) {
    const bed = new VolumeBed({ volumeFlags: flags });
    const [id, other] = [bed.made(), bed.made()];
    bed.kill(HOST);
    bed.set(id, { status: "deleting", attach_status: "attached" });
    bed.set(other, { status: "deleting" });
    bed.forget();
    bed.restart(HOST, flags);
    bed.wait(minutes(2));
    return { bed, id, other };
  }

  it("keeps its host from starting: the resumed delete raises in init_host (other-services §4.6 row 4)", () => {
    const { bed, id, other } = restarted();
    expect(bed.logged()).toEqual([
      `VolumeAttached: Volume ${id} is still attached, detach volume first.`,
    ]);
    expect([id, other].map((one) => bed.row(one).status)).toEqual(["deleting", "deleting"]);
    // No heartbeat, and no volume: the host is filtered out.
    const later = bed.asked();
    bed.wait(seconds(5));
    expect(bed.row(later).status).toBe("error");
  });

  it("does not where deletes are resumed by threads of their own (volume_service_inithost_offload)", () => {
    const { bed, id, other } = restarted({ volume_service_inithost_offload: true });
    expect([id, other].map((one) => bed.row(one).status)).toEqual(["deleting", "deleted"]);
    expect(bed.row(bed.made()).status).toBe("available");
  });
});

describe("a driver that was not set up", () => {
  /** A volume of a host whose driver will not be set up when it starts again. */
  function uninitialized() {
    const bed = new VolumeBed();
    const id = bed.made();
    bed.kill(HOST);
    bed.breaks("do_setup");
    bed.restart(HOST);
    bed.forget();
    return { bed, id };
  }

  it("leaves a service that runs and says so (other-services §4.6 row 5)", () => {
    const { bed } = uninitialized();
    bed.wait(minutes(3));
    expect(bed.logged("warning")).toContain(
      "Unable to update stats, LVMISCSIDriver -2.0.0  driver is uninitialized.",
    );
    const [service] = bed.volumes.services.find({ binary: "cinder-volume" });
    expect(bed.kernel.now - bed.kernel.calendar.parse(service?.updated_at ?? "")).toBeLessThan(
      seconds(11),
    );
  });

  it("fails an attach and a detach, each in a status of its own, and a 500 (other-services §4.6 row 5)", () => {
    const { bed, id } = uninitialized();
    expect(bed.actRefusal(id, "os-attach", ATTACH)[0]).toBe(500);
    expect(bed.row(id).status).toBe("error_attaching");
    expect(bed.actRefusal(id, "os-detach")[0]).toBe(500);
    expect(bed.row(id).status).toBe("error_detaching");
  });

  it("changes no status on a connection, which is what Nova asks for first", () => {
    const { bed, id } = uninitialized();
    bed.act(id, "os-reserve");
    const refusal = bed.actRefusal(id, "os-initialize_connection", CONNECTOR);
    expect(refusal).toEqual([
      500,
      "computeFault",
      "The server has either erred or is incapable of performing the requested operation.",
    ]);
    expect(bed.row(id).status).toBe("attaching");
  });

  it("ends a create in error, an extend in error_extending, a delete in error_deleting (other-services §4.6 row 5)", () => {
    const { bed, id } = uninitialized();
    const clone = bed.made({ source_volid: id });
    expect(bed.row(clone).status).toBe("error");
    bed.set(clone, { status: "available" });
    bed.act(clone, "os-extend", { new_size: 2 });
    bed.wait(seconds(1));
    expect(bed.row(clone).status).toBe("error_extending");
    // What was reserved for it stays reserved, since the manager fails before it could give it back.
    expect(bed.used()["gigabytes"]).toEqual([2, 1]);
    expect(bed.cinder("DELETE", `/volumes/${id}`).status).toBe(202);
    bed.wait(seconds(1));
    expect(bed.row(id).status).toBe("error_deleting");
    expect(bed.row(bed.snapped(clone, { force: true }) && clone).status).toBe("error_extending");
    expect(bed.volumes.snapshots.find()[0]?.status).toBe("error");
  });
});

describe("a driver that finds something busy on delete", () => {
  it("gives the volume back without a word to its owner (other-services §4.6 row 6)", () => {
    const bed = new VolumeBed();
    const id = bed.made();
    // A snapshot of which Cinder's tables know nothing.
    bed.group().create({ name: "by-hand", size_gb: 1, origin: `volume-${id}` });
    expect(bed.cinder("DELETE", `/volumes/${id}`).status).toBe(202);
    bed.wait(seconds(10));
    expect(bed.lives(id)).toEqual(["creating", "available", "deleting", "available"]);
    expect(bed.logged()).toContain(`Cannot delete volume ${id}: volume is busy`);
    expect(bed.used()).toEqual({ volumes: [1, 0], gigabytes: [1, 0] });
  });
});

describe("Glance that is down", () => {
  const gone = (bed: VolumeBed): void => {
    bed.crash(bed.api.process, bed.api.env);
  };

  it("refuses the volume while the API looks at the image (other-services §4.6 row 7)", () => {
    const bed = new VolumeBed();
    const imageRef = bed.uploaded();
    gone(bed);
    expect(bed.refusal("POST", "/volumes", { volume: { size: 1, imageRef } })).toEqual([
      500,
      "computeFault",
      "The server has either erred or is incapable of performing the requested operation.",
    ]);
    expect(bed.volumes.volumes.find()).toEqual([]);
    expect(bed.used()).toEqual({});
  });

  it("when the volume host looks: three attempts, and no valid host (other-services §4.6 row 7)", () => {
    const bed = new VolumeBed();
    const id = bed.asked({ imageRef: bed.uploaded() });
    gone(bed);
    bed.wait(minutes(5));
    expect(bed.row(id).status).toBe("error");
    expect(bed.logged().filter((line) => line === `Volume ${id}: create failed`)).toHaveLength(3);
    expect(bed.lives(id)).not.toContain("downloading");
  });

  it("when the data are wanted: error at once, since no other host would fare better (other-services §4.6 row 7, ImageCopyFailure)", () => {
    const bed = new VolumeBed();
    const id = bed.asked({ imageRef: bed.uploaded() });
    while (bed.row(id).status !== "downloading") bed.wait(10_000);
    gone(bed);
    bed.wait(minutes(5));
    expect(bed.lives(id)).toEqual(["creating", "downloading", "error"]);
    expect(bed.logged().some((line) => line.startsWith(`Failed to copy image`))).toBe(true);
  });
});

describe("a volume host that lives", () => {
  it("reports its room to schedulers every minute, and after each delete (other-services §4.6 row 9)", () => {
    const bed = new VolumeBed();
    const id = bed.made();
    bed.forget();
    const reports = () =>
      bed.seen
        .filter(({ what }) => what.kind === "rpc.fanout")
        .map(({ at }) => Math.floor(at / seconds(1)));
    bed.wait(minutes(10));
    const [first = 0, ...later] = reports();
    expect(later).toEqual(later.map((_, at) => first + 60 * (at + 1)));
    expect(later.length).toBeGreaterThan(7);
    bed.cinder("DELETE", `/volumes/${id}`);
    bed.forget();
    bed.wait(seconds(3));
    expect(reports()).toHaveLength(1);
  });
});
