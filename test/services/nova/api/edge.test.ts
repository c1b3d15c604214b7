import { describe, expect, it } from "vitest";
import {
  type Exception,
  KeyError,
  PythonTypeError,
  type Json,
} from "../../../../src/python/index.js";
import {
  FlavorNotFound,
  InvalidInput,
  NoMoreFloatingIps,
  NovaException,
  PolicyNotAuthorized,
  QuotaError,
} from "../../../../src/services/nova/exception.js";
import { ApiBed, NOWHERE } from "./bed.js";

const DEFAULT_400 =
  "400 The server could not comply with the request since it is either malformed or otherwise incorrect.";
const DEFAULT_500 =
  "500 The server has either erred or is incapable of performing the requested operation.";

describe("the edge of nova-api (nova §5)", () => {
  it("refuses the URL of another tenant", () => {
    const bed = new ApiBed();
    const as = { ...bed.demo, project: bed.admin.project };
    expect(bed.told(bed.ask("GET", "/servers", undefined, as))).toBe(
      `400 Malformed request URL: URL's project_id '${bed.admin.project}' doesn't match Context's project_id '${bed.demo.project}'`,
    );
  });

  it("refuses whoever comes without a token, under a request id", () => {
    const bed = new ApiBed();
    const { status, headers } = bed.ask("GET", "/servers", undefined, { ...bed.demo, token: "" });
    expect(status).toBe(401);
    expect(headers["x-compute-request-id"]).toMatch(/^req-/);
  });

  it("ties what a request does to its id", () => {
    const bed = new ApiBed();
    const { headers } = bed.boot();
    const rows = bed.seen.map(
      ({ what }) => what as { kind: string; project?: string; request?: string },
    );
    const requests = rows
      .filter(({ kind, project }) => kind === "db" && project === "nova")
      .map(({ request }) => request);
    expect([...new Set(requests)]).toEqual([headers["x-compute-request-id"]]);
  });

  it("answers what is not a route with 404 and no fault of its own", () => {
    const bed = new ApiBed();
    expect(bed.ask("GET", "/nothing").body).toMatch(/^404 Not Found/);
    expect(bed.ask("PATCH", "/servers").status).toBe(404);
  });

  it("lists versions without a token, with 300 for any other path (nova §5.1)", () => {
    const bed = new ApiBed();
    const get = (path: string) => bed.run(bed.http.request("GET", `http://controller:8774${path}`));
    expect(get("/").body).toMatchObject({ versions: [{ id: "v2.0", status: "CURRENT" }] });
    expect(get("/v9").status).toBe(300);
    expect(get("/v2/").status).toBe(401);
  });
});

describe("what happens to a request before its controller (wsgi.py Resource._process_stack)", () => {
  const send = (bed: ApiBed, path: string, body: Json, type?: string) => {
    const headers = {
      "x-auth-token": bed.demo.token,
      ...(type !== undefined && { "content-type": type }),
    };
    const url = `http://controller:8774/v2/${bed.demo.project}${path}`;
    return bed.run(bed.http.request("POST", url, { body, headers }));
  };
  const act = (body: Json, type?: string): string => {
    const bed = new ApiBed();
    return bed.told(send(bed, `/servers/${NOWHERE}/action`, body, type));
  };

  it.each<[Json, string]>([
    [{ fly: null }, "400 There is no such action: fly"],
    [{ __proto__: null, toString: 1 }, "400 There is no such action: toString"],
    [{ shelve: null, unshelve: null }, "400 Malformed request body"],
    [{}, "400 Malformed request body"],
    [null, "400 Malformed request body"],
    ["shelve", "400 Malformed request body"],
    [["shelve", "unshelve"], "400 Malformed request body"],
    // A list has no keys() and a number no len(): get_method's AttributeError and TypeError.
    [["shelve"], "404 The resource could not be found."],
    [7, "404 The resource could not be found."],
  ])("action %j", (body, says) => {
    expect(act(body)).toBe(says);
  });

  it("knows no action in a body of a type that it does not read", () => {
    expect(act({ shelve: null }, "text/plain")).toBe("400 There is no such action: None");
  });

  it.each([
    ["application/json; charset=UTF-8", "202"],
    ["application/vnd.openstack.compute+json", "202"],
    ["application/x-www-form-urlencoded", "400 Unsupported Content-Type"],
    ["text/plain", "400 Unsupported Content-Type"],
  ])("reads a body of type %s: %s", (type, says) => {
    const bed = new ApiBed();
    const server = { name: "t", flavorRef: "1", imageRef: "11111111-0000-4000-8000-000000000000" };
    bed.images.set(server.imageRef, { ...[...bed.images.values()][0]!, id: server.imageRef });
    expect(bed.told(send(bed, "/servers", { server }, type))).toBe(says);
  });

  it("asks for the action before the project, and for the project before any rule", () => {
    const bed = new ApiBed();
    const as = { ...bed.demo, project: bed.admin.project };
    const path = `/servers/${NOWHERE}/action`;
    expect(bed.told(bed.ask("POST", path, { fly: 1 }, as))).toBe(
      "400 There is no such action: fly",
    );
    expect(bed.told(bed.ask("GET", "/os-hypervisors", undefined, as))).toMatch(
      /^400 Malformed request URL/,
    );
  });

  // nova/api/sizelimit.py raises before all controllers: webob's answer, not a fault.
  it("refuses a body that is too large, before it asks who comes", () => {
    const bed = new ApiBed({ osapi_max_request_body_size: 100 });
    const { status, body, headers } = bed.ask(
      "POST",
      "/servers",
      { server: { name: "x".repeat(100) } },
      { ...bed.demo, token: "" },
    );
    expect([status, body]).toEqual([
      413,
      "413 Request Entity Too Large\n\nRequest is too large.\n\n   ",
    ]);
    expect(headers["x-compute-request-id"]).toMatch(/^req-/);
  });

  // api-paste.ini: /v1.1 and /v2 are one application.
  it("answers under /v1.1 as under /v2, with links that say so", () => {
    const bed = new ApiBed();
    const id = bed.active();
    const url = `http://controller:8774/v1.1/${bed.demo.project}/servers/${id}`;
    const headers = { "x-auth-token": bed.demo.token };
    const { status, body } = bed.run(bed.http.request("GET", url, { headers }));
    expect(status).toBe(200);
    const { links } = (body as { server: { links: { href: string }[] } }).server;
    expect(links.map(({ href }) => href)).toEqual([
      url,
      `http://controller:8774/${bed.demo.project}/servers/${id}`,
    ]);
    const root = bed.run(bed.http.request("GET", "http://controller:8774/v1.1/", { headers }));
    expect(root.body).toMatchObject({
      version: { id: "v2.0", links: [{ href: "http://controller:8774/v1.1/" }, {}] },
    });
  });

  it("takes .json at the end of a path for the format of the answer", () => {
    const bed = new ApiBed();
    expect(bed.ask("GET", "/servers/detail.json").body).toEqual({ servers: [] });
  });
});

describe("an error that no controller foresaw (wsgi.py ResourceExceptionHandler, FaultWrapper)", () => {
  const failing = (error: Exception) => {
    const bed = new ApiBed();
    bed.failures.set("image create", error);
    return { bed, response: bed.act(bed.active(), { shelve: null }) };
  };

  it.each<[string, Exception, string]>([
    [
      "a refusal",
      new PolicyNotAuthorized({ action: "x" }),
      "403 Policy doesn't allow x to be performed.",
    ],
    ["an Invalid", new InvalidInput({ reason: "r" }), "400 Invalid input received: r"],
    ["a TypeError", new PythonTypeError("x"), DEFAULT_400],
    ["a KeyError", new KeyError("'x'"), DEFAULT_500],
    ["a NotFound", new FlavorNotFound({ flavor_id: 1 }), "404 The resource could not be found."],
    ["an exception of Nova", new NovaException({}, "secret"), DEFAULT_500],
    ["a safe one", new NoMoreFloatingIps(), "404 NoMoreFloatingIps: Zero floating ips available."],
  ])("%s", (_what, error, says) => {
    const { bed, response } = failing(error);
    expect(bed.told(response)).toBe(says);
  });

  it("is over a limit when it is about quota, and says when to come again", () => {
    const { response } = failing(new QuotaError({}, "too much"));
    expect(response.body).toEqual({
      overLimit: { code: 413, message: "QuotaError: too much", retryAfter: "0" },
    });
    expect(response.headers["retry-after"]).toBe("0");
  });
});
