/**
 * The program `glance`, version 1: what it asks and what it prints. Upstream: python-glanceclient
 * 0.14.1, glanceclient/shell.py, v1/shell.py, v1/images.py, common/utils.py.
 */
import { describe, expect, it } from "vitest";
import { readCommand } from "../../src/clients/index.js";
import { humanSize } from "../../src/clients/glance/print.js";
import { filled } from "../../src/clients/openstack/text-wrap.js";
import { Bed } from "./bed.js";

const bed = new Bed({ seed: 5, servers: [] });
const demo = bed.id("project", "demo");

/** Without the login that every command begins with. */
const asked = (): readonly string[] => bed.requests.slice(2);

function lines(command: string): string[] {
  bed.mark();
  const { stdout, stderr, exit } = bed.run(command);
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
  const { stdout, stderr, exit } = bed.run(command);
  expect({ command, stdout, exit }).toEqual({ command, stdout: "", exit: 1 });
  return stderr;
}

const page = (title: string, text: string): string =>
  `<html>\n <head>\n  <title>${title}</title>\n </head>\n <body>\n  <h1>${title}</h1>\n  ${text}<br /><br />\n\n </body>\n</html>`;

describe("glance", () => {
  it("asks Keystone what it speaks before it logs in", () => {
    expect(lines("glance image-list")).toEqual([
      "+--------------------------------------+--------+-------------+------------------+----------+--------+",
      "| ID                                   | Name   | Disk Format | Container Format | Size     | Status |",
      "+--------------------------------------+--------+-------------+------------------+----------+--------+",
      `| ${bed.image} | cirros | qcow2       | bare             | 13631488 | active |`,
      "+--------------------------------------+--------+-------------+------------------+----------+--------+",
    ]);
    expect(bed.requests).toEqual([
      "GET /v2.0",
      "POST /v2.0/tokens",
      "GET /v1/images/detail?limit=20&sort_key=name&sort_dir=asc",
    ]);
    expect(bed.headers.map((headers) => [headers["user-agent"], headers["accept"]])).toEqual([
      ["python-keystoneclient", "application/json"],
      ["python-keystoneclient", "application/json"],
      ["python-glanceclient", "*/*"],
    ]);
    lines("glance --os-auth-url http://controller:5000/ image-list");
    expect(bed.requests.slice(0, 2)).toEqual(["GET /", "POST /v2.0/tokens"]);
  });

  it("finds an image by id or by name, and reads it once more to show it", () => {
    const rows = lines("glance image-show cirros");
    expect(asked()).toEqual([
      "GET /v1/images/detail?limit=20&name=cirros",
      `HEAD /v1/images/${bed.image}`,
    ]);
    expect(value(rows, "is_public")).toBe("True");
    expect(value(rows, "size")).toBe("13631488");
    expect(value(lines("glance image-show cirros --human-readable"), "size")).toBe("13MB");
    expect(failure("glance image-show 12")).toBe("No image with a name or ID of '12' exists.\n");
    expect(asked()).toEqual(["HEAD /v1/images/12", "GET /v1/images/detail?limit=20&name=12"]);
  });

  it("makes an image from headers, and data of the size that it is told", () => {
    const made = lines(
      "glance image-create --name x1 --disk-format raw --container-format bare --property a=b --min-ram 5",
    );
    expect(bed.headers.at(-1)).toMatchObject({
      "content-type": "application/octet-stream",
      "x-image-meta-is_public": "None",
      "x-image-meta-min_ram": "5",
      "x-image-meta-property-a": "b",
    });
    expect(value(made, "Property 'a'")).toBe("b");
    expect(value(made, "status")).toBe("queued");
    expect(value(made, "checksum")).toBe("None");
    const id = value(made, "id") ?? "";
    const updated = lines("glance image-update x1 --file f.img --size 1048576");
    expect(asked().at(-1)).toBe(`PUT /v1/images/${id}`);
    expect(bed.bodies.at(-1)).toEqual({ $data: { bytes: 1048576 } });
    expect([value(updated, "status"), value(updated, "size")]).toEqual(["active", "1048576"]);
    expect(bed.headers.at(-1)?.["x-glance-registry-purge-props"]).toBe("false");
    lines("glance image-update x1 --purge-props --file again.img");
    expect(bed.headers.at(-1)?.["x-glance-registry-purge-props"]).toBe("true");
    expect(failure("glance image-create --file f.img")).toMatch(
      /^\[Errno 2\] No such file or directory: u'f\.img'/u,
    );
  });

  it("pages through a list, and forgets the owner behind the first page", () => {
    lines("glance image-list --all-tenants --page-size 1");
    expect(asked()).toHaveLength(3);
    expect(asked()[1]).toBe(
      `GET /v1/images/detail?limit=1&sort_key=name&sort_dir=asc&is_public=None&marker=${bed.image}`,
    );
    expect(lines("glance image-list --owner nobody --page-size 1").slice(3, -1)).toEqual([
      expect.stringContaining("| x1"),
    ]);
    expect(lines("glance image-list --owner nobody").slice(3, -1)).toEqual([]);
    lines("glance image-list --is-public yes --size-min 5 --property-filter a=b");
    expect(asked()[0]).toBe(
      "GET /v1/images/detail?limit=20&sort_key=name&sort_dir=asc&size_min=5&is_public=True&property-a=b",
    );
  });

  it("tells an image that it cannot delete, and goes on", () => {
    lines("glance image-update x1 --is-protected yes");
    lines("glance image-create --name x2");
    const { stdout, exit } = bed.run("glance image-delete x1 x2");
    expect(exit).toBe(0);
    expect(stdout).toBe(
      `${page("403 Forbidden", "Image is protected")} (HTTP 403): Unable to delete image x1\n`,
    );
    lines("glance image-update x1 --is-protected no");
    expect(lines("glance -v image-delete x1")).toEqual([
      "Requesting image delete for x1 ... [Done]",
    ]);
    expect(failure("glance image-delete x2")).toBe("No image with a name or ID of 'x2' exists.\n");
  });

  it("shares an image", () => {
    const id = value(lines("glance image-create --name x3"), "id") ?? "";
    lines(`glance member-create x3 ${demo} --can-share`);
    expect(bed.bodies.at(-1)).toEqual({ member: { can_share: true } });
    expect(lines(`glance member-list --image-id ${id}`)[3]).toBe(`| ${id} | ${demo} | True      |`);
    lines(`glance member-create x3 ${demo}`);
    expect(lines(`glance member-list --tenant-id ${demo}`)[3]).toBe(
      `| ${id} | ${demo} |           |`,
    );
    lines(`glance member-delete x3 ${demo}`);
    expect(asked().at(-1)).toBe(`DELETE /v1/images/${id}/members/${demo}`);
    expect(bed.run("glance member-list")).toMatchObject({
      stdout: "Unable to list all members. Specify --image-id or --tenant-id\n",
      exit: 1,
    });
    expect(failure("glance member-list --image-id nope")).toBe(
      `${page("404 Not Found", "Image with identifier nope not found")} (HTTP 404)\n`,
    );
  });

  it("fails in the words of the library that fails", () => {
    expect(failure("glance --os-password wrong image-list")).toBe(
      "The request you have made requires authentication. (HTTP 401)\n",
    );
    const url = "--os-auth-token bad --os-image-url http://controller:9292/v1";
    expect(failure(`glance ${url} image-list`)).toBe("Invalid OpenStack Identity credentials.\n");
    expect(bed.requests).toHaveLength(1);
    expect(failure("glance --os-region-name x image-list")).toBe(
      "public endpoint for image service in x region not found\n",
    );
    expect(failure("glance --os-tenant-name '' --os-project-name p image-list")).toBe(
      "'Namespace' object has no attribute 'project_domain_name'\n",
    );
    expect(failure("glance image-create --disk-format nope --container-format bare")).toBe(
      `${page("400 Bad Request", "Invalid disk format &#39;nope&#39; for image.")} (HTTP 400)\n`,
    );
  });

  it("is read before a run", () => {
    expect(readCommand("glance image-list --sort-key x")).toMatchObject({
      ok: false,
      message: expect.stringContaining(
        "argument --sort-key: invalid choice: u'x' (choose from 'name'",
      ),
    });
    expect(readCommand("glance image-create --property a")).toMatchObject({
      ok: false,
      message: "need more than 1 value to unpack",
    });
    expect(readCommand("glance member-list")).toMatchObject({ ok: false, result: { exit: 1 } });
    expect(readCommand("glance image-upload x")).toMatchObject({
      ok: false,
      message: expect.stringContaining(
        "invalid choice: u'image-upload' (choose from 'image-create'",
      ),
    });
    expect(readCommand("glance --os-image-api-version 3 image-list")).toMatchObject({ ok: false });
    expect(readCommand("glance --os-image-api-version 2 md-namespace-list")).toMatchObject({
      ok: false,
      message: "glance md-namespace-list is not simulated",
    });
    expect(readCommand("glance image-show cirros")).toMatchObject({
      ok: true,
      command: { names: [{ what: "image", name: "cirros" }] },
    });
  });

  it("prints sizes and long values as Python does", () => {
    expect([0, 1023, 1024, 1536, 13631488, 1 << 30].map(humanSize)).toEqual([
      ...["0B", "1023B", "1kB", "1.5kB", "13MB", "1GB"],
    ]);
    expect(filled("ab cd-ef  gh", 6)).toEqual(["ab cd-", "ef  gh"]);
    expect(filled("aaaa bbbbbbbbbb", 6)).toEqual(["aaaa b", "bbbbbb", "bbb"]);
  });
});
