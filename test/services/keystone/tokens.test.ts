/**
 * Laws of tokens across both APIs, and in which order a login is looked at: keystone/token/
 * controllers.py, keystone/auth, keystone/token/providers/common.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import type { HttpResponse } from "../../../src/http/index.js";
import type { JsonObject } from "../../../src/python/index.js";
import { ADMIN, IdentityBed, MAIN } from "./bed.js";

const DENIED = "The request you have made requires authentication.";
const MALFORMED =
  " - the server could not comply with the request since it is either malformed or otherwise " +
  "incorrect. The client is assumed to be in error.";

const said = ({ status, body }: HttpResponse): unknown[] => {
  const { error } = body as { error: { message: string } };
  return [status, error.message];
};

describe("POST /v2.0/tokens: the order of checks (token/controllers.py)", () => {
  const creds = { passwordCredentials: { username: "demo", password: "secret" } };
  const tooLong = (attribute: string, size: number) =>
    `Request attribute ${attribute} must be less than or equal to ${String(size)}. The server could ` +
    "not comply with the request because the attribute size is invalid (too large). The client is " +
    "assumed to be in error.";

  it.each([
    [null, 400, `Expecting to find auth in request body${MALFORMED}`],
    [{}, 400, `Expecting to find passwordCredentials in auth${MALFORMED}`],
    [{ token: {} }, 400, `Expecting to find id in token${MALFORMED}`],
    [{ token: { id: 5 } }, 400, "object of type 'int' has no len()"],
    [{ token: { id: "x" } }, 401, DENIED],
    [
      { passwordCredentials: {} },
      400,
      `Expecting to find password in passwordCredentials${MALFORMED}`,
    ],
    [
      { passwordCredentials: { password: "x" } },
      400,
      `Expecting to find username or userId in passwordCredentials${MALFORMED}`,
    ],
    [
      { passwordCredentials: { username: "x".repeat(65), password: "x" } },
      400,
      tooLong("username", 64),
    ],
    [
      { passwordCredentials: { username: "demo", password: "x".repeat(4097) } },
      400,
      tooLong("password", 4096),
    ],
    [{ passwordCredentials: { username: "demo", password: null } }, 401, DENIED],
    [{ ...creds, tenantName: "x".repeat(65) }, 400, tooLong("tenantName", 64)],
    [
      { passwordCredentials: { username: "demo", password: "" }, tenantName: "x".repeat(65) },
      401,
      DENIED,
    ],
    [{ ...creds, tenantName: "nowhere" }, 401, DENIED],
  ])("%j", (auth, status, message) => {
    expect(said(new IdentityBed().post(auth))).toEqual([status, message]);
  });

  it("names are the same without case and without blanks at the end, as MySQL compares them", () => {
    const bed = new IdentityBed();
    const { status } = bed.post({
      passwordCredentials: { username: "DEMO ", password: "secret" },
      tenantName: "Demo",
    });
    expect(status).toBe(200);
  });
});

describe("POST /v3/auth/tokens: the order of checks (auth/controllers.py)", () => {
  const demo = { user: { name: "demo", domain: { id: "default" }, password: "secret" } };
  const password = { methods: ["password"], password: demo };
  const missing = (attribute: string, target: string) =>
    `Expecting to find ${attribute} in ${target}${MALFORMED}`;

  it.each([
    [{}, 400, missing("auth", "request body")],
    [{ identity: { methods: [] } }, 401, DENIED],
    [{ identity: { methods: ["password"] } }, 400, missing("password", "identity")],
    [
      { identity: { methods: ["x"], x: {} } },
      401,
      "Attempted to authenticate with an unsupported method.",
    ],
    [
      { identity: { methods: ["password"], password: {} }, scope: { project: { id: "nowhere" } } },
      401,
      DENIED,
    ],
    [{ identity: { methods: ["password"], password: {} } }, 400, missing("user", "password")],
    [
      { identity: password, scope: {} },
      400,
      missing("project, domain, or OS-TRUST:trust", "scope"),
    ],
    [{ identity: password, scope: { project: {} } }, 400, missing("id or name", "project")],
    [
      { identity: password, scope: { project: { name: "demo" } } },
      400,
      missing("domain", "project"),
    ],
    [{ identity: password, scope: { domain: { id: "default" } } }, 401, DENIED],
    [
      { identity: { methods: ["token"], token: { id: "dead" } } },
      404,
      "Could not find token: dead",
    ],
    [{ identity: { methods: ["external"], external: {} } }, 401, DENIED],
  ])("%j", (auth, status, message) => {
    expect(said(new IdentityBed().ask("POST", `${MAIN}/v3/auth/tokens`, { auth }))).toEqual([
      status,
      message,
    ]);
  });

  it("says which methods there are, where one is not supported, and sends no challenge", () => {
    const auth = { identity: { methods: ["x"], x: {} } };
    const { body, headers } = new IdentityBed().ask("POST", `${MAIN}/v3/auth/tokens`, { auth });
    expect(body).toMatchObject({
      error: { identity: { methods: ["external", "password", "token"] } },
    });
    expect(headers).not.toHaveProperty("www-authenticate");
  });
});

describe("a token of one API asked about in the other (token/providers/common.py)", () => {
  const login3 = (bed: IdentityBed, scope: object | undefined) => {
    const user = { id: bed.user("demo"), password: "secret" };
    const identity = { methods: ["password"], password: { user } };
    const answer = bed.ask("POST", `${MAIN}/v3/auth/tokens`, {
      auth: { identity, ...(scope && { scope }) },
    });
    return { id: answer.headers["x-subject-token"]!, body: answer.body as { token: JsonObject } };
  };

  it("v2's in v3 has both methods, whole seconds to its end, and a beginning without a zone", () => {
    const bed = new IdentityBed();
    const headers = { "x-auth-token": bed.login("admin"), "x-subject-token": bed.login("demo") };
    const { body } = bed.ask("GET", `${ADMIN}/v3/auth/tokens`, undefined, headers);
    expect(body).toMatchObject({
      token: {
        methods: ["password", "token"],
        expires_at: "2014-09-18T05:03:09.000000Z",
        issued_at: expect.stringMatching(/^2014-09-18T04:03:09\.\d{6}$/),
      },
    });
  });

  it("v3's in v2 has whole roles and a tenant with a domain, or neither catalog nor metadata", () => {
    const bed = new IdentityBed();
    const headers = { "x-auth-token": bed.login("admin") };
    const scoped = login3(bed, { project: { id: bed.project("demo") } });
    const unscoped = login3(bed, undefined);
    const [one, other] = [scoped, unscoped].map(
      ({ id }) =>
        bed.ask("GET", `${ADMIN}/v2.0/tokens/${id}`, undefined, headers).body as {
          access: JsonObject;
        },
    );
    expect(one).toMatchObject({
      access: {
        token: { tenant: { domain: { id: "default", name: "Default" }, enabled: true } },
        user: { roles: [{ id: expect.any(String), name: "_member_" }] },
      },
    });
    expect(Object.keys(other!.access).sort()).toEqual(["token", "user"]);
  });

  it("says in its own API what it said when it was issued, whatever has changed since", () => {
    const bed = new IdentityBed();
    const headers = { "x-auth-token": bed.login("admin") };
    const { id, body } = login3(bed, { project: { id: bed.project("demo") } });
    bed.database.projects.update(bed.project("demo"), { name: "renamed" });
    const own = bed.ask("GET", `${ADMIN}/v3/auth/tokens`, undefined, {
      ...headers,
      "x-subject-token": id,
    });
    const other = bed.ask("GET", `${ADMIN}/v2.0/tokens/${id}`, undefined, headers);
    expect([own.body, other.body]).toMatchObject([
      body,
      { access: { token: { tenant: { name: "renamed" } } } },
    ]);
  });

  it("GET /v2.0/tokens/{id}/endpoints lists by service, and falls over a token without a tenant", () => {
    const bed = new IdentityBed();
    const headers = { "x-auth-token": bed.login("admin") };
    const ask = (id: string) =>
      bed.ask("GET", `${ADMIN}/v2.0/tokens/${id}/endpoints`, undefined, headers);
    const unscoped = bed.post({ passwordCredentials: { username: "demo", password: "secret" } });
    const { access } = unscoped.body as { access: { token: { id: string } } };
    expect([ask(bed.login("demo")), ask(access.token.id)]).toMatchObject([
      {
        status: 200,
        body: { endpoints: [{ type: "compute", name: "nova" }, { type: "identity" }] },
      },
      { status: 500 },
    ]);
  });
});

describe("the catalog (catalog/core.py, backends/sql.py)", () => {
  const withUrl = (url: string) => {
    const bed = new IdentityBed();
    const [endpoint] = bed.database.endpoints.find();
    for (const row of bed.database.endpoints.find({ service_id: endpoint!.service_id })) {
      bed.database.endpoints.update(row.uuid, { url });
    }
    return bed;
  };
  const first = (bed: IdentityBed) => {
    const { body } = bed.post({
      passwordCredentials: { username: "demo", password: "secret" },
      tenantName: "demo",
    });
    const { access } = body as {
      access: { serviceCatalog: { type: string; endpoints: { publicURL: string }[] }[] };
    };
    return access.serviceCatalog[0]!.endpoints[0]!.publicURL;
  };

  it.each([
    ["http://h/%(tenant_id)s", /^http:\/\/h\/[0-9a-f]{32}$/],
    ["http://h/$(user_id)s/%%", /^http:\/\/h\/[0-9a-f]{32}\/%$/],
    ["http://h:$(public_port)d/", /^http:\/\/h:5000\/$/],
    ["http://h/$(tenant_id)d", /5000/],
    ["http://h/100%", /5000/],
  ])("%s is filled in as Python does, or left out", (url, expected) => {
    expect(first(withUrl(url))).toMatch(expected);
  });

  it("a service without a name ends every login in v2, not in v3", () => {
    const bed = new IdentityBed();
    const headers = { "x-auth-token": bed.login("admin") };
    const service = bed.ask("POST", `${MAIN}/v3/services`, { service: { type: "dns" } }, headers);
    const { id } = (service.body as { service: { id: string } }).service;
    const endpoint = { interface: "public", url: "http://10.0.0.1", service_id: id };
    bed.ask("POST", `${MAIN}/v3/endpoints`, { endpoint }, headers);
    const v2 = bed.post({
      passwordCredentials: { username: "demo", password: "secret" },
      tenantName: "demo",
    });
    const v3 = bed.ask("POST", `${MAIN}/v3/auth/tokens`, {
      auth: {
        identity: {
          methods: ["password"],
          password: { user: { id: bed.user("demo"), password: "secret" } },
        },
        scope: { project: { id: bed.project("demo") } },
      },
    });
    expect([v2.status, v3.status]).toEqual([500, 201]);
  });
});

describe("PATCH /v2.0/OS-KSCRUD/users/{id} (contrib/user_crud/core.py)", () => {
  it("changes one's own password and gives a new token; other users' are refused", () => {
    const bed = new IdentityBed();
    const token = bed.login("demo");
    const patch = (who: string, user: object, headers: object = { "x-auth-token": token }) =>
      bed.ask("PATCH", `${MAIN}/v2.0/OS-KSCRUD/users/${bed.user(who)}`, { user }, headers);
    expect([
      said(patch("demo", { password: "new" }, {})),
      said(patch("admin", { password: "new", original_password: "secret" })),
      said(patch("demo", { password: "new" })),
      said(patch("demo", { password: "new", original_password: "wrong" })),
    ]).toEqual([
      [404, "Could not find token: "],
      [403, "You are not authorized to perform the requested action."],
      [400, `Expecting to find original password in user${MALFORMED}`],
      [401, DENIED],
    ]);
    const { status, body } = patch("demo", { password: "new", original_password: "secret" });
    const { access } = body as { access: { token: { id: string } } };
    expect([
      status,
      bed.database.tokens.get(token)!.valid,
      bed.database.tokens.get(access.token.id)!.valid,
    ]).toEqual([200, false, true]);
  });
});
