/** Laws of how a volume is made: cinder/volume/flows/{api,manager}/create_volume.py at 2014.2. */
import { describe, expect, it } from "vitest";
import { seconds, type Observation } from "../../../src/kernel/index.js";
import { seedImage } from "../../../src/services/glance/seed.js";
import { MB } from "../glance/bed.js";
import { VolumeBed } from "./bed.js";

describe("a volume from nothing", () => {
  it("goes creating, available, is placed in a pool and takes its room", () => {
    const bed = new VolumeBed();
    const id = bed.made({ size: 3, name: "data" });
    expect(bed.lives(id)).toEqual(["creating", "available"]);
    expect(bed.row(id)).toMatchObject({ host: "controller#LVM_iSCSI", size: 3, bootable: false });
    expect(bed.row(id).scheduled_at).not.toBeNull();
    expect(bed.row(id).launched_at).not.toBeNull();
    expect(bed.group().volumes).toEqual([{ name: `volume-${id}`, size_gb: 3 }]);
    expect(bed.used()).toEqual({ volumes: [1, 0], gigabytes: [3, 0] });
  });

  it("tells of its start and end in the name of the pool (volume/utils.py, notify_about_volume_usage)", () => {
    const bed = new VolumeBed({ notify: true });
    bed.made();
    expect(bed.told()).toEqual([
      "volume.create.start volume.controller#LVM_iSCSI",
      "volume.create.end volume.controller#LVM_iSCSI",
    ]);
  });

  it("answers 202 in v2, 200 in v1, with a date that MySQL has not cut yet", () => {
    const bed = new VolumeBed();
    const volume = { size: 1, name: "data", display_name: "data" };
    const v2 = bed.cinder("POST", "/volumes", { volume });
    const v1 = bed.cinder("POST", "/volumes", { volume }, { version: "v1" });
    expect([v2.status, v1.status]).toEqual([202, 200]);
    const of = (answer: unknown) => (answer as { volume: Record<string, unknown> }).volume;
    expect(Object.keys(of(v2.body))).toEqual([
      ..."id status size availability_zone created_at attachments name description volume_type".split(
        " ",
      ),
      ..."snapshot_id source_volid metadata links user_id bootable encrypted replication_status".split(
        " ",
      ),
      "consistencygroup_id",
    ]);
    expect(of(v1.body)).toMatchObject({
      volume_type: "None",
      display_name: "data",
      bootable: "false",
    });
    expect(of(v2.body)["created_at"]).not.toMatch(/\.000000$/);
    const { body } = bed.cinder("GET", `/volumes/${String(of(v2.body)["id"])}`);
    expect(of(body)["created_at"]).toMatch(/^2014-09-18T04:0\d:\d\d\.000000$/);
  });
});

describe("a volume from an image", () => {
  it("is downloading meanwhile, and has what Glance says as text", () => {
    const bed = new VolumeBed();
    const image = bed.uploaded();
    bed.forget();
    const id = bed.made({ imageRef: image });
    expect(bed.lives(id)).toEqual(["creating", "downloading", "available"]);
    expect(bed.shown(id)).toMatchObject({
      bootable: "true",
      volume_image_metadata: {
        image_id: image,
        image_name: "cirros",
        container_format: "bare",
        disk_format: "qcow2",
        min_disk: "0",
        min_ram: "0",
        size: String(13 * MB),
      },
    });
    // The API looks, the manager looks, the driver looks before the data and, for XenServer, after.
    expect(bed.requests("cinder-api@controller").filter((line) => line.includes("images"))).toEqual(
      [`HEAD glance-api@controller/v1/images/${image}`],
    );
    expect(bed.requests("cinder-volume@controller")).toEqual([
      `HEAD glance-api@controller/v1/images/${image}`,
      `HEAD glance-api@controller/v1/images/${image}`,
      `GET glance-api@controller/v1/images/${image}`,
      `HEAD glance-api@controller/v1/images/${image}`,
    ]);
  });

  it("is an error, not tried elsewhere, when the copy fails (OnFailureRescheduleTask.no_reschedule_types)", () => {
    const bed = new VolumeBed();
    bed.breaks("copy_image_to_volume");
    const id = bed.made({ imageRef: bed.uploaded() });
    expect(bed.lives(id)).toEqual(["creating", "downloading", "error"]);
    expect(bed.logged()).toContain(`Volume ${id}: create failed`);
  });

  it("is refused for an image that is too large, too demanding or not active", () => {
    const bed = new VolumeBed();
    const { uuid: large } = seedImage(bed.images, bed.files, { name: "large", size: 1500 * MB });
    const refused = (imageRef: string) =>
      bed.refusal("POST", "/volumes", { volume: { size: 1, imageRef } });
    const words = "Invalid input received: ";
    expect(refused(large)).toEqual([
      400,
      "badRequest",
      `${words}Size of specified image 2GB is larger than volume size 1GB.`,
    ]);
    const { id } = bed.run(
      bed.client.create(bed.demo, { name: "q", disk_format: "raw", container_format: "bare" }),
    );
    expect(refused(id)).toEqual([400, "badRequest", `${words}Image ${id} is not active.`]);
    const gone = "11111111-2222-4333-8444-555555555555";
    expect(refused(gone)).toEqual([
      404,
      "itemNotFound",
      `ImageNotFound: Image ${gone} could not be found.`,
    ]);
    expect(refused("cirros")).toEqual([400, "badRequest", "Invalid imageRef provided."]);
  });
});

describe("a volume from another", () => {
  it("is made on the host of the snapshot, past the scheduler, as large and as bootable", () => {
    const bed = new VolumeBed();
    const source = bed.made({ imageRef: bed.uploaded(), size: 2 });
    const snapshot = bed.snapped(source);
    bed.forget();
    const id = bed.asked({ snapshot_id: snapshot, size: null });
    bed.wait(20_000_000);
    expect(bed.row(id)).toMatchObject({
      status: "available",
      size: 2,
      bootable: true,
      snapshot_id: snapshot,
    });
    const methods = bed.of<Cast>("rpc.cast").map(({ method, topic }) => `${topic} ${method}`);
    expect(methods.filter((line) => line.includes("create_volume"))).toEqual([
      "cinder-volume create_volume",
    ]);
  });

  it("clones through a snapshot that does not stay", () => {
    const bed = new VolumeBed();
    const source = bed.made({ size: 1 });
    const id = bed.made({ source_volid: source, size: null });
    expect(bed.row(id)).toMatchObject({ status: "available", size: 1, source_volid: source });
    expect(bed.group().volumes.map(({ name }) => name)).toEqual([
      `volume-${source}`,
      `volume-${id}`,
    ]);
  });

  it("holds the source against a delete (manager.py, locked_volume_operation)", () => {
    const bed = new VolumeBed({ flags: { volume_clear: "none" } });
    const source = bed.made({ size: 1 });
    const clone = bed.asked({ source_volid: source });
    bed.wait(700_000);
    expect(bed.cinder("DELETE", `/volumes/${source}`).status).toBe(202);
    bed.wait(500_000);
    expect([bed.row(source).status, bed.row(clone).status]).toEqual(["deleting", "creating"]);
    bed.wait(20_000_000);
    expect([bed.row(source).status, bed.row(clone).status]).toEqual(["deleted", "available"]);
  });
});

describe("a driver that fails", () => {
  it("leads back to the scheduler, and shows error meanwhile (LP 1445601)", () => {
    const bed = new VolumeBed();
    bed.breaks("create_volume");
    const id = bed.made();
    expect(bed.lives(id)).toEqual(["creating", "error", "available"]);
    expect(bed.logged()).toContain(`Volume ${id}: create failed`);
  });

  it("is tried three times in all, on the same host, and then there is no valid host", () => {
    const bed = new VolumeBed({ notify: true });
    bed.breaks("create_volume", "create_volume", "create_volume");
    const id = bed.made();
    expect(bed.row(id).status).toBe("error");
    expect(bed.logged()).toContain(
      "Failed to run task cinder.scheduler.flows.create_volume.ScheduleCreateVolumeTask;volume:create: " +
        "No valid host was found. Exceeded max scheduling attempts 3 for volume None",
    );
    expect(bed.told().at(-1)).toBe("scheduler.create_volume scheduler.controller");
  });

  it("that was never set up leads back as well, and the service lives on (CreateVolumeFromSpecTask)", () => {
    const bed = new VolumeBed({ broken: ["do_setup"] });
    const id = bed.asked();
    bed.wait(seconds(10));
    // It has reported nothing, so that it is no candidate.
    expect(bed.row(id)).toMatchObject({ status: "error", host: null });
    const source = bed.asked({ size: 1 });
    bed.set(source, { status: "available", host: "controller#LVM_iSCSI" });
    const clone = bed.asked({ source_volid: source });
    bed.wait(seconds(10));
    expect(bed.row(clone).status).toBe("error");
    expect(bed.logged()).toContain(
      "Unable to create volume. Volume driver LVMISCSIDriver not initialized",
    );
  });
});

interface Cast extends Observation {
  readonly kind: "rpc.cast";
  readonly topic: string;
  readonly method: string;
}
