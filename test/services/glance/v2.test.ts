/** Laws of Glance's v2 API, which asks no registry: other-services §2.2, §2.3. */
import { describe, expect, it } from "vitest";
import { seconds } from "../../../src/kernel/index.js";
import { ImageBed, MB } from "./bed.js";

const OCTETS = { "content-type": "application/octet-stream" };
const PATCH = { "content-type": "application/openstack-images-v2.1-json-patch" };

function made(bed: ImageBed, more: object = {}): string {
  const body = { name: "web", disk_format: "raw", container_format: "bare", ...more };
  const answer = bed.as(bed.demo, "POST", "/v2/images", { body });
  expect(answer.status).toBe(201);
  return (answer.body as { id: string }).id;
}

describe("other-services §2.3: v2", () => {
  it("shows an image flat, with its own properties beside the rest", () => {
    const bed = new ImageBed();
    const id = made(bed, { tags: ["x"], colour: "red" });
    expect(bed.as(bed.demo, "GET", `/v2/images/${id}`).body).toEqual({
      id,
      name: "web",
      status: "queued",
      visibility: "private",
      protected: false,
      disk_format: "raw",
      container_format: "bare",
      min_disk: 0,
      min_ram: 0,
      owner: bed.project("demo"),
      tags: ["x"],
      colour: "red",
      created_at: expect.stringMatching(/^2014-09-18T04:03:\d\dZ$/),
      updated_at: expect.stringMatching(/^2014-09-18T04:03:\d\dZ$/),
      self: `/v2/images/${id}`,
      file: `/v2/images/${id}/file`,
      schema: "/v2/schemas/image",
    });
  });

  it("takes data with 204, gives it back with its checksum, and none with 204", () => {
    const bed = new ImageBed();
    const id = made(bed);
    const path = `/v2/images/${id}/file`;
    const none = bed.as(bed.demo, "GET", path);
    const put = bed.as(bed.demo, "PUT", path, { headers: OCTETS, body: { $data: { bytes: MB } } });
    const { status, headers, body } = bed.as(bed.demo, "GET", path);
    const checksum = bed.images.images.get(id)!.checksum;
    expect([none.status, put.status, bed.statuses(id), status, body]).toMatchObject([
      204,
      204,
      ["queued", "saving", "active"],
      200,
      { $data: { bytes: MB } },
    ]);
    expect([headers["content-md5"], checksum?.length]).toEqual([checksum, 32]);
  });

  it("refuses other media types with 415 and data out of turn with 409", () => {
    const bed = new ImageBed();
    const id = made(bed);
    const path = `/v2/images/${id}/file`;
    const body = { $data: { bytes: MB } };
    expect([
      bed.as(bed.demo, "PUT", path, { body }).status,
      bed.as(bed.demo, "PATCH", `/v2/images/${id}`, { body: [] }).status,
      bed.as(bed.demo, "PUT", path, { headers: OCTETS, body }).status,
      bed.as(bed.demo, "PUT", path, { headers: OCTETS, body }).status,
    ]).toEqual([415, 415, 204, 409]);
  });

  it("patches, and refuses to patch what is read only or not there", () => {
    const bed = new ImageBed();
    const id = made(bed, { colour: "red" });
    const patch = (...body: object[]) =>
      bed.as(bed.demo, "PATCH", `/v2/images/${id}`, { headers: PATCH, body });
    const done = patch(
      { op: "replace", path: "/name", value: "db" },
      { op: "add", path: "/size_class", value: "big" },
      { op: "remove", path: "/colour" },
    );
    expect([done.status, done.body]).toMatchObject([200, { name: "db", size_class: "big" }]);
    expect(done.body).not.toHaveProperty("colour");
    expect([
      patch({ op: "replace", path: "/status", value: "active" }).status,
      patch({ op: "remove", path: "/colour" }).status,
      patch({ op: "remove", path: "/name" }).status,
    ]).toEqual([403, 409, 403]);
  });

  it("deletes with 204, and the image is gone for admins, too", () => {
    const bed = new ImageBed();
    const id = made(bed);
    const path = `/v2/images/${id}`;
    expect([
      bed.as(bed.other, "DELETE", path).status,
      bed.as(bed.demo, "DELETE", path).status,
      bed.as(bed.admin, "GET", path).status,
    ]).toEqual([404, 204, 404]);
  });

  it("pages with a marker and names the next page", () => {
    const bed = new ImageBed();
    const ids = [made(bed), made(bed), made(bed)].reverse();
    const page = (path: string) =>
      bed.as(bed.demo, "GET", path).body as { images: { id: string }[]; next?: string };
    const first = page("/v2/images?limit=2");
    const second = page(first.next!);
    expect([first, second].map(({ images }) => images.map(({ id }) => id))).toEqual([
      ids.slice(0, 2),
      ids.slice(2),
    ]);
    expect(second.next).toBeUndefined();
  });

  it("lets a member see the image, and only the member accept it", () => {
    const bed = new ImageBed();
    const id = made(bed);
    const member = bed.project("other");
    const path = `/v2/images/${id}/members`;
    bed.as(bed.demo, "POST", path, { body: { member } });
    const accept = { body: { status: "accepted" } };
    expect([
      bed.as(bed.other, "GET", `/v2/images/${id}`).status,
      bed.as(bed.demo, "PUT", `${path}/${member}`, accept).status,
      bed.as(bed.other, "PUT", `${path}/${member}`, accept).body,
    ]).toMatchObject([200, 403, { member_id: member, image_id: id, status: "accepted" }]);
  });
});

describe("other-services §2.2: an upload by v2 that fails", () => {
  it("leaves the image queued, so that it can be tried again", () => {
    const bed = new ImageBed();
    const id = made(bed);
    const path = `/v2/images/${id}/file`;
    const send = (bytes: number) =>
      bed.as(bed.demo, "PUT", path, { headers: OCTETS, body: { $data: { bytes } } }).status;
    expect([send(2_000 * MB), bed.status(id), send(MB), bed.status(id)]).toEqual([
      413,
      "queued",
      204,
      "active",
    ]);
  });

  it("ends with 410 if the image is deleted meanwhile, and leaves no data behind", () => {
    const bed = new ImageBed();
    const id = made(bed);
    const answers: number[] = [];
    bed.meanwhile(
      (function* () {
        const headers = { ...OCTETS, "x-auth-token": bed.demo.auth_token! };
        const body = { $data: { bytes: MB, duration: seconds(10) } };
        const url = `http://controller:9292/v2/images/${id}/file`;
        const response = yield* bed.http.request("PUT", url, { headers, body });
        answers.push(response.status);
      })(),
    );
    bed.wait(seconds(5));
    bed.as(bed.demo, "DELETE", `/v2/images/${id}`);
    bed.kernel.settle();
    expect([answers, bed.files.used]).toEqual([[410], 0]);
  });
});
