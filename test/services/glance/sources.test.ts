/** Laws of images that come from elsewhere: glance/api/v1/images.py (_reserve, _handle_source), glance_store 0.1.8 http.py. */
import { describe, expect, it } from "vitest";
import { seconds } from "../../../src/kernel/index.js";
import type { JsonObject } from "../../../src/python/index.js";
import { ImageBed, MB } from "./bed.js";

const MIRROR = "http://controller:8088";
const FORMATS = { "x-image-meta-disk_format": "qcow2", "x-image-meta-container_format": "bare" };

/** An image-mirror with a file, and an image for it. */
class SourceBed extends ImageBed {
  readonly mirror = this.startMirror({ "cirros.img": 20 * MB });

  create(headers: Readonly<Record<string, string>>, body?: unknown) {
    return this.as(this.demo, "POST", "/v1/images", {
      body,
      headers: { "x-image-meta-name": "copy", ...FORMATS, ...headers },
    });
  }

  copy(path = "/cirros.img", more = {}) {
    return this.create({ "x-glance-api-copy-from": MIRROR + path, ...more });
  }

  put(id: string, headers: Readonly<Record<string, string>>) {
    return this.as(this.demo, "PUT", `/v1/images/${id}`, { headers });
  }

  id(body: unknown): string {
    return (body as { image: { id: string } }).image.id;
  }

  stopMirror(): void {
    this.crash(this.mirror.process, this.mirror.env);
  }

  asked(): string[] {
    return this.requests("glance-api@controller").filter((request) => request.includes("mirror"));
  }
}

describe("x-glance-api-copy-from", () => {
  it("answers 201 with a queued image of the source's size, and copies when that is sent", () => {
    const bed = new SourceBed({ notify: true });
    const { status, body } = bed.copy();
    const id = bed.id(body);
    const first = bed.images.images.get(id)!;
    bed.wait(seconds(1));
    const then = bed.status(id);
    bed.wait(seconds(5));
    const events = bed
      .of<{ kind: "notification"; event_type: string }>("notification")
      .map(({ event_type }) => event_type)
      .filter((event) => event.startsWith("image"));
    expect([status, (body as { image: JsonObject }).image]).toMatchObject([
      201,
      { status: "queued", size: 20 * MB },
    ]);
    expect([first.status, then, bed.statuses(id), bed.asked(), events]).toEqual([
      "queued",
      "saving",
      ["queued", "saving", "active"],
      ["HEAD image-mirror@controller/cirros.img", "GET image-mirror@controller/cirros.img"],
      ["image.create", "image.prepare", "image.upload", "image.activate", "image.update"],
    ]);
    expect(bed.images.images.get(id)).toMatchObject({
      status: "active",
      size: 20 * MB,
      checksum: "c".repeat(32),
    });
  });

  it("other-services §2.2: a source that has no such file kills the queued image, and nobody is told", () => {
    const bed = new SourceBed({ notify: true });
    const { status, body } = bed.copy("/nothing.img");
    bed.wait(seconds(1));
    const logs = bed
      .of<{ kind: "log"; message: string }>("log")
      .map(({ message }) => message)
      .filter((message) => message.startsWith("Copy from"));
    expect([status, bed.statuses(bed.id(body)), logs]).toEqual([
      201,
      ["queued", "killed"],
      [`Copy from external source 'file' failed for image: ${bed.id(body)}`],
    ]);
  });

  it("a source where nobody answers is refused at once", () => {
    const bed = new SourceBed();
    bed.stopMirror();
    const { status, body } = bed.copy();
    expect([status, JSON.stringify(body)]).toEqual([
      400,
      expect.stringContaining("The HTTP URL is invalid."),
    ]);
  });

  it("one that dies after it was asked for the size leaves a killed image", () => {
    const bed = new SourceBed();
    const { body } = bed.copy("/cirros.img", {});
    bed.stopMirror();
    bed.wait(seconds(10));
    expect(bed.status(bed.id(body))).toBe("killed");
  });

  it("what goes wrong when the copy has begun kills from saving", () => {
    const bed = new SourceBed({ flags: { user_storage_quota: "10MB" } });
    const { body } = bed.copy();
    bed.wait(seconds(10));
    expect(bed.statuses(bed.id(body))).toEqual(["queued", "saving", "killed"]);
  });

  it("PUT copies into a queued image, and no other", () => {
    const bed = new SourceBed();
    const id = bed.id(bed.create({}).body);
    const source = { "x-glance-api-copy-from": `${MIRROR}/cirros.img` };
    const first = bed.put(id, source).status;
    bed.wait(seconds(10));
    const again = bed.put(id, source);
    expect([first, bed.status(id), again.status, JSON.stringify(again.body)]).toEqual([
      200,
      "active",
      400,
      expect.stringContaining(
        "Attempted to update Location field for an image not in queued status.",
      ),
    ]);
  });

  it("beside data or a location it is one source too many; the image stays queued", () => {
    const bed = new SourceBed();
    const both = bed.copy("/cirros.img", { "x-image-meta-location": `${MIRROR}/cirros.img` });
    expect([both.status, JSON.stringify(both.body), bed.images.images.find()[0]!.status]).toEqual([
      400,
      expect.stringContaining("It's invalid to provide multiple image sources."),
      "queued",
    ]);
  });

  it.each([
    ["file:///etc/passwd", "External sourcing not supported for store 'file'"],
    ["swift+config://x/y", "External sourcing not supported for store 'swift+config'"],
    ["nonsense", "External sourcing not supported for store ''"],
  ])("refuses %s", (source, message) => {
    const bed = new SourceBed();
    const { status, body } = bed.create({ "x-glance-api-copy-from": source });
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining(message)]);
  });
});

describe("x-image-meta-location", () => {
  it("makes the image active where it is; its data is read from there", () => {
    const bed = new SourceBed();
    const { status, body } = bed.create({ "x-image-meta-location": `${MIRROR}/cirros.img` });
    const id = bed.id(body);
    const data = bed.as(bed.demo, "GET", `/v1/images/${id}`);
    expect([status, bed.statuses(id), data.body, bed.files.used]).toMatchObject([
      201,
      ["queued", "active"],
      { $data: { bytes: 20 * MB } },
      0,
    ]);
  });

  it("a size that is not the store's is a conflict, and the image stays queued", () => {
    const bed = new SourceBed();
    const { status, body } = bed.create({
      "x-image-meta-location": `${MIRROR}/cirros.img`,
      "x-image-meta-size": "7",
    });
    expect([status, JSON.stringify(body), bed.images.images.find()[0]!.status]).toEqual([
      409,
      expect.stringContaining(
        `Provided image size must match the stored image size. (provided size: 7, stored size: ${String(20 * MB)})`,
      ),
      "queued",
    ]);
  });

  it("is not taken away from there when the image is deleted", () => {
    const bed = new SourceBed();
    const id = bed.id(bed.create({ "x-image-meta-location": `${MIRROR}/cirros.img` }).body);
    const { status } = bed.as(bed.demo, "DELETE", `/v1/images/${id}`);
    expect([status, bed.status(id)]).toEqual([200, "deleted"]);
  });

  it("data that is gone from there is a 500 to who downloads (other-services §2.5)", () => {
    const bed = new SourceBed();
    const id = bed.id(bed.create({ "x-image-meta-location": `${MIRROR}/none.img` }).body);
    expect(bed.as(bed.demo, "GET", `/v1/images/${id}`).status).toBe(200);
    bed.images.images.update(id, { size: 5 });
    expect(bed.as(bed.demo, "GET", `/v1/images/${id}`).status).toBe(500);
  });
});

describe("x-image-meta-store", () => {
  it("says where data goes; a store that only gives takes none: 410, and killed", () => {
    const bed = new SourceBed();
    const upload = (store: string) =>
      bed.create(
        { "x-image-meta-store": store, "content-type": "application/octet-stream" },
        { $data: { bytes: 5 } },
      );
    const [file, http, unknown] = ["file", "http", "tape"].map(upload);
    const killed = bed.images.images.find({ status: "killed" }).length;
    expect([
      file!.status,
      http!.status,
      JSON.stringify(http!.body),
      unknown!.status,
      killed,
    ]).toEqual([
      201,
      410,
      expect.stringContaining("Error in store configuration. Adding images to store is disabled."),
      400,
      1,
    ]);
  });
});
