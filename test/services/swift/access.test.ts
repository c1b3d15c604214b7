/** Who may: swift/common/middleware/keystoneauth.py, acl.py, tempurl.py at 2.2.0. */
import { hmac } from "@noble/hashes/hmac.js";
import { sha1 } from "@noble/hashes/legacy.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { describe, expect, it } from "vitest";
import { Cloud } from "../../../src/cloud/cloud.js";
import { referrerAllowed } from "../../../src/services/swift/proxy/middleware/acl.js";
import { SwiftBed } from "./bed.js";

function shared(headers: Readonly<Record<string, string>> = {}): SwiftBed {
  const bed = new SwiftBed();
  bed.swift("PUT", "/c", { headers });
  bed.swift("PUT", "/c/o", { body: "x" });
  return bed;
}

const statuses = (bed: SwiftBed, token: string | undefined, headers = {}): number[] =>
  [
    ["GET", "/c"],
    ["GET", "/c/o"],
    ["PUT", "/c/new"],
  ].map(([method = "", path = ""]) => {
    const asked = { headers, ...(method === "PUT" && { body: "y" }) };
    return bed.as(token, method, `/v1/${bed.account()}${path}`, asked).status;
  });

describe("an account of a tenant", () => {
  it("is open to its operators, and nobody else", () => {
    const bed = shared();
    expect(statuses(bed, bed.admin)).toEqual([200, 200, 201]);
    expect(statuses(bed, bed.demo)).toEqual([403, 403, 403]);
    expect(statuses(bed, undefined)).toEqual([401, 401, 401]);
    expect(statuses(bed, "no token at all")).toEqual([401, 401, 401]);
    expect(statuses(bed, bed.login("reseller"))).toEqual([200, 200, 201]);
  });

  it("is open to every member of it in a whole cloud, as the installation guide sets it up", () => {
    const { exit, stdout } = new Cloud({ services: ["swift"] }).user("demo").command("swift stat");
    expect(exit).toBe(0);
    expect(stdout).toContain("Objects: 0");
  });

  it("is closed to a member of it that is no operator", () => {
    const bed = shared();
    const own = `/v1/${bed.account("demo")}`;
    expect(bed.as(bed.demo, "GET", own)).toMatchObject({
      status: 403,
      body: "<html><h1>Forbidden</h1><p>Access was denied to this resource.</p></html>",
    });
    expect(bed.as(bed.demo, "PUT", `${own}/c`).status).toBe(403);
  });

  // The token middleware adds where tokens are had: keystonemiddleware 1.2.0 auth_token.py (_call_app).
  it("is named as the realm to strangers (swob.py www_authenticate)", () => {
    const bed = shared();
    const { headers } = bed.as(undefined, "GET", `/v1/${bed.account()}/c`);
    expect(headers["www-authenticate"]).toBe(
      `Swift realm="${bed.account()}", Keystone uri='http://controller:5000'`,
    );
  });

  it("cannot be deleted by its own admin", () => {
    const bed = shared();
    expect(bed.swift("DELETE", "").status).toBe(403);
  });
});

describe("an access list", () => {
  const lists: [string, (bed: SwiftBed) => string, number[]][] = [
    [
      "a tenant and a user by id",
      (bed) => `${bed.project("demo")}:${bed.user("demo")}`,
      [200, 200, 403],
    ],
    ["a tenant and a user by name", () => "demo:demo", [200, 200, 403]],
    ["all users of a tenant", (bed) => `${bed.project("demo")}:*`, [200, 200, 403]],
    ["a user of all tenants", () => "*:demo", [200, 200, 403]],
    ["another tenant", () => "admin:*", [403, 403, 403]],
    // Of a role, the list counts in the account of one's own tenant alone.
    ["a role", () => "_member_", [403, 403, 403]],
  ];
  it.each(lists)("that names %s", (_what, list, expected) => {
    const bed = new SwiftBed();
    bed.swift("PUT", "/c", { headers: { "x-container-read": list(bed) } });
    bed.swift("PUT", "/c/o", { body: "x" });
    expect(statuses(bed, bed.demo)).toEqual(expected);
  });

  it("that lets somebody write lets nobody read", () => {
    const bed = shared({ "x-container-write": "demo:demo" });
    expect(statuses(bed, bed.demo)).toEqual([403, 403, 201]);
  });

  it("that lets a role of the own tenant in", () => {
    const bed = new SwiftBed();
    const member = bed.login("demo");
    const own = `/v1/${bed.account("demo")}`;
    const reseller = bed.login("reseller");
    bed.as(reseller, "PUT", `${own}/c`, { headers: { "x-container-read": "_member_,other" } });
    bed.as(reseller, "PUT", `${own}/c/o`, { body: "x" });
    expect(bed.as(member, "GET", `${own}/c/o`).status).toBe(200);
    expect(bed.as(member, "PUT", `${own}/c/o`, { body: "y" }).status).toBe(403);
  });

  it("that lets everybody read lets nobody list, unless it says so", () => {
    expect(statuses(shared({ "x-container-read": ".r:*" }), undefined)).toEqual([401, 200, 401]);
    const listed = shared({ "x-container-read": ".r:*,.rlistings" });
    expect(statuses(listed, undefined)).toEqual([200, 200, 401]);
  });

  it.each([
    ["http://www.example.com/page", [".example.com"], true],
    ["http://example.com", [".example.com"], false],
    ["http://thief.example.com", [".example.com", "-thief.example.com"], false],
    ["http://thief.example.com", ["-thief.example.com", ".example.com"], true],
    [undefined, ["*"], true],
    [undefined, ["example.com"], false],
    ["http://user@host:80/x", ["host"], true],
    ["no url", ["unknown"], true],
  ])("of links from %s through %j: %s (acl.py referrer_allowed)", (referer, list, allowed) => {
    expect(referrerAllowed(referer, list)).toBe(allowed);
  });
});

// proxy-server.conf-sample at 2.2.0 has delay_auth_decision = 1 set, so that there are public containers.
describe("other-services §1.3 (delay_auth_decision): a stranger", () => {
  it("with a token that is no good reads what everybody may read, as one without a token does", () => {
    const bed = shared({ "x-container-read": ".r:*" });
    const path = `/v1/${bed.account()}/c/o`;
    const answers = [
      bed.as(undefined, "GET", path).status,
      bed.as("bad", "GET", path).status,
      bed.as("bad", "PUT", path, { body: "y" }).status,
    ];
    expect(answers).toEqual([200, 200, 401]);
  });
});

describe("a container of somebody else", () => {
  it("cannot be posted to by who may only write its objects", () => {
    const bed = shared({ "x-container-write": "demo:demo" });
    const path = `/v1/${bed.account()}/c`;
    expect(bed.as(bed.demo, "POST", path, { headers: { "x-container-read": ".r:*" } }).status).toBe(
      403,
    );
  });
});

describe("a signed URL", () => {
  const KEY = "secret-key";
  const sign = (method: string, path: string, until: number | string, key = KEY): string => {
    const text = `${method}\n${String(until)}\n${path}`;
    const signature = bytesToHex(hmac(sha1, utf8ToBytes(key), utf8ToBytes(text)));
    return `${path}?temp_url_sig=${signature}&temp_url_expires=${String(until)}`;
  };

  function keyed(): { bed: SwiftBed; path: string; soon: number } {
    const bed = shared();
    bed.swift("POST", "", { headers: { "x-account-meta-temp-url-key": KEY } });
    // What was remembered of the account is older than the key.
    bed.wait(61_000_000);
    return { bed, path: `/v1/${bed.account()}/c/o`, soon: 1411012989 + 600 };
  }

  it("lets anybody do what it is signed for, until it ends", () => {
    const { bed, path, soon } = keyed();
    const got = bed.as(undefined, "GET", sign("GET", path, soon));
    expect(got).toMatchObject({ status: 200, body: "x" });
    expect(got.headers["content-disposition"]).toBe(`attachment; filename="o"; filename*=UTF-8''o`);
    expect(bed.as(undefined, "HEAD", sign("GET", path, soon)).status).toBe(200);
    bed.wait(600_000_000);
    expect(bed.as(undefined, "GET", sign("GET", path, soon)).status).toBe(401);
  });

  it("ends at a second of any size, which is signed as Python writes it (tempurl.py _get_temp_url_info)", () => {
    const { bed, path } = keyed();
    const far = "99999999999999999999";
    const signed = sign("GET", path, far);
    expect(
      [far, `+0${far}`, `-${far}`, `${far}L`].map(
        (until) => bed.as(undefined, "GET", signed.replace(far, encodeURIComponent(until))).status,
      ),
    ).toEqual([200, 200, 401, 401]);
  });

  it("lets nobody do anything else", () => {
    const { bed, path, soon } = keyed();
    const bad = bed.as(undefined, "PUT", sign("GET", path, soon), { body: "y" });
    expect(bad).toMatchObject({ status: 401, body: "401 Unauthorized: Temp URL invalid\n" });
    const other = sign("GET", path, soon, "other key");
    expect(bed.as(undefined, "GET", other).status).toBe(401);
    expect(bed.as(undefined, "GET", `${path}?temp_url_expires=${String(soon)}`).status).toBe(401);
  });

  it("has a key that only the owner sees", () => {
    const { bed } = keyed();
    expect(bed.swift("HEAD", "").headers["x-account-meta-temp-url-key"]).toBe(KEY);
  });
});
