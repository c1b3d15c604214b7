/**
 * More of Keystone's own cases, each under the name of its test: keystone/tests/test_middleware.py,
 * test_auth.py, test_v3_auth.py, test_v3_identity.py, test_v3_catalog.py, test_v3_credential.py,
 * test_v3_filters.py, test_validation.py, test_v3_os_revoke.py at 2014.2. What exactly is said is pinned
 * beside each part.
 */
import { describe, expect, it } from "vitest";
import { seconds } from "../../../src/kernel/index.js";
import type { JsonObject } from "../../../src/python/index.js";
import { ADMIN, IdentityBed, MAIN } from "./bed.js";

const LONG = "x".repeat(65);

/** The status of a request to v3 as the admin. */
const admin = (bed: IdentityBed, method: string, path: string, body?: unknown): number =>
  bed.v3As(bed.login("admin"), method, path, body)[0];

/** What an admin makes, by its id. */
function made(bed: IdentityBed, path: string, body: JsonObject): string {
  const [, said] = bed.v3As(bed.login("admin"), "POST", path, body);
  return (Object.values(said)[0] as { id: string }).id;
}

/** `POST /v3/auth/tokens` by the password of demo. */
function v3(bed: IdentityBed, scope?: JsonObject, method = "password") {
  const user = { name: "demo", domain: { id: "default" }, password: "secret" };
  const identity = { methods: [method], [method]: { user } };
  const auth = { identity, ...(scope && { scope }) };
  return bed.ask("POST", `${MAIN}/v3/auth/tokens`, { auth });
}

const tokenOf = ({ headers }: { readonly headers: Readonly<Record<string, string>> }): string =>
  headers["x-subject-token"] ?? "";

const valid = (bed: IdentityBed, token: string): number =>
  bed.ask("GET", `${ADMIN}/v3/auth/tokens`, undefined, {
    "x-auth-token": bed.login("admin"),
    "x-subject-token": token,
  }).status;

/** A token, what is done to the cloud a second later, and what the token is worth then. */
function after(bed: IdentityBed, act: () => void, scope?: JsonObject): number[] {
  const token = tokenOf(v3(bed, scope));
  const before = valid(bed, token);
  bed.wait(seconds(1));
  act();
  bed.wait(seconds(1));
  return [before, valid(bed, token)];
}

describe("test_middleware.py", () => {
  it.each([
    ["test_malformed_json", '{"arg1": "on', "application/json"],
    ["test_not_dict_body", '["arg1"]', "application/json"],
    ["test_unrecognized_content_type", '{"arg1": "one"}', "text/plain"],
  ])("%s: 400", (_name, body, type) => {
    const bed = new IdentityBed();
    const headers = { "content-type": type };
    expect(bed.ask("POST", `${MAIN}/v2.0/tokens`, body, headers).status).toBe(400);
  });
});

describe("test_auth.py", () => {
  const passwordCredentials = { username: "demo", password: "secret" };

  it.each([
    ["test_no_credentials_in_auth", {}],
    [
      "test_authenticate_username_too_large",
      { passwordCredentials: { ...passwordCredentials, username: LONG } },
    ],
    [
      "test_authenticate_password_too_large",
      { passwordCredentials: { ...passwordCredentials, password: "x".repeat(8193) } },
    ],
  ])("%s: 400", (_name, auth) => {
    expect(new IdentityBed().post(auth).status).toBe(400);
  });

  it("test_token_from_trust_wrong_user_fails, test_expired_trust_get_token_fails: 403", () => {
    const bed = new IdentityBed();
    const trust = (more: JsonObject): string => {
      const token = tokenOf(v3(bed, { project: { id: bed.project("demo") } }));
      const [, body] = bed.v3As(token, "POST", "/OS-TRUST/trusts", {
        trust: {
          trustor_user_id: bed.user("demo"),
          trustee_user_id: bed.user("admin"),
          project_id: bed.project("demo"),
          impersonation: true,
          roles: [{ name: "_member_" }],
          ...more,
        },
      });
      return (body["trust"] as { id: string }).id;
    };
    const use = (username: string, trust_id: string): number => {
      const token = { id: bed.login(username, "") };
      return bed.post({ token, trust_id, tenantId: bed.project("demo") }).status;
    };
    const lasting = trust({});
    const soon = trust({ expires_at: "2014-09-18T04:03:10Z" });
    expect(use("nova", lasting)).toBe(403);
    bed.wait(seconds(5));
    expect(use("admin", soon)).toBe(403);
    expect(use("admin", lasting)).toBe(200);
  });
});

describe("test_v3_auth.py", () => {
  it("test_unsupported_auth_method: 401, with the methods that there are", () => {
    const { status, body } = v3(new IdentityBed(), undefined, "abc");
    expect([status, body]).toMatchObject([
      401,
      { error: { identity: { methods: expect.arrayContaining(["password", "token"]) } } },
    ]);
  });

  it("test_both_project_and_domain_in_scope, test_project_name_no_domain: 400", () => {
    const bed = new IdentityBed();
    const project = { id: bed.project("demo") };
    expect([
      v3(bed, { project, domain: { id: "default" } }).status,
      v3(bed, { project: { name: "demo" } }).status,
    ]).toEqual([400, 400]);
  });

  it("test_disabled_default_project_result_in_unscoped_token", () => {
    const bed = new IdentityBed();
    const own = made(bed, "/projects", { project: { name: "own" } });
    const role = bed.database.roles.first({ name: "_member_" })!.uuid;
    admin(bed, "PUT", `/projects/${own}/users/${bed.user("demo")}/roles/${role}`);
    admin(bed, "PATCH", `/users/${bed.user("demo")}`, { user: { default_project_id: own } });
    const scoped = (v3(bed).body as { token: JsonObject }).token["project"];
    admin(bed, "PATCH", `/projects/${own}`, { project: { enabled: false } });
    const unscoped = (v3(bed).body as { token: JsonObject }).token["project"];
    expect([scoped, unscoped]).toMatchObject([{ id: own }, undefined]);
  });

  it("test_deleting_user_grant_revokes_token, test_group_membership_changes_revokes_token", () => {
    const bed = new IdentityBed();
    const project = made(bed, "/projects", { project: { name: "p" } });
    const role = made(bed, "/roles", { role: { name: "r" } });
    const grant = `/projects/${project}/users/${bed.user("demo")}/roles/${role}`;
    admin(bed, "PUT", grant);
    const scope = { project: { id: project } };
    expect(after(bed, () => admin(bed, "DELETE", grant), scope)).toEqual([200, 404]);

    const group = made(bed, "/groups", { group: { name: "g", domain_id: "default" } });
    const member = `/groups/${group}/users/${bed.user("demo")}`;
    admin(bed, "PUT", member);
    admin(bed, "PUT", `/projects/${project}/groups/${group}/roles/${role}`);
    expect(after(bed, () => admin(bed, "DELETE", member), scope)).toEqual([200, 404]);
  });

  it("test_validate_token_nocatalog: it is left out", () => {
    const bed = new IdentityBed();
    const token = tokenOf(v3(bed, { project: { id: bed.project("demo") } }));
    const headers = { "x-auth-token": bed.login("admin"), "x-subject-token": token };
    const has = (query: string): boolean => {
      const { body } = bed.ask("GET", `${ADMIN}/v3/auth/tokens${query}`, undefined, headers);
      return "catalog" in (body as { token: JsonObject }).token;
    };
    expect([has(""), has("?nocatalog")]).toEqual([true, false]);
  });
});

describe("test_v3_identity.py", () => {
  it("test_delete_enabled_domain_fails, test_delete_default_domain_fails: 403", () => {
    const bed = new IdentityBed();
    const domain = made(bed, "/domains", { domain: { name: "d" } });
    const remove = (id: string) => admin(bed, "DELETE", `/domains/${id}`);
    expect([remove(domain), remove("default")]).toEqual([403, 403]);
  });

  it("test_update_project_domain_id: 400", () => {
    const bed = new IdentityBed();
    const path = `/projects/${bed.project("demo")}`;
    const domain = made(bed, "/domains", { domain: { name: "d" } });
    expect(admin(bed, "PATCH", path, { project: { domain_id: domain } })).toBe(400);
  });

  it("test_get_effective_role_assignments: one for each member of a group", () => {
    const bed = new IdentityBed();
    const project = made(bed, "/projects", { project: { name: "p" } });
    const role = made(bed, "/roles", { role: { name: "r" } });
    const group = made(bed, "/groups", { group: { name: "g", domain_id: "default" } });
    for (const name of ["demo", "nova"]) {
      admin(bed, "PUT", `/groups/${group}/users/${bed.user(name)}`);
    }
    admin(bed, "PUT", `/projects/${project}/groups/${group}/roles/${role}`);
    const count = (query: string): number => {
      const path = `/role_assignments?role.id=${role}${query}`;
      const [, body] = bed.v3As(bed.login("admin"), "GET", path);
      return (body["role_assignments"] as unknown[]).length;
    };
    expect([count(""), count("&effective")]).toEqual([1, 2]);
  });
});

describe("test_v3_catalog.py", () => {
  it("test_create_service_enabled_str_false: 400", () => {
    const service = { type: "x", enabled: "False" };
    expect(admin(new IdentityBed(), "POST", "/services", { service })).toBe(400);
  });

  it("test_create_endpoint_with_region: a region that is only named comes into being", () => {
    const bed = new IdentityBed();
    const service_id = bed.database.services.first({ type: "compute" })!.uuid;
    const endpoint = { interface: "public", url: "http://localhost:1", service_id, region: "east" };
    expect(admin(bed, "POST", "/endpoints", { endpoint })).toBe(201);
    expect(admin(bed, "GET", "/regions/east")).toBe(200);
  });

  it("test_create_region_with_duplicate_id: 409, test_create_region_with_conflicting_ids: 400", () => {
    const bed = new IdentityBed();
    const region = { id: "east" };
    expect([
      admin(bed, "POST", "/regions", { region }),
      admin(bed, "POST", "/regions", { region }),
      admin(bed, "PUT", "/regions/west", { region }),
    ]).toEqual([201, 409, 400]);
  });
});

describe("test_v3_credential.py, test_v3_filters.py, test_validation.py, test_v3_os_revoke.py", () => {
  it("test_create_ec2_credential_with_invalid_blob: 400", () => {
    const bed = new IdentityBed();
    const credential = {
      ...{ blob: '{"abc":"def"d}', type: "ec2" },
      ...{ user_id: bed.user("demo"), project_id: bed.project("demo") },
    };
    expect(admin(bed, "POST", "/credentials", { credential })).toBe(400);
  });

  it("test_inexact_filters: name__icontains knows no case", () => {
    const bed = new IdentityBed();
    const [, body] = bed.v3As(bed.login("admin"), "GET", "/users?name__icontains=DEM");
    expect((body["users"] as JsonObject[]).map(({ name }) => name)).toEqual(["demo"]);
  });

  it("test_users_list_limit: cut, and it says so", () => {
    const bed = new IdentityBed({ flags: { list_limit: 2 } });
    const [, body] = bed.v3As(bed.login("admin"), "GET", "/users");
    expect([(body["users"] as unknown[]).length, body["truncated"]]).toEqual([2, true]);
  });

  it("test_validate_project_request_with_name_too_long, _update_request_with_no_parameters: 400", () => {
    const bed = new IdentityBed();
    const path = `/projects/${bed.project("demo")}`;
    expect([
      admin(bed, "POST", "/projects", { project: { name: LONG } }),
      admin(bed, "PATCH", path, { project: {} }),
    ]).toEqual([400, 400]);
  });

  it("test_list_since_invalid: 400", () => {
    expect(admin(new IdentityBed(), "GET", "/OS-REVOKE/events?since=blah")).toBe(400);
  });
});
