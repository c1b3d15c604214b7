/**
 * What the routes library knows of beside what controllers can. Upstream: nova/api/openstack/__init__.py:146 (ProjectMapper.resource),
 * nova/api/openstack/wsgi.py:910 (Resource._process_stack), :1013 (get_method), nova/api/openstack/compute/__init__.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import type { Json } from "../../../../src/python/index.js";
import { ApiBed } from "./bed.js";

const NOT_FOUND = "404 The resource could not be found.";
const BAD =
  "400 The server could not comply with the request since it is either malformed or otherwise incorrect.";

describe("a resource", () => {
  const bed = new ApiBed();
  const told = (method: string, path: string, body?: object): string =>
    bed.told(bed.ask(method, path, body, bed.admin));

  it.each([
    ["POST", "/extensions"],
    ["DELETE", "/extensions/os-hosts"],
    ["GET", "/os-keypairs/a/edit"],
    ["PUT", "/os-floating-ips/1"],
    ["DELETE", "/os-hypervisors/1"],
    ["POST", "/servers/a/os-instance-actions"],
    ["GET", "/os-certificates"],
    ["POST", "/os-server-groups/1/action"],
    ["GET", "/flavors/1/edit"],
  ])("answers what its controller has no method for in Nova's words: %s %s", (method, path) => {
    expect(told(method, path, method === "GET" ? undefined : {})).toBe(NOT_FOUND);
  });

  it("cannot show what is called `new`: that is a form, which Nova has not", () => {
    expect(bed.ask("POST", "/os-keypairs", { keypair: { name: "new" } }, bed.admin).status).toBe(
      200,
    );
    expect(told("GET", "/os-keypairs/new")).toBe(NOT_FOUND);
    expect(bed.ask("DELETE", "/os-keypairs/new", undefined, bed.admin).status).toBe(202);
    expect(told("GET", "/servers/new")).toBe(NOT_FOUND);
  });

  it("has no other methods and no other paths, which the library answers itself", () => {
    for (const [method, path] of [
      ["PATCH", "/servers"],
      ["DELETE", "/servers"],
      ["POST", "/flavors/1"],
      ["GET", "/os-nothing"],
    ] as const) {
      const { status, body } = bed.ask(method, path, undefined, bed.admin);
      expect([status, body]).toEqual([404, expect.stringMatching(/^404 Not Found/u)]);
    }
  });

  it.each([
    ["PUT", "/flavors/1", "update"],
    ["PUT", "/os-networks/1", "update"],
    ["PUT", "/os-baremetal-nodes/1", "update"],
    ["GET", "/os-cloudpipe/1", "show"],
    ["DELETE", "/os-cloudpipe/1", "delete"],
  ])("that has actions takes it for one more (wsgi.py:1036): %s %s", (method, path, action) => {
    expect(told(method, path)).toBe(`400 There is no such action: ${action}`);
  });

  it("has a method once more where an extension names it, and misses its arguments there", () => {
    // contrib/hosts.py:365, contrib/server_password.py:83, contrib/security_group_default_rules.py:210.
    expect(told("PUT", "/os-hosts", { status: "enable" })).toBe(BAD);
    expect(told("DELETE", "/servers/a/os-server-password/b")).toBe(BAD);
    expect(told("DELETE", "/os-security-group-default-rules")).toBe(BAD);
    const unsupported = "501 Network driver does not support this function.";
    expect(told("GET", "/os-security-group-default-rules/index")).toBe(unsupported);
    expect(told("GET", "/os-security-group-default-rules/a/show")).toMatch(/^400 /u);
  });
});

describe("an action", () => {
  const bed = new ApiBed();
  const told = (path: string, body: object): string => bed.told(bed.ask("POST", path, body));

  it.each(["flavors", "os-networks", "os-baremetal-nodes"])(
    "that there is not is told to whoever asks (wsgi.py:916): %s",
    (resource) => {
      expect(told(`/${resource}/1/action`, { moon: 1 })).toBe("400 There is no such action: moon");
      expect(told(`/${resource}/1/action`, { moon: 1, sun: 1 })).toBe("400 Malformed request body");
    },
  );

  it("is known before anybody looks whose project the URL names (wsgi.py:916, :956)", () => {
    const url = "http://controller:8774/v2/another/flavors/1/action";
    const headers = { "x-auth-token": bed.demo.token };
    const ask = (body: Json) => bed.told(bed.run(bed.http.request("POST", url, { body, headers })));
    expect(ask({ moon: 1 })).toBe("400 There is no such action: moon");
    expect(ask({ addTenantAccess: {} })).toMatch(/^400 Malformed request URL/u);
  });

  it("may be a method that an extension wrote, which misses its arguments (contrib/flavormanage.py:34, :49)", () => {
    expect(told("/flavors/1/action", { create: {} })).toBe(BAD);
    expect(told("/flavors/1/action", { delete: null })).toBe(BAD);
  });

  it("of an aggregate is looked at before whether the caller may (contrib/aggregates.py:35, :160)", () => {
    const path = "/os-aggregates/1/action";
    expect(told(path, { moon: 1 })).toBe("400 Aggregates does not have moon action");
    expect(told(path, { add_host: {} })).toBe("400 Only host parameter can be specified");
    const refused = "403 Policy doesn't allow compute_extension:aggregates to be performed.";
    expect(told(path, { add_host: { host: "a" } })).toBe(refused);
    expect(told(path, { set_metadata: {} })).toBe(refused);
  });
});

describe("servers under other names (contrib/volumes.py:742, contrib/createserverext.py:28)", () => {
  it.each(["os-volumes_boot", "os-create-server-ext"])("%s", (name) => {
    const bed = new ApiBed();
    const id = bed.active();
    expect(bed.ask("GET", `/${name}`).body).toMatchObject({ servers: [{ id }] });
    expect(bed.ask("GET", `/${name}/${id}`).body).toMatchObject({ server: { id } });
    const renamed = bed.ask("PUT", `/${name}/${id}`, { server: { name: "n" } });
    expect(renamed.body).toMatchObject({ server: { name: "n" } });
    // No collection action: it is taken for a server's id.
    expect(bed.told(bed.ask("GET", `/${name}/detail`))).toBe("404 Instance could not be found");
    expect(bed.ask("DELETE", `/${name}/${id}`).status).toBe(204);
  });
});
