/** Objects as clients see them: swift/proxy/controllers/obj.py, swift/obj/server.py at 2.2.0. */
import { describe, expect, it } from "vitest";
import { SwiftBed, type Asked } from "./bed.js";

function withContainer(flags = {}): SwiftBed {
  const bed = new SwiftBed({ flags });
  bed.swift("PUT", "/c");
  return bed;
}

const page = (title: string, text: string): string =>
  `<html><h1>${title}</h1><p>${text}</p></html>`;
const NOT_FOUND = page("Not Found", "The resource could not be found.");

describe("an object", () => {
  it("is what was put, with its sum, date and type", () => {
    const bed = withContainer();
    const put = bed.swift("PUT", "/c/a/b.txt", {
      body: "hello",
      headers: { "x-object-meta-color": "blue" },
    });
    expect(put).toMatchObject({
      status: 201,
      headers: {
        etag: "5d41402abc4b2a76b9719d911017c592",
        "last-modified": "Thu, 18 Sep 2014 04:03:10 GMT",
        "content-type": "text/html; charset=UTF-8",
        "content-length": "0",
      },
    });
    expect(put.headers["x-trans-id"]).toMatch(/^tx[0-9a-f]{21}-[0-9a-f]{10}$/);
    const got = bed.swift("GET", "/c/a/b.txt");
    expect(got).toMatchObject({
      status: 200,
      body: "hello",
      headers: {
        etag: "5d41402abc4b2a76b9719d911017c592",
        "content-type": "text/plain",
        "content-length": "5",
        "accept-ranges": "bytes",
        "x-object-meta-color": "blue",
      },
    });
    expect(Object.keys(got.headers).filter((name) => name.startsWith("x-backend"))).toEqual([]);
    const head = bed.swift("HEAD", "/c/a/b.txt");
    expect(head).toMatchObject({ status: 200, body: null, headers: { "content-length": "5" } });
  });

  it("is gone after DELETE, and was not there the second time", () => {
    const bed = withContainer();
    bed.swift("PUT", "/c/o", { body: "x" });
    expect(bed.swift("DELETE", "/c/o")).toMatchObject({ status: 204, body: "" });
    expect(bed.swift("GET", "/c/o")).toMatchObject({ status: 404, body: NOT_FOUND });
    expect(bed.swift("DELETE", "/c/o")).toMatchObject({ status: 404, body: NOT_FOUND });
  });

  it("needs a container, and says 404 without", () => {
    expect(new SwiftBed().swift("PUT", "/none/o", { body: "x" })).toMatchObject({
      status: 404,
      body: NOT_FOUND,
    });
  });

  it("leaves a tombstone on each disk, and nothing else", () => {
    const bed = withContainer();
    bed.swift("PUT", "/c/o", { body: "x" });
    const names = [bed.account(), "c", "o"] as const;
    const { primaries } = bed.placed("object", ...names);
    for (const node of primaries)
      expect(bed.files(node, ...names)).toEqual([expect.stringMatching(/^\d{10}\.\d{5}\.data$/)]);
    bed.swift("DELETE", "/c/o");
    for (const node of primaries)
      expect(bed.files(node, ...names)).toEqual([expect.stringMatching(/^\d{10}\.\d{5}\.ts$/)]);
  });

  it("is as old as the one that wrote last says (X-Timestamp: obj.py PUT)", () => {
    const bed = withContainer();
    bed.swift("PUT", "/c/o", { body: "new" });
    const older = bed.swift("PUT", "/c/o", {
      body: "old",
      headers: { "x-timestamp": "1400000000" },
    });
    expect(older.status).toBe(202);
    expect(bed.swift("GET", "/c/o").body).toBe("new");
    const wrong = bed.swift("DELETE", "/c/o", { headers: { "x-timestamp": "soon" } });
    expect(wrong).toMatchObject({
      status: 400,
      body: "X-Timestamp should be a UNIX timestamp float value; was 'soon'",
    });
  });

  it("of data that does not exist has one sum on all disks", () => {
    const bed = withContainer();
    const put = bed.swift("PUT", "/c/image", { body: { $data: { bytes: 1_000_000 } } });
    expect(put.status).toBe(201);
    expect(put.headers["etag"]).toMatch(/^[0-9a-f]{32}$/);
    expect(bed.swift("GET", "/c/image").body).toEqual({
      $data: { bytes: 1_000_000, checksum: put.headers["etag"] },
    });
  });
});

describe("a PUT is refused", () => {
  const refused: [string, Asked, string, number, string][] = [
    ["without a length", {}, "/c/o", 411, "Missing Content-Length header."],
    [
      "that is too large",
      { headers: { "content-length": "5368709123" } },
      "/c/o",
      413,
      "Your request is too large.",
    ],
    [
      "with a length that is none",
      { headers: { "content-length": "few" } },
      "/c/o",
      400,
      "Invalid Content-Length header value",
    ],
    [
      "in a form that is not known",
      { headers: { "transfer-encoding": "gzip" } },
      "/c/o",
      400,
      "Invalid Transfer-Encoding header value",
    ],
    [
      "in two forms",
      { headers: { "transfer-encoding": "gzip, chunked" } },
      "/c/o",
      501,
      "Unsupported Transfer-Coding header value specified in Transfer-Encoding header",
    ],
    [
      "under too long a name",
      { body: "x" },
      `/c/${"o".repeat(1025)}`,
      400,
      "Object name length of 1025 longer than 1024",
    ],
    [
      "with another If-None-Match than a star",
      { body: "x", headers: { "if-none-match": "somethingelse" } },
      "/c/o",
      400,
      "If-None-Match only supports *",
    ],
    [
      "of Swift's own type",
      { body: "x", headers: { "content-type": "text/plain; swift_bytes=3" } },
      "/c/o",
      400,
      "Invalid Content-Type, swift_* is not a valid parameter name.",
    ],
    [
      "with a value that is too long",
      { body: "x", headers: { "x-object-meta-a": "v".repeat(257) } },
      "/c/o",
      400,
      "Metadata value longer than 256: x-object-meta-a",
    ],
    [
      "with a name that is too long",
      { body: "x", headers: { [`x-object-meta-${"n".repeat(129)}`]: "v" } },
      "/c/o",
      400,
      `Metadata name too long: x-object-meta-${"n".repeat(129)}`,
    ],
    [
      "with no name",
      { body: "x", headers: { "x-object-meta-": "v" } },
      "/c/o",
      400,
      "Metadata name cannot be empty",
    ],
    [
      "with too much",
      {
        body: "x",
        headers: Object.fromEntries(
          Array.from({ length: 91 }, (_, at) => [`x-object-meta-${String(at)}`, "v"]),
        ),
      },
      "/c/o",
      400,
      "Too many metadata items; max 90",
    ],
    [
      "that ends in the past",
      { body: "x", headers: { "x-delete-at": "1" } },
      "/c/o",
      400,
      "X-Delete-At in past",
    ],
    [
      "that ends at no time",
      { body: "x", headers: { "x-delete-at": "never" } },
      "/c/o",
      400,
      "Non-integer X-Delete-At",
    ],
    [
      "that ends after no time",
      { body: "x", headers: { "x-delete-after": "soon" } },
      "/c/o",
      400,
      "Non-integer X-Delete-After",
    ],
    [
      "that ended some time ago",
      { body: "x", headers: { "x-delete-after": "-1" } },
      "/c/o",
      400,
      "X-Delete-After in past",
    ],
    [
      "that copies and has a body",
      { body: "x", headers: { "x-copy-from": "/c/a" } },
      "/c/o",
      400,
      "Copy requests require a zero byte body",
    ],
  ];
  const bed = withContainer();
  it.each(refused)("%s (constraints.py, obj.py PUT)", (_what, asked, path, status, body) => {
    expect(bed.swift("PUT", path, asked)).toMatchObject({ status, body });
  });

  it("whose sum is not what was sent: 422", () => {
    const wrong = bed.swift("PUT", "/c/o", { body: "x", headers: { etag: "0".repeat(32) } });
    expect(wrong).toMatchObject({
      status: 422,
      body: page("Unprocessable Entity", "Unable to process the contained instructions"),
    });
    expect(bed.swift("GET", "/c/o").status).toBe(404);
  });

  it("with If-None-Match: * where any copy is there: 412 (test_obj.py test_PUT_if_none_match_denied)", () => {
    const only = { body: "x", headers: { "if-none-match": "*" } };
    expect(bed.swift("PUT", "/c/once", only).status).toBe(201);
    expect(bed.swift("PUT", "/c/once", only)).toMatchObject({
      status: 412,
      body: page("Precondition Failed", "A precondition for this request was not met."),
    });
  });

  it("that is shorter than announced: 499", () => {
    const short = bed.swift("PUT", "/c/short", { body: "x", headers: { "content-length": "5" } });
    expect(short.status).toBe(499);
    expect(bed.swift("GET", "/c/short").status).toBe(404);
  });
});

describe("a part of an object (swob.py Range, Response)", () => {
  const bed = withContainer();
  bed.swift("PUT", "/c/o", { body: "0123456789" });
  const get = (headers: Readonly<Record<string, string>>) => bed.swift("GET", "/c/o", { headers });

  it.each([
    ["bytes=2-4", 206, "234", "bytes 2-4/10"],
    ["bytes=7-", 206, "789", "bytes 7-9/10"],
    ["bytes=-2", 206, "89", "bytes 8-9/10"],
    ["bytes=-20", 206, "0123456789", "bytes 0-9/10"],
    ["bytes=8-20", 206, "89", "bytes 8-9/10"],
  ])("%s is %i", (range, status, body, contentRange) => {
    const headers = { "content-range": contentRange, "content-length": String(body.length) };
    expect(get({ range })).toMatchObject({ status, body, headers });
  });

  it("behind its end cannot be had: 416", () => {
    expect(get({ range: "bytes=10-" }).status).toBe(416);
    expect(get({ range: "bytes=-0" }).status).toBe(416);
  });

  it("that is not written as it should be is all of it", () => {
    for (const range of ["bytes=4-2", "bytes=-", "lines=1-2", "bytes=a-b"]) {
      expect(get({ range })).toMatchObject({ status: 200, body: "0123456789" });
    }
  });

  it("may be several: multipart/byteranges", () => {
    const response = get({ range: "bytes=0-1,4-5" });
    expect(response.status).toBe(206);
    const boundary = /boundary=(\w+)$/.exec(response.headers["content-type"] ?? "")?.[1] ?? "";
    expect(response.body).toBe(
      `\r\n--${boundary}\r\nContent-Type: application/octet-stream\r\nContent-Range: bytes 0-1/10\r\n\r\n01` +
        `\r\n--${boundary}\r\nContent-Type: application/octet-stream\r\nContent-Range: bytes 4-5/10\r\n\r\n45` +
        `\r\n--${boundary}--\r\n`,
    );
  });

  it("cannot be had in more than two overlaps or fifty pieces", () => {
    expect(get({ range: "bytes=0-5,1-6,2-7" }).status).toBe(416);
    expect(get({ range: `bytes=${"0-0,".repeat(50)}1-1` }).status).toBe(416);
  });

  it("or nothing of it, as the conditions are", () => {
    const etag = "781e5e245d69b566979b86e28d23f2c7";
    expect(get({ "if-none-match": etag }).status).toBe(304);
    expect(get({ "if-match": "other" }).status).toBe(412);
    expect(get({ "if-match": `"${etag}"` }).status).toBe(200);
    expect(get({ "if-modified-since": "Thu, 18 Sep 2014 04:03:10 GMT" }).status).toBe(304);
    expect(get({ "if-unmodified-since": "Thu, 18 Sep 2014 04:03:09 GMT" }).status).toBe(412);
    expect(bed.swift("GET", "/c/none", { headers: { "if-match": "*" } }).status).toBe(412);
  });
});

describe("a copy (obj.py COPY, PUT)", () => {
  const source = {
    body: "data",
    headers: { "x-object-meta-color": "blue", "content-type": "a/b" },
  };

  it("has the data, the type and the metadata of its source, and what the request adds", () => {
    const bed = withContainer();
    bed.swift("PUT", "/c/o", source);
    const copy = bed.swift("COPY", "/c/o", {
      headers: { destination: "c/new", "x-object-meta-size": "large" },
    });
    expect(copy).toMatchObject({
      status: 201,
      headers: {
        "x-copied-from": "c/o",
        "x-copied-from-account": bed.account(),
        "x-copied-from-last-modified": "Thu, 18 Sep 2014 04:03:10 GMT",
      },
    });
    expect(bed.swift("GET", "/c/new")).toMatchObject({
      body: "data",
      headers: {
        "content-type": "a/b",
        "x-object-meta-color": "blue",
        "x-object-meta-size": "large",
      },
    });
  });

  it("may be asked for at its place", () => {
    const bed = withContainer();
    bed.swift("PUT", "/c/o", source);
    const headers = { "x-copy-from": "c/o", "content-length": "0" };
    expect(bed.swift("PUT", "/c/new", { headers }).status).toBe(201);
    expect(bed.swift("GET", "/c/new").body).toBe("data");
    const none = { "x-copy-from": "c/none", "content-length": "0" };
    expect(bed.swift("PUT", "/c/new", { headers: none }).status).toBe(404);
  });

  it.each([
    [{}, "Destination header required"],
    [{ destination: "c" }, "Destination header must be of the form <container name>/<object name>"],
    [{ destination: "c/o", "destination-account": "a/b" }, "Account name cannot contain slashes"],
  ])("to %j: 412", (headers, body) => {
    const bed = withContainer();
    bed.swift("PUT", "/c/o", source);
    expect(bed.swift("COPY", "/c/o", { headers })).toMatchObject({ status: 412, body });
  });

  it("to itself is what a POST is: other metadata, the same type, 202", () => {
    const bed = withContainer();
    bed.swift("PUT", "/c/o", source);
    const post = bed.swift("POST", "/c/o", { headers: { "x-object-meta-size": "large" } });
    expect(post).toMatchObject({
      status: 202,
      body: page("Accepted", "The request is accepted for processing."),
    });
    const { headers, body } = bed.swift("GET", "/c/o");
    expect(body).toBe("data");
    expect(headers).toMatchObject({ "x-object-meta-size": "large", "content-type": "a/b" });
    expect(headers).not.toHaveProperty("x-object-meta-color");
  });

  it("is not made where object_post_as_copy is off: a POST writes a file of its own", () => {
    const bed = withContainer({ object_post_as_copy: false });
    bed.swift("PUT", "/c/o", source);
    expect(bed.swift("POST", "/c/o", { headers: { "x-object-meta-size": "large" } }).status).toBe(
      202,
    );
    const names = [bed.account(), "c", "o"] as const;
    const [first] = bed.placed("object", ...names).primaries;
    expect(bed.files(first!, ...names).map((name) => name.replace(/.*\./, ""))).toEqual([
      "data",
      "meta",
    ]);
    const { headers } = bed.swift("GET", "/c/o");
    expect(headers).toMatchObject({ "x-object-meta-size": "large", "content-type": "a/b" });
    expect(bed.swift("POST", "/c/none").status).toBe(404);
  });
});

describe("an end (X-Delete-At, X-Delete-After)", () => {
  it("hides an object when it comes, and is queued for the expirer", () => {
    const bed = withContainer();
    bed.swift("PUT", "/c/o", { body: "x", headers: { "x-delete-after": "100" } });
    expect(bed.swift("HEAD", "/c/o").headers["x-delete-at"]).toBe("1411013089");
    bed.wait(101_000_000);
    expect(bed.swift("GET", "/c/o").status).toBe(404);
    const queued = bed.devices.flatMap((node) =>
      [...bed.drive(node).containers.values()]
        .filter(({ broker }) => broker.account === ".expiring_objects")
        .flatMap(({ broker }) => broker.sorted().map(({ name }) => name)),
    );
    expect(new Set(queued)).toEqual(new Set([`1411013089-${bed.account()}/c/o`]));
  });
});
