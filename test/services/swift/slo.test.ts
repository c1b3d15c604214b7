/** Static large objects: swift/common/middleware/slo.py, swift/common/request_helpers.py (SegmentedIterable) at 2.2.0. */
import { md5 } from "@noble/hashes/legacy.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { describe, expect, it } from "vitest";
import type { HttpResponse } from "../../../src/http/index.js";
import { SwiftBed } from "./bed.js";

const sum = (text: string): string => bytesToHex(md5(utf8ToBytes(text)));

interface Line {
  path: unknown;
  etag: unknown;
  size_bytes: unknown;
}

const line = (name: string, text: string): Line => ({
  path: `/parts/${name}`,
  etag: sum(text),
  size_bytes: text.length,
});

/** Segments of any size, and a few of them stored. */
function filled(): SwiftBed {
  const bed = new SwiftBed({ flags: { min_segment_size: 1 } });
  bed.swift("PUT", "/c");
  bed.swift("PUT", "/parts");
  for (const [name, body] of Object.entries(PARTS)) bed.swift("PUT", `/parts/${name}`, { body });
  return bed;
}

const PARTS = { a: "12345", b: "abcdef", z: "!" } as const;
const LINES = Object.entries(PARTS).map(([name, text]) => line(name, text));

const put = (bed: SwiftBed, body: unknown, headers = {}, name = "big"): HttpResponse =>
  bed.swift("PUT", `/c/${name}?multipart-manifest=put`, { body, headers });

const ETAG = `"${sum(Object.values(PARTS).map(sum).join(""))}"`;

describe("a manifest that is put", () => {
  it("is answered with the sum of its segments' sums, and stored as JSON that names them", () => {
    const bed = filled();
    expect(put(bed, JSON.stringify(LINES))).toMatchObject({ status: 201, headers: { etag: ETAG } });
    const stored = bed.swift("GET", "/c/big?multipart-manifest=get");
    expect(stored.headers).toMatchObject({
      "content-type": "application/json; charset=utf-8",
      "x-static-large-object": "True",
    });
    const [first] = JSON.parse(stored.body as string) as object[];
    expect(first).toEqual({
      name: "/parts/a",
      bytes: 5,
      hash: sum("12345"),
      content_type: "application/octet-stream",
      last_modified: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000000$/) as string,
    });
  });

  it("is in the listing with the size of what it stands for, and its own weighs on the container", () => {
    const bed = filled();
    put(bed, LINES, { "content-type": "video/mp4" });
    const manifest = bed.swift("GET", "/c/big?multipart-manifest=get").body as string;
    expect(bed.swift("GET", "/c?format=json").body).toMatchObject([
      { name: "big", bytes: 12, content_type: "video/mp4", hash: sum(manifest) },
    ]);
    expect(bed.swift("HEAD", "/c").headers["x-container-bytes-used"]).toBe(String(manifest.length));
  });

  it.each([
    ["nothing", "", "Manifest must be valid json."],
    ["no JSON", "[", "Manifest must be valid json."],
    ["a number", "3", "Invalid SLO Manifest File"],
    ["null", "null", "Invalid SLO Manifest File"],
    ["a text", '"abc"', "Invalid SLO Manifest File"],
    ["a dictionary", '{"path": 1}', "Invalid SLO Manifest File"],
    ["a list of numbers", "[1]", "Invalid SLO Manifest File"],
    ["a list of lists", '[["path", "etag", "size_bytes"]]', "Invalid SLO Manifest File"],
    ["a line without a sum", '[{"path": "/a/b", "size_bytes": 1}]', "Invalid SLO Manifest File"],
    ["one with more", JSON.stringify([{ ...LINES[0], range: "1-2" }]), "Invalid SLO Manifest File"],
    [
      "one of no object",
      JSON.stringify([{ ...LINES[0], path: "/c" }]),
      "Invalid SLO Manifest File",
    ],
    [
      "a path that is a number",
      JSON.stringify([{ ...LINES[0], path: 1 }]),
      "Invalid SLO Manifest File",
    ],
    [
      "a size that is none",
      JSON.stringify([{ ...LINES[0], size_bytes: "x" }]),
      "Invalid Manifest File",
    ],
    ["no size", JSON.stringify([{ ...LINES[0], size_bytes: null }]), "Invalid Manifest File"],
    [
      "a segment of nothing",
      JSON.stringify([{ ...LINES[0], size_bytes: 0 }]),
      "Each segment, except the last, must be at least 1 bytes.",
    ],
  ])("is refused with 400 if it is %s", (_what, body, words) => {
    expect(put(filled(), body)).toMatchObject({
      status: 400,
      headers: { "content-type": "text/html; charset=UTF-8" },
      body: words,
    });
  });

  it("names in its refusal each segment that is not what it says, as the client takes it", () => {
    const bed = filled();
    const wrong = [
      { ...line("a", "12345"), size_bytes: 4 },
      { ...line("b", "abcdef"), etag: null },
      line("no ne", "x"),
      line("z", "?!"),
    ];
    const problems = [
      ["/parts/a", "Size Mismatch"],
      ["/parts/b", "Etag Mismatch"],
      ["/parts/no%20ne", "404 Not Found"],
      ["/parts/z", "Size Mismatch"],
      ["/parts/z", "Etag Mismatch"],
    ];
    expect(put(bed, wrong)).toMatchObject({
      status: 400,
      headers: { "content-type": "text/plain" },
      body: `Errors:\n${problems.map((pair) => pair.join(", ")).join("\n")}`,
    });
    expect(put(bed, wrong, { accept: "application/json" })).toMatchObject({
      status: 400,
      headers: { "content-type": "application/json" },
      body: { Errors: problems },
    });
    const xml = put(bed, [line("no<ne", "x")], { accept: "text/xml" });
    expect(xml).toMatchObject({ status: 400, headers: { "content-type": "text/xml" } });
    expect(xml.body).toBe(
      "<delete>\n<errors>\n<object><name>/parts/no%3Cne</name><status>404 Not Found</status></object></errors>\n</delete>\n",
    );
    expect(bed.swift("HEAD", "/c/big").status).toBe(404);
  });

  it("takes a mebibyte for each segment, and anything for the last of several", () => {
    const bed = new SwiftBed();
    bed.swift("PUT", "/c");
    bed.swift("PUT", "/parts");
    const bytes = 1_048_576;
    const etag = sum("any");
    bed.swift("PUT", "/parts/m", { body: { $data: { bytes, checksum: etag } } });
    bed.swift("PUT", "/parts/z", { body: "!" });
    const large = { path: "/parts/m", etag, size_bytes: bytes };
    expect(put(bed, [line("z", "!")]).body).toBe(
      "Each segment, except the last, must be at least 1048576 bytes.",
    );
    expect(put(bed, [large, line("z", "!"), line("z", "!")]).status).toBe(400);
    expect(put(bed, [large, line("z", "!")]).status).toBe(201);
    expect(bed.swift("GET", "/c/big").body).toEqual({ $data: { bytes: bytes + 1 } });
  });

  it("has limits, wants a length, and is no copy", () => {
    const bed = new SwiftBed({ flags: { max_manifest_segments: 1, max_manifest_size: 300 } });
    bed.swift("PUT", "/c");
    expect(put(bed, [line("a", "1"), line("a", "1")])).toMatchObject({
      status: 413,
      body: "Number of segments must be <= 1",
    });
    expect(put(bed, "x".repeat(301))).toMatchObject({
      status: 413,
      body: "Manifest File > 300 bytes",
    });
    expect(put(bed, "", { "x-copy-from": "c/o", "content-length": "0" })).toMatchObject({
      status: 405,
      body: "Multipart Manifest PUTs cannot be COPY requests",
    });
    expect(put(bed, undefined).status).toBe(411);
  });

  it("may be of nothing at all: an empty list is valid", () => {
    const bed = filled();
    expect(put(bed, "[]").status).toBe(201);
    expect(bed.swift("GET", "/c/big")).toMatchObject({
      status: 200,
      headers: { etag: `"${sum("")}"`, "content-length": "0" },
    });
  });

  it("is the only way to the header that marks it", () => {
    const bed = filled();
    const headers = { "x-static-large-object": "true" };
    const words =
      "X-Static-Large-Object is a reserved header. To create a static large object add query param multipart-manifest=put.";
    expect(bed.swift("PUT", "/c/o", { headers, body: "x" })).toMatchObject({
      status: 400,
      body: words,
    });
    expect(bed.swift("POST", "/c/o", { headers }).status).toBe(400);
  });
});

describe("a static large object", () => {
  function made(): SwiftBed {
    const bed = filled();
    put(bed, LINES);
    return bed;
  }

  it("is read as its segments, one after the other", () => {
    const bed = made();
    const headers = { etag: ETAG, "content-length": "12", "x-static-large-object": "True" };
    expect(bed.swift("GET", "/c/big")).toMatchObject({
      status: 200,
      headers,
      body: "12345abcdef!",
    });
    expect(bed.swift("HEAD", "/c/big")).toMatchObject({ status: 200, headers });
  });

  it.each([
    ["bytes=0-4", 206, "12345", "bytes 0-4/12"],
    ["bytes=3-6", 206, "45ab", "bytes 3-6/12"],
    ["bytes=-2", 206, "f!", "bytes 10-11/12"],
    ["bytes=11-", 206, "!", "bytes 11-11/12"],
    ["bytes=0-1,5-6", 200, "12345abcdef!", undefined],
  ])("is read in part: %s", (range, status, body, contentRange) => {
    const response = made().swift("GET", "/c/big", { headers: { range } });
    expect(response).toMatchObject({ status, body });
    expect(response.headers["content-range"]).toBe(contentRange);
    expect(response.headers["content-length"]).toBe(String(body.length));
    // A part has no sum.
    expect(response.headers["etag"]).toBe(status === 206 ? undefined : ETAG);
  });

  it("has conditions and ranges of its own, not of the manifest's", () => {
    const bed = made();
    const get = (headers: Record<string, string>): number =>
      bed.swift("GET", "/c/big", { headers }).status;
    expect(get({ "if-match": ETAG })).toBe(200);
    expect(get({ "if-match": "no" })).toBe(412);
    expect(get({ "if-none-match": ETAG })).toBe(304);
    expect(get({ range: "bytes=12-" })).toBe(416);
    expect(bed.swift("HEAD", "/c/big", { headers: { "if-none-match": ETAG } }).status).toBe(304);
  });

  it("may have others among its segments, which are fetched as far as they are wanted", () => {
    const bed = made();
    const inner = { path: "/c/big", etag: ETAG.replaceAll('"', ""), size_bytes: 12 };
    expect(put(bed, [line("z", "!"), inner, line("a", "12345")], {}, "outer").status).toBe(201);
    expect(bed.swift("GET", "/c/outer").body).toBe("!12345abcdef!12345");
    expect(bed.swift("GET", "/c/outer", { headers: { range: "bytes=4-7" } }).body).toBe("45ab");
    const stored = JSON.parse(
      bed.swift("GET", "/c/outer?multipart-manifest=get").body as string,
    ) as object[];
    expect(stored[1]).toMatchObject({ name: "/c/big", bytes: 12, sub_slo: true });
    bed.swift("DELETE", "/c/big");
    expect(bed.swift("GET", "/c/outer", { headers: { range: "bytes=0-0" } }).body).toBe("!");
    expect(bed.swift("GET", "/c/outer").body).toBe("!");
    const account = bed.account();
    expect(bed.logged.join("\n")).toContain(
      `ERROR: While processing manifest /v1/${account}/c/outer, ERROR: while fetching /v1/${account}/c/outer, ` +
        `GET of submanifest /v1/${account}/c/big failed with status 404`,
    );
  });

  it("breaks where a segment is no more what it was, or gone", () => {
    const bed = made();
    bed.swift("PUT", "/parts/b", { body: "ABCDEF" });
    expect(bed.swift("GET", "/c/big")).toMatchObject({
      status: 200,
      headers: { "content-length": "12" },
      body: "12345",
    });
    const path = `/v1/${bed.account()}/parts/b`;
    expect(bed.logged.join("\n")).toContain(
      `Object segment no longer valid: ${path} etag: ${sum("ABCDEF")} != ${sum("abcdef")} or 6 != 6.`,
    );
    bed.swift("DELETE", "/parts/a");
    expect(bed.swift("GET", "/c/big").status).toBe(500);
    expect(bed.logged.join("\n")).toContain(
      `ERROR: While processing manifest /v1/${bed.account()}/c/big, got 404 while retrieving /v1/${bed.account()}/parts/a`,
    );
  });

  it("is copied as what it stands for, or as a manifest if that is asked for", () => {
    const bed = made();
    const headers = { destination: "c/copy" };
    bed.swift("COPY", "/c/big", { headers });
    const copy = bed.swift("GET", "/c/copy?multipart-manifest=get");
    expect(copy.body).toBe("12345abcdef!");
    expect(copy.headers["x-static-large-object"]).toBeUndefined();
    bed.swift("COPY", "/c/big?multipart-manifest=get", { headers });
    expect(bed.swift("GET", "/c/copy").body).toBe("12345abcdef!");
    bed.swift("POST", "/c/big", { headers: { "x-object-meta-a": "b" } });
    expect(bed.swift("HEAD", "/c/big").headers).toMatchObject({
      "x-object-meta-a": "b",
      "x-static-large-object": "True",
      "content-length": "12",
    });
  });
});

describe("?multipart-manifest=delete", () => {
  const remove = (bed: SwiftBed, name: string): HttpResponse =>
    bed.swift("DELETE", `/c/${name}?multipart-manifest=delete`, {
      headers: { accept: "application/json" },
    });

  it("deletes the segments and then the manifest, and those below it", () => {
    const bed = filled();
    put(bed, LINES);
    const inner = { path: "/c/big", etag: ETAG.replaceAll('"', ""), size_bytes: 12 };
    put(bed, [inner], {}, "outer");
    expect(remove(bed, "outer")).toMatchObject({
      status: 200,
      body: { "Number Deleted": 5, "Number Not Found": 0, "Response Status": "200 OK", Errors: [] },
    });
    expect(bed.swift("GET", "/c").status).toBe(204);
    expect(bed.swift("GET", "/parts").status).toBe(204);
  });

  it("leaves what is no manifest, and counts what is not there", () => {
    const bed = filled();
    bed.swift("PUT", "/c/o", { body: "x" });
    expect(remove(bed, "o").body).toMatchObject({
      "Response Status": "400 Bad Request",
      Errors: [["/c/o", "Not an SLO manifest"]],
    });
    expect(bed.swift("HEAD", "/c/o").status).toBe(200);
    expect(remove(bed, "none").body).toMatchObject({ "Number Not Found": 1, "Number Deleted": 0 });
  });

  it("deletes what is left of one whose segments are gone", () => {
    const bed = filled();
    put(bed, LINES);
    bed.swift("DELETE", "/parts/a");
    expect(remove(bed, "big").body).toMatchObject({ "Number Not Found": 1, "Number Deleted": 3 });
  });
});
