/**
 * Laws of what v3 takes and keeps: keystone/assignment/schema.py, keystone/catalog/schema.py,
 * keystone/clean.py, keystone/common/sql/core.py (DictBase) at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { ADMIN, IdentityBed, MAIN } from "./bed.js";

interface Answer {
  readonly status: number;
  readonly body: Record<string, Record<string, unknown>>;
}

class AdminBed extends IdentityBed {
  readonly #headers = { "x-auth-token": this.login("admin") };

  v3(method: string, path: string, body?: unknown): Answer {
    return this.ask(method, `${MAIN}/v3${path}`, body, this.#headers) as unknown as Answer;
  }

  v2(method: string, path: string, body?: unknown): Answer {
    return this.ask(method, `${ADMIN}/v2.0${path}`, body, this.#headers) as unknown as Answer;
  }
}

const LONG = "x".repeat(65);
const field = (name: string, value: string) =>
  `Invalid input for field '${name}'. The value is '${value}'.`;

describe("schemas", () => {
  it.each([
    ["projects", { project: { name: LONG } }, field("name", LONG)],
    ["projects", { project: { name: "" } }, field("name", "")],
    ["projects", { project: {} }, "'name' is a required property"],
    ["projects", { project: [] }, "[] is not of type 'object'"],
    ["projects", { project: { name: "a", enabled: "true" } }, field("enabled", "true")],
    ["projects", { project: { name: "a", domain_id: null } }, field("domain_id", "None")],
    ["domains", { domain: { name: LONG } }, field("name", LONG)],
    ["domains", { domain: { name: "d", description: 5 } }, field("description", "5")],
    ["roles", { role: { name: "x".repeat(256) } }, field("name", "x".repeat(256))],
    ["services", { service: { type: "t", enabled: "False" } }, field("enabled", "False")],
    ["services", { service: { name: "n" } }, "'type' is a required property"],
    ["regions", { region: { description: null } }, field("description", "None")],
  ])("POST /v3/%s %j is a 400", (members, body, message) => {
    const answer = new AdminBed().v3("POST", `/${members}`, body);
    expect([answer.status, answer.body]).toMatchObject([400, { error: { message } }]);
  });

  it.each([
    [{ enabled: "False" }, field("enabled", "False")],
    [{ interface: "both" }, field("interface", "both")],
    [{ url: "http://controller:8774/v2" }, field("url", "http://controller:8774/v2")],
    [{ url: "http://[::1]:8774" }, field("url", "http://[::1]:8774")],
    [
      { region_id: "nowhere" },
      "Expecting to find endpoint region_id in region table - the server could not comply with the request since it is either malformed or otherwise incorrect. The client is assumed to be in error.",
    ],
  ])("POST /v3/endpoints with %j is a 400", (more, message) => {
    const bed = new AdminBed();
    const service_id = bed.database.services.find()[0]!.uuid;
    const fine = { interface: "public", url: "http://10.0.0.1:8774/v2", service_id };
    const made = bed.v3("POST", "/endpoints", { endpoint: fine });
    const answer = bed.v3("POST", "/endpoints", { endpoint: { ...fine, ...more } });
    expect([made.status, answer.status, answer.body]).toMatchObject([
      201,
      400,
      { error: { message } },
    ]);
  });

  it("a change of nothing is a 400, and so is one of the id or the domain", () => {
    const bed = new AdminBed();
    const patch = (project: object) =>
      bed.v3("PATCH", `/projects/${bed.project("demo")}`, { project }).body["error"]!["message"];
    expect([patch({}), patch({ id: "x" }), patch({ domain_id: "x" })]).toEqual([
      "{} does not have enough properties",
      "Cannot change ID",
      "Cannot change Domain ID",
    ]);
  });
});

describe("clean.py: where no schema looks", () => {
  it.each([
    [{}, 400, "name field is required and cannot be empty"],
    [{ name: 5 }, 400, "User name is not a str or unicode"],
    [{ name: "  " }, 400, "User name cannot be empty."],
    [{ name: "x".repeat(256) }, 400, "User name should not be greater than 255 characters."],
    [{ name: "eve", enabled: "False" }, 400, "User enabled is not a boolean"],
    [{ name: "eve", domain_id: "nowhere" }, 404, "Could not find domain: nowhere"],
    [{ name: "demo" }, 409, "Conflict occurred attempting to store user - Duplicate Entry"],
    [
      { name: "eve", password: 5 },
      400,
      "Expecting to find string in password - the server could not comply with the request since it is either malformed or otherwise incorrect. The client is assumed to be in error.",
    ],
    [
      { name: "eve", default_project_id: LONG },
      400,
      `String length exceeded.The length of string '${LONG}' exceeded the limit of column default_project_id(CHAR(64)).`,
    ],
  ])("POST /v3/users %j", (user, status, message) => {
    const answer = new AdminBed().v3("POST", "/users", { user });
    expect([answer.status, answer.body]).toMatchObject([status, { error: { message } }]);
  });

  it.each([
    ["/tenants", { tenant: {} }, "Name field is required and cannot be empty"],
    [
      "/tenants",
      { tenant: { name: LONG } },
      "Project name should not be greater than 64 characters.",
    ],
    ["/tenants", { tenant: { name: "a", enabled: "x" } }, "Project enabled is not a boolean"],
    ["/users", { user: { name: "eve", enabled: 1 } }, "Enabled field must be a boolean"],
    ["/OS-KSADM/roles", { role: {} }, "Name field is required and cannot be empty"],
    ["/endpoints", { endpoint: {} }, "publicurl field is required and cannot be empty"],
  ])("POST /v2.0%s %j is a 400", (path, body, message) => {
    const answer = new AdminBed().v2("POST", path, body);
    expect([answer.status, answer.body]).toMatchObject([400, { error: { message } }]);
  });
});

describe("what is no column is kept in extra", () => {
  it("comes back at the top, and after a change of a user or project twice", () => {
    const bed = new AdminBed();
    const made = bed.v3("POST", "/projects", { project: { name: "p", colour: "red" } });
    const id = String(made.body["project"]!["id"]);
    const changed = bed.v3("PATCH", `/projects/${id}`, { project: { size: 5 } });
    const read = bed.v3("GET", `/projects/${id}`);
    expect([made.body, changed.body, read.body]).toMatchObject([
      { project: { colour: "red", description: "", enabled: true } },
      { project: { colour: "red", size: 5, extra: { colour: "red", size: 5 } } },
      { project: { colour: "red", size: 5 } },
    ]);
    expect(read.body["project"]).not.toHaveProperty("extra");
  });

  it("keeps the description of a domain and changes that of a service", () => {
    const bed = new AdminBed();
    const domain = bed.v3("POST", "/domains", { domain: { name: "d", description: "ours" } });
    const service = bed.v3("POST", "/services", { service: { type: "t", name: "n" } });
    const id = String(service.body["service"]!["id"]);
    const changed = bed.v3("PATCH", `/services/${id}`, { service: { description: "new" } });
    expect([domain.body, service.body, changed.body]).toMatchObject([
      { domain: { description: "ours" } },
      { service: { name: "n", enabled: true } },
      { service: { description: "new", name: "n" } },
    ]);
    expect(service.body["service"]).not.toHaveProperty("description");
  });

  it("loses what is no column when a region is changed, and makes a region that is named", () => {
    const bed = new AdminBed();
    const service_id = bed.database.services.find()[0]!.uuid;
    const endpoint = { interface: "public", url: "http://10.0.0.1", service_id, region: "east" };
    const made = bed.v3("POST", "/endpoints", { endpoint });
    const changed = bed.v3("PATCH", "/regions/east", {
      region: { description: "d", colour: "red" },
    });
    const refused = bed.v3("DELETE", "/regions/east");
    expect([made.body, changed.body, refused.body]).toMatchObject([
      { endpoint: { region: "east", region_id: "east", enabled: true } },
      { region: { id: "east", description: "d" } },
      {
        error: {
          code: 403,
          message:
            "Unable to delete region east because it or its child regions have associated endpoints.",
        },
      },
    ]);
    expect(changed.body["region"]).not.toHaveProperty("colour");
  });

  it("a region with an id of its own: PUT 201, a second one 409, another id 400", () => {
    const bed = new AdminBed();
    const put = (region: object) => bed.v3("PUT", "/regions/west", { region });
    expect([put({}), put({}), put({ id: "east" })]).toMatchObject([
      { status: 201, body: { region: { id: "west", description: "" } } },
      {
        status: 409,
        body: {
          error: { message: "Conflict occurred attempting to store region - Duplicate ID, west." },
        },
      },
      {
        status: 400,
        body: { error: { message: 'Conflicting region IDs specified: "west" != "east"' } },
      },
    ]);
  });

  it("v2 answers a change of a tenant with what v2 does not know (assignment/controllers.py)", () => {
    const bed = new AdminBed();
    const path = `/tenants/${bed.project("demo")}`;
    const changed = bed.v2("POST", path, { tenant: { description: "d", colour: "red" } });
    expect([changed.body, bed.v2("GET", path).body["tenant"]]).toMatchObject([
      { tenant: { domain_id: "default", extra: { colour: "red" }, description: "d" } },
      { colour: "red" },
    ]);
    expect(bed.v2("GET", path).body["tenant"]).not.toHaveProperty("domain_id");
  });

  it("a password is cut at 4096 characters, or refused where it is checked strictly", () => {
    const password = "x".repeat(4097);
    const lax = new AdminBed();
    const strict = new AdminBed({ flags: { strict_password_check: true } });
    const make = (bed: AdminBed) => bed.v3("POST", "/users", { user: { name: "eve", password } });
    expect([make(lax), make(strict)]).toMatchObject([
      { status: 201 },
      { status: 403, body: { error: { title: "Forbidden" } } },
    ]);
    expect(lax.database.users.first({ name: "eve" })!.password).toHaveLength(4096);
  });
});

describe("domains", () => {
  it("one that is on is not deleted, nor the default one, and what is in it goes with it", () => {
    const bed = new AdminBed();
    const id = String(bed.v3("POST", "/domains", { domain: { name: "d" } }).body["domain"]!["id"]);
    bed.v3("POST", "/users", { user: { name: "eve", domain_id: id } });
    const refusal = (which: string) =>
      bed.v3("DELETE", `/domains/${which}`).body["error"]!["message"];
    const forbidden = "You are not authorized to perform the requested action: ";
    const refused = [refusal(id), refusal("default")];
    bed.v3("PATCH", `/domains/${id}`, { domain: { enabled: false } });
    const gone = bed.v3("DELETE", `/domains/${id}`).status;
    expect([refused, gone, bed.database.users.first({ name: "eve" })]).toEqual([
      [
        `${forbidden}cannot delete a domain that is enabled, please disable it first.`,
        `${forbidden}delete the default domain`,
      ],
      204,
      undefined,
    ]);
  });
});

describe("v2 grants: assignment/backends/sql.py", () => {
  it("a role given twice is a conflict, one that was not given cannot be taken, none without a tenant", () => {
    const bed = new AdminBed();
    const [tenant, user] = [bed.project("demo"), bed.user("demo")];
    const [member, admin] = ["_member_", "admin"].map(
      (name) => bed.database.roles.first({ name })!.uuid,
    );
    const path = (role: string) => `/tenants/${tenant}/users/${user}/roles/OS-KSADM/${role}`;
    const said = ({ status, body }: Answer) => [status, body["error"]!["message"]];
    expect([
      said(bed.v2("PUT", path(member!))),
      said(bed.v2("DELETE", path(admin!))),
      said(bed.v2("GET", `/users/${user}/roles`)),
    ]).toEqual([
      [
        409,
        `Conflict occurred attempting to store role grant - User ${user} already has role ${member} in tenant ${tenant}`,
      ],
      [404, `Cannot remove role that has not been granted, ${admin}`],
      [501, "User roles not supported: tenant ID required"],
    ]);
  });

  it("a user with a tenant of its own is a member there, and of the next one when it is moved", () => {
    const bed = new AdminBed();
    const [first, second] = ["demo", "admin"].map((name) => bed.project(name));
    const made = bed.v2("POST", "/users", { user: { name: "eve", tenantId: first, email: "e@x" } });
    const id = String(made.body["user"]!["id"]);
    const tenants = (): string[] =>
      bed.database.assignments
        .find({ actor_id: id })
        .map(({ target_id }) => bed.database.projects.get(target_id)!.name);
    const before = tenants();
    const moved = bed.v2("PUT", `/users/${id}`, { user: { tenantId: second } });
    expect([made.body, before, moved.body, tenants()]).toMatchObject([
      { user: { tenantId: first, username: "eve", name: "eve", email: "e@x", enabled: true } },
      ["demo"],
      { user: { tenantId: second } },
      ["admin"],
    ]);
  });
});
