/**
 * Upstream's own cases, each under the name of its test: glance/tests/unit/v1/test_api.py,
 * v1/test_upload_utils.py, v2/test_images_resource.py, v2/test_image_members_resource.py,
 * v2/test_tasks_resource.py, unit/test_quota.py, test_domain.py, functional/test_scrubber.py,
 * functional/v2/test_images.py at 2014.2. What exactly is said is pinned beside each part.
 */
import { describe, expect, it } from "vitest";
import { seconds } from "../../../src/kernel/index.js";
import type { TokenBearer } from "../../../src/services/glance/client/index.js";
import { Scrubber } from "../../../src/services/glance/scrubber/index.js";
import { ImageBed, MB } from "./bed.js";

const PATCH = { "content-type": "application/openstack-images-v2.1-json-patch" };
const OCTETS = { "content-type": "application/octet-stream" };
const V1 = { "x-image-meta-disk_format": "raw", "x-image-meta-container_format": "bare" };

interface Listed {
  readonly images: readonly { readonly name: string }[];
}

/** An image of v2, without data. */
function made(bed: ImageBed, more: object = {}, bearer: TokenBearer = bed.demo): string {
  const body = { name: "web", disk_format: "raw", container_format: "bare", ...more };
  return (bed.as(bearer, "POST", "/v2/images", { body }).body as { id: string }).id;
}

const list = (bed: ImageBed, query = "", bearer: TokenBearer = bed.demo) =>
  bed.as(bearer, "GET", `/v2/images${query}`);

const names = (bed: ImageBed, query = "", bearer: TokenBearer = bed.demo): string[] =>
  (list(bed, query, bearer).body as unknown as Listed).images.map(({ name }) => name);

const patch = (bed: ImageBed, id: string, body: unknown) =>
  bed.as(bed.demo, "PATCH", `/v2/images/${id}`, { body, headers: PATCH });

/** An image of v1 by its headers, with data if there are bytes. */
function post(bed: ImageBed, headers: Readonly<Record<string, string>>, bytes?: number) {
  return bed.as(bed.demo, "POST", "/v1/images", {
    headers: { ...OCTETS, "x-image-meta-name": "web", ...headers },
    ...(bytes !== undefined && { body: { $data: { bytes } } }),
  });
}

const idOf = ({ body }: { readonly body: unknown }): string =>
  (body as { image: { id: string } }).image.id;

describe("v2/test_images_resource.py", () => {
  it.each([
    [
      "test_index_with_marker_not_found",
      `?marker=${"0".repeat(8)}-0000-0000-0000-${"0".repeat(12)}`,
    ],
    ["test_index_invalid_sort_key", "?sort_key=foo"],
    ["test_index_with_invalid_max_range_filter_value", "?size_max=abc"],
  ])("%s: 400", (_name, query) => {
    expect(list(new ImageBed(), query).status).toBe(400);
  });

  it("test_index_greater_than_limit_max and test_index_default_limit", () => {
    const bed = new ImageBed({ flags: { api_limit_max: 3, limit_param_default: 2 } });
    for (const name of ["a", "b", "c", "d"]) made(bed, { name });
    expect([names(bed, "?limit=4").length, names(bed).length]).toEqual([3, 2]);
  });

  it("test_index_with_multi_tags: what has all of them", () => {
    const bed = new ImageBed();
    made(bed, { name: "both", tags: ["x", "y"] });
    made(bed, { name: "one", tags: ["x"] });
    expect(names(bed, "?tag=x&tag=y")).toEqual(["both"]);
  });

  it("test_show_deleted_image_admin: 404", () => {
    const bed = new ImageBed();
    const id = made(bed);
    bed.as(bed.demo, "DELETE", `/v2/images/${id}`);
    expect(bed.as(bed.admin, "GET", `/v2/images/${id}`).status).toBe(404);
  });

  it("test_create_with_too_many_properties, _bad_min_disk_size, test_create_dup_id", () => {
    const bed = new ImageBed({ flags: { image_property_quota: 1 } });
    const create = (body: unknown) => bed.as(bed.demo, "POST", "/v2/images", { body }).status;
    const id = made(bed);
    expect([create({ a: "1", b: "2" }), create({ min_disk: -1 }), create({ id })]).toEqual([
      413, 400, 409,
    ]);
  });

  it("test_update_no_changes: 200, and nothing is written or told", () => {
    const bed = new ImageBed({ notify: true });
    const id = made(bed);
    const before = bed.as(bed.demo, "GET", `/v2/images/${id}`).body;
    bed.forget();
    const { status, body } = patch(bed, id, []);
    expect([status, body]).toEqual([200, before]);
    expect([bed.of("db"), bed.of("notification")]).toEqual([[], []]);
  });

  it("test_update_replace_missing_property, test_update_add_property_already_present", () => {
    const bed = new ImageBed();
    const id = made(bed, { colour: "red" });
    const missing = patch(bed, id, [{ op: "replace", path: "/shape", value: "round" }]);
    const present = patch(bed, id, [{ op: "add", path: "/colour", value: "blue" }]);
    expect([missing.status, present.status]).toEqual([409, 409]);
    const { body } = bed.as(bed.demo, "GET", `/v2/images/${id}`);
    expect(body).toMatchObject({ colour: "red" });
  });

  it("test_update_replace_locations_non_empty: 400", () => {
    const bed = new ImageBed({ flags: { show_multiple_locations: true } });
    bed.startMirror({ "a.img": MB, "b.img": MB });
    const id = made(bed);
    const place = (name: string) => ({ url: `http://controller:8088/${name}`, metadata: {} });
    const add = [{ op: "add", path: "/locations/-", value: place("a.img") }];
    const replace = [{ op: "replace", path: "/locations", value: [place("b.img")] }];
    expect([patch(bed, id, add).status, patch(bed, id, replace).status]).toEqual([200, 400]);
  });

  it("test_update_add_locations_invalid, _duplicate_locations, _too_many_locations", () => {
    const bed = new ImageBed({
      flags: { show_multiple_locations: true, image_location_quota: 2 },
    });
    bed.startMirror({ "a.img": MB, "b.img": MB, "c.img": MB });
    const id = made(bed);
    const add = (url: string) =>
      patch(bed, id, [{ op: "add", path: "/locations/-", value: { url, metadata: {} } }]).status;
    expect([
      add("unknow://foo"),
      add("http://controller:8088/a.img"),
      add("http://controller:8088/a.img"),
      add("http://controller:8088/b.img"),
      add("http://controller:8088/c.img"),
    ]).toEqual([400, 200, 400, 200, 413]);
  });
});

describe("v2/test_image_members_resource.py", () => {
  it("test_create_no_body, test_create_member_empty, test_update_invalid: 400", () => {
    const bed = new ImageBed();
    const path = `/v2/images/${made(bed)}/members`;
    const member = bed.project("other");
    const create = (body?: unknown) => bed.as(bed.demo, "POST", path, { body }).status;
    expect([create(), create({ member: "" }), create({ member })]).toEqual([400, 400, 200]);
    const body = { status: "foo" };
    expect(bed.as(bed.other, "PUT", `${path}/${member}`, { body }).status).toBe(400);
  });
});

describe("v2/test_tasks_resource.py", () => {
  it("test_delete: 405, test_index_invalid_status: 400", () => {
    const bed = new ImageBed();
    const body = { type: "import", input: { import_from: "http://x/", import_from_format: "raw" } };
    const input = { ...body.input, image_properties: {} };
    const task = bed.as(bed.demo, "POST", "/v2/tasks", { body: { ...body, input } });
    const { id } = task.body as { id: string };
    expect([
      bed.as(bed.demo, "DELETE", `/v2/tasks/${id}`).status,
      bed.as(bed.demo, "GET", "/v2/tasks?status=foo").status,
    ]).toEqual([405, 400]);
  });
});

describe("functional/v2/test_images.py", () => {
  it("test_image_member_lifecycle: who is asked sees it by its id, and in the list once it accepts", () => {
    const bed = new ImageBed();
    const id = made(bed);
    const member = bed.project("other");
    const members = `/v2/images/${id}/members`;
    const seen = () => [
      bed.as(bed.other, "GET", `/v2/images/${id}`).status,
      names(bed, "", bed.other).length,
    ];
    const before = seen();
    bed.as(bed.demo, "POST", members, { body: { member } });
    const pending = seen();
    bed.as(bed.other, "PUT", `${members}/${member}`, { body: { status: "accepted" } });
    expect([before, pending, seen()]).toEqual([
      [404, 0],
      [200, 0],
      [200, 1],
    ]);
  });

  it("test_image_visibility_to_different_users: public to all, private to its owner and admins", () => {
    const bed = new ImageBed();
    made(bed, { name: "public", visibility: "public" }, bed.admin);
    made(bed, { name: "of demo" });
    made(bed, { name: "of other" }, bed.other);
    const seen = (bearer: TokenBearer) => names(bed, "", bearer).sort();
    expect([seen(bed.demo), seen(bed.other), seen(bed.admin)]).toEqual([
      ["of demo", "public"],
      ["of other", "public"],
      ["of demo", "of other", "public"],
    ]);
  });
});

describe("v1/test_api.py", () => {
  it("test_defaulted_amazon_format: one of the two that is Amazon's is both", () => {
    const bed = new ImageBed();
    const one = post(bed, { "x-image-meta-disk_format": "ami" });
    const other = post(bed, { "x-image-meta-container_format": "aki" });
    expect([one.body, other.body]).toMatchObject([
      { image: { disk_format: "ami", container_format: "ami" } },
      { image: { disk_format: "aki", container_format: "aki" } },
    ]);
  });

  it("test_container_and_disk_amazon_format_differs, test_bad_disk_format: 400", () => {
    const bed = new ImageBed();
    const formats = (disk: string, container: string) =>
      post(
        bed,
        { "x-image-meta-disk_format": disk, "x-image-meta-container_format": container },
        MB,
      ).status;
    expect([formats("aki", "ami"), formats("invalid", "bare")]).toEqual([400, 400]);
  });

  it("test_add_image_size_header_too_big: 400, and _chunked_data_too_big: 413", () => {
    const bed = new ImageBed({ flags: { image_size_cap: 512 } });
    const header = post(bed, { ...V1, "x-image-meta-size": "513" }, 513);
    const chunked = post(bed, { ...V1, "transfer-encoding": "chunked" }, 513);
    const killed = bed.images.images.findAny({}).map(({ status }) => status);
    expect([header.status, chunked.status, killed]).toEqual([400, 413, ["killed"]]);
  });

  it("test_add_image_zero_size: active at once", () => {
    const { body } = post(new ImageBed(), { ...V1, "x-image-meta-size": "0" });
    expect(body).toMatchObject({ image: { status: "active", size: 0 } });
  });

  it("test_add_image_checksum_mismatch: 400, and the image is killed", () => {
    const bed = new ImageBed();
    const { status } = post(bed, { ...V1, "x-image-meta-checksum": "asdf" }, MB);
    const [image] = bed.images.images.findAny({});
    expect([status, image?.status]).toEqual([400, "killed"]);
  });

  it("test_add_location_with_conflict_image_size: 409; _copy_from_with_location: 400", () => {
    const bed = new ImageBed();
    bed.startMirror({ "a.img": MB });
    const location = "http://controller:8088/a.img";
    const conflict = post(bed, {
      ...V1,
      "x-image-meta-location": location,
      "x-image-meta-size": "1",
    });
    const both = post(bed, {
      ...V1,
      "x-image-meta-location": location,
      "x-glance-api-copy-from": location,
    });
    expect([conflict.status, both.status]).toEqual([409, 400]);
  });

  it("test_update_deleted_image, test_delete_pending_delete_image, test_delete_protected_image: 403", () => {
    const bed = new ImageBed({ flags: { delayed_delete: true } });
    const gone = idOf(post(bed, V1));
    bed.as(bed.demo, "DELETE", `/v1/images/${gone}`);
    const waiting = bed.uploaded();
    bed.as(bed.demo, "DELETE", `/v1/images/${waiting}`);
    const kept = idOf(post(bed, { ...V1, "x-image-meta-protected": "true" }));
    const remove = (id: string) => bed.as(bed.admin, "DELETE", `/v1/images/${id}`).status;
    const headers = { "x-image-meta-name": "again" };
    expect([
      bed.as(bed.admin, "PUT", `/v1/images/${gone}`, { headers }).status,
      remove(waiting),
      remove(kept),
    ]).toEqual([403, 403, 403]);
  });

  it("test_delete_during_image_upload: 412, and the data is gone", () => {
    const bed = new ImageBed();
    const id = idOf(post(bed, V1));
    const upload = bed.kernel.spawn(
      bed.http.request("PUT", `http://controller:9292/v1/images/${id}`, {
        headers: { ...OCTETS, "x-auth-token": bed.demo.auth_token! },
        body: { $data: { bytes: MB, duration: seconds(10) } },
      }),
      { name: "upload", actor: "sender", awaited: true },
    );
    bed.wait(seconds(5));
    expect(bed.as(bed.demo, "DELETE", `/v1/images/${id}`).status).toBe(200);
    bed.kernel.settle();
    expect([upload.result.status, bed.status(id), bed.files.used]).toEqual([412, "deleted", 0]);
  });

  it("test_delete_queued_image_delayed_delete: deleted at once", () => {
    const bed = new ImageBed({ flags: { delayed_delete: true } });
    const id = idOf(post(bed, V1));
    bed.as(bed.demo, "DELETE", `/v1/images/${id}`);
    expect(bed.status(id)).toBe("deleted");
  });

  it("test_head_details: 405, and test_get_details_invalid_marker: 400", () => {
    const bed = new ImageBed();
    const marker = `?marker=${"0".repeat(8)}-0000-0000-0000-${"0".repeat(12)}`;
    expect([
      bed.as(bed.demo, "HEAD", "/v1/images/detail").status,
      bed.as(bed.demo, "GET", `/v1/images/detail${marker}`).status,
    ]).toEqual([405, 400]);
  });
});

describe("unit/test_quota.py and test_domain.py", () => {
  it("test_quota_exceeded_no_size: 413, and the data is deleted", () => {
    const bed = new ImageBed({ flags: { user_storage_quota: "500" } });
    const id = made(bed);
    const headers = { ...OCTETS, "transfer-encoding": "chunked" };
    const body = { $data: { bytes: MB } };
    const { status } = bed.as(bed.demo, "PUT", `/v2/images/${id}/file`, { headers, body });
    expect([status, bed.files.used]).toEqual([413, 0]);
  });

  it("test_status_saving_without_disk_format: 400", () => {
    const bed = new ImageBed();
    const id = made(bed, { disk_format: undefined });
    const body = { $data: { bytes: MB } };
    const put = bed.as(bed.demo, "PUT", `/v2/images/${id}/file`, { headers: OCTETS, body });
    expect([put.status, bed.status(id)]).toEqual([400, "queued"]);
  });
});

describe("functional/test_scrubber.py", () => {
  it("test_delayed_delete: pending_delete until the scrubber has run", () => {
    const bed = new ImageBed({ flags: { delayed_delete: true, scrub_time: 0 } });
    const id = bed.uploaded();
    bed.as(bed.demo, "DELETE", `/v1/images/${id}`);
    const before = bed.status(id);
    bed.start(new Scrubber(bed.env("glance-scrubber"), bed.images, bed.files));
    bed.wait(seconds(400));
    expect([before, bed.status(id), bed.files.used]).toEqual(["pending_delete", "deleted", 0]);
  });
});
