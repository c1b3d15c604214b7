/** Laws of a volume that grows: cinder/volume/api.py (extend), cinder/volume/manager.py (extend_volume) at 2014.2. */
import { describe, expect, it } from "vitest";
import { seconds } from "../../../../src/kernel/index.js";
import { VolumeBed } from "../bed.js";

const extend = (bed: VolumeBed, id: string, new_size: unknown) =>
  bed.actRefusal(id, "os-extend", { new_size });

describe("an extend", () => {
  it("goes extending, available with the new size, and tells of a resize", () => {
    const bed = new VolumeBed({ notify: true });
    const id = bed.made();
    bed.forget();
    expect(bed.act(id, "os-extend", { new_size: 3 }).status).toBe(202);
    expect(bed.row(id)).toMatchObject({ status: "extending", size: 1 });
    expect(bed.used()["gigabytes"]).toEqual([1, 2]);
    bed.wait(seconds(2));
    expect(bed.row(id)).toMatchObject({ status: "available", size: 3 });
    expect(bed.used()["gigabytes"]).toEqual([3, 0]);
    expect(bed.group().volumes).toEqual([{ name: `volume-${id}`, size_gb: 3 }]);
    expect(bed.told()).toEqual([
      "volume.resize.start volume.controller",
      "volume.resize.end volume.controller",
    ]);
  });

  it("is refused in the words of each check, in their order", () => {
    const bed = new VolumeBed();
    const id = bed.made({ size: 2 });
    const integer = "New volume size must be specified as an integer.";
    for (const size of ["three", "", null, [], {}]) {
      expect(extend(bed, id, size)).toEqual([400, "badRequest", integer]);
    }
    expect(bed.actRefusal(id, "os-extend", {})[2]).toBe(integer);
    for (const size of [2, 1, 0, -1, "2"]) {
      expect(extend(bed, id, size)[2]).toBe(
        "Invalid input received: New size for extend must be greater than current size. " +
          `(current: 2, extended: ${String(size)})`,
      );
    }
    bed.set(id, { status: "in-use" });
    expect(extend(bed, id, 1)[2]).toBe(
      "Invalid volume: Volume status must be available to extend.",
    );
    expect(bed.used()["gigabytes"]).toEqual([2, 0]);
  });

  it("over the quota is a 413 with the name of its class, and nothing reserved", () => {
    const bed = new VolumeBed({ flags: { quota_gigabytes: 5 } });
    const id = bed.made({ size: 2 });
    const answer = bed.act(id, "os-extend", { new_size: 6 });
    expect(answer.headers["retry-after"]).toBe("0");
    expect(extend(bed, id, 6)).toEqual([
      413,
      "overLimit",
      "VolumeSizeExceedsAvailableQuota: Requested volume or snapshot exceeds allowed Gigabytes quota. " +
        "Requested 4G, quota is 5G and 2G has been consumed.",
    ]);
    expect(bed.used()["gigabytes"]).toEqual([2, 0]);
    expect(bed.row(id).status).toBe("available");
    expect(bed.act(id, "os-extend", { new_size: 5 }).status).toBe(202);
  });

  it("that the driver fails at is known by its status alone, and its quota is free again", () => {
    const bed = new VolumeBed({ notify: true });
    const id = bed.made();
    bed.forget();
    bed.breaks("extend_volume");
    bed.act(id, "os-extend", { new_size: 3 });
    bed.wait(seconds(2));
    expect(bed.row(id)).toMatchObject({ status: "error_extending", size: 1 });
    expect(bed.used()["gigabytes"]).toEqual([1, 0]);
    expect(bed.told()).toEqual(["volume.resize.start volume.controller"]);
    expect(bed.logged()).toContain(`volume ${id}: Error trying to extend volume`);
  });

  it("that has no room in the group fails as the driver does (lvextend)", () => {
    const bed = new VolumeBed({ size: 5 });
    const id = bed.made({ size: 3 });
    bed.act(id, "os-extend", { new_size: 6 });
    bed.wait(seconds(2));
    expect(bed.row(id)).toMatchObject({ status: "error_extending", size: 3 });
  });

  it("keeps its reservation for ever when its host never takes it (nothing expires one)", () => {
    const bed = new VolumeBed({ flags: { reservation_expire: 60 } });
    const id = bed.made();
    bed.kill("cinder-volume@controller");
    bed.act(id, "os-extend", { new_size: 3 });
    bed.wait(seconds(3600));
    expect(bed.row(id).status).toBe("extending");
    expect(bed.used()["gigabytes"]).toEqual([1, 2]);
    bed.restart("cinder-volume@controller");
    bed.wait(seconds(10));
    // One that has expired long ago is committed like any other.
    expect(bed.row(id)).toMatchObject({ status: "available", size: 3 });
    expect(bed.used()["gigabytes"]).toEqual([3, 0]);
  });
});
