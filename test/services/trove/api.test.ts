/**
 * What trove-api answers before it comes to an instance: versions, tenants, bodies, limits, flavors, datastores.
 * Upstream: etc/trove/api-paste.ini, trove/common/wsgi.py, auth.py, limits.py, trove/flavor, trove/datastore,
 * trove/tests/api/versions.py, limits.py, flavors.py, datastores.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { HttpClient, type HttpResponse } from "../../../src/http/index.js";
import type { Json, JsonObject } from "../../../src/python/index.js";
import { TroveBed } from "./bed.js";

const bed = new TroveBed({
  services: ["cinder", "trove"],
  flags: { http_delete_rate: 2, max_backups_per_user: 7 },
});
const tenant = bed.cloud.id("project", "demo") ?? "";

/** As it goes over the wire, with the token of demo or without one. */
function raw(
  method: string,
  path: string,
  more: { body?: Json; type?: string } = {},
): HttpResponse {
  const sent = bed.cloud.timeline.entries.findLast(
    (one) => one.kind === "rest.request" && one.to.startsWith("trove-api"),
  );
  const token =
    sent?.kind === "rest.request" ? (sent.headers as Record<string, string>)["x-auth-token"] : "";
  const headers = {
    "x-auth-token": token ?? "",
    ...(more.type !== undefined && { "content-type": more.type }),
  };
  const http = new HttpClient(bed.cloud.network, "somebody");
  const options = { headers, ...(more.body !== undefined && { body: more.body }) };
  return bed.cloud.run(http.request(method, `http://controller:8779${path}`, options));
}

describe("trove-api", () => {
  bed.ask("GET", "/flavors");

  it("tells its version at its root", () => {
    expect(raw("GET", "/").body).toEqual({
      versions: [
        {
          ...{ id: "v1.0", status: "CURRENT", updated: "2012-08-01T00:00:00Z" },
          links: [{ rel: "self", href: "http://controller:8779/v1.0/" }],
        },
      ],
    });
  });

  it("knows one tenant by a token, and no other path than its own", () => {
    expect(raw("GET", `/v1.0/${tenant}/flavors`).status).toBe(200);
    const foreign = raw("GET", "/v1.0/somebody/flavors");
    expect([foreign.status, Object.keys(foreign.body as JsonObject)]).toEqual([
      401,
      ["unauthorized"],
    ]);
    expect(bed.refused("GET", "/nothing")).toEqual([
      "itemNotFound",
      "The resource could not be found.",
    ]);
    // A method that a path does not have is no other case.
    expect(bed.refused("PUT", "/flavors", {})[0]).toBe("itemNotFound");
  });

  it("takes JSON, and no more or less of it than a method has arguments for", () => {
    const path = `/v1.0/${tenant}/instances`;
    expect(raw("POST", path, { body: "{", type: "application/json" }).body).toEqual({
      badRequest: {
        code: 400,
        message:
          "The server could not comply with the request since it is either malformed or " +
          "otherwise incorrect.",
      },
    });
    expect(raw("POST", path, { body: "a=1", type: "text/csv" }).status).toBe(415);
    const stumbled = [
      bed.ask("POST", "/instances"),
      bed.ask("POST", "/instances", []),
      bed.ask("GET", "/instances", { a: 1 }),
      bed.ask("POST", "/instances/x/root", {}),
      bed.ask("PUT", "/instances/x"),
    ];
    expect(stumbled.map(({ status }) => status)).toEqual([500, 500, 500, 500, 500]);
    const { instanceFault } = stumbled[0]?.body as { instanceFault: { message: string } };
    expect(instanceFault.message).toMatch(
      /^Internal Server Error\. Please keep this ID to help us figure out what went wrong: \(.{36}\)\.$/u,
    );
  });

  it("tells all that is wrong with a body, and where", () => {
    const instance = { name: 1, flavorRef: "none", volume: { size: -1 }, users: [{ name: "x" }] };
    const [, message] = bed.refused("POST", "/instances", { instance });
    expect(message.split("; ").map((part) => part.replace(/^Validation error: /u, ""))).toEqual(
      expect.arrayContaining([
        "instance['name'] 1 is not of type 'string'",
        "instance['users'][0] 'password' is a required property",
        "-1 is less than the minimum of 0",
      ]),
    );
    const odd = { name: "db", flavorRef: "1", volume: { size: 1, required: 1 } };
    expect(bed.refused("POST", "/instances", { instance: odd })[0]).toBe("instanceFault");
    const more = { name: "db", flavorRef: "1", volume: { size: 1 }, datastore: { kind: "x" } };
    expect(bed.refused("POST", "/instances", { instance: more })[0]).toBe("instanceFault");
  });

  it("limits how many there may be, and how often one may ask", () => {
    const limits = bed.list("/limits", "limits");
    expect(limits[0]).toEqual({
      ...{ verb: "ABSOLUTE", max_instances: 5, max_backups: 7, max_volumes: 20 },
    });
    expect(limits.map(({ verb, uri, value }) => [verb, uri, value])).toContainEqual([
      "GET",
      "*",
      200,
    ]);
    const remove = () => bed.ask("DELETE", "/backups/none");
    expect([remove().status, remove().status]).toEqual([404, 404]);
    expect(remove().body).toEqual({
      overLimit: {
        code: 413,
        message: "This request was rate-limited.",
        details: "Only 2 DELETE request(s) can be made to * every minute.",
        retryAfter: expect.stringMatching(/^\d+$/u),
      },
    });
    bed.cloud.advance("1m");
    expect(remove().status).toBe(404);
    expect(bed.ask("GET", "/instances?limit=x").status).toBe(500);
  });

  it("shows flavors by numbers, and datastores with their versions", () => {
    const flavors = bed.list("/flavors", "flavors");
    expect(flavors[0]).toMatchObject({ id: 1, name: "m1.tiny", ram: 512 });
    expect(bed.refused("GET", "/flavors/x")).toEqual([
      "itemNotFound",
      "Resource x cannot be found.",
    ]);
    const [mysql] = bed.list("/datastores", "datastores");
    const { id, versions } = mysql as { id: string; versions: JsonObject[] };
    expect(versions.map(({ name }) => name)).toEqual(["5.5", "5.6"]);
    const [first] = versions;
    const version = first?.["id"] as string;
    const shown = bed.ask("GET", `/datastores/versions/${version}`).body["version"];
    expect(shown).toMatchObject({ name: "5.5", datastore: id });
    expect(shown).not.toHaveProperty("image");
    const asAdmin = bed.ask("GET", `/datastores/mysql/versions/5.5`, undefined, "admin").body;
    expect(asAdmin["version"]).toMatchObject({ active: true, packages: "mysql-server-5.5" });
    expect(bed.refused("GET", "/datastores/none")).toEqual([
      "badRequest",
      "Datastore 'none' cannot be found.",
    ]);
    const rule = bed.ask("GET", `/datastores/versions/${version}/parameters/max_connections`).body;
    expect(rule).toMatchObject({ name: "max_connections", type: "integer", max_size: 65535 });
  });
});
