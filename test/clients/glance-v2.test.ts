/**
 * The program `glance`, version 2: what it asks and what it prints. Upstream: python-glanceclient 0.14.1,
 * glanceclient/v2/shell.py, v2/images.py, v2/image_members.py, common/utils.py.
 */
import { describe, expect, it } from "vitest";
import { Bed } from "./bed.js";

const bed = new Bed({ seed: 5, servers: [], flags: { show_multiple_locations: true } });
const demo = bed.id("project", "demo");

const V2 = "glance --os-image-api-version 2";

/** Without the login that every command begins with. */
const asked = (): readonly string[] => bed.requests.slice(2);

function lines(command: string): string[] {
  bed.mark();
  const { stdout, stderr, exit } = bed.run(`${V2} ${command}`);
  expect({ command, stderr, exit }).toEqual({ command, stderr: "", exit: 0 });
  return stdout.replace(/\n$/u, "").split("\n");
}

const value = (rows: readonly string[], property: string): string | undefined =>
  rows
    .find((row) => row.startsWith(`| ${property} `))
    ?.split("|")[2]
    ?.trim();

function failure(command: string): string {
  bed.mark();
  const { stdout, stderr, exit } = bed.run(`${V2} ${command}`);
  expect({ command, stdout, exit }).toEqual({ command, stdout: "", exit: 1 });
  return stderr;
}

const made = (more = ""): string =>
  value(lines(`image-create --name x --disk-format raw --container-format bare ${more}`), "id") ??
  "";

describe("glance --os-image-api-version 2", () => {
  it("lists ids and names, by pages, when it knows what an image is", () => {
    expect(lines("image-list")).toEqual([
      "+--------------------------------------+--------+",
      "| ID                                   | Name   |",
      "+--------------------------------------+--------+",
      `| ${bed.image} | cirros |`,
      "+--------------------------------------+--------+",
    ]);
    expect(asked()).toEqual(["GET /v2/schemas/image", "GET /v2/images?limit=20"]);
    lines("image-list --page-size 1 --tag a --tag b --visibility public");
    expect(asked()[1]).toBe("GET /v2/images?limit=1&visibility=public&tag=a&tag=b");
    lines("image-list --page-size 1");
    expect(asked()).toHaveLength(3);
    expect(asked()[2]).toMatch(/marker=/u);
  });

  it("shows an image by its id, and nothing by a name", () => {
    const rows = lines(`image-show ${bed.image}`);
    expect(asked()).toEqual([`GET /v2/images/${bed.image}`, "GET /v2/schemas/image"]);
    expect(value(rows, "visibility")).toBe("public");
    expect(value(rows, "tags")).toBe("[]");
    expect(["self", "file", "schema"].map((key) => value(rows, key))).toEqual(
      Array(3).fill(undefined),
    );
    expect(failure("image-show cirros")).toContain("No image found with ID cirros");
  });

  it("makes an image out of the options of its schema, and properties beside them", () => {
    const rows = lines(
      "image-create --name x1 --min-ram 5 --protected true --tags a b --property colour=red",
    );
    expect(asked()).toEqual(["GET /v2/schemas/image", "GET /v2/schemas/image", "POST /v2/images"]);
    expect(bed.bodies.at(-1)).toEqual({
      ...{ name: "x1", min_ram: 5, protected: true, tags: ["a", "b"], colour: "red" },
    });
    expect([value(rows, "status"), value(rows, "tags"), value(rows, "colour")]).toEqual([
      "queued",
      '["a", "b"]',
      "red",
    ]);
    expect(failure("image-create --status active")).toContain(
      "Attribute &#39;status&#39; is read-only.",
    );
  });

  it("changes an image by what differs, and reads it again", () => {
    const id = made("--property a=1 --property b=2");
    const rows = lines(
      `image-update ${id} --name y --min-disk 3 --property a=1 --property c=3 --remove-property b --remove-property z`,
    );
    expect(asked()).toEqual([
      "GET /v2/schemas/image",
      `GET /v2/images/${id}`,
      "GET /v2/schemas/image",
      `PATCH /v2/images/${id}`,
      `GET /v2/images/${id}`,
    ]);
    const patch = bed.bodies.find((body) => Array.isArray(body)) as { path: string }[];
    expect(patch.sort((one, two) => (one.path < two.path ? -1 : 1))).toEqual([
      { op: "remove", path: "/b" },
      { op: "add", path: "/c", value: "3" },
      { op: "replace", path: "/min_disk", value: 3 },
      { op: "replace", path: "/name", value: "y" },
    ]);
    expect([value(rows, "name"), value(rows, "a"), value(rows, "b"), value(rows, "c")]).toEqual([
      "y",
      "1",
      undefined,
      "3",
    ]);
  });

  it("uploads, downloads and deletes", () => {
    const id = made();
    lines(`image-upload ${id} --file f.img --size 1000`);
    expect(bed.headers.at(-1)?.["content-type"]).toBe("application/octet-stream");
    expect(value(lines(`image-show ${id}`), "size")).toBe("1000");
    lines(`image-download ${id} --file x`);
    expect(asked()).toEqual([`GET /v2/images/${id}/file`]);
    lines(`image-delete ${id}`);
    expect(asked()).toEqual([`DELETE /v2/images/${id}`]);
    expect(failure(`image-delete ${id}`)).toContain(`Failed to find image ${id} to delete`);
    expect(failure(`image-upload ${id} --file f.img`)).toMatch(/^\[Errno 2\]/u);
  });

  it("shares an image, and has the member accept it", () => {
    const id = made();
    expect(lines(`member-create ${id} other`)[3]).toBe(`| ${id} | other     | pending |`);
    expect(asked().slice(-2)).toEqual([`POST /v2/images/${id}/members`, "GET /v2/schemas/member"]);
    expect(lines(`member-list --image-id ${id}`)[3]).toBe(`| ${id} | other     | pending |`);
    expect(failure(`member-update ${id} other maybe`)).toContain(
      "Status must be &quot;pending&quot;, &quot;accepted&quot; or &quot;rejected&quot;.",
    );
    lines(`member-create ${id} ${demo}`);
    expect(lines(`member-update ${id} ${demo} accepted`)[3]).toContain("| accepted |");
    lines(`member-delete ${id} other`);
    expect(failure(`member-delete ${id} ''`)).toBe(
      "Unable to delete member. Specify image_id and member_id\n",
    );
  });

  it("gives tags and takes them", () => {
    const id = made();
    expect(lines(`image-tag-update ${id} blue`)[3]).toBe(`| ${id} | [u'blue'] |`);
    lines(`image-tag-delete ${id} blue`);
    expect(asked()).toEqual([`DELETE /v2/images/${id}/tags/blue`]);
    expect(failure(`image-tag-delete ${id} blue`)).toContain("404 Not Found");
  });

  it("adds, changes and takes places of data", () => {
    const id = made();
    const url = `file:///var/lib/glance/images/${bed.image}`;
    const rows = lines(`location-add ${id} --url ${url}`);
    expect([value(rows, "status"), value(rows, "locations")]).toEqual([
      "active",
      expect.stringContaining('[{"url": "file:///'),
    ]);
    expect(failure(`location-add ${id} --url ${url}`)).toBe(
      `A location entry at ${url} already exists (HTTP 409)\n`,
    );
    expect(failure(`location-delete ${id} --url http://x/y`)).toBe(
      "Unknown URL(s): [u'http://x/y'] (HTTP 404)\n",
    );
    expect(failure(`location-update ${id} --url http://x/y`)).toBe(
      "Unknown URL: http://x/y (HTTP 404)\n",
    );
    expect(failure(`location-update ${id} --url ${url} --metadata x`)).toBe(
      "Metadata is not a valid JSON object.\n",
    );
    lines(`location-update ${id} --url ${url} --metadata '{}'`);
    expect(asked()).toHaveLength(2);
  });

  it("explains what a thing may have", () => {
    const rows = lines("explain member");
    expect(rows[1]).toMatch(/^\| Attribute +\| Description +\|$/u);
    expect(rows.some((row) => row.includes("An identifier for the image member (tenantId)"))).toBe(
      true,
    );
    expect(lines("explain task").some((row) => row.startsWith("| expires_at "))).toBe(true);
    expect(failure("explain nothing")).toBe("Unable to find requested model 'nothing'\n");
  });
});
