/** Laws of snapshots: cinder/volume/api.py, cinder/volume/manager.py, cinder/api/v2/snapshots.py at 2014.2. */
import { describe, expect, it } from "vitest";
import { seconds } from "../../../../src/kernel/index.js";
import type { JsonObject } from "../../../../src/python/index.js";
import { VolumeBed } from "../bed.js";

const HOST = "cinder-volume@controller";

const snapshotOf = (bed: VolumeBed, id: string) => bed.volumes.snapshots.getAny(id)!;

const shown = (bed: VolumeBed, id: string, version: "v1" | "v2" = "v2"): JsonObject => {
  const { body } = bed.cinder("GET", `/snapshots/${id}`, undefined, { version });
  return (body as unknown as { snapshot: JsonObject }).snapshot;
};

const asks = (bed: VolumeBed, snapshot: object) => bed.refusal("POST", "/snapshots", { snapshot });

describe("a snapshot", () => {
  it("goes creating, available, takes its volume's room, and tells of it", () => {
    const bed = new VolumeBed({ notify: true });
    const volume = bed.made({ size: 2 });
    bed.forget();
    const id = bed.snapped(volume, { name: "s" });
    expect(bed.lives(id)).toEqual(["creating", "available"]);
    expect(snapshotOf(bed, id)).toMatchObject({ progress: "100%", volume_size: 2 });
    expect(bed.group().volumes).toEqual([
      { name: `volume-${volume}`, size_gb: 2 },
      { name: `snapshot-${id}`, size_gb: 2, origin: `volume-${volume}` },
    ]);
    expect(bed.used()).toEqual({ volumes: [1, 0], gigabytes: [4, 0], snapshots: [1, 0] });
    expect(bed.told()).toEqual([
      "snapshot.create.start snapshot.controller",
      "snapshot.create.end snapshot.controller",
    ]);
  });

  it("is shown with the keys of its version, in their order", () => {
    const bed = new VolumeBed();
    const id = bed.snapped(bed.made(), { name: "s", description: "d" });
    const extended = [
      "os-extended-snapshot-attributes:project_id",
      "os-extended-snapshot-attributes:progress",
    ];
    expect(Object.keys(shown(bed, id)).sort()).toEqual(
      [
        ...["id", "created_at", "name", "description", "volume_id", "status", "size", "metadata"],
        ...extended,
      ].sort(),
    );
    expect(shown(bed, id, "v1")).toMatchObject({ display_name: "s", display_description: "d" });
    expect(shown(bed, id, "v1")).not.toHaveProperty("name");
  });

  it("does not count its size where a flag says so (no_snapshot_gb_quota)", () => {
    const bed = new VolumeBed({ flags: { no_snapshot_gb_quota: true } });
    const volume = bed.made({ size: 2 });
    const id = bed.snapped(volume);
    expect(bed.used()).toEqual({ volumes: [1, 0], gigabytes: [2, 0], snapshots: [1, 0] });
    bed.cinder("DELETE", `/snapshots/${id}`);
    bed.wait(seconds(10));
    expect(bed.used()).toEqual({ volumes: [1, 0], gigabytes: [2, 0], snapshots: [0, 0] });
  });

  it("is of a volume that is available, or of any that it is forced upon", () => {
    const bed = new VolumeBed();
    const volume_id = bed.made();
    for (const status of ["in-use", "error", "creating", "attaching"]) {
      bed.set(volume_id, { status });
      expect(asks(bed, { volume_id })).toEqual([
        400,
        "badRequest",
        "Invalid volume: must be available",
      ]);
      expect(snapshotOf(bed, bed.snapped(volume_id, { force: true })).status).toBe("available");
    }
    bed.set(volume_id, { status: "available", migration_status: "migrating" });
    expect(asks(bed, { volume_id, force: true })[2]).toBe(
      "Invalid volume: Snapshot cannot be created while volume is migrating",
    );
  });

  it("is refused in words of what is wrong with the request", () => {
    const bed = new VolumeBed();
    const volume_id = bed.made();
    const post = (body: object, version: "v1" | "v2" = "v2") =>
      bed.refusal("POST", "/snapshots", body, { version });
    const element = "Missing required element 'snapshot' in request body";
    expect(post({})).toEqual([400, "badRequest", element]);
    expect(post({ snapshot: [] })).toEqual([400, "badRequest", element]);
    expect(post({ snapshot: null }, "v1")[0]).toBe(422);
    expect(asks(bed, {})).toEqual([400, "badRequest", "'volume_id' must be specified"]);
    expect(asks(bed, { volume_id: "__proto__" })).toEqual([
      404,
      "itemNotFound",
      "Volume could not be found",
    ]);
    for (const force of ["maybe", "", 2, [], {}, null]) {
      const [status, , message] = asks(bed, { volume_id, force });
      expect(status).toBe(400);
      expect(message).toMatch(/^Invalid value '.*' for force\. $/);
    }
    expect(bed.volumes.snapshots.find()).toEqual([]);
    expect(bed.used()["snapshots"]).toBeUndefined();
  });

  it("is in error when the driver fails, keeps its quota, and can be deleted all the same", () => {
    const bed = new VolumeBed({ notify: true });
    const volume = bed.made();
    bed.forget();
    bed.breaks("create_snapshot");
    const id = bed.snapped(volume);
    expect(snapshotOf(bed, id)).toMatchObject({ status: "error", progress: "0%" });
    expect(bed.used()["snapshots"]).toEqual([1, 0]);
    expect(bed.told()).toEqual(["snapshot.create.start snapshot.controller"]);
    expect(bed.cinder("DELETE", `/snapshots/${id}`).status).toBe(202);
    bed.wait(seconds(5));
    expect(snapshotOf(bed, id).status).toBe("deleted");
    expect(bed.logged("warning")).toContain(
      `snapshot: snapshot-${id} not found, skipping delete operations`,
    );
    expect(bed.used()["snapshots"]).toEqual([0, 0]);
  });

  it("is creating for as long as its host is down, and is made when that is back", () => {
    const bed = new VolumeBed();
    const volume = bed.made();
    bed.kill(HOST);
    const id = bed.snapped(volume);
    bed.wait(seconds(600));
    expect(snapshotOf(bed, id).status).toBe("creating");
    bed.restart(HOST);
    bed.wait(seconds(5));
    expect(snapshotOf(bed, id).status).toBe("available");
  });
});

describe("the delete of a snapshot", () => {
  it("gives back its room, its row and its quota", () => {
    const bed = new VolumeBed({ notify: true });
    const id = bed.snapped(bed.made());
    bed.forget();
    expect(bed.cinder("DELETE", `/snapshots/${id}`).status).toBe(202);
    bed.wait(seconds(10));
    expect(snapshotOf(bed, id)).toMatchObject({ status: "deleted" });
    expect(bed.group().volumes).toHaveLength(1);
    expect(bed.used()).toEqual({ volumes: [1, 0], gigabytes: [1, 0], snapshots: [0, 0] });
    expect(bed.told()).toEqual([
      "snapshot.delete.start snapshot.controller",
      "snapshot.delete.end snapshot.controller",
    ]);
    expect(bed.refusal("GET", `/snapshots/${id}`)[2]).toBe("Snapshot could not be found");
    expect(bed.refusal("DELETE", `/snapshots/${id}`, undefined, { version: "v1" })[2]).toBe(
      "The resource could not be found.",
    );
  });

  it("is refused while something is done with it", () => {
    const bed = new VolumeBed();
    const id = bed.snapped(bed.made());
    for (const status of ["creating", "deleting", "error_deleting"]) {
      bed.volumes.snapshots.update(id, { status });
      expect(bed.refusal("DELETE", `/snapshots/${id}`)).toEqual([
        400,
        "badRequest",
        "Invalid snapshot: Volume Snapshot status must be available or error",
      ]);
    }
  });

  it("leaves error_deleting when the driver fails, and the quota", () => {
    const bed = new VolumeBed();
    const id = bed.snapped(bed.made());
    bed.breaks("delete_snapshot");
    bed.cinder("DELETE", `/snapshots/${id}`);
    bed.wait(seconds(10));
    expect(snapshotOf(bed, id).status).toBe("error_deleting");
    expect(bed.used()["snapshots"]).toEqual([1, 0]);
  });

  it("does not mind volumes that were made of it, since LVM has copied them (drivers/lvm.py)", () => {
    const bed = new VolumeBed();
    const volume = bed.made();
    const id = bed.snapped(volume);
    const made = bed.made({ snapshot_id: id });
    bed.cinder("DELETE", `/snapshots/${id}`);
    bed.wait(seconds(10));
    expect(snapshotOf(bed, id).status).toBe("deleted");
    expect(bed.row(made)).toMatchObject({ status: "available", snapshot_id: id });
    // The volume has no dependent snapshot any more.
    expect(bed.cinder("DELETE", `/volumes/${volume}`).status).toBe(202);
  });

  it("waits for a volume that is being made of it (manager.py, the lock <snapshot>-delete_snapshot)", () => {
    const bed = new VolumeBed();
    const id = bed.snapped(bed.made());
    const made = bed.asked({ snapshot_id: id });
    bed.wait(seconds(0.2));
    bed.cinder("DELETE", `/snapshots/${id}`);
    bed.wait(seconds(1));
    expect([bed.row(made).status, snapshotOf(bed, id).status]).toEqual(["creating", "deleting"]);
    bed.wait(seconds(10));
    expect(bed.row(made).status).toBe("available");
    expect(snapshotOf(bed, id).status).toBe("deleted");
  });

  it("can be forced by an administrator (snapshot_admin_actions:force_delete)", () => {
    const bed = new VolumeBed();
    const id = bed.snapped(bed.made());
    bed.volumes.snapshots.update(id, { status: "creating" });
    const force = (as: "demo" | "admin") =>
      bed.cinder("POST", `/snapshots/${id}/action`, { "os-force_delete": {} }, { as }).status;
    expect([force("demo"), force("admin")]).toEqual([403, 202]);
    bed.wait(seconds(10));
    expect(snapshotOf(bed, id).status).toBe("deleted");
  });
});
