/** Accounts and containers as clients see them: swift/proxy/controllers/{account,container}.py at 2.2.0. */
import { describe, expect, it } from "vitest";
import { PROXY, SwiftBed } from "./bed.js";

const page = (title: string, text: string): string =>
  `<html><h1>${title}</h1><p>${text}</p></html>`;
const NOT_FOUND = page("Not Found", "The resource could not be found.");

describe("an account", () => {
  it("that nobody has made is an empty one: 204, or 200 and [] (account.py GETorHEAD)", () => {
    const bed = new SwiftBed();
    expect(bed.swift("GET", "")).toMatchObject({
      status: 204,
      headers: { "x-account-container-count": "0", "content-type": "text/plain; charset=utf-8" },
    });
    expect(bed.swift("GET", "?format=json")).toMatchObject({ status: 200, body: [] });
    expect(bed.swift("HEAD", "?format=json").status).toBe(200);
  });

  it("is missing where account_autocreate is off", () => {
    const bed = new SwiftBed({ flags: { account_autocreate: false } });
    expect(bed.swift("GET", "")).toMatchObject({ status: 404, body: NOT_FOUND });
    expect(bed.swift("PUT", "/c").status).toBe(404);
    expect(bed.swift("POST", "").status).toBe(404);
  });

  it("lists its containers and counts what the updaters have told it", () => {
    const bed = new SwiftBed();
    for (const name of ["b", "a"]) bed.swift("PUT", `/${name}`);
    expect(bed.swift("GET", "")).toMatchObject({ status: 200, body: "a\nb\n" });
    expect(bed.swift("GET", "?format=json").body).toEqual([
      { count: 0, bytes: 0, name: "a" },
      { count: 0, bytes: 0, name: "b" },
    ]);
    expect(bed.swift("HEAD", "")).toMatchObject({
      status: 204,
      headers: {
        "x-account-container-count": "2",
        "x-account-object-count": "0",
        "x-account-bytes-used": "0",
        "x-account-storage-policy-policy-0-container-count": "2",
        "x-account-project-domain-id": "default",
      },
    });
  });

  it("keeps metadata until it is taken away", () => {
    const bed = new SwiftBed();
    expect(bed.swift("POST", "", { headers: { "x-account-meta-color": "blue" } }).status).toBe(204);
    expect(bed.swift("HEAD", "").headers["x-account-meta-color"]).toBe("blue");
    bed.wait(1_000_000);
    bed.swift("POST", "", { headers: { "x-remove-account-meta-color": "x" } });
    expect(bed.swift("HEAD", "").headers).not.toHaveProperty("x-account-meta-color");
  });

  it("cannot be put or deleted by clients unless the operator lets them (405)", () => {
    const bed = new SwiftBed();
    const reseller = bed.login("reseller");
    const path = `/v1/${bed.account()}`;
    const put = bed.as(reseller, "PUT", path);
    expect(put).toMatchObject({ status: 405, headers: { allow: "GET, HEAD, OPTIONS, POST" } });
    expect(put.body).toBe(
      page("Method Not Allowed", "The method is not allowed for this resource."),
    );
  });

  it("that was deleted is gone: 410, and cannot be put again: 403", () => {
    const bed = new SwiftBed({ flags: { allow_account_management: true } });
    const reseller = bed.login("reseller");
    const path = `/v1/${bed.account()}`;
    expect(bed.as(reseller, "PUT", path).status).toBe(201);
    expect(bed.as(reseller, "PUT", path).status).toBe(202);
    expect(bed.as(reseller, "DELETE", `${path}?bulk`).status).toBe(400);
    expect(bed.as(bed.admin, "DELETE", path).status).toBe(403);
    expect(bed.as(reseller, "DELETE", path).status).toBe(204);
    expect(bed.as(reseller, "GET", path).status).toBe(410);
    expect(bed.as(reseller, "PUT", path)).toMatchObject({ status: 403, body: "Recently deleted" });
    expect(bed.swift("PUT", "/c").status).toBe(404);
  });
});

describe("a container", () => {
  it("is new the first time, there the second, and not deleted while it holds something", () => {
    const bed = new SwiftBed();
    expect(bed.swift("PUT", "/c").status).toBe(201);
    expect(bed.swift("PUT", "/c")).toMatchObject({
      status: 202,
      body: page("Accepted", "The request is accepted for processing."),
    });
    bed.swift("PUT", "/c/o", { body: "x" });
    expect(bed.swift("DELETE", "/c")).toMatchObject({
      status: 409,
      body: page("Conflict", "There was a conflict when trying to complete your request."),
    });
    bed.swift("DELETE", "/c/o");
    expect(bed.swift("DELETE", "/c").status).toBe(204);
    expect(bed.swift("DELETE", "/c").status).toBe(404);
    expect(bed.swift("GET", "/c").status).toBe(404);
    expect(bed.swift("PUT", "/c").status).toBe(201);
  });

  it("says how much it holds", () => {
    const bed = new SwiftBed();
    bed.swift("PUT", "/c");
    bed.swift("PUT", "/c/o", { body: "hello" });
    expect(bed.swift("HEAD", "/c")).toMatchObject({
      status: 204,
      headers: {
        "x-container-object-count": "1",
        "x-container-bytes-used": "5",
        "x-storage-policy": "Policy-0",
        "accept-ranges": "bytes",
      },
    });
  });

  it("shows in its listing what the object servers have told it", () => {
    const bed = new SwiftBed();
    bed.swift("PUT", "/c");
    bed.swift("PUT", "/c/o.txt", { body: "hello" });
    expect(bed.swift("GET", "/c?format=json").body).toEqual([
      {
        hash: "5d41402abc4b2a76b9719d911017c592",
        last_modified: expect.stringMatching(/^2014-09-18T04:03:09\.\d{5}0$/) as string,
        bytes: 5,
        name: "o.txt",
        content_type: "text/plain",
      },
    ]);
    expect(bed.swift("GET", "/c")).toMatchObject({ status: 200, body: "o.txt\n" });
    bed.swift("DELETE", "/c/o.txt");
    expect(bed.swift("GET", "/c")).toMatchObject({ status: 204, body: "" });
  });

  const refused: [string, string, Readonly<Record<string, string>>, number, string][] = [
    [
      "under too long a name",
      `/${"c".repeat(257)}`,
      {},
      400,
      "Container name length of 257 longer than 256",
    ],
    [
      "of a policy that is not there",
      "/c",
      { "x-storage-policy": "gold" },
      400,
      "Invalid X-Storage-Policy 'gold'",
    ],
    [
      "with a referrer that may write",
      "/c",
      { "x-container-write": ".r:*" },
      400,
      "Referrers not allowed in write ACL: '.r:*'",
    ],
    [
      "with a referrer that is none",
      "/c",
      { "x-container-read": ".r:" },
      400,
      "No host/domain value after referrer designation in ACL: '.r:'",
    ],
    [
      "with a designator that is none",
      "/c",
      { "x-container-read": ".x:y" },
      400,
      "Unknown designator '.x' in ACL: '.x:y'",
    ],
    [
      "with too long a value",
      "/c",
      { "x-container-meta-a": "v".repeat(257) },
      400,
      "Metadata value longer than 256: x-container-meta-a",
    ],
  ];
  const bed = new SwiftBed();
  it.each(refused)("is not made %s (container.py PUT)", (_what, path, headers, status, body) => {
    expect(bed.swift("PUT", path, { headers })).toMatchObject({ status, body });
  });

  it("keeps its lists tidied, and only the owner sees them", () => {
    const bed = new SwiftBed();
    const headers = {
      "x-container-read": " .referrer : * , .rlistings ,,",
      "x-container-meta-a": "b",
    };
    bed.swift("PUT", "/c", { headers });
    expect(bed.swift("HEAD", "/c").headers).toMatchObject({
      "x-container-read": ".r:*,.rlistings",
      "x-container-meta-a": "b",
    });
    const anybody = bed.as(undefined, "HEAD", `/v1/${bed.account()}/c`);
    expect(anybody.status).toBe(204);
    expect(anybody.headers).not.toHaveProperty("x-container-read");
    bed.swift("POST", "/c", { headers: { "x-remove-container-read": "x" } });
    expect(bed.as(undefined, "HEAD", `/v1/${bed.account()}/c`).status).toBe(401);
  });

  it("is one more than there may be: 403", () => {
    const bed = new SwiftBed({ flags: { max_containers_per_account: 1 } });
    bed.swift("PUT", "/a");
    // What the proxies remember of the account is a minute old at most.
    bed.wait(61_000_000);
    expect(bed.swift("PUT", "/b")).toMatchObject({
      status: 403,
      body: "Reached container limit of 1",
    });
    expect(bed.swift("PUT", "/a").status).toBe(202);
  });
});

describe("a listing (container/backend.py list_objects_iter)", () => {
  const bed = new SwiftBed();
  bed.swift("PUT", "/c");
  for (const name of [
    "US-TX-A",
    "US-TX-B",
    "US-OK-A",
    "US-OK-B",
    "US-UT-A",
    "-lead",
    "a/b/c",
    "a/d",
    "a/",
  ]) {
    bed.swift("PUT", `/c/${name}`, { body: "x" });
  }
  const names = (query: string): unknown => {
    const { status, body } = bed.swift("GET", `/c?format=json&${query}`);
    if (!Array.isArray(body)) return [status, body];
    return (body as { name?: string; subdir?: string }[]).map(
      ({ name, subdir }) => name ?? { subdir },
    );
  };

  it.each([
    // test/unit/container/test_server.py test_GET_delimiter.
    ["prefix=US-&delimiter=-", [{ subdir: "US-OK-" }, { subdir: "US-TX-" }, { subdir: "US-UT-" }]],
    ["prefix=US-T", ["US-TX-A", "US-TX-B"]],
    ["marker=US-TX-A&prefix=US", ["US-TX-B", "US-UT-A"]],
    ["marker=US-OK-A&end_marker=US-TX-B", ["US-OK-B", "US-TX-A"]],
    ["limit=2", ["-lead", "US-OK-A"]],
    ["limit=0", []],
    ["limit=few&prefix=US-U", ["US-UT-A"]],
    // A name that begins with the delimiter is listed in full.
    ["delimiter=-&end_marker=V", ["-lead", { subdir: "US-" }]],
    ["prefix=a&delimiter=/", [{ subdir: "a/" }]],
    ["marker=a/&prefix=a&delimiter=/", []],
    ["path=a", ["a/d"]],
    ["path=", ["-lead", "US-OK-A", "US-OK-B", "US-TX-A", "US-TX-B", "US-UT-A", "a/"]],
    ["limit=10001", [412, "Maximum limit is 10000"]],
    ["delimiter=xx", [412, "Bad delimiter"]],
  ])("by %s is %j", (query, listed) => {
    expect(names(query)).toEqual(listed);
  });

  it("comes in the form that is asked for, or 406 (request_helpers.py get_listing_content_type)", () => {
    const type = (path: string, accept?: string): unknown => {
      const { status, headers } = bed.swift("GET", path, accept ? { headers: { accept } } : {});
      return status === 200 ? headers["content-type"] : status;
    };
    expect(type("/c")).toBe("text/plain; charset=utf-8");
    expect(type("/c", "application/json")).toBe("application/json; charset=utf-8");
    expect(type("/c", "*/*;q=0.1, application/json;q=0.9")).toBe("application/json; charset=utf-8");
    expect(type("/c", "image/png")).toBe(406);
    expect(type("/c?format=unknown")).toBe("text/plain; charset=utf-8");
  });
});

describe("a path that leads nowhere (proxy/server.py handle_request)", () => {
  const bed = new SwiftBed();
  it.each([
    ["/", 404, NOT_FOUND],
    ["/v1", 412, "Bad URL"],
    ["/v1/a//o", 412, "Bad URL"],
    ["/v1/%00", 412, "Invalid UTF8 or contains NULL"],
    ["/v1/%ff", 412, "Invalid UTF8 or contains NULL"],
  ])("%s is %i", (path, status, body) => {
    expect(bed.as(bed.admin, "GET", path)).toMatchObject({ status, body });
  });

  it("may have any version in front", () => {
    expect(bed.as(bed.admin, "GET", `/v3/${bed.account()}`).status).toBe(204);
  });

  it("is a slash too many at the end of an account or container", () => {
    bed.swift("PUT", "/c");
    expect(bed.swift("HEAD", "/").status).toBe(204);
    expect(bed.swift("HEAD", "/c/").status).toBe(204);
  });

  it("has no method of that name: 405", () => {
    expect(bed.swift("PATCH", "/c")).toMatchObject({
      status: 405,
      headers: { allow: "DELETE, GET, HEAD, OPTIONS, POST, PUT" },
    });
    expect(bed.swift("__proto__", "/c").status).toBe(405);
  });

  it("and what everybody may ask: /healthcheck, /info", () => {
    expect(bed.ask("GET", `${PROXY}/healthcheck`)).toMatchObject({ status: 200, body: "OK" });
    const { status, body } = bed.ask("GET", `${PROXY}/info`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      swift: {
        version: "2.2.0",
        max_file_size: 5368709122,
        policies: [{ default: true, name: "Policy-0" }],
      },
      tempurl: { methods: ["GET", "HEAD", "PUT", "POST", "DELETE"] },
    });
  });
});
