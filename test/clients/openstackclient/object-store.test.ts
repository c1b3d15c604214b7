/**
 * `openstack container` and `openstack object`: what they ask and what they print. Upstream:
 * python-openstackclient 0.4.1, openstackclient/object/v1/, object/v1/lib/, common/restapi.py.
 */
import { describe, expect, it } from "vitest";
import { OpenStackBed } from "./bed.js";

const bed = new OpenStackBed({ seed: 5, servers: [], services: ["swift"] });

describe("openstack container", () => {
  it("makes one, and shows the account that it is in", () => {
    const made = bed.members("openstack container create box");
    expect(bed.asked).toEqual(["PUT /box"]);
    expect(made).toMatchObject({ account: `AUTH_${bed.tenant}`, container: "box" });
    expect(made["x-trans-id"]).toMatch(/^tx/u);
  });

  it("shows one by its headers, where there is no owner", () => {
    expect(bed.members("openstack container show box")).toEqual({
      account: "None",
      bytes_used: "0",
      container: "box",
      object_count: "0",
      read_acl: "None",
      sync_key: "None",
      sync_to: "None",
      write_acl: "None",
    });
    expect(bed.asked).toEqual(["HEAD /box"]);
  });

  it("lists them, in one answer or in many", () => {
    for (const name of ["a1", "a2", "b1"]) bed.output(`openstack container create ${name}`);
    expect(bed.rows("openstack container list --prefix a")).toEqual(["Name", "a1", "a2"]);
    expect(bed.asked).toEqual(["GET ?prefix=a&format=json"]);
    expect(bed.rows("openstack container list --long --limit 1")).toEqual([
      "Name,Bytes,Count",
      "a1,0,0",
    ]);
    expect(bed.rows("openstack container list --all --limit 2")).toEqual([
      ...["Name", "a1", "a2", "b1", "box"],
    ]);
    expect(bed.asked).toEqual([
      "GET ?limit=2&format=json",
      "GET ?marker=a2&limit=2&format=json",
      "GET ?marker=box&limit=2&format=json",
    ]);
    expect(bed.rows("openstack container list --marker a1 --end-marker b1")).toEqual([
      "Name",
      "a2",
    ]);
  });

  it("is refused in the words of requests", () => {
    expect(bed.failure("openstack container show nope")).toBe(
      "ERROR: openstack 404 Client Error: Not Found\n",
    );
    expect(bed.failure("openstack container delete nope")).toBe(
      "ERROR: openstack 404 Client Error: Not Found\n",
    );
    expect(bed.output("openstack container delete b1")).toBe("");
  });
});

describe("openstack object", () => {
  it("has no file to take unless it is told how large it is", () => {
    expect(bed.failure("openstack object create box notes.txt")).toBe(
      "ERROR: openstack [Errno 2] No such file or directory: 'notes.txt'. There is no disk here: say with --size how many bytes it has.\n",
    );
    const made = bed.members("openstack object create box notes.txt --size 5");
    expect(bed.asked).toEqual(["PUT /box/notes.txt"]);
    expect(made).toMatchObject({ account: `AUTH_${bed.tenant}`, object: "notes.txt" });
    expect(made["etag"]).toMatch(/^[0-9a-f]{32}$/u);
    expect(bed.headers.at(-1)).not.toHaveProperty("content-type");
  });

  it("shows one by all of its headers", () => {
    const shown = bed.members("openstack object show box notes.txt");
    expect(shown).toMatchObject({
      account: "None",
      container: "box",
      "content-length": "5",
      "content-type": "text/plain",
      object: "notes.txt",
    });
    expect(Object.keys(shown)).toEqual(
      expect.arrayContaining(["etag", "last-modified", "x-timestamp"]),
    );
    expect(Object.keys(shown)).not.toContain("date");
  });

  it("lists them up to a delimiter, page by page", () => {
    for (const name of ["d/1", "d/2", "e/1"])
      bed.output(`openstack object create box ${name} --size 1`);
    expect(bed.rows("openstack object list box --prefix d/")).toEqual(["Name", "d/1", "d/2"]);
    expect(bed.rows("openstack object list box --delimiter / --all --limit 1")).toEqual([
      ...["Name", "", "", "notes.txt"],
    ]);
    expect(bed.asked).toEqual([
      "GET /box?delimiter=%2F&limit=1&format=json",
      "GET /box?marker=d%2F&delimiter=%2F&limit=1&format=json",
      "GET /box?marker=e%2F&delimiter=%2F&limit=1&format=json",
      "GET /box?marker=notes.txt&delimiter=%2F&limit=1&format=json",
    ]);
    const [head, row = ""] = bed.rows("openstack object list box --long --prefix notes");
    expect(head).toBe("Name,Bytes,Hash,Content Type,Last Modified");
    expect(row).toMatch(/^notes\.txt,5,[0-9a-f]{32},text\/plain,/u);
  });

  it("deletes one", () => {
    expect(bed.output("openstack object delete box notes.txt")).toBe("");
    expect(bed.failure("openstack object show box notes.txt")).toBe(
      "ERROR: openstack 404 Client Error: Not Found\n",
    );
    expect(bed.failure("openstack object delete box ../etc")).toContain("ERROR: openstack 4");
  });
});
