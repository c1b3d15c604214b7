/** Laws of Keystone as a process, and of v2's administration: other-services §1.1, §1.2. */
import { describe, expect, it } from "vitest";
import { AccessInfo } from "../../../src/framework/apiclient/index.js";
import { authenticate } from "../../../src/services/keystone/client.js";
import { KeystoneDatabase, keystone, seedUser } from "../../../src/services/keystone/index.js";
import { TestBed } from "../bed.js";
import { ADMIN, IdentityBed, MAIN, seeded } from "./bed.js";

describe("other-services §1.2: v2 administration, on 35357 only", () => {
  it.each([
    ["POST", "/v2.0/tenants", { tenant: { name: "lab" } }],
    ["POST", "/v2.0/users", { user: { name: "eve", password: "x" } }],
    ["POST", "/v2.0/OS-KSADM/roles", { role: { name: "cook" } }],
    ["POST", "/v2.0/OS-KSADM/services", { "OS-KSADM:service": { name: "swift", type: "o" } }],
  ])("%s %s answers 200, not 201, and 404 on 5000", (method, path, body) => {
    const bed = new IdentityBed();
    const headers = { "x-auth-token": bed.login("admin") };
    expect([
      bed.ask(method, ADMIN + path, body, headers).status,
      bed.ask(method, MAIN + path, body, headers).status,
    ]).toEqual([200, 404]);
  });

  it("a user made with a role on a tenant can log in there, and with the tenant gone cannot", () => {
    const bed = new IdentityBed();
    const headers = { "x-auth-token": "ADMIN" };
    const make = (path: string, body: object): string => {
      const answer = bed.ask("POST", `${ADMIN}/v2.0/${path}`, body, headers).body;
      return Object.values(answer as Record<string, { id: string }>)[0]!.id;
    };
    const tenant = make("tenants", { tenant: { name: "lab" } });
    const user = make("users", { user: { name: "eve", password: "secret" } });
    const role = make("OS-KSADM/roles", { role: { name: "cook" } });
    const login = (): number =>
      bed.post({
        passwordCredentials: { username: "eve", password: "secret" },
        tenantName: "lab",
      }).status;
    const path = `${ADMIN}/v2.0/tenants/${tenant}/users/${user}/roles/OS-KSADM/${role}`;
    const answers = [login(), bed.ask("PUT", path, undefined, headers).status, login()];
    bed.ask("DELETE", `${ADMIN}/v2.0/tenants/${tenant}`, undefined, headers);
    expect([...answers, login()]).toEqual([401, 200, 200, 401]);
  });

  it("GET /v2.0/tenants: one's own on 5000, even unscoped; all on 35357, for admins", () => {
    const bed = new IdentityBed();
    const list = (base: string, token: string) => {
      const { status, body } = bed.ask("GET", `${base}/v2.0/tenants`, undefined, {
        "x-auth-token": token,
      });
      const { tenants = [] } = body as { tenants?: { name: string }[] };
      return [status, tenants.map(({ name }) => name)];
    };
    const { body } = bed.post({ passwordCredentials: { username: "demo", password: "secret" } });
    const unscoped = (body as { access: { token: { id: string } } }).access.token.id;
    expect([
      list(MAIN, unscoped),
      list(ADMIN, bed.login("demo")),
      list(ADMIN, bed.login("admin")),
    ]).toEqual([
      [200, ["demo"]],
      [403, []],
      [200, ["service", "admin", "demo"]],
    ]);
  });

  it("an endpoint of v2 is one row for each interface, and comes back as one", () => {
    const bed = new IdentityBed();
    const headers = { "x-auth-token": bed.login("admin") };
    const service = bed.database.services.find()[0]!.uuid;
    const urls = { publicurl: "http://p", internalurl: "http://i", adminurl: "http://a" };
    const made = bed.ask(
      "POST",
      `${ADMIN}/v2.0/endpoints`,
      { endpoint: { region: "RegionTwo", service_id: service, ...urls } },
      headers,
    ).body as { endpoint: { id: string } };
    const rows = bed.database.endpoints.find({ legacy_endpoint_id: made.endpoint.id });
    expect([made.endpoint, rows.map((row) => row.interface)]).toMatchObject([
      { region: "RegionTwo", service_id: service, ...urls },
      ["public", "internal", "admin"],
    ]);
  });
});

describe("other-services §1.1: the process", () => {
  it("answers GET / with 300 and v3.0 before v2.0, on both ports", () => {
    const bed = new IdentityBed();
    const answers = [MAIN, ADMIN].map((base) => bed.ask("GET", base));
    expect(answers).toMatchObject(
      [MAIN, ADMIN].map((base) => ({
        status: 300,
        body: {
          versions: {
            values: [
              { id: "v3.0", status: "stable", links: [{ rel: "self", href: `${base}/v3/` }] },
              {
                id: "v2.0",
                links: [{ rel: "self", href: `${base}/v2.0/` }, { rel: "describedby" }],
              },
            ],
          },
        },
      })),
    );
  });

  it("knows its tokens after a restart, since they are rows", () => {
    const bed = new TestBed();
    const database = seeded(bed);
    const env = bed.env("keystone-all");
    const first = bed.start(keystone(env, database));
    const as = (name: string) =>
      bed.run(
        authenticate(bed.http, `${MAIN}/v2.0`, {
          tenantName: name,
          passwordCredentials: { username: name, password: "secret" },
        }),
      );
    const { token } = as("demo");
    bed.crash(first, env);
    bed.start(keystone(env, database));
    const headers = { "x-auth-token": as("admin").token };
    const url = `${ADMIN}/v2.0/tokens/${token}`;
    const access = AccessInfo.from(bed.run(bed.http.request("GET", url, { headers })).body);
    expect([access?.username, access?.endpoints({ serviceType: "identity" })]).toMatchObject([
      "demo",
      [{ publicURL: `${MAIN}/v2.0` }],
    ]);
  });

  it("is silent by default, and otherwise tells who logs in and what is made, on its exchange", () => {
    const told = [[], ["messaging"]].map((notification_driver) => {
      const bed = new IdentityBed({ flags: { notification_driver } });
      const headers = { "x-auth-token": bed.login("admin") };
      bed.ask("POST", `${ADMIN}/v2.0/users`, { user: { name: "eve" } }, headers);
      return bed
        .of<{ kind: "notification"; publisher_id: string; event_type: string }>("notification")
        .map(({ publisher_id, event_type }) => `${publisher_id} ${event_type}`);
    });
    expect(told).toEqual([
      [],
      ["identity.controller identity.authenticate", "identity.controller identity.user.created"],
    ]);
  });

  it("seeds the same ids for the same seed, whoever else is seeded before", () => {
    const idOfDemo = (seed: number, ...before: string[]): string => {
      const database = new KeystoneDatabase(new TestBed({ seed }).kernel);
      for (const name of before) seedUser(database, { name });
      return seedUser(database, { name: "demo" }).user.uuid;
    };
    expect([idOfDemo(5, "eve", "ada"), idOfDemo(6)].map((id) => id === idOfDemo(5))).toEqual([
      true,
      false,
    ]);
  });
});
