/**
 * Laws of how v2 makes and changes images: glance/api/v2/images.py, glance/domain/__init__.py,
 * glance/schema.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import type { HttpResponse } from "../../../src/http/index.js";
import type { TokenBearer } from "../../../src/services/glance/client/index.js";
import { ImageBed, MB } from "./bed.js";

const said = ({ status, body }: HttpResponse): unknown[] => [
  status,
  typeof body === "string" ? body.split("\n\n")[1] : body,
];

const FORMATS = { disk_format: "raw", container_format: "bare" };

function made(bed: ImageBed, more: object = {}, bearer: TokenBearer = bed.demo): string {
  const body = { name: "web", ...FORMATS, ...more };
  return (bed.as(bearer, "POST", "/v2/images", { body }).body as { id: string }).id;
}

describe("POST /v2/images", () => {
  const schema = (reason: string) => `Provided object does not match schema 'image': ${reason}`;

  it.each([
    [null, 400, "Body expected in request."],
    [{ self: "x" }, 403, "Attribute 'self' is read-only."],
    [{ status: "active" }, 403, "Attribute 'status' is read-only."],
    [{ size: 5 }, 403, "Attribute 'size' is read-only."],
    [{ owner: "me" }, 403, "Attribute 'owner' is reserved."],
    [{ is_public: "true" }, 403, "Attribute 'is_public' is reserved."],
    [{ visibility: "public" }, 403, "You are not authorized to complete this action."],
    [
      { min_disk: -1 },
      400,
      "Invalid value '-1' for parameter 'min_disk': Cannot be a negative value",
    ],
    [{ name: null }, 400, schema("None is not of type 'string'")],
    [{ colour: 5 }, 400, schema("5 is not of type 'string'")],
    [{ protected: "true" }, 400, schema("u'true' is not of type 'boolean'")],
    [{ visibility: "shared" }, 400, schema("u'shared' is not one of ['public', 'private']")],
    [
      { kernel_id: "k" },
      400,
      schema(
        `u'k' does not match '^([0-9a-fA-F]){8}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){12}$'`,
      ),
    ],
  ])("%j is refused", (body, status, message) => {
    const bed = new ImageBed();
    expect(said(bed.as(bed.demo, "POST", "/v2/images", { body }))).toEqual([status, message]);
  });

  it("takes formats that v1 would not take together, and no id twice", () => {
    const bed = new ImageBed();
    const body = { container_format: "ami", disk_format: "ari" };
    const first = bed.as(bed.demo, "POST", "/v2/images", { body });
    const { id } = first.body as { id: string };
    const again = bed.as(bed.demo, "POST", "/v2/images", { body: { id } });
    expect([first.status, ...said(again)]).toEqual([201, 409, `Image ID ${id} already exists!`]);
  });

  it("counts properties and tags", () => {
    const bed = new ImageBed();
    const many = Object.fromEntries(Array.from({ length: 129 }, (_, n) => [`p${String(n)}`, "x"]));
    const tags = Object.keys(many);
    const limit = (what: string) =>
      `The limit has been exceeded on the number of allowed image ${what}. Attempted: 129, Maximum: 128`;
    expect([
      said(bed.as(bed.demo, "POST", "/v2/images", { body: many })),
      said(bed.as(bed.demo, "POST", "/v2/images", { body: { tags } })),
    ]).toEqual([
      [413, limit("properties")],
      [413, limit("tags")],
    ]);
  });
});

describe("PATCH /v2/images/{id}", () => {
  const patch = (bed: ImageBed, id: string, body: unknown, version = "2.1", bearer = bed.demo) =>
    bed.as(bearer, "PATCH", `/v2/images/${id}`, {
      headers: { "content-type": `application/openstack-images-v${version}-json-patch` },
      body,
    });

  it("by v2.0 is draft 4, by v2.1 draft 10, by anything else a 415 that names both", () => {
    const bed = new ImageBed();
    const id = made(bed);
    const four = patch(
      bed,
      id,
      [
        { replace: "/name", value: "db" },
        { add: "/a", value: "1" },
      ],
      "2.0",
    );
    const ten = patch(bed, id, [{ op: "remove", path: "/a" }]);
    const none = patch(bed, id, [], "2.2");
    expect([four, ten, none]).toMatchObject([
      { status: 200, body: { name: "db", a: "1" } },
      { status: 200, body: { name: "db" } },
      {
        status: 415,
        headers: {
          "accept-patch":
            "application/openstack-images-v2.0-json-patch, application/openstack-images-v2.1-json-patch",
        },
      },
    ]);
    expect(ten.body).not.toHaveProperty("a");
  });

  it.each([
    ["2.1", {}, 400, "Request body must be a JSON array of operation objects."],
    ["2.1", [1], 400, "Operations must be JSON objects."],
    ["2.1", [{}], 400, "Unable to find 'op' in JSON Schema change"],
    ["2.1", [{ op: "add" }], 400, "Unable to find 'path' in JSON Schema change"],
    [
      "2.0",
      [{}],
      400,
      'Operation objects must contain exactly one member named "add", "remove", or "replace".',
    ],
    [
      "2.0",
      [{ add: "/a", remove: "/b" }],
      400,
      'Operation objects must contain only one member named "add", "remove", or "replace".',
    ],
    ["2.1", [{ op: "add", path: "/a" }], 400, 'Operation "add" requires a member named "value".'],
    ["2.1", [{ op: "add", path: "a", value: "" }], 400, 'Pointer `a` does not start with "/".'],
    [
      "2.1",
      [{ op: "add", path: "/a//b", value: "" }],
      400,
      'Pointer `/a//b` contains adjacent "/".',
    ],
    ["2.1", [{ op: "add", path: "/a/", value: "" }], 400, 'Pointer `/a/` end with "/".'],
    [
      "2.1",
      [{ op: "add", path: "/a~b", value: "" }],
      400,
      'Pointer `/a~b` contains "~" not part of a recognized escape sequence.',
    ],
    [
      "2.1",
      [{ op: "add", path: "/a/b", value: "" }],
      400,
      "Invalid JSON pointer for this resource: '/a/b'",
    ],
    [
      "2.1",
      [{ op: "replace", path: "/status", value: "active" }],
      403,
      "Attribute 'status' is read-only.",
    ],
    [
      "2.1",
      [{ op: "replace", path: "/owner", value: "me" }],
      403,
      "Attribute 'owner' is reserved.",
    ],
    [
      "2.1",
      [{ op: "replace", path: "/name", value: 5 }],
      400,
      "Provided object does not match schema 'image': 5 is not of type 'string'",
    ],
    [
      "2.1",
      [{ op: "replace", path: "/nothing", value: "" }],
      409,
      "Property nothing does not exist.",
    ],
    ["2.1", [{ op: "add", path: "/name", value: "" }], 409, "Property name already present."],
    ["2.1", [{ op: "add", path: "/colour", value: "" }], 409, "Property colour already present."],
    ["2.1", [{ op: "remove", path: "/name" }], 403, "Property name may not be removed."],
    ["2.1", [{ op: "remove", path: "/nothing" }], 409, "Property nothing does not exist."],
    [
      "2.1",
      [{ op: "replace", path: "/visibility", value: "public" }],
      403,
      "You are not authorized to complete this action.",
    ],
    [
      "2.1",
      [{ op: "replace", path: "/min_ram", value: -1 }],
      400,
      "Invalid value '-1' for parameter 'min_ram': Cannot be a negative value",
    ],
  ])("v%s %j is refused, and nothing is changed", (version, body, status, message) => {
    const bed = new ImageBed();
    const id = made(bed, { colour: "red" });
    expect(said(patch(bed, id, body, version))).toEqual([status, message]);
    expect(bed.images.images.get(id)).toMatchObject({ name: "web", updated_at: null });
  });

  it("with an operation that nobody knows is a 500 (#1414532), with none at all is nothing", () => {
    const bed = new ImageBed({ notify: true });
    const id = made(bed);
    bed.forget();
    const copy = patch(bed, id, [{ op: "copy", path: "/name", value: "x" }]);
    const none = patch(bed, id, []);
    expect([copy.status, none.status, bed.of("notification")]).toEqual([500, 200, []]);
  });

  it.each([
    [[{ op: "add", path: 5, value: "" }]],
    [[{ op: "add", path: null, value: "" }]],
    [[{ op: ["add"], path: "/a", value: "" }]],
    [[{ op: { add: 1 }, path: "/a", value: "" }]],
    [[{ op: "delete", path: "/name", value: 5 }]],
  ])("%j is a 500: nothing looks at its types (_decode_json_pointer, _validate_path)", (body) => {
    const bed = new ImageBed();
    expect(patch(bed, made(bed), body).status).toBe(500);
  });

  it("unescapes what a pointer says", () => {
    const bed = new ImageBed();
    const { body } = patch(bed, made(bed), [{ op: "add", path: "/a~1b~0c", value: "x" }]);
    expect(body).toMatchObject({ "a/b~c": "x" });
  });

  it("of another's image names what may not be changed; of an active one, its formats", () => {
    const bed = new ImageBed();
    const id = made(bed, { visibility: "public", colour: "red" }, bed.admin);
    const active = bed.uploaded();
    const replace = (path: string, value: unknown) => [{ op: "replace", path, value }];
    expect([
      said(patch(bed, id, replace("/name", "x"))),
      said(patch(bed, id, replace("/colour", "x"))),
      said(patch(bed, active, replace("/disk_format", "raw"))),
    ]).toEqual([
      [403, "You are not permitted to modify 'name' on this image."],
      [403, "You are not permitted to modify 'colour' on this image."],
      [403, "Attribute disk_format can be only replaced for a queued image."],
    ]);
  });

  it("gives a queued image a place of its data, which makes it active, and takes it back", () => {
    const bed = new ImageBed();
    const id = made(bed);
    bed.files.set("/var/lib/glance/images/there", { bytes: MB, checksum: "c" });
    const url = "file:///var/lib/glance/images/there";
    const add = (path: string, at: string) =>
      patch(bed, id, [{ op: "add", path, value: { url: at, metadata: {} } }]);
    const steps = [
      add("/locations/-", "file:///nowhere"),
      add("/locations/x", url),
      add("/locations/-", url),
      add("/locations/-", url),
    ].map((answer) => said(answer).map((part) => (typeof part === "object" ? "image" : part)));
    const during = bed.status(id);
    patch(bed, id, [{ op: "replace", path: "/locations", value: [] }]);
    expect([steps, during, bed.status(id), bed.files.used]).toEqual([
      [
        [400, "Invalid location"],
        [400, "Invalid position for adding a location."],
        [200, "image"],
        [400, `The location ${url} already exists`],
      ],
      "active",
      "queued",
      0,
    ]);
  });
});

describe("PUT /v2/images/{id}/file", () => {
  const send = (bed: ImageBed, id: string, bearer = bed.demo) =>
    said(
      bed.as(bearer, "PUT", `/v2/images/${id}/file`, {
        headers: { "content-type": "application/octet-stream" },
        body: { $data: { bytes: MB } },
      }),
    );

  it("needs formats, a queued image and its owner", () => {
    const bed = new ImageBed();
    const bare = bed.as(bed.demo, "POST", "/v2/images", { body: {} }).body as { id: string };
    const shared = made(bed, { visibility: "public" }, bed.admin);
    const active = bed.uploaded();
    expect([
      send(bed, bare.id),
      send(bed, active),
      send(bed, shared),
      send(bed, "nothing"),
    ]).toEqual([
      [400, "Properties disk_format, container_format must be set prior to saving data."],
      [409, "Image status transition from active to saving is not allowed"],
      [403, `Not allowed to upload image data for image ${shared}`],
      [404, "No image found with ID nothing"],
    ]);
  });

  it("announces saving, prepare, upload with activate, and the last update (notifier.py)", () => {
    const bed = new ImageBed({ notify: true });
    const id = made(bed);
    bed.forget();
    send(bed, id);
    const events = bed
      .of<{ kind: "notification"; event_type: string }>("notification")
      .map(({ event_type }) => event_type);
    expect(events).toEqual(
      ["update", "prepare", "upload", "activate", "update"].map((step) => `image.${step}`),
    );
  });
});

describe("DELETE /v2/images/{id}", () => {
  it("is not for what is protected, not for another's, and says which was not found", () => {
    const bed = new ImageBed();
    const kept = made(bed, { protected: true });
    const shared = made(bed, { visibility: "public" }, bed.admin);
    const remove = (id: string) => said(bed.as(bed.demo, "DELETE", `/v2/images/${id}`));
    expect([remove(kept), remove(shared), remove("nothing")]).toEqual([
      [403, `Image ${kept} is protected and cannot be deleted.`],
      [403, "You are not permitted to delete this image."],
      [404, "Failed to find image nothing to delete"],
    ]);
  });
});
