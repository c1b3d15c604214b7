/** Laws of Keystone's v3 API: other-services §1.2. */
import { describe, expect, it } from "vitest";
import { seconds } from "../../../src/kernel/index.js";
import { seedUser } from "../../../src/services/keystone/index.js";
import { ADMIN, IdentityBed, MAIN } from "./bed.js";

const TOKENS = `${MAIN}/v3/auth/tokens`;

const demo = {
  methods: ["password"],
  password: { user: { name: "demo", domain: { name: "Default" }, password: "secret" } },
};

describe("other-services §1.2: POST /v3/auth/tokens", () => {
  it("answers 201 with the token in a header only, and everything else in the body", () => {
    const bed = new IdentityBed();
    const scope = { project: { name: "demo", domain: { id: "default" } } };
    const answer = bed.ask("POST", TOKENS, { auth: { identity: demo, scope } });
    const id = answer.headers["x-subject-token"]!;
    const domain = { id: "default", name: "Default" };
    const hex = expect.stringMatching(/^[0-9a-f]{32}$/);
    const url = `http://controller:8774/v2/${bed.project("demo")}`;
    const place = { id: hex, region: "RegionOne", region_id: "RegionOne" };
    expect([answer.status, answer.body]).toMatchObject([
      201,
      {
        token: {
          methods: ["password"],
          roles: [{ id: hex, name: "_member_" }],
          expires_at: expect.stringMatching(/^2014-09-18T05:03:09\.\d{6}Z$/),
          issued_at: expect.stringMatching(/^2014-09-18T04:03:09\.\d{6}Z$/),
          project: { domain, id: bed.project("demo"), name: "demo" },
          user: { domain, id: bed.user("demo"), name: "demo" },
          catalog: [
            {
              id: hex,
              type: "compute",
              name: "nova",
              endpoints: [
                { ...place, interface: "public", url },
                { ...place, interface: "internal", url },
                { ...place, interface: "admin", url },
              ],
            },
            { type: "identity" },
          ],
          audit_ids: [expect.stringMatching(/^[\w-]{22}$/)],
          extras: {},
        },
      },
    ]);
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(JSON.stringify(answer.body)).not.toContain(id);
  });

  it("leaves the catalog out for ?nocatalog", () => {
    const bed = new IdentityBed();
    const scope = { project: { id: bed.project("demo") } };
    const { body } = bed.ask("POST", `${TOKENS}?nocatalog`, { auth: { identity: demo, scope } });
    expect((body as { token: object }).token).not.toHaveProperty("catalog");
  });

  it("without a scope: the user's own project if that is valid, else unscoped", () => {
    const bed = new IdentityBed();
    const project = (): unknown => {
      const { body } = bed.ask("POST", TOKENS, { auth: { identity: demo } });
      return (body as { token: { project?: { name: string } } }).token.project?.name;
    };
    const none = project();
    bed.database.users.update(bed.user("demo"), { default_project_id: bed.project("demo") });
    const own = project();
    bed.database.users.update(bed.user("demo"), { default_project_id: bed.project("admin") });
    expect([none, own, project()]).toEqual([undefined, "demo", undefined]);
  });

  it("gives for a token one with the same expiry, another scope and both methods", () => {
    const bed = new IdentityBed();
    const first = bed.ask("POST", TOKENS, { auth: { identity: demo } });
    bed.wait(seconds(60));
    const token = { id: first.headers["x-subject-token"] };
    const scope = { project: { id: bed.project("demo") } };
    const second = bed.ask("POST", TOKENS, {
      auth: { identity: { methods: ["token"], token }, scope },
    });
    const was = (first.body as { token: { expires_at: string } }).token;
    expect(second.body).toMatchObject({
      token: { expires_at: was.expires_at, methods: ["token", "password"] },
    });
  });

  it.each([
    ["no identity", { scope: {} }, 400],
    ["no methods", { identity: {} }, 400],
    ["a user name without a domain", { identity: password({ name: "demo" }) }, 400],
    ["a method that nobody knows", { identity: { methods: ["guess"], guess: {} } }, 401],
    ["a method without its part", { identity: { methods: ["password"] } }, 400],
    ["an unknown user", { identity: password({ id: "nobody" }) }, 401],
    ["a scope that is no scope", { identity: demo, scope: {} }, 400],
    ["an unknown project", { identity: demo, scope: { project: { id: "nowhere" } } }, 401],
  ])("answers %s with an error body", (_what, auth, status) => {
    const answer = new IdentityBed().ask("POST", TOKENS, { auth });
    expect([answer.status, answer.body]).toMatchObject([status, { error: { code: status } }]);
  });
});

function password(user: object) {
  return { methods: ["password"], password: { user: { ...user, password: "secret" } } };
}

describe("other-services §1.2: GET, HEAD and DELETE /v3/auth/tokens", () => {
  it("a token of v2 can be asked about in v3; bad subjects are 404, bad callers 401", () => {
    const bed = new IdentityBed();
    const [own, subject] = [bed.login("nova", "service"), bed.login("demo")];
    const show = (method: string, caller: string, about: string) =>
      bed.ask(method, `${ADMIN}/v3/auth/tokens`, undefined, {
        "x-auth-token": caller,
        "x-subject-token": about,
      });
    expect([
      show("GET", own, subject).body,
      show("HEAD", own, subject).status,
      show("GET", own, "unknown").status,
      show("GET", "unknown", subject).status,
      // policy.json asks for the owner by a name that the target does not have.
      show("DELETE", subject, subject).status,
      show("DELETE", own, subject).status,
      show("GET", own, subject).status,
    ]).toMatchObject([{ token: { user: { name: "demo" } } }, 200, 404, 401, 403, 204, 404]);
  });

  it("lets a service validate, and only an admin check by HEAD (etc/policy.json)", () => {
    const bed = new IdentityBed();
    seedUser(bed.database, { name: "watcher", roles: ["service"] });
    const [service, subject] = [bed.login("watcher"), bed.login("demo")];
    const headers = { "x-auth-token": service, "x-subject-token": subject };
    const status = (method: string, path: string): number =>
      bed.ask(method, `${ADMIN}${path}`, undefined, headers).status;
    expect([
      status("GET", "/v3/auth/tokens"),
      status("HEAD", "/v3/auth/tokens"),
      status("HEAD", `/v2.0/tokens/${subject}`),
    ]).toEqual([200, 403, 200]);
    headers["x-auth-token"] = subject;
    expect(bed.ask("GET", `${ADMIN}/v2.0/tokens/revoked`, undefined, headers).body).toEqual({
      error: {
        code: 403,
        title: "Forbidden",
        message: "You are not authorized to perform the requested action: identity:revocation_list",
      },
    });
  });

  it("lists the catalog and projects of the caller's own token", () => {
    const bed = new IdentityBed();
    const headers = { "x-auth-token": bed.login("demo") };
    const [catalog, projects] = ["catalog", "projects"].map(
      (what) => bed.ask("GET", `${MAIN}/v3/auth/${what}`, undefined, headers).body,
    );
    expect([catalog, projects]).toMatchObject([
      { catalog: [{ type: "compute" }, { type: "identity" }] },
      { projects: [{ name: "demo" }] },
    ]);
  });
});

describe("other-services §1.2: collections", () => {
  it.each([
    ["users", "user", { name: "eve" }, { name: "ada" }],
    ["projects", "project", { name: "lab" }, { description: "rats" }],
    ["roles", "role", { name: "cook" }, { name: "chef" }],
    ["services", "service", { type: "volume" }, { name: "cinder" }],
  ])("%s: POST 201, GET 200, PATCH 200, DELETE 204, then 404", (members, member, make, change) => {
    const bed = new IdentityBed();
    const headers = { "x-auth-token": bed.login("admin") };
    const path = `${MAIN}/v3/${members}`;
    const made = bed.ask("POST", path, { [member]: make }, headers);
    const { id } = (made.body as Record<string, { id: string }>)[member]!;
    const listed = bed.ask("GET", path, undefined, headers);
    const patched = bed.ask("PATCH", `${path}/${id}`, { [member]: change }, headers);
    const gone = bed.ask("DELETE", `${path}/${id}`, undefined, headers);
    expect([made.status, listed.status, patched.body, gone.status]).toMatchObject([
      201,
      200,
      { [member]: { ...make, ...change, id, links: { self: `${path}/${id}` } } },
      204,
    ]);
    expect(listed.body).toMatchObject({
      [members]: expect.arrayContaining([expect.objectContaining({ id })]),
      links: { self: path, previous: null, next: null },
    });
    expect(bed.ask("GET", `${path}/${id}`, undefined, headers).status).toBe(404);
  });

  it("are for admins, and a name that is taken is a conflict", () => {
    const bed = new IdentityBed();
    const post = (user: string) =>
      bed.ask(
        "POST",
        `${MAIN}/v3/users`,
        { user: { name: "demo" } },
        {
          "x-auth-token": bed.login(user),
        },
      ).status;
    expect([post("demo"), post("admin")]).toEqual([403, 409]);
  });

  it("grants: PUT, HEAD and DELETE 204, and what is withdrawn takes its tokens along", () => {
    const bed = new IdentityBed();
    const headers = { "x-auth-token": bed.login("admin") };
    const role = bed.database.roles.first({ name: "admin" })!.uuid;
    const grants = `${MAIN}/v3/projects/${bed.project("service")}/users/${bed.user("demo")}/roles`;
    const act = (method: string) => bed.ask(method, `${grants}/${role}`, undefined, headers).status;
    const before = act("HEAD");
    const put = act("PUT");
    const token = bed.login("demo", "service");
    const listed = bed.ask("GET", grants, undefined, headers).body;
    const gone = act("DELETE");
    expect([before, put, listed, gone, act("HEAD")]).toMatchObject([
      404,
      204,
      { roles: [{ name: "admin" }] },
      204,
      404,
    ]);
    expect(bed.database.tokens.get(token)!.valid).toBe(false);
  });
});
