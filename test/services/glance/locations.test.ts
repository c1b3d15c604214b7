/**
 * Laws of images whose data is in several places: glance/api/v2/images.py (_do_add_locations and its like),
 * glance/location.py, glance/quota/__init__.py, glance/common/store_utils.py, glance/api/v1/images.py (delete)
 * at 2014.2.
 */
import { describe, expect, it } from "vitest";
import type { HttpResponse } from "../../../src/http/index.js";
import { ImageBed, MB } from "./bed.js";

const HERE = "file:///var/lib/glance/images/";

const said = ({ status, body }: HttpResponse): unknown[] => [
  status,
  typeof body === "string" ? body.split("\n\n")[1] : "image",
];

class PlaceBed extends ImageBed {
  /** A file of so many MB where the file store has its own. */
  file(name: string, mb = 1): string {
    this.files.set(`/var/lib/glance/images/${name}`, { bytes: mb * MB, checksum: "c" });
    return HERE + name;
  }

  queued(more: object = {}, bearer = this.demo): string {
    const body = { name: "web", disk_format: "raw", container_format: "bare", ...more };
    return (this.as(bearer, "POST", "/v2/images", { body }).body as { id: string }).id;
  }

  patch(id: string, body: unknown, bearer = this.demo): HttpResponse {
    const headers = { "content-type": "application/openstack-images-v2.1-json-patch" };
    return this.as(bearer, "PATCH", `/v2/images/${id}`, { body, headers });
  }

  add(id: string, url: string, metadata: object = {}, bearer = this.demo): unknown[] {
    const value = { url, metadata };
    return said(this.patch(id, [{ op: "add", path: "/locations/-", value }], bearer));
  }

  /** An image with its data in each of them. */
  spread(names: readonly string[]): string {
    const id = this.queued();
    for (const name of names) this.add(id, this.file(name));
    return id;
  }

  places(id: string): unknown[] {
    return this.images.locations
      .findAny({ image_id: id })
      .map(({ value, status }) => [value.replace(HERE, ""), status]);
  }

  logs(): string[] {
    return this.of<{ kind: "log"; message: string }>("log").map(({ message }) => message);
  }
}

const remove = (at: string) => [{ op: "remove", path: `/locations/${at}` }];

describe("PATCH /v2/images/{id}, locations", () => {
  it("an image that does not know its size has that of the first place that is added", () => {
    const bed = new PlaceBed();
    const id = bed.spread(["a"]);
    bed.add(id, bed.file("b", 7));
    expect(bed.images.images.get(id)).toMatchObject({ status: "active", size: MB });
  });

  it("a whole list is set as it is, and its places are those of the image", () => {
    const bed = new PlaceBed({ flags: { show_multiple_locations: true } });
    const id = bed.queued();
    const value = [
      { url: bed.file("a", 2), metadata: {} },
      { url: bed.file("b", 2), metadata: { rack: "r1" } },
    ];
    const { body } = bed.patch(id, [{ op: "replace", path: "/locations", value }]);
    expect(body).toMatchObject({ status: "active", size: 2 * MB, locations: value });
  });

  it("one place may be there twice, but not with the same metadata", () => {
    const bed = new PlaceBed();
    const id = bed.spread(["a"]);
    const twice = { url: bed.file("b"), metadata: {} };
    const list = [{ op: "replace", path: "/locations", value: [twice, twice] }];
    expect([
      bed.add(id, `${HERE}a`),
      bed.add(id, `${HERE}a`, { rack: "r2" }),
      said(bed.patch(bed.queued(), list)),
      bed.places(id),
    ]).toEqual([
      [400, `The location ${HERE}a already exists`],
      [200, "image"],
      [400, `The location ${HERE}b already exists`],
      [
        ["a", "active"],
        ["a", "active"],
      ],
    ]);
  });

  it("metadata is texts, in lists and dictionaries; anything else is a 500", () => {
    const bed = new PlaceBed();
    const id = bed.queued();
    const url = bed.file("a");
    expect([
      bed.add(id, url, { a: { b: [1] } })[0],
      bed.add(id, url, { a: null })[0],
      bed.add(id, url, { a: { b: ["x"] } })[0],
    ]).toEqual([500, 500, 200]);
  });

  it("image_location_quota counts what is there, except where a list is set", () => {
    const bed = new PlaceBed({ flags: { image_location_quota: 1 } });
    const text =
      "The limit has been exceeded on the number of allowed image locations. " +
      "Attempted: 2, Maximum: 1";
    const value = ["b", "c"].map((name) => ({ url: bed.file(name), metadata: {} }));
    const list = [{ op: "replace", path: "/locations", value }];
    expect([
      bed.add(bed.spread(["a"]), bed.file("b")),
      said(bed.patch(bed.queued(), list)),
    ]).toEqual([
      [413, text],
      [413, text],
    ]);
  });

  it("a place counts against user_storage_quota, for the image has it again", () => {
    const bed = new PlaceBed({ flags: { user_storage_quota: "2500000" } });
    const id = bed.spread(["a", "b"]);
    expect([bed.add(id, bed.file("c")), bed.places(id).length]).toEqual([
      [
        413,
        "Denying attempt to upload image because it exceeds the .quota: " +
          "The size of the data 1000000 will exceed the limit. 500000 bytes remaining.",
      ],
      2,
    ]);
  });

  it("of another's image: 403, but 500 for what is to be removed, which catches everything", () => {
    const bed = new PlaceBed();
    const id = bed.queued({ visibility: "public" }, bed.admin);
    const empty = bed.queued({ visibility: "public" }, bed.admin);
    const url = bed.file("a");
    bed.add(id, url, {}, bed.admin);
    const list = (value: unknown) => [{ op: "replace", path: "/locations", value }];
    const words = "You are not permitted to modify locations for this image.";
    expect([
      bed.add(id, bed.file("b")),
      said(bed.patch(id, remove("0"))),
      said(bed.patch(id, list([]))),
      said(bed.patch(empty, list([{ url, metadata: {} }]))),
    ]).toEqual([
      [403, words],
      [500, words],
      [403, words],
      [403, "You are not permitted to modify 'locations' on this image."],
    ]);
  });

  it("removes the place that is meant, and its data; with the last one the image is queued", () => {
    const bed = new PlaceBed();
    const id = bed.spread(["a", "b"]);
    const wrong = ["2", "x", "-1"].map((at) => said(bed.patch(id, remove(at))));
    bed.patch(id, remove("0"));
    const between = [bed.places(id), bed.files.paths, bed.status(id)];
    bed.patch(id, remove("-"));
    expect([wrong, between, bed.images.images.get(id)]).toMatchObject([
      wrong.map(() => [400, "Invalid position for removing a location."]),
      [
        [
          ["a", "deleted"],
          ["b", "active"],
        ],
        ["/var/lib/glance/images/b"],
        "active",
      ],
      { status: "queued", size: null },
    ]);
  });
});

describe("GET /v2/images/{id}/file", () => {
  it("asks one place after the other, and says which did not answer", () => {
    const bed = new PlaceBed();
    const id = bed.spread(["a", "b"]);
    bed.files.delete("/var/lib/glance/images/a");
    const first = bed.as(bed.demo, "GET", `/v2/images/${id}/file`).status;
    const one = bed.logs();
    bed.files.delete("/var/lib/glance/images/b");
    bed.forget();
    const second = bed.as(bed.demo, "GET", `/v2/images/${id}/file`).status;
    const failed = /^Get image .* data failed: /;
    const all = `Glance tried all active locations to get data for image ${id} but all have failed.`;
    expect([
      [first, one.filter((line) => failed.test(line)).length, one.includes(all)],
      [second, bed.logs().filter((line) => failed.test(line)).length, bed.logs().includes(all)],
    ]).toEqual([
      [200, 1, false],
      [500, 2, true],
    ]);
  });
});

describe("DELETE of an image with several places", () => {
  it.each(["v1", "v2"])(
    "%s removes the data of each, and one that is gone is a warning",
    (version) => {
      const bed = new PlaceBed();
      const id = bed.spread(["a", "b", "c"]);
      bed.files.delete("/var/lib/glance/images/b");
      const { status } = bed.as(bed.demo, "DELETE", `/${version}/images/${id}`);
      expect([
        status < 300,
        bed.status(id),
        bed.files.paths,
        bed.places(id).map((place) => (place as unknown[])[1]),
        bed.logs().includes(`Failed to delete image ${id} in store from URI`),
      ]).toEqual([true, "deleted", [], ["deleted", "deleted", "deleted"], true]);
    },
  );

  it.each(["v1", "v2"])("%s leaves each to the scrubber with delayed_delete", (version) => {
    const bed = new PlaceBed({ flags: { delayed_delete: true } });
    const id = bed.spread(["a", "b"]);
    bed.as(bed.demo, "DELETE", `/${version}/images/${id}`);
    expect([bed.status(id), bed.places(id), bed.files.paths.length]).toEqual([
      "pending_delete",
      [
        ["a", "pending_delete"],
        ["b", "pending_delete"],
      ],
      2,
    ]);
  });

  it.each(["v1", "v2"])(
    "%s: a store that fails in the middle leaves an image without the first",
    (version) => {
      const bed = new PlaceBed();
      const id = bed.spread(["a", "b"]);
      const second = bed.images.locations.find({ image_id: id })[1]!;
      bed.images.locations.update(second.id, { value: "tape://somewhere" });
      const { status } = bed.as(bed.demo, "DELETE", `/${version}/images/${id}`);
      expect([status, bed.status(id), bed.places(id)]).toEqual([
        500,
        "active",
        [
          ["a", "deleted"],
          ["tape://somewhere", "active"],
        ],
      ]);
    },
  );

  it("tells nobody where they were", () => {
    const bed = new PlaceBed({ notify: true });
    const id = bed.spread(["a"]);
    bed.forget();
    const shown = bed.as(bed.demo, "HEAD", `/v1/images/${id}`);
    const listed = bed.as(bed.demo, "GET", "/v1/images/detail");
    bed.as(bed.demo, "DELETE", `/v1/images/${id}`);
    expect(JSON.stringify([shown, listed, bed.of("notification")])).not.toMatch(
      /location|images\/a/,
    );
  });
});
