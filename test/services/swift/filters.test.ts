/** Filters of the proxy: swift/common/middleware/bulk.py, container_quotas.py at 2.2.0. */
import { describe, expect, it } from "vitest";
import type { HttpResponse } from "../../../src/http/index.js";
import { seconds } from "../../../src/kernel/index.js";
import { SwiftBed } from "./bed.js";

function filled(...names: string[]): SwiftBed {
  const bed = new SwiftBed();
  bed.swift("PUT", "/c");
  for (const name of names) bed.swift("PUT", `/c/${name}`, { body: "12345" });
  return bed;
}

describe("many deletes at once (?bulk-delete)", () => {
  const bulk = (bed: SwiftBed, body: unknown, headers = {}, method = "POST"): HttpResponse =>
    bed.swift(method, "?bulk-delete", {
      body,
      headers: { "content-type": "text/plain", ...headers },
    });

  it("answers 200 and counts what is gone and what was not there", () => {
    const bed = filled("a", "b c");
    expect(bulk(bed, "/c/a\nc/b%20c\n/c/none\n")).toMatchObject({
      status: 200,
      headers: { "content-type": "text/plain" },
      body: [
        ...["Number Deleted: 2", "Number Not Found: 1", "Response Body: "],
        ...["Response Status: 200 OK", "Errors:", ""],
      ].join("\n"),
    });
    expect(bed.swift("GET", "/c").status).toBe(204);
  });

  it("answers in JSON to who takes that, names what failed, and deletes containers too", () => {
    const bed = filled("a");
    bed.swift("PUT", "/empty");
    expect(bulk(bed, "/c\n/empty", { accept: "application/json" }, "DELETE")).toMatchObject({
      status: 200,
      headers: { "content-type": "application/json" },
      body: {
        "Number Deleted": 1,
        "Number Not Found": 0,
        "Response Status": "400 Bad Request",
        "Response Body": "",
        Errors: [["/c", "409 Conflict"]],
      },
    });
  });

  it.each([
    ["nothing", "\n", {}, "400 Bad Request", "Invalid bulk delete."],
    ["another type", "/c/a", { "content-type": "a/b" }, "406 Not Acceptable", ""],
    ["an answer that there is not", "/c/a", { accept: "image/png" }, "406 Not Acceptable", ""],
    ["a name without end", "x".repeat(3000), {}, "400 Bad Request", "Invalid File Name"],
    [
      "too many names",
      "x\n".repeat(10_001),
      {},
      "413 Request Entity Too Large",
      "Maximum Bulk Deletes: 10000 per request",
    ],
    ["no length", undefined, {}, "411 Length Required", ""],
  ])("says 200, and in its body that %s is wrong", (_what, body, headers, status, words) => {
    const response = bulk(filled("a"), body, headers);
    expect(response.status).toBe(200);
    expect(response.body).toContain(`Response Status: ${status}\n`);
    expect(response.body).toContain(`Response Body: ${words}\n`);
  });

  it("answers in XML to who takes that, in a type of its own name", () => {
    const bed = filled("a&b");
    for (const accept of ["application/xml", "text/xml"]) {
      expect(bulk(bed, "/c\n", { accept })).toMatchObject({
        status: 200,
        headers: { "content-type": accept },
        body: [
          '<?xml version="1.0" encoding="UTF-8"?>',
          "<delete>",
          "<number_deleted>0</number_deleted>",
          "<number_not_found>0</number_not_found>",
          "<response_body></response_body>",
          "<response_status>400 Bad Request</response_status>",
          "<errors>",
          "<object><name>/c</name><status>409 Conflict</status></object></errors>",
          "</delete>\n",
        ].join("\n"),
      });
    }
  });

  it("says 412 of what cannot be a name, and takes a percent sign that escapes nothing as it is", () => {
    const bed = filled("a");
    bed.swift("PUT", "/c/b%20%25zz", { body: "x" });
    expect(bulk(bed, "/c/%FFa b\n/c/%00\n/c/b%20%zz").body).toBe(
      [
        ...["Number Deleted: 1", "Number Not Found: 0", "Response Body: "],
        ...["Response Status: 400 Bad Request", "Errors:"],
        "/c/%FFa%20b, 412 Precondition Failed",
        "/c/%00, 412 Precondition Failed",
      ].join("\n"),
    );
  });

  it("reads the body in pieces, so that a line's place decides how long it may be", () => {
    const bed = filled("a");
    const wrong = "Response Body: Invalid File Name";
    const [long, rest] = ["x".repeat(1400), "\n".repeat(1300)];
    // A piece has 1282 bytes. The second one has the end of a line that begins the body; of one that begins
    // behind 1180 bytes only the third has it, and with that one all that is read is more than two pieces.
    expect(bulk(bed, `${long}\n${rest}`).body).not.toContain(wrong);
    expect(bulk(bed, `${"\n".repeat(1180)}${long}\n${rest}`).body).toContain(wrong);
  });

  it("sends a space now and then if it takes long, and then what became of them", () => {
    const bed = filled("a", "b", "d");
    const by = seconds(200);
    for (const node of ["storage-1", "storage-2"]) {
      const host = `swift-object-server@${node}`;
      bed.fault({ slow: { host, method: "DELETE", by, times: 1000 } });
    }
    const body = "/c/a\n/c/b\n/c/d\n";
    expect(bulk(bed, body).body).toMatch(/^ +\r\n\r\nNumber Deleted: /);
    expect(bulk(bed, body, { accept: "application/json" }).body).toMatch(/^ +\r\n\r\n\{"/);
    expect(bulk(bed, body, { accept: "text/xml" }).body).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n +\r\n\r\n<delete>\n/,
    );
  });

  it("asks for each whether whoever asks may", () => {
    const bed = filled("a");
    const path = `/v1/${bed.account()}?bulk-delete`;
    const asked = { body: "/c/a", headers: { "content-type": "text/plain" } };
    expect(bed.as(undefined, "POST", path, asked).body).toContain("/c/a, 401 Unauthorized");
    expect(bed.as(bed.demo, "POST", path, asked).body).toContain("/c/a, 403 Forbidden");
    expect(bed.swift("GET", "/c/a").status).toBe(200);
  });
});

describe("a container with a quota", () => {
  const quota = (what: string, value: string) => ({
    headers: { [`x-container-meta-quota-${what}`]: value },
  });

  it("takes what fits, by what the proxies remember of it", () => {
    const bed = filled("a");
    expect(bed.swift("POST", "/c", quota("bytes", "12")).status).toBe(204);
    expect(bed.swift("PUT", "/c/b", { body: "1234567" }).status).toBe(201);
    expect(bed.swift("PUT", "/c/d", { body: "1234567" }).status).toBe(201);
    bed.wait(61_000_000);
    expect(bed.swift("PUT", "/c/e", { body: "1" })).toMatchObject({
      status: 413,
      body: "Upload exceeds quota.",
    });
  });

  it("counts objects, and copies by what they weigh", () => {
    const bed = filled("a");
    bed.swift("PUT", "/other");
    bed.swift("POST", "/other", quota("bytes", "4"));
    const copy = (destination: string) =>
      bed.swift("COPY", "/c/a", { headers: { destination } }).status;
    expect(copy("other/a")).toBe(413);
    expect(
      bed.swift("PUT", "/other/b", { headers: { "x-copy-from": "c/a" }, body: "" }).status,
    ).toBe(413);
    bed.swift("POST", "/other", quota("bytes", "5"));
    expect(copy("other/a")).toBe(201);
    bed.swift("POST", "/c", quota("count", "1"));
    expect(bed.swift("PUT", "/c/b", { body: "1" }).status).toBe(413);
  });

  it("does not ask how long a copy is where only objects are counted (container_quotas.py)", () => {
    const bed = filled("a");
    bed.swift("POST", "/c", quota("count", "5"));
    const heads = (headers: Readonly<Record<string, string>>): number => {
      bed.forget();
      bed.swift("PUT", "/c/b", { headers, body: "" });
      return bed.requests().filter((line) => line.startsWith("HEAD swift-object")).length;
    };
    const counted = heads({ "x-copy-from": "c/a" });
    bed.swift("POST", "/c", quota("bytes", "500"));
    bed.wait(61_000_000);
    expect([counted, heads({ "x-copy-from": "c/a" })]).toEqual([heads({}), counted + 1]);
  });

  it("wants digits, and tells a stranger nothing", () => {
    const bed = filled("a");
    expect(bed.swift("PUT", "/c", quota("bytes", "many"))).toMatchObject({
      status: 400,
      body: "Invalid bytes quota.",
    });
    expect(bed.swift("POST", "/c", quota("count", "-1")).body).toBe("Invalid count quota.");
    bed.swift("POST", "/c", quota("bytes", "1"));
    const path = `/v1/${bed.account()}/c/b`;
    expect(bed.as(bed.demo, "PUT", path, { body: "12" }).status).toBe(403);
    expect(bed.as(undefined, "PUT", path, { body: "12" }).status).toBe(401);
    const wrong = { headers: { "x-copy-from": "c" }, body: "" };
    expect(bed.swift("PUT", "/c/b", wrong).status).toBe(412);
  });
});
