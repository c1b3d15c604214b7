/**
 * Laws of v2's list, of memberships and tags: glance/api/v2/images.py, image_members.py,
 * image_tags.py, glance/api/authorization.py, glance/db/sqlalchemy/api.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import type { HttpResponse } from "../../../src/http/index.js";
import type { TokenBearer } from "../../../src/services/glance/client/index.js";
import { ImageBed } from "./bed.js";

/** The sentence of a page. */
const said = ({ status, body }: HttpResponse): unknown[] => [
  status,
  typeof body === "string" ? body.split("\n\n")[1] : body,
];

function made(bed: ImageBed, more: object = {}, bearer: TokenBearer = bed.demo): string {
  const body = { name: "web", disk_format: "raw", container_format: "bare", ...more };
  return (bed.as(bearer, "POST", "/v2/images", { body }).body as { id: string }).id;
}

const names = (bed: ImageBed, bearer: TokenBearer, query = ""): string[] => {
  const { body } = bed.as(bearer, "GET", `/v2/images${query}`);
  return (body as { images: { name: string }[] }).images.map(({ name }) => name).sort();
};

describe("GET /v2/images", () => {
  it("shows of what is shared what was accepted, or what member_status says", () => {
    const bed = new ImageBed();
    const member = bed.project("other");
    for (const status of ["pending", "accepted", "rejected"]) {
      const members = `/v2/images/${made(bed, { name: status })}/members`;
      bed.as(bed.demo, "POST", members, { body: { member } });
      bed.as(bed.other, "PUT", `${members}/${member}`, { body: { status } });
    }
    made(bed, { name: "own" }, bed.other);
    const lists = ["", "?member_status=pending", "?member_status=rejected", "?member_status=all"];
    expect(lists.map((query) => names(bed, bed.other, query))).toEqual([
      ["accepted", "own"],
      ["own", "pending"],
      ["own", "rejected"],
      ["accepted", "own", "pending", "rejected"],
    ]);
    expect(names(bed, bed.other, "?visibility=shared&member_status=all")).toEqual([
      "accepted",
      "pending",
      "rejected",
    ]);
    expect(names(bed, bed.admin)).toEqual(["accepted", "own", "pending", "rejected"]);
  });

  it("takes what it does not know for a column, or else for a property", () => {
    const bed = new ImageBed();
    made(bed, { name: "a", colour: "red", min_ram: 64, tags: ["x", "y"] });
    made(bed, { name: "b", colour: "blue", protected: true, tags: ["x"] });
    const queries = [
      "name=A",
      "colour=red",
      "min_ram=64",
      "min_ram_min=1",
      "protected=1",
      "tag=x&tag=y",
      "tag=x",
    ];
    expect(queries.map((query) => names(bed, bed.demo, `?${query}`).join(""))).toEqual([
      "a",
      "a",
      "a",
      "a",
      "b",
      "a",
      "ab",
    ]);
    expect(bed.as(bed.demo, "GET", "/v2/images?protected=true").status).toBe(500);
  });

  it.each([
    ["limit=x", "limit param must be an integer"],
    ["limit=-1", "limit param must be positive"],
    ["sort_dir=up", "Invalid sort direction: up"],
    ["sort_key=foo", "Sort key supplied was not valid."],
    ["visibility=mine", "Invalid visibility value: mine"],
    ["member_status=foo", "Invalid status: foo"],
    ["changes-since=2014", 'The "changes-since" filter is no longer available on v2.'],
    ["size_max=abc", "Unable to filter on a range with a non-numeric value."],
    ["marker=nothing", "No image found with ID nothing"],
  ])("?%s is a 400", (query, message) => {
    const bed = new ImageBed();
    made(bed);
    expect(said(bed.as(bed.demo, "GET", `/v2/images?${query}`))).toEqual([400, message]);
  });

  it("names a next page when this one is full, be it the last, and shows none for limit=0", () => {
    const bed = new ImageBed();
    const id = made(bed);
    const page = (query: string) => bed.as(bed.demo, "GET", `/v2/images${query}`).body;
    expect([page("?limit=1"), page("?limit=0"), page(`?limit=1&marker=${id}`)]).toMatchObject([
      { first: "/v2/images?limit=1", next: `/v2/images?marker=${id}&limit=1` },
      { images: [] },
      { first: "/v2/images?limit=1", images: [] },
    ]);
    expect(page("?limit=0")).not.toHaveProperty("next");
  });
});

describe("memberships of v2", () => {
  const share = (bed: ImageBed, id: string, body: unknown, bearer = bed.demo) =>
    said(bed.as(bearer, "POST", `/v2/images/${id}/members`, { body }));

  it("are made by the owner, once, for a private image, with a body", () => {
    const bed = new ImageBed();
    const [member, id] = [bed.project("other"), made(bed)];
    const shared = made(bed, { visibility: "public" }, bed.admin);
    share(bed, id, { member });
    expect([
      share(bed, id, undefined),
      share(bed, id, {}),
      share(bed, id, { member: "" }),
      share(bed, id, { member }),
      share(bed, id, { member: "x" }, bed.other),
      share(bed, shared, { member }, bed.admin),
    ]).toEqual([
      [400, "Body expected in request."],
      [400, "Member to be added not specified"],
      [400, "Member can't be empty"],
      [409, `The target member ${member} is already associated with image ${id}.`],
      [403, "You are not permitted to create image members for the image."],
      [403, "Public images do not have members."],
    ]);
  });

  it("are answered by the member alone, and taken back by the owner alone", () => {
    const bed = new ImageBed();
    const [member, id] = [bed.project("other"), made(bed)];
    share(bed, id, { member });
    const path = `/v2/images/${id}/members/${member}`;
    const put = (bearer: TokenBearer, body: unknown) => said(bed.as(bearer, "PUT", path, { body }));
    expect([
      put(bed.demo, { status: "accepted" }),
      put(bed.other, {}),
      put(bed.other, { status: "foo" }),
      said(bed.as(bed.other, "DELETE", path)),
      said(bed.as(bed.demo, "GET", `/v2/images/${id}/members/nobody`)),
      said(bed.as(bed.demo, "DELETE", path)),
      said(bed.as(bed.demo, "DELETE", path)),
    ]).toEqual([
      [403, "You are not permitted to modify 'status' on this image member."],
      [400, "Status not specified"],
      [400, 'Status must be "pending", "accepted" or "rejected".'],
      [403, `You cannot delete image member for ${id}`],
      [404, "An object with the specified identifier was not found."],
      [204, null],
      [404, "An object with the specified identifier was not found."],
    ]);
  });
});

describe("tags", () => {
  it("are put by the owner, twice as once, and taken if they are there", () => {
    const bed = new ImageBed();
    const id = made(bed, { visibility: "public" }, bed.admin);
    const tag = (method: string, bearer: TokenBearer, name = "x") =>
      said(bed.as(bearer, method, `/v2/images/${id}/tags/${name}`));
    expect([
      tag("PUT", bed.admin),
      tag("PUT", bed.admin),
      tag("PUT", bed.demo),
      tag("DELETE", bed.admin),
      tag("DELETE", bed.admin),
    ]).toEqual([
      [204, null],
      [204, null],
      [403, "You are not permitted to modify tags on this image."],
      [204, null],
      [404, "The resource could not be found."],
    ]);
  });
});

describe("GET /v2/schemas", () => {
  it("says what an image and a membership may be, one by one and listed", () => {
    const bed = new ImageBed();
    const schemas = ["image", "images", "member", "members"].map(
      (name) => bed.as(bed.demo, "GET", `/v2/schemas/${name}`).body,
    );
    expect(schemas).toMatchObject([
      {
        name: "image",
        additionalProperties: { type: "string" },
        properties: { name: { maxLength: 255 }, kernel_id: { is_base: false } },
      },
      { name: "images", properties: { images: { items: { name: "image" } } } },
      { name: "member", properties: { status: { enum: ["pending", "accepted", "rejected"] } } },
      { name: "members", links: [{ rel: "describedby" }] },
    ]);
    expect(bed.as(bed.demo, "POST", "/v2/schemas/image").status).toBe(405);
  });
});
