/** What Keystone's own tests ask for and no other file here has: keystone/tests at 2014.2, each by name. */
import { describe, expect, it } from "vitest";
import { seconds } from "../../../src/kernel/index.js";
import type { JsonObject } from "../../../src/python/index.js";
import { ADMIN, IdentityBed, MAIN } from "./bed.js";

interface V2 {
  readonly access: {
    readonly token: { readonly id: string; readonly audit_ids: readonly string[] };
  };
}

const v2 = (bed: IdentityBed, auth: unknown) => (bed.post(auth).body as unknown as V2).access.token;

/** A token of v3, and its body. */
function v3(bed: IdentityBed, scope?: JsonObject): [string, JsonObject] {
  const user = { name: "demo", domain: { id: "default" }, password: "secret" };
  const identity = { methods: ["password"], password: { user } };
  const auth = { identity, ...(scope !== undefined && { scope }) };
  const { headers, body } = bed.ask("POST", `${MAIN}/v3/auth/tokens`, { auth });
  return [headers["x-subject-token"] ?? "", (body as { token: JsonObject }).token];
}

const valid = (bed: IdentityBed, token: string): number =>
  bed.ask("GET", `${ADMIN}/v3/auth/tokens`, undefined, {
    "x-auth-token": bed.login("admin"),
    "x-subject-token": token,
  }).status;

describe("test_auth.py", () => {
  it("test_only_original_audit_id_is_kept: a token re-scoped twice keeps the first one's", () => {
    const bed = new IdentityBed();
    const tenantName = "demo";
    const first = v2(bed, { passwordCredentials: { username: "demo", password: "secret" } });
    const second = v2(bed, { token: { id: first.id }, tenantName });
    const third = v2(bed, { token: { id: second.id }, tenantName });
    expect(first.audit_ids).toHaveLength(1);
    expect([second.audit_ids[1], third.audit_ids[1]]).toEqual([
      first.audit_ids[0],
      first.audit_ids[0],
    ]);
    expect(new Set([first, second, third].map(({ audit_ids }) => audit_ids[0])).size).toBe(3);
  });
});

describe("test_v3_auth.py", () => {
  it("test_v3_v2_intermix_domain_scoped_token_failed: v2 says 401 of a token for a domain", () => {
    const bed = new IdentityBed();
    bed.database.grant({
      type: "UserDomain",
      actor_id: bed.user("demo"),
      target_id: "default",
      role_id: bed.role("admin"),
    });
    const [token] = v3(bed, { domain: { id: "default" } });
    const asked = bed.ask("GET", `${ADMIN}/v2.0/tokens/${token}`, undefined, {
      "x-auth-token": bed.login("admin"),
    });
    expect([token.length, asked.status]).toEqual([32, 401]);
  });

  it("test_unscoped_token_remains_valid_after_role_assignment", () => {
    const bed = new IdentityBed();
    const [token, { project }] = v3(bed);
    const path = `/projects/${bed.project("demo")}/users/${bed.user("demo")}/roles/${bed.role("admin")}`;
    const [status] = bed.v3As(bed.login("admin"), "PUT", path);
    expect([project, status, valid(bed, token)]).toEqual([undefined, 204, 200]);
  });

  it("test_disabling_project_revokes_token: and enabling it does not bring it back", () => {
    const bed = new IdentityBed();
    const id = bed.project("demo");
    const [token] = v3(bed, { project: { id } });
    const admin = bed.login("admin");
    const before = valid(bed, token);
    bed.wait(seconds(1));
    bed.v3As(admin, "PATCH", `/projects/${id}`, { project: { enabled: false } });
    const off = valid(bed, token);
    bed.v3As(admin, "PATCH", `/projects/${id}`, { project: { enabled: true } });
    expect([before, off, valid(bed, token)]).toEqual([200, 404, 404]);
  });

  it("test_revoke_by_id_false_410: without lists of tokens there is none to be had", () => {
    const bed = new IdentityBed({ flags: { "token.revoke_by_id": false } });
    const headers = { "x-auth-token": bed.login("admin") };
    const asked = ["/v3/auth/tokens/OS-PKI/revoked", "/v2.0/tokens/revoked"].map(
      (path) => bed.ask("GET", ADMIN + path, undefined, headers).status,
    );
    expect(asked).toEqual([410, 410]);
  });

  it("test_auth_catalog_disabled_endpoint and _disabled_service: neither is in a catalog", () => {
    const bed = new IdentityBed();
    const types = (): unknown[] => {
      const [, { catalog }] = v3(bed, { project: { id: bed.project("demo") } });
      return (catalog as readonly JsonObject[]).map(({ type, endpoints }) => [
        type,
        (endpoints as readonly JsonObject[]).map((endpoint) => endpoint["interface"]),
      ]);
    };
    const admin = bed.login("admin");
    const endpoint = bed.database.endpoints.find().find(({ interface: face }) => face === "admin");
    bed.v3As(admin, "PATCH", `/endpoints/${endpoint!.uuid}`, { endpoint: { enabled: false } });
    const [first] = types() as [string, string[]][];
    const service = bed.database.services.first({ type: "identity" })!.uuid;
    bed.v3As(admin, "PATCH", `/services/${service}`, { service: { enabled: false } });
    expect(first?.[0]).toBe("compute");
    expect([...(first?.[1] ?? [])].sort()).toEqual(["internal", "public"]);
    expect(types().map((entry) => (entry as unknown[])[0])).toEqual(["compute"]);
  });
});

describe("test_v3_identity.py", () => {
  it("test_delete_user_before_removing_role_assignment_succeeds", () => {
    const bed = new IdentityBed();
    const admin = bed.login("admin");
    const path = `/projects/${bed.project("admin")}/users/${bed.user("demo")}/roles/${bed.role("admin")}`;
    const put = bed.v3As(admin, "PUT", path)[0];
    // An identity that is kept elsewhere, as in LDAP, does not say when somebody goes.
    bed.database.users.remove(bed.user("demo"));
    expect([put, bed.v3As(admin, "DELETE", path)[0]]).toEqual([204, 204]);
  });

  it("test_changing_password_with_incorrect_password_fails: 401, and the old one stays", () => {
    const bed = new IdentityBed();
    const path = `/users/${bed.user("demo")}/password`;
    const change = (original_password: unknown) =>
      bed.v3As(bed.login("demo"), "POST", path, { user: { original_password, password: "x" } })[0];
    expect([change("wrong"), change(null), change(5), change("secret")]).toEqual([
      401, 400, 401, 204,
    ]);
    expect(bed.post({ passwordCredentials: { username: "demo", password: "x" } }).status).toBe(200);
  });
});

describe("test_v3_catalog.py", () => {
  it("test_create_endpoint_with_invalid_region_id: 400 when it is made, 404 when it is changed", () => {
    const bed = new IdentityBed();
    const admin = bed.login("admin");
    const service_id = bed.database.services.first({ type: "compute" })!.uuid;
    const endpoint = { interface: "public", url: "http://localhost:1", service_id };
    const made = bed.v3As(admin, "POST", "/endpoints", {
      endpoint: { ...endpoint, region_id: "x" },
    });
    const one = bed.database.endpoints.first({ interface: "public" })!.uuid;
    const changed = bed.v3As(admin, "PATCH", `/endpoints/${one}`, { endpoint: { region_id: "x" } });
    expect([made[0], changed[0]]).toEqual([400, 404]);
    expect(bed.database.regions.get("x")).toBeUndefined();
  });
});

describe("test_notifications.py", () => {
  it("test_create_region: the catalog's changes are told nobody outside", () => {
    const bed = new IdentityBed({ flags: { notification_driver: ["messagingv2"] } });
    const admin = bed.login("admin");
    const told = () => bed.of<{ kind: string; event_type: string }>("notification");
    const before = told().length;
    bed.v3As(admin, "POST", "/regions", { region: { id: "east" } });
    bed.v3As(admin, "POST", "/services", { service: { type: "x" } });
    expect(told()).toHaveLength(before);
    bed.v3As(admin, "POST", "/projects", { project: { name: "p" } });
    expect(told().at(-1)?.event_type).toBe("identity.project.created");
  });
});
