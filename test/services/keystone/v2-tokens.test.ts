/** Laws of Keystone's v2 tokens: other-services §1.2. */
import { describe, expect, it } from "vitest";
import { seconds } from "../../../src/kernel/index.js";
import type { JsonObject } from "../../../src/python/index.js";
import { ADMIN, IdentityBed, MAIN } from "./bed.js";

const password = (username: string, secret = "secret") => ({
  passwordCredentials: { username, password: secret },
});

describe("other-services §1.2: POST /v2.0/tokens", () => {
  it("answers 200 with token, tenant, user, catalog and metadata", () => {
    const bed = new IdentityBed();
    const { status, body } = bed.post({ ...password("demo"), tenantName: "demo" });
    const { access } = body as { access: JsonObject };
    const endpoint = { region: "RegionOne", id: expect.stringMatching(/^[0-9a-f]{32}$/) };
    const url = `http://controller:8774/v2/${bed.project("demo")}`;
    expect([status, access]).toEqual([
      200,
      {
        token: {
          issued_at: expect.stringMatching(/^2014-09-18T04:03:09\.\d{6}$/),
          expires: "2014-09-18T05:03:09Z",
          id: expect.stringMatching(/^[0-9a-f]{32}$/),
          tenant: { description: "", enabled: true, id: bed.project("demo"), name: "demo" },
          audit_ids: [expect.stringMatching(/^[\w-]{22}$/)],
        },
        serviceCatalog: [
          {
            endpoints: [{ ...endpoint, publicURL: url, internalURL: url, adminURL: url }],
            endpoints_links: [],
            type: "compute",
            name: "nova",
          },
          {
            endpoints: [
              {
                ...endpoint,
                publicURL: `${MAIN}/v2.0`,
                internalURL: `${MAIN}/v2.0`,
                adminURL: `${ADMIN}/v2.0`,
              },
            ],
            endpoints_links: [],
            type: "identity",
            name: "keystone",
          },
        ],
        user: {
          username: "demo",
          roles_links: [],
          id: bed.user("demo"),
          roles: [{ name: "_member_" }],
          name: "demo",
        },
        metadata: { is_admin: 0, roles: [bed.database.roles.first({ name: "_member_" })!.uuid] },
      },
    ]);
  });

  it("gives an unscoped token, without tenant and catalog, if no tenant is named", () => {
    const bed = new IdentityBed();
    const { body } = bed.post(password("demo"));
    const { access } = body as { access: { token: object; serviceCatalog: unknown } };
    expect([Object.keys(access.token).includes("tenant"), access.serviceCatalog]).toEqual([
      false,
      [],
    ]);
  });

  it.each([
    ["an unknown user", { ...password("nobody"), tenantName: "demo" }],
    ["a wrong password", { ...password("demo", "wrong"), tenantName: "demo" }],
    ["an unknown tenant", { ...password("demo"), tenantName: "nowhere" }],
    ["a tenant in which the user has no role", { ...password("demo"), tenantName: "admin" }],
    ["an unknown token", { token: { id: "0".repeat(32) }, tenantName: "demo" }],
  ])("answers %s with the same 401", (_what, auth) => {
    const { status, body } = new IdentityBed().post(auth);
    expect([status, body]).toEqual([
      401,
      {
        error: {
          message: "The request you have made requires authentication.",
          code: 401,
          title: "Unauthorized",
        },
      },
    ]);
  });

  it.each([
    ["no auth", {}],
    ["no password", { auth: { passwordCredentials: { username: "demo" } } }],
    ["no user", { auth: { passwordCredentials: { password: "secret" } } }],
    ["a name beyond max_param_size", { auth: password("x".repeat(65)) }],
    ["a token beyond max_token_size", { auth: { token: { id: "x".repeat(8193) } } }],
  ])("answers %s with 400", (_what, body) => {
    const { status } = new IdentityBed().ask("POST", `${MAIN}/v2.0/tokens`, body);
    expect(status).toBe(400);
  });

  it("answers a disabled user and a disabled tenant with 401", () => {
    const bed = new IdentityBed();
    bed.database.users.update(bed.user("demo"), { enabled: false });
    bed.database.projects.update(bed.project("admin"), { enabled: false });
    const answers = ["demo", "admin"].map((name) =>
      bed.post({ ...password(name), tenantName: name }),
    );
    expect(answers.map(({ status }) => status)).toEqual([401, 401]);
  });

  it("lets a token that is got from a token inherit the old expiry and the audit chain", () => {
    const bed = new IdentityBed();
    const first = bed.login("demo");
    bed.wait(seconds(600));
    const { body } = bed.post({ token: { id: first }, tenantName: "demo" });
    const { token } = (body as { access: { token: { id: string } } }).access;
    const [before, after] = [bed.database.tokens.get(first)!, bed.database.tokens.get(token.id)!];
    expect([after.expires, after.audit_ids[1], after.audit_ids.length, token.id === first]).toEqual(
      [before.expires, before.audit_ids[0], 2, false],
    );
  });

  it("leaves an endpoint out of the catalog whose template nobody can fill in", () => {
    const bed = new IdentityBed();
    const [endpoint] = bed.database.endpoints.find();
    for (const row of bed.database.endpoints.find({ service_id: endpoint!.service_id })) {
      bed.database.endpoints.update(row.uuid, { url: "http://h/$(project)s" });
    }
    const { body } = bed.post({ ...password("demo"), tenantName: "demo" });
    const { serviceCatalog } = (body as { access: { serviceCatalog: { type: string }[] } }).access;
    expect(serviceCatalog.map(({ type }) => type)).toEqual(["identity"]);
  });
});

describe("other-services §1.2: GET, HEAD and DELETE /v2.0/tokens/{id}", () => {
  it("says to an admin what was said when the token was issued", () => {
    const bed = new IdentityBed();
    const issued = bed.post({ ...password("demo"), tenantName: "demo" }).body;
    const { id } = (issued as { access: { token: { id: string } } }).access.token;
    const headers = { "x-auth-token": bed.login("nova", "service") };
    const validated = bed.ask("GET", `${ADMIN}/v2.0/tokens/${id}`, undefined, headers);
    expect([validated.status, validated.body]).toEqual([200, issued]);
  });

  it("answers 404 for what is unknown, revoked or expired, and 401 if the caller's is", () => {
    const bed = new IdentityBed();
    const [revoked, expired] = [bed.login("demo"), bed.login("demo")];
    const show = (token: string, own: string) =>
      bed.ask("GET", `${ADMIN}/v2.0/tokens/${token}`, undefined, { "x-auth-token": own }).status;
    const admin = bed.login("admin");
    const gone = bed.ask("DELETE", `${ADMIN}/v2.0/tokens/${revoked}`, undefined, {
      "x-auth-token": admin,
    });
    const before = [show("unknown", admin), show(revoked, admin), show(expired, admin)];
    bed.wait(seconds(3600));
    const late = bed.login("admin");
    expect([gone.status, before, show(expired, late), show(late, admin)]).toEqual([
      204,
      [404, 404, 200],
      404,
      401,
    ]);
  });

  it("refuses a plain user with 403 and a belongsTo of another tenant with 401", () => {
    const bed = new IdentityBed();
    const [demo, admin] = [bed.login("demo"), bed.login("admin")];
    const url = `${ADMIN}/v2.0/tokens/${demo}`;
    const other = `${url}?belongsTo=${bed.project("admin")}`;
    expect([
      bed.ask("GET", url, undefined, { "x-auth-token": demo }).status,
      bed.ask("GET", other, undefined, { "x-auth-token": admin }).status,
      bed.ask("HEAD", url, undefined, { "x-auth-token": admin }),
    ]).toMatchObject([403, 401, { status: 200, body: null }]);
  });

  it("revokes a user's tokens when the user is disabled, its password or its role is taken", () => {
    const bed = new IdentityBed();
    const headers = { "x-auth-token": bed.login("admin") };
    const [user, project] = [bed.user("demo"), bed.project("demo")];
    const role = bed.database.roles.first({ name: "_member_" })!.uuid;
    const alive = (act: () => void): boolean => {
      const token = bed.login("demo");
      act();
      return bed.database.tokens.get(token)!.valid;
    };
    const change = (changes: object) =>
      bed.ask("PUT", `${ADMIN}/v2.0/users/${user}`, { user: changes }, headers);
    const path = `/v2.0/tenants/${project}/users/${user}/roles/OS-KSADM/${role}`;
    const renamed = alive(() => change({ email: "demo@example.org" }));
    const changed = alive(() => change({ password: "secret" }));
    const disabled = alive(() => change({ enabled: false }));
    change({ enabled: true });
    const withdrawn = alive(() => bed.ask("DELETE", `${ADMIN}${path}`, undefined, headers));
    expect([renamed, changed, disabled, withdrawn]).toEqual([true, false, false, false]);
  });
});
