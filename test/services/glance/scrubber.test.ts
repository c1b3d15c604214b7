/** Laws of delayed deletion and of quotas of storage: glance/scrubber.py, glance/api/common.py at 2014.2. */
import { describe, expect, it } from "vitest";
import type { FlagValues } from "../../../src/framework/index.js";
import { seconds } from "../../../src/kernel/index.js";
import { Scrubber } from "../../../src/services/glance/scrubber/index.js";
import { ImageBed, MB } from "./bed.js";

class DelayedBed extends ImageBed {
  constructor(flags: FlagValues = {}) {
    super({ flags: { delayed_delete: true, ...flags } });
  }

  startScrubber(): void {
    const env = this.env("glance-scrubber");
    this.start(new Scrubber(env, this.images, this.files));
  }

  remove(id: string, version = "v1"): number {
    return this.as(this.demo, "DELETE", `/${version}/images/${id}`).status;
  }

  places(id: string): string[] {
    return this.images.locations.findAny({ image_id: id }).map(({ status }) => status);
  }

  logs(): string[] {
    return this.of<{ kind: "log"; actor: string; message: string }>("log")
      .filter(({ actor }) => actor === "glance-scrubber@controller")
      .map(({ message }) => message);
  }
}

describe("delayed_delete", () => {
  it.each(["v1", "v2"])("%s: the image is gone for its owner, and its data waits", (version) => {
    const bed = new DelayedBed();
    const id = bed.uploaded();
    bed.remove(id, version);
    expect([
      bed.status(id),
      bed.places(id),
      bed.files.used > 0,
      bed.as(bed.demo, "GET", `/v2/images/${id}`).status,
      bed.as(bed.admin, "DELETE", `/v1/images/${id}`).body,
    ]).toEqual([
      "pending_delete",
      ["pending_delete"],
      true,
      404,
      expect.stringContaining("Forbidden to delete a pending_delete image."),
    ]);
  });

  it("an image without data is deleted at once", () => {
    const bed = new DelayedBed();
    const { id } = bed.run(bed.client.create(bed.demo, { name: "empty" }));
    bed.remove(id);
    expect(bed.status(id)).toBe("deleted");
  });

  it("the scrubber finds it through the registry, removes the data and says so to both", () => {
    const bed = new DelayedBed();
    const id = bed.uploaded();
    bed.startScrubber();
    bed.remove(id);
    bed.wait(seconds(299));
    const before = bed.status(id);
    bed.forget();
    bed.wait(seconds(2));
    expect([
      before,
      bed.status(id),
      bed.places(id),
      bed.files.used,
      bed.logs(),
      bed.requests("glance-scrubber@controller"),
    ]).toEqual([
      "pending_delete",
      "deleted",
      ["deleted"],
      0,
      [`Scrubbing image ${id} from 1 locations.`, `Image ${id} has been deleted.`],
      [
        "GET glance-registry@controller/images/detail?deleted=True&is_public=none&status=pending_delete",
        `GET glance-registry@controller/images/${id}`,
        `PUT glance-registry@controller/images/${id}`,
      ],
    ]);
  });

  it("scrub_time: not before the image has been gone for so long", () => {
    const bed = new DelayedBed({ scrub_time: 500, wakeup_time: 100 });
    const id = bed.uploaded();
    bed.startScrubber();
    bed.remove(id);
    bed.wait(seconds(450));
    const before = bed.status(id);
    bed.wait(seconds(200));
    expect([before, bed.status(id)]).toEqual(["pending_delete", "deleted"]);
  });

  it("data that cannot be removed stays, and the image is deleted all the same: nobody comes back", () => {
    const bed = new DelayedBed();
    const id = bed.uploaded();
    bed.images.locations.update(bed.images.locations.first({ image_id: id })!.id, {
      value: "tape://somewhere",
    });
    bed.remove(id);
    bed.startScrubber();
    bed.wait(seconds(10));
    expect([bed.status(id), bed.places(id), bed.logs().at(-1)]).toEqual([
      "deleted",
      ["pending_delete"],
      `Unable to delete URI from image ${id}.`,
    ]);
  });

  it("a registry that is down is asked again at the next round", () => {
    const bed = new DelayedBed({ wakeup_time: 60 });
    const id = bed.uploaded();
    bed.remove(id);
    bed.crash(bed.registry.process, bed.registry.env);
    bed.startScrubber();
    bed.wait(seconds(30));
    expect([bed.status(id), bed.logs()[0]]).toEqual([
      "pending_delete",
      expect.stringContaining("Can not get scrub jobs from queue: "),
    ]);
  });
});

describe("user_storage_quota", () => {
  const upload = (bed: ImageBed, bytes: number, version = "v1", size?: number) => {
    const meta = { name: "big", disk_format: "qcow2", container_format: "bare" };
    const { id } = bed.run(
      bed.client.create(bed.demo, { ...meta, ...(size !== undefined && { size }) }),
    );
    const path = version === "v1" ? `/v1/images/${id}` : `/v2/images/${id}/file`;
    const headers = {
      "content-type": "application/octet-stream",
      ...(size !== undefined && { "x-image-meta-size": String(size) }),
    };
    const { status, body } = bed.as(bed.demo, "PUT", path, { body: { $data: { bytes } }, headers });
    return [status, JSON.stringify(body), bed.status(id)];
  };

  it("v1: a size that is said is held against it; one that is not, when it is read", () => {
    const bed = new ImageBed({ flags: { user_storage_quota: "20MB" } });
    const quota = 20 * 1024 * 1024;
    expect([
      upload(bed, 15 * MB),
      upload(bed, 10 * MB, "v1", 10 * MB),
      upload(bed, 10 * MB),
    ]).toEqual([
      [200, expect.anything(), "active"],
      [
        413,
        expect.stringContaining(
          `Denying attempt to upload image because it exceeds the .quota: The size of the data ${String(10 * MB)} will exceed the limit. ${String(quota - 15 * MB)} bytes remaining.`,
        ),
        "killed",
      ],
      [413, expect.stringContaining("Denying attempt to upload image larger than"), "killed"],
    ]);
  });

  it("v2: the image is queued again, and room that was made is there", () => {
    const bed = new ImageBed({ flags: { user_storage_quota: "20MB" } });
    const first = bed.uploaded(bed.demo, 15 * MB);
    const over = upload(bed, 10 * MB, "v2");
    bed.as(bed.demo, "DELETE", `/v2/images/${first}`);
    expect([over, upload(bed, 10 * MB, "v2")]).toEqual([
      [
        413,
        expect.stringContaining("Image exceeds the storage quota: The size of the data"),
        "queued",
      ],
      [204, "null", "active"],
    ]);
  });

  it("what waits for the scrubber still counts", () => {
    const bed = new ImageBed({ flags: { user_storage_quota: "20MB", delayed_delete: true } });
    const first = bed.uploaded(bed.demo, 15 * MB);
    bed.as(bed.demo, "DELETE", `/v2/images/${first}`);
    expect(upload(bed, 10 * MB, "v2")[0]).toBe(413);
  });

  it("a value that is none is no quota, and is told in the log", () => {
    const bed = new ImageBed({ flags: { user_storage_quota: "lots" } });
    expect(upload(bed, 15 * MB)[0]).toBe(200);
    const warning = "Invalid value for option user_storage_quota: lots";
    expect(
      bed.of<{ kind: "log"; message: string }>("log").some(({ message }) => message === warning),
    ).toBe(true);
  });
});
