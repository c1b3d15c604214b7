/**
 * Limits of projects and classes, and what is shown of them: cinder/api/contrib/quotas.py,
 * quota_classes.py, used_limits.py, cinder/api/views/limits.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { VolumeBed } from "./bed.js";

const admin = { as: "admin" } as const;
const BAD =
  "The server could not comply with the request since it is either malformed or otherwise incorrect.";
const BROKEN = "The server has either erred or is incapable of performing the requested operation.";
const USUAL = {
  volumes: 10,
  snapshots: 10,
  gigabytes: 1000,
  backups: 10,
  backup_gigabytes: 1000,
};

const path = (bed: VolumeBed, whose: "demo" | "other" = "demo"): string =>
  `/os-quota-sets/${bed.project(whose)}`;

describe("os-quota-sets", () => {
  it("shows one's own limits, and everybody's to administrators", () => {
    const bed = new VolumeBed();
    const id = bed.project("demo");
    const own = { quota_set: { ...USUAL, id } };
    expect(bed.cinder("GET", path(bed)).body).toEqual(own);
    expect(bed.cinder("GET", path(bed), undefined, admin).body).toEqual(own);
    expect(bed.cinder("GET", `${path(bed)}/defaults`, undefined, { version: "v1" }).body).toEqual(
      own,
    );
    expect(bed.refusal("GET", path(bed, "other"))).toEqual([
      ...[403, "forbidden", "Access was denied to this resource."],
    ]);
  });

  it("shows what is used and reserved to who asks for it, and the limits of types", () => {
    const bed = new VolumeBed();
    bed.cinder("POST", "/types", { volume_type: { name: "fast" } }, admin);
    bed.made({ volume_type: "fast", size: 2 });
    const { quota_set } = bed.cinder("GET", `${path(bed)}?usage=True`).body as {
      quota_set: Record<string, unknown>;
    };
    expect(quota_set).toMatchObject({
      gigabytes: { limit: 1000, in_use: 2, reserved: 0 },
      gigabytes_fast: { limit: -1, in_use: 2, reserved: 0 },
      snapshots_fast: { limit: -1, in_use: 0, reserved: 0 },
    });
    expect(bed.cinder("GET", `${path(bed)}?usage=maybe`).body).toMatchObject({
      quota_set: { volumes: 10 },
    });
  });

  it("sets limits for administrators, and answers without an id", () => {
    const bed = new VolumeBed();
    const quota_set = { tenant_id: "x", id: 5, volumes: "3", gigabytes: 2.9, snapshots: true };
    expect(bed.cinder("PUT", path(bed), { quota_set }, admin).body).toEqual({
      quota_set: { ...USUAL, volumes: 3, gigabytes: 2, snapshots: 1 },
    });
    expect(bed.refusal("PUT", path(bed), { quota_set })[0]).toBe(403);
    bed.asked();
    expect(bed.refusal("POST", "/volumes", { volume: { size: 2 } })).toEqual([
      413,
      "overLimit",
      "VolumeSizeExceedsAvailableQuota: Requested volume or snapshot exceeds allowed Gigabytes quota. Requested 2G, quota is 2G and 1G has been consumed.",
    ]);
  });

  it.each([
    [{}, 400, "Missing required element quota_set in request body."],
    [{ quota_set: [] }, 400, "Missing required element quota_set in request body."],
    [{ quota_set: { frobs: 1, volumes: 2 } }, 400, "Bad key(s) in quota set: frobs"],
    [{ quota_set: { volumes: "x" } }, 400, "Quota limit must be specified as an integer value."],
    [{ quota_set: { volumes: "1.5" } }, 400, "Quota limit must be specified as an integer value."],
    [{ quota_set: { volumes: -2 } }, 400, "Quota limit must be -1 or greater."],
    [{ quota_set: { volumes: null } }, 400, BAD],
    [{ quota_set: { volumes: [] } }, 400, BAD],
    [{ quota_set: { volumes: 1e12 } }, 500, BROKEN],
  ])("%j is refused", (body, status, message) => {
    const bed = new VolumeBed();
    const [code, , text] = bed.refusal("PUT", path(bed), body, admin);
    expect([code, text]).toEqual([status, message]);
  });

  it("keeps what it has set before the first that is refused (LP 1432972)", () => {
    const bed = new VolumeBed();
    // In the order of a dictionary.
    const quota_set = { volumes: 4, snapshots: -5, gigabytes: 7 };
    bed.cinder("PUT", path(bed), { quota_set }, admin);
    const set = bed.volumes.quotas.find({ project_id: bed.project("demo") });
    expect(set.map(({ resource }) => resource)).toEqual(
      ["gigabytes", "volumes"].slice(0, set.length),
    );
    expect(set.length).toBeLessThan(3);
  });

  it("forgets all that was said of a project, for administrators, whom no policy asks for", () => {
    const bed = new VolumeBed();
    bed.made();
    bed.cinder("PUT", path(bed), { quota_set: { volumes: 4 } }, admin);
    expect(bed.refusal("DELETE", path(bed))[0]).toBe(403);
    expect(bed.cinder("DELETE", path(bed), undefined, admin).status).toBe(200);
    expect(bed.used()).toEqual({});
    expect(bed.cinder("GET", path(bed)).body).toMatchObject({ quota_set: USUAL });
    // What is there is counted anew.
    bed.made();
    expect(bed.used()).toMatchObject({ volumes: [2, 0] });
  });
});

describe("os-quota-class-sets", () => {
  it("has default limits that count for everybody", () => {
    const bed = new VolumeBed();
    const set = { quota_class_set: { volumes: 2, class_name: "default", frobs: 1 } };
    expect(bed.cinder("PUT", "/os-quota-class-sets/default", set, admin).body).toEqual({
      quota_class_set: { ...USUAL, volumes: 2 },
    });
    expect(bed.cinder("GET", "/os-quota-class-sets/gold", undefined, admin).body).toEqual({
      quota_class_set: { ...USUAL, volumes: 2, id: "gold" },
    });
    expect(bed.cinder("GET", path(bed)).body).toMatchObject({ quota_set: { volumes: 2 } });
  });

  it("refuses others in other words where there is no key to fail at", () => {
    const bed = new VolumeBed();
    const of = (quota_class_set: object) =>
      bed.refusal("PUT", "/os-quota-class-sets/default", { quota_class_set }).slice(0, 3);
    const denied = "Access was denied to this resource.";
    expect(bed.refusal("GET", "/os-quota-class-sets/default")).toEqual([403, "forbidden", denied]);
    expect(of({ volumes: 1 })).toEqual([403, "forbidden", denied]);
    expect(of({ frobs: 1 })).toEqual([403, "forbidden", "Not authorized."]);
    expect(of({ volumes: "x" })).toEqual([
      400,
      "badRequest",
      "Quota class limit must be specified as an integer value.",
    ]);
  });
});

describe("limits", () => {
  it("tells one's own limits and use, and no rates", () => {
    const bed = new VolumeBed();
    bed.made({ size: 3 });
    expect(bed.cinder("GET", "/limits").body).toEqual({
      limits: {
        rate: [],
        absolute: {
          maxTotalVolumes: 10,
          maxTotalVolumeGigabytes: 1000,
          maxTotalSnapshots: 10,
          maxTotalBackups: 10,
          maxTotalBackupGigabytes: 1000,
          totalVolumesUsed: 1,
          totalGigabytesUsed: 3,
          totalSnapshotsUsed: 0,
          totalBackupsUsed: 0,
          totalBackupGigabytesUsed: 0,
        },
      },
    });
  });
});
