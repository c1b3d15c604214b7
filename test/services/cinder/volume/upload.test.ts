/** Laws of images made from volumes: cinder/volume/api.py, manager.py (copy_volume_to_image) at 2014.2. */
import { describe, expect, it } from "vitest";
import { seconds } from "../../../../src/kernel/index.js";
import type { JsonObject } from "../../../../src/python/index.js";
import { VolumeBed } from "../bed.js";

const SERVER = "3f1c9d2e-7a46-4b55-9d0c-0a4a7e2f8b11";
const NAMED = { image_name: "i" };

const uploaded = (bed: VolumeBed, id: string, values: object = NAMED) =>
  bed.act(id, "os-volume_upload_image", values);

const imageIn = (body: unknown): string =>
  (body as { "os-volume_upload_image": { image_id: string } })["os-volume_upload_image"].image_id;

describe("an upload", () => {
  it("answers with the image that there will be, in upstream's order of keys", () => {
    const bed = new VolumeBed({ storeMb: 2_000 });
    const id = bed.made({ name: "v", description: "d" });
    const { status, body } = uploaded(bed, id);
    expect(status).toBe(202);
    const view = (body as JsonObject)["os-volume_upload_image"] as JsonObject;
    expect(Object.keys(view)).toEqual([
      ...["id", "updated_at", "status", "display_description", "size", "volume_type", "image_id"],
      ...["container_format", "disk_format", "image_name"],
    ]);
    expect(view).toMatchObject({
      id,
      status: "uploading",
      size: 1,
      container_format: "bare",
      disk_format: "raw",
      image_name: "i",
    });
    bed.wait(seconds(20));
    expect(bed.lives(id)).toEqual(["creating", "available", "uploading", "available"]);
    expect(bed.images.images.getAny(imageIn(body))).toMatchObject({
      status: "active",
      size: 1024 ** 3,
    });
  });

  it("of a volume in use must be forced, and it is in use again at the end", () => {
    const bed = new VolumeBed();
    const id = bed.made();
    bed.act(id, "os-attach", { instance_uuid: SERVER, mountpoint: "/dev/vdb" });
    expect(bed.actRefusal(id, "os-volume_upload_image", NAMED)).toEqual([
      400,
      "badRequest",
      "Invalid volume: Volume status is in-use.",
    ]);
    expect(uploaded(bed, id, { ...NAMED, force: true }).status).toBe(202);
    bed.wait(seconds(20));
    expect(bed.row(id).status).toBe("in-use");
  });

  it("is refused in the words of each check", () => {
    const bed = new VolumeBed();
    const id = bed.made();
    const refused = (values: unknown) => bed.actRefusal(id, "os-volume_upload_image", values)[2];
    expect(refused({})).toBe("No image_name was specified in request.");
    for (const force of [1, null, [], {}]) {
      expect(refused({ ...NAMED, force })).toBe("'force' is not string or bool.");
    }
    bed.set(id, { status: "error" });
    // What is neither yes nor no is no.
    expect(refused({ ...NAMED, force: "banana" })).toBe(
      "Invalid volume: Volume status must be available/in-use.",
    );
    expect(bed.images.images.find()).toEqual([]);
  });

  it("that the driver fails at frees the volume and deletes the image that waits", () => {
    const bed = new VolumeBed();
    const id = bed.made();
    bed.breaks("copy_volume_to_image");
    const { body } = uploaded(bed, id);
    bed.wait(seconds(20));
    expect(bed.row(id).status).toBe("available");
    expect(bed.images.images.getAny(imageIn(body))?.status).toBe("deleted");
    expect(bed.logged("warning")).toContain(`Deleting image ${imageIn(body)} in queued state.`);
  });

  it("that Glance has no room for frees the volume, and leaves an image that was killed", () => {
    const bed = new VolumeBed();
    const id = bed.made();
    const { body } = uploaded(bed, id);
    bed.wait(seconds(20));
    expect(bed.lives(id)).toEqual(["creating", "available", "uploading", "available"]);
    expect(bed.images.images.getAny(imageIn(body))?.status).toBe("killed");
    expect(bed.logged()).toContain(
      `Error occurred while uploading volume ${id} to image ${imageIn(body)}.`,
    );
  });

  it("while Glance is down is a 400, whatever went wrong, and the volume stays as it is", () => {
    const bed = new VolumeBed();
    const id = bed.made();
    bed.crash(bed.api.process, bed.api.env);
    expect(bed.actRefusal(id, "os-volume_upload_image", NAMED)[0]).toBe(400);
    expect(bed.row(id).status).toBe("available");
  });

  it("that Glance does not outlive leaves a free volume and an image that waits (manager.py)", () => {
    const bed = new VolumeBed();
    const id = bed.made();
    const { body } = uploaded(bed, id);
    bed.wait(seconds(0.1));
    bed.crash(bed.api.process, bed.api.env);
    bed.wait(seconds(600));
    expect(bed.row(id).status).toBe("available");
    expect(bed.images.images.getAny(imageIn(body))?.status).not.toBe("active");
    expect(bed.logged("warning")).toContain(
      `Error occurred while deleting image ${imageIn(body)}.`,
    );
  });
});
