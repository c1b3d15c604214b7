/** Laws of how a volume goes: cinder/volume/api.py (delete), cinder/volume/manager.py (delete_volume) at 2014.2. */
import { describe, expect, it } from "vitest";
import { seconds } from "../../../../src/kernel/index.js";
import { VolumeBed } from "../bed.js";

const NOBODY = "11111111-2222-4333-8444-555555555555";

describe("a delete", () => {
  it("is answered 202 at once, wipes as much as the volume is large, and gives the quota back", () => {
    const bed = new VolumeBed({ notify: true });
    const id = bed.made({ size: 3 });
    bed.forget();
    const { status, body } = bed.cinder("DELETE", `/volumes/${id}`);
    expect([status, body]).toEqual([202, null]);
    expect(bed.row(id)).toMatchObject({ status: "deleting" });
    expect(bed.row(id).terminated_at).not.toBeNull();
    bed.wait(seconds(3));
    expect(bed.row(id).status).toBe("deleting");
    bed.wait(seconds(1));
    expect(bed.row(id)).toMatchObject({ status: "deleted" });
    expect(bed.group().volumes).toEqual([]);
    expect(bed.used()).toEqual({ volumes: [0, 0], gigabytes: [0, 0] });
    expect(bed.told()).toEqual([
      "volume.delete.start volume.controller",
      "volume.delete.end volume.controller",
    ]);
    expect(bed.refusal("GET", `/volumes/${id}`)).toEqual([
      404,
      "itemNotFound",
      "Volume could not be found",
    ]);
  });

  it("wipes nothing where a flag says so (volume_clear)", () => {
    const bed = new VolumeBed({ volumeFlags: { volume_clear: "none" } });
    const id = bed.made({ size: 50 });
    bed.cinder("DELETE", `/volumes/${id}`);
    bed.wait(seconds(1));
    expect(bed.row(id).status).toBe("deleted");
  });

  it.each([
    "creating",
    "attaching",
    "in-use",
    "detaching",
    "deleting",
    "error_deleting",
    "error_attaching",
    "downloading",
  ])("is refused to a volume that is %s", (status) => {
    const bed = new VolumeBed();
    const id = bed.made();
    bed.set(id, { status });
    expect(bed.refusal("DELETE", `/volumes/${id}`)).toEqual([
      400,
      "badRequest",
      `Invalid volume: Volume status must be available or error, but current status is: ${status}`,
    ]);
  });

  it.each(["error", "error_restoring", "error_extending"])(
    "is possible to one that is %s",
    (status) => {
      const bed = new VolumeBed();
      const id = bed.made();
      bed.set(id, { status });
      expect(bed.cinder("DELETE", `/volumes/${id}`).status).toBe(202);
      bed.wait(seconds(5));
      expect(bed.row(id).status).toBe("deleted");
    },
  );

  it("is refused to what is attached in words of the version, to what migrates, and to what has snapshots", () => {
    const bed = new VolumeBed();
    const id = bed.made();
    const refusal = (version: "v1" | "v2" = "v2") =>
      bed.refusal("DELETE", `/volumes/${id}`, undefined, { version })[2];
    bed.snapped(id);
    bed.snapped(id);
    expect(refusal()).toBe("Invalid volume: Volume still has 2 dependent snapshots");
    bed.set(id, { migration_status: "migrating" });
    expect(refusal()).toBe("Invalid volume: Volume cannot be deleted while migrating");
    bed.set(id, { attach_status: "attached" });
    expect(refusal()).toBe("Volume cannot be deleted while in attached state");
    expect(refusal("v1")).toBe(`Volume ${id} is still attached, detach volume first.`);
  });

  it("finds no volume of somebody else's, nor one that is not there, in words of the version", () => {
    const bed = new VolumeBed();
    const id = bed.made();
    for (const path of [`/volumes/${id}`, `/volumes/${NOBODY}`, "/volumes/__proto__"]) {
      expect(bed.refusal("DELETE", path, undefined, { as: "other" })).toEqual([
        404,
        "itemNotFound",
        "Volume could not be found",
      ]);
      expect(bed.refusal("DELETE", path, undefined, { as: "other", version: "v1" })[2]).toBe(
        "The resource could not be found.",
      );
    }
  });

  it("can be forced by an administrator past the status, and past nothing else", () => {
    const bed = new VolumeBed();
    const id = bed.made();
    bed.set(id, { status: "creating" });
    expect(bed.actRefusal(id, "os-force_delete")[0]).toBe(403);
    bed.set(id, { attach_status: "attached" });
    expect(bed.actRefusal(id, "os-force_delete", null, { as: "admin" })[2]).toBe(
      `Volume ${id} is still attached, detach volume first.`,
    );
    bed.set(id, { attach_status: "detached" });
    expect(bed.act(id, "os-force_delete", null, { as: "admin" }).status).toBe(202);
    bed.wait(seconds(5));
    expect(bed.row(id).status).toBe("deleted");
    // The quota is its owner's, whoever deletes.
    expect(bed.used()).toEqual({ volumes: [0, 0], gigabytes: [0, 0] });
  });

  it("that the driver fails at leaves error_deleting, and the quota (manager.py)", () => {
    const bed = new VolumeBed({ notify: true });
    const id = bed.made();
    bed.forget();
    bed.breaks("delete_volume");
    bed.cinder("DELETE", `/volumes/${id}`);
    bed.wait(seconds(5));
    expect(bed.row(id)).toMatchObject({ status: "error_deleting" });
    expect(bed.used()).toEqual({ volumes: [1, 0], gigabytes: [1, 0] });
    expect(bed.told()).toEqual(["volume.delete.start volume.controller"]);
    // Only an administrator gets rid of it.
    expect(bed.refusal("DELETE", `/volumes/${id}`)[0]).toBe(400);
    bed.act(id, "os-reset_status", { status: "error" }, { as: "admin" });
    bed.cinder("DELETE", `/volumes/${id}`);
    bed.wait(seconds(5));
    expect(bed.row(id).status).toBe("deleted");
  });

  it("that a host is told of twice, or of another's volume, does no harm (manager.py)", () => {
    const bed = new VolumeBed();
    const id = bed.made();
    bed.set(id, { host: "elsewhere#LVM_iSCSI" });
    bed.cinder("DELETE", `/volumes/${id}`);
    bed.wait(seconds(5));
    // Nobody serves that queue, and the message is gone.
    expect(bed.row(id).status).toBe("deleting");
    bed.set(id, { host: "controller#LVM_iSCSI", status: "available" });
    bed.cinder("DELETE", `/volumes/${id}`);
    bed.wait(seconds(5));
    expect(bed.row(id).status).toBe("deleted");
  });
});
