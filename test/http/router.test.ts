/** Paths and queries: which route they lead to, and what they say. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Query, Router, parseQuery, type Addressed } from "../../src/http/index.js";

const route = (method: string, path: string): Addressed => ({ method, path });

const router = new Router([
  route("GET", "/"),
  route("GET", "/v2/{tenant_id}/servers"),
  route("POST", "/v2/{tenant_id}/servers"),
  route("GET", "/v2/{tenant_id}/servers/detail"),
  route("GET", "/v2/{tenant_id}/servers/{id}"),
  route("DELETE", "/v2/{tenant_id}/servers/{id}"),
  route("GET", "/v2/{tenant_id}/{collection}/{id}/metadata"),
]);

/** The path of the route and its parameters, or the status. */
function found(method: string, path: string): unknown {
  const match = router.match(method, path);
  return match.route === undefined ? match.status : [match.route.path, match.params];
}

describe("a router", () => {
  it("takes parameters from the path", () => {
    expect(found("GET", "/v2/t1/servers/s1")).toEqual([
      "/v2/{tenant_id}/servers/{id}",
      { tenant_id: "t1", id: "s1" },
    ]);
    expect(found("GET", "/")).toEqual(["/", {}]);
  });

  it("prefers what is written out, and looks further where that leads nowhere", () => {
    expect(found("GET", "/v2/t1/servers/detail")).toEqual([
      "/v2/{tenant_id}/servers/detail",
      { tenant_id: "t1" },
    ]);
    expect(found("GET", "/v2/t1/servers/s1/metadata")).toEqual([
      "/v2/{tenant_id}/{collection}/{id}/metadata",
      { tenant_id: "t1", collection: "servers", id: "s1" },
    ]);
    expect(found("DELETE", "/v2/t1/servers/detail")).toEqual([
      "/v2/{tenant_id}/servers/{id}",
      { tenant_id: "t1", id: "detail" },
    ]);
  });

  it("leads nowhere with a slash at the end (buildfullreg at 313 of routes/route.py, Routes 1.13)", () => {
    for (const path of ["/v2/t1/servers/", "/v2/t1/servers//"]) {
      expect([path, found("GET", path)]).toEqual([path, 404]);
    }
  });

  it("takes slashes in a row for one (normalize_url at 125 of paste/urlmap.py), as fog sends them", () => {
    const right = found("GET", "/v2/t1/servers");
    for (const path of ["/v2/t1//servers", "/v2///t1/servers", "//v2/t1/servers"]) {
      expect([path, found("GET", path)]).toEqual([path, right]);
    }
  });

  it("knows the place where an application is mounted with a slash and without", () => {
    const mounted = new Router([{ method: "GET", path: "/v2" }]);
    const paths = ["/v2", "/v2/", "/v2//"].map((path) => mounted.match("GET", path).route?.path);
    expect(paths).toEqual(["/v2", "/v2", "/v2"]);
  });

  it("unquotes parameters, even what is quoted badly", () => {
    expect(found("GET", "/v2/t1/servers/my%20server%2F1")).toMatchObject([
      "/v2/{tenant_id}/servers/{id}",
      { id: "my server/1" },
    ]);
    expect(found("GET", "/v2/t1/servers/100%")).toMatchObject([expect.anything(), { id: "100%" }]);
  });

  it.each([
    ["GET", "/v2/t1", 404],
    ["GET", "/v2/t1/servers/s1/metadata/x", 404],
    ["GET", "/v1/t1/servers", 404],
    ["PUT", "/v2/t1/servers", 405],
    ["DELETE", "/", 405],
    ["get", "/", 405],
  ])("has nothing for %s %s: %i", (method, path, status) => {
    expect(found(method, path)).toBe(status);
  });

  it("is not misled by names that objects have", () => {
    expect(found("GET", "/constructor")).toBe(404);
    expect(found("GET", "/v2/__proto__/servers/toString")).toEqual([
      "/v2/{tenant_id}/servers/{id}",
      { tenant_id: "__proto__", id: "toString" },
    ]);
    expect(found("constructor", "/")).toBe(405);
  });
});

describe("two routes for one method and path", () => {
  it.each([
    ["/v2/{id}", "/v2/{id}"],
    ["/v2/{id}", "/v2/{name}"],
  ])("are a mistake of the simulator: %s and %s", (one, other) => {
    const routes = [route("GET", one), route("POST", other), route("GET", other)];
    expect(() => new Router(routes)).toThrow(`GET ${other} is a route already: ${one}`);
  });
});

describe("a query", () => {
  it("is written as Python's urlencode writes it", () => {
    const query = new Query({
      name: "a b",
      tag: ["x&y", "z=1"],
      "odd name": "é!'()*~",
      no: undefined,
    });
    expect(query.toString()).toBe(
      "?name=a+b&tag=x%26y&tag=z%3D1&odd+name=%C3%A9%21%27%28%29%2A%7E",
    );
    expect(new Query({ all: true, limit: 10 }).toString()).toBe("?all=true&limit=10");
    expect(new Query().toString()).toBe("");
  });

  it("is read as it was typed: order, repetition, what follows a second equals sign", () => {
    const query = parseQuery("b=1&a=2&b=3&flag&x=y=z&&2=two&1=one&bad=%zz");
    expect(query.names()).toEqual(["b", "a", "flag", "x", "2", "1", "bad"]);
    expect(query.getAll("b")).toEqual(["1", "3"]);
    expect(query.get("x")).toBe("y=z");
    expect(query.get("flag")).toBe("");
    expect(query.get("bad")).toBe("%zz");
    expect(query.get("none")).toBeUndefined();
  });

  it("gives the last of several values, as webob does", () => {
    expect(parseQuery("limit=1&limit=2").get("limit")).toBe("2");
  });

  it("may have any name", () => {
    const query = parseQuery("__proto__=1&constructor=2");
    expect(query.get("__proto__")).toBe("1");
    expect(query.toString()).toBe("?__proto__=1&constructor=2");
    expect(parseQuery("").get("toString")).toBeUndefined();
  });

  it("comes back as it was, whatever is in it", () => {
    const text = fc.string({ unit: "grapheme" });
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text)), (pairs) => {
        const query = parseQuery(new Query(pairs).toString().slice(1));
        // A pair of two empty texts is written as `=`.
        expect(
          query
            .names()
            .flatMap((name) => query.getAll(name))
            .sort(),
        ).toEqual(pairs.map(([, value]) => value).sort());
        expect(query.names()).toEqual([...new Set(pairs.map(([name]) => name))]);
      }),
    );
  });
});
