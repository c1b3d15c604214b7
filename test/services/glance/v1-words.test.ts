/**
 * Laws of what v1 and the registry take, and of their words: glance/api/v1/images.py, members.py,
 * glance/registry/api/v1/images.py, members.py, glance/common/utils.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import type { HttpResponse } from "../../../src/http/index.js";
import type { TokenBearer } from "../../../src/services/glance/client/index.js";
import { API, ImageBed, MB } from "./bed.js";

const said = ({ status, body }: HttpResponse): unknown[] => [
  status,
  typeof body === "string"
    ? body
        .split("\n\n")
        .slice(1)
        .join("\n\n")
        .replace(/\n\n {3}$/, "")
    : body,
];

const FORMATS = { "x-image-meta-disk_format": "raw", "x-image-meta-container_format": "bare" };

function made(bed: ImageBed, headers: object = {}, bearer: TokenBearer = bed.demo): string {
  const answer = bed.as(bearer, "POST", "/v1/images", { headers: { ...FORMATS, ...headers } });
  return (answer.body as { image: { id: string } }).image.id;
}

describe("POST /v1/images", () => {
  it.each([
    [{ "x-image-meta-colour": "red" }, 400, "Bad header: x-image-meta-colour"],
    [{ "x-image-meta-disk_format": "floppy" }, 400, "Invalid disk format 'floppy' for image."],
    [{ "x-image-meta-disk_format": "" }, 400, "Invalid disk format 'None' for image."],
    [{ "x-image-meta-name": "x".repeat(256) }, 400, "Image name too long: 256"],
    [
      { "x-image-meta-size": "big" },
      400,
      "Invalid value 'big' for parameter 'size': Cannot convert image size 'big' to an integer.",
    ],
    [
      { "x-image-meta-min_ram": "-1" },
      400,
      "Invalid value '-1' for parameter 'min_ram': Image min_ram must be >= 0 ('-1' specified).",
    ],
    [{ "x-image-meta-is_public": "True" }, 403, "Access was denied to this resource."],
    [
      { "x-image-meta-location": "file:///etc/passwd" },
      400,
      "External sourcing not supported for store 'file'",
    ],
    [
      { "x-glance-api-copy-from": "ftp://h/x" },
      400,
      "External sourcing not supported for store 'ftp'",
    ],
    [{ "x-image-meta-store": "rbd" }, 400, "Required store rbd is invalid"],
    [
      { "x-image-meta-id": "mine" },
      400,
      "Failed to reserve image. Got error: 400 Bad Request\n\nInvalid image id format",
    ],
    [
      { "x-image-meta-size": "1099511627777" },
      400,
      "Denying attempt to upload image larger than 1099511627776 bytes.",
    ],
    [
      { "x-image-meta-disk_format": "aki", "x-image-meta-container_format": "ami" },
      400,
      "Invalid mix of disk and container formats. When setting a disk or container format to one of 'aki', 'ari', or 'ami', the container and disk formats must match.",
    ],
  ])("%j is refused", (headers, status, message) => {
    const bed = new ImageBed();
    const answer = bed.as(bed.demo, "POST", "/v1/images", { headers });
    expect(said(answer)).toEqual([status, expect.stringContaining(message)]);
  });

  it("fills in the other one of Amazon's formats, and falls over an empty number", () => {
    const bed = new ImageBed();
    const post = (headers: object) =>
      bed.as(bed.demo, "POST", "/v1/images", { headers: { ...headers } });
    expect([
      post({ "x-image-meta-disk_format": "ami" }),
      post({ "x-image-meta-min_disk": "" }),
      post({ "x-image-meta-protected": "perhaps" }),
    ]).toMatchObject([
      { status: 201, body: { image: { container_format: "ami", virtual_size: null } } },
      { status: 500 },
      { status: 201, body: { image: { protected: false } } },
    ]);
  });

  it("an id that is taken is a conflict", () => {
    const bed = new ImageBed();
    const id = made(bed);
    const again = bed.as(bed.demo, "POST", "/v1/images", { headers: { "x-image-meta-id": id } });
    expect(said(again)).toEqual([409, `An image with identifier ${id} already exists`]);
  });
});

describe("PUT and DELETE /v1/images/{id}", () => {
  it("of another's public image are forbidden, of one that cannot be seen not found", () => {
    const bed = new ImageBed();
    const shared = made(bed, { "x-image-meta-is_public": "True" }, bed.admin);
    const hidden = made(bed, {}, bed.admin);
    const ask = (method: string, id: string) => said(bed.as(bed.demo, method, `/v1/images/${id}`));
    const denied = "403 Forbidden\n\nAccess was denied to this resource.";
    expect([
      ask("PUT", shared),
      ask("DELETE", shared),
      ask("PUT", hidden),
      ask("DELETE", "x"),
    ]).toEqual([
      [403, expect.stringContaining(`Forbidden to update image: ${denied}`)],
      [403, expect.stringContaining(`Forbidden to delete image: ${denied}`)],
      [404, `Image with identifier ${hidden} not found`],
      [404, "Image with identifier x not found"],
    ]);
  });

  it("a status may be written by whoever may write (#1482371), if it is one", () => {
    const bed = new ImageBed();
    const id = made(bed);
    const put = (status: string) =>
      bed.as(bed.demo, "PUT", `/v1/images/${id}`, { headers: { "x-image-meta-status": status } });
    const [wrong, right] = [put("sleeping"), put("active")];
    expect([said(wrong)[0], right.status, bed.status(id)]).toEqual([400, 200, "active"]);
  });

  it("a HEAD of the details is no operation", () => {
    const bed = new ImageBed();
    const { status, headers } = bed.as(bed.demo, "HEAD", "/v1/images/detail");
    expect([status, headers["allow"]]).toEqual([405, "GET"]);
  });
});

describe("lists of v1", () => {
  it.each([
    ["limit=x", "limit param must be an integer"],
    ["limit=-1", "limit param must be positive"],
    ["marker=x", "Invalid marker format"],
    ["marker=00000000-0000-0000-0000-000000000000", "Invalid marker. Image could not be found."],
    [
      "sort_key=foo",
      "Unsupported sort_key. Acceptable values: name, status, container_format, disk_format, size, id, created_at, updated_at",
    ],
    ["sort_dir=up", "Unsupported sort_dir. Acceptable values: asc, desc"],
    ["changes-since=yesterday", "Unrecognized changes-since value"],
    ["protected=none", "protected must be True, or False"],
  ])("?%s is a 400 with the registry's page in it", (query, message) => {
    const bed = new ImageBed();
    const answer = bed.as(bed.demo, "GET", `/v1/images/detail?${query}`);
    expect(said(answer)).toEqual([400, expect.stringContaining(`400 Bad Request\n\n${message}`)]);
  });

  it.each([
    ["size_min=x", "Bad value passed to filter size_min got x"],
    ["size_max=-1", "Bad value passed to filter size_max got -1"],
    ["is_public=maybe", "Bad value passed to filter is_public got maybe"],
    ["protected=yes", "Bad value passed to filter protected got yes"],
  ])("?%s is a 400 of the API's own", (query, message) => {
    const bed = new ImageBed();
    expect(said(bed.as(bed.demo, "GET", `/v1/images?${query}`))).toEqual([400, message]);
  });

  it("know these filters and no others, and of what was changed since also what is gone", () => {
    const bed = new ImageBed();
    const [a, b] = ["a", "b"].map((name) =>
      made(bed, { "x-image-meta-name": name, "x-image-meta-property-colour": name }),
    );
    const ids = (query: string, bearer: TokenBearer = bed.demo) => {
      const { body } = bed.as(bearer, "GET", `/v1/images/detail?${query}`);
      return (body as { images: { id: string }[] }).images.map(({ id }) => id);
    };
    bed.as(bed.demo, "DELETE", `/v1/images/${b!}`);
    expect([
      ids("name=A"),
      ids("property-colour=a"),
      ids("property-colour=b"),
      ids("owner=nobody"),
      ids("limit=0"),
      ids("changes-since=2014-09-18T03:00:00Z").sort(),
      ids("changes-since=2014-09-18T05:03:00%2B01:00").length,
      ids("is_public=none&deleted=1", bed.admin),
    ]).toEqual([
      [a],
      [a],
      [],
      [a],
      [],
      [a, b].sort(),
      2,
      // The API knows no such filter, and does not ask the registry for it.
      [a],
    ]);
  });
});

describe("memberships of v1", () => {
  it("are the owner's to give; a member who may share may, and others find nothing", () => {
    const bed = new ImageBed();
    const id = made(bed);
    const [other, admin] = ["other", "admin"].map((name) => bed.project(name));
    const put = (bearer: TokenBearer, member: string, body?: unknown) =>
      bed.as(bearer, "PUT", `/v1/images/${id}/members/${member}`, { body });
    const first = put(bed.demo, other!);
    const refused = put(bed.other, admin!);
    put(bed.demo, other!, { member: { can_share: true } });
    const allowed = put(bed.other, admin!);
    const gone = bed.as(bed.demo, "DELETE", `/v1/images/${id}/members/nobody`);
    expect([first.status, said(refused), allowed.status, said(gone)]).toEqual([
      204,
      [404, expect.stringContaining("No permission to share that image")],
      204,
      [404, expect.stringContaining("Membership could not be found.")],
    ]);
    const shared = bed.as(bed.other, "GET", `/v1/shared-images/${other!}`).body;
    expect(shared).toEqual({ shared_images: [{ image_id: id, can_share: true }] });
  });
});

describe("pages of errors, and versions", () => {
  it("are HTML for whoever accepts it, as the clients do (webob 1.2)", () => {
    const bed = new ImageBed();
    const headers = { accept: "*/*" };
    const { body } = bed.as(bed.demo, "GET", "/v1/images/<b>", { headers });
    expect(body).toBe(
      "<html>\n <head>\n  <title>404 Not Found</title>\n </head>\n <body>\n  <h1>404 Not Found</h1>\n" +
        "  Image with identifier &lt;b&gt; not found<br /><br />\n\n\n\n </body>\n</html>",
    );
  });

  it.each(["/", "/versions", "/v3", "/v1.2/images"])(
    "%s lists the versions, without a token",
    (path) => {
      const { status, body } = new ImageBed().ask("GET", API + path);
      expect([status, body]).toMatchObject([
        300,
        { versions: [{ id: "v2.2", status: "CURRENT" }, {}, {}, {}, {}] },
      ]);
    },
  );

  it.each(["/v1.0/images", "/v1.1/images", "/v2.0/images", "/v2.2/images"])(
    "%s is an API too",
    (path) => {
      const bed = new ImageBed();
      bed.uploaded(bed.demo, MB);
      expect(bed.as(bed.demo, "GET", path)).toMatchObject({ status: 200, body: { images: [{}] } });
    },
  );
});
