/** Laws of quotas: cinder/quota.py, cinder/db/sqlalchemy/api.py (quota_reserve, reservation_*) at 2014.2. */
import { describe, expect, it } from "vitest";
import { seconds } from "../../../../src/kernel/index.js";
import { VolumeBed } from "../bed.js";

const refusal = (bed: VolumeBed, volume: object) => bed.refusal("POST", "/volumes", { volume });

describe("a quota", () => {
  it("of volumes is told of with the name of its class, in a 413 without a body's retryAfter", () => {
    const bed = new VolumeBed({ flags: { quota_volumes: 1 } });
    bed.made();
    const answer = bed.cinder("POST", "/volumes", { volume: { size: 1 } });
    expect(answer.status).toBe(413);
    expect(answer.headers["retry-after"]).toBe("0");
    expect(answer.body).toEqual({
      overLimit: {
        code: 413,
        message: "VolumeLimitExceeded: Maximum number of volumes allowed (1) exceeded",
      },
    });
    expect(bed.logged("warning")).toContain(
      `Quota exceeded for ${bed.project("demo")}, tried to create volume (1 volumes already consumed)`,
    );
  });

  it("of gigabytes is looked at before that of volumes, and tells what was asked for", () => {
    const bed = new VolumeBed({ flags: { quota_volumes: 1, quota_gigabytes: 4 } });
    bed.made({ size: 3 });
    expect(refusal(bed, { size: 2 })).toEqual([
      413,
      "overLimit",
      "VolumeSizeExceedsAvailableQuota: Requested volume or snapshot exceeds allowed Gigabytes quota. " +
        "Requested 2G, quota is 4G and 3G has been consumed.",
    ]);
    expect(refusal(bed, { size: 1 })[2]).toBe(
      "VolumeLimitExceeded: Maximum number of volumes allowed (1) exceeded",
    );
  });

  it("of snapshots counts with the gigabytes of volumes", () => {
    const bed = new VolumeBed({ flags: { quota_gigabytes: 5 } });
    const volume_id = bed.made({ size: 3 });
    expect(bed.refusal("POST", "/snapshots", { snapshot: { volume_id } })[2]).toBe(
      "VolumeSizeExceedsAvailableQuota: Requested volume or snapshot exceeds allowed Gigabytes quota. " +
        "Requested 3G, quota is 5G and 3G has been consumed.",
    );
    const few = new VolumeBed({ flags: { quota_snapshots: 1 } });
    const volume = few.made();
    few.snapped(volume);
    expect(few.refusal("POST", "/snapshots", { snapshot: { volume_id: volume } })).toEqual([
      413,
      "overLimit",
      "SnapshotLimitExceeded: Maximum number of snapshots allowed (1) exceeded",
    ]);
  });

  it("of −1 is none, and of 0 lets nothing pass", () => {
    const none = new VolumeBed({ flags: { quota_volumes: -1, quota_gigabytes: -1 }, size: 5000 });
    for (let i = 0; i < 12; i++) none.asked({ size: 300 });
    const nothing = new VolumeBed({ flags: { quota_volumes: 0 } });
    expect(refusal(nothing, { size: 1 })[2]).toBe(
      "VolumeLimitExceeded: Maximum number of volumes allowed (0) exceeded",
    );
  });

  it("is each project's own, and an administrator deletes from the owner's", () => {
    const bed = new VolumeBed({ flags: { quota_volumes: 1 } });
    const id = bed.made();
    expect(bed.row(bed.made({}, { as: "other" })).status).toBe("available");
    expect(bed.used(bed.project("other"))).toEqual({ volumes: [1, 0], gigabytes: [1, 0] });
    bed.act(id, "os-force_delete", null, { as: "admin" });
    bed.wait(seconds(5));
    expect(bed.used()).toEqual({ volumes: [0, 0], gigabytes: [0, 0] });
    expect(bed.used(bed.project("other"))["volumes"]).toEqual([1, 0]);
  });
});

describe("a reservation", () => {
  it("becomes usage when the row is there, before any host has made the volume", () => {
    const bed = new VolumeBed();
    bed.asked({ size: 2 });
    expect(bed.used()).toEqual({ volumes: [1, 0], gigabytes: [2, 0] });
    expect(bed.volumes.reservations.find()).toEqual([]);
  });

  it("is given back when the row cannot be written (QuotaReserveTask.revert)", () => {
    const bed = new VolumeBed();
    expect(refusal(bed, { size: 2, name: "x".repeat(256) })[0]).toBe(500);
    expect(bed.used()).toEqual({ volumes: [0, 0], gigabytes: [0, 0] });
    expect(bed.volumes.reservations.find()).toEqual([]);
    expect(bed.volumes.volumes.find()).toEqual([]);
  });

  it("of a volume that came to nothing stays in use until that is deleted", () => {
    const bed = new VolumeBed({ size: 1 });
    const id = bed.made({ size: 50 });
    expect(bed.row(id).status).toBe("error");
    expect(bed.used()).toEqual({ volumes: [1, 0], gigabytes: [50, 0] });
    bed.cinder("DELETE", `/volumes/${id}`);
    bed.wait(seconds(5));
    expect(bed.used()).toEqual({ volumes: [0, 0], gigabytes: [0, 0] });
  });

  it("is never taken for expired: nobody looks (cinder/db/sqlalchemy/api.py reservation_expire has no caller)", () => {
    const bed = new VolumeBed({ flags: { reservation_expire: 1, quota_gigabytes: 3 } });
    const id = bed.made();
    bed.kill("cinder-volume@controller");
    bed.act(id, "os-extend", { new_size: 3 });
    bed.wait(seconds(1800));
    expect(bed.volumes.reservations.find()).toHaveLength(1);
    expect(refusal(bed, { size: 1 })[2]).toContain("quota is 3G and 3G has been consumed");
  });

  it("counts anew from the tables what is below zero, and only then", () => {
    const bed = new VolumeBed();
    bed.made({ size: 2 });
    const [volumes] = bed.volumes.quota_usages.find({ resource: "volumes" });
    bed.volumes.quota_usages.update(volumes!.id, { in_use: 7 });
    bed.made();
    expect(bed.used()["volumes"]).toEqual([8, 0]);
    bed.volumes.quota_usages.update(volumes!.id, { in_use: -1 });
    bed.made();
    expect(bed.used()["volumes"]).toEqual([3, 0]);
  });

  it("looks every so many reservations where a flag says so (until_refresh)", () => {
    const bed = new VolumeBed({ flags: { until_refresh: 2 } });
    bed.made();
    const [volumes] = bed.volumes.quota_usages.find({ resource: "volumes" });
    bed.volumes.quota_usages.update(volumes!.id, { in_use: 7 });
    bed.made();
    expect(bed.used()["volumes"]).toEqual([8, 0]);
    bed.made();
    expect(bed.used()["volumes"]).toEqual([3, 0]);
  });
});
