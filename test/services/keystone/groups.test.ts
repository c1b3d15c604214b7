/** Laws of groups and of grants to them: keystone/identity/core.py, keystone/assignment/core.py at 2014.2. */
import { describe, expect, it } from "vitest";
import { seconds } from "../../../src/kernel/index.js";
import type { JsonObject } from "../../../src/python/index.js";
import type { TestBedOptions } from "../bed.js";
import { IdentityBed, MAIN } from "./bed.js";

/** A group with the user demo in it. */
class GroupBed extends IdentityBed {
  readonly admin = this.login("admin");
  readonly group: string;

  constructor(options: TestBedOptions = {}) {
    super(options);
    const [, body] = this.v3As(this.admin, "POST", "/groups", { group: { name: "testers" } });
    this.group = (body["group"] as { id: string }).id;
    this.put(`/groups/${this.group}/users/${this.user("demo")}`);
  }

  get(path: string): [number, JsonObject] {
    return this.v3As(this.admin, "GET", path);
  }

  put(path: string): number {
    return this.v3As(this.admin, "PUT", path)[0];
  }

  remove(path: string): number {
    return this.v3As(this.admin, "DELETE", path)[0];
  }

  /** A grant of `admin` to the group on demo's project. */
  grant(): string {
    const path = `/projects/${this.project("demo")}/groups/${this.group}/roles/${this.role("admin")}`;
    this.put(path);
    return path;
  }

  alive(token: string): boolean {
    return (
      this.ask("GET", `${MAIN}/v3/auth/projects`, undefined, { "x-auth-token": token }).status ===
      200
    );
  }
}

describe("groups (identity/controllers.py GroupV3)", () => {
  it("are made, shown, changed, listed and removed, with a description unless told", () => {
    const bed = new GroupBed();
    const links = { self: `${MAIN}/v3/groups/${bed.group}` };
    const shown = { id: bed.group, name: "testers", description: "", domain_id: "default", links };
    const path = `/groups/${bed.group}`;
    expect([
      bed.get(path),
      bed.v3As(bed.admin, "PATCH", path, { group: { description: "all", colour: "red" } }),
      bed.get("/groups?name=TESTERS")[1]["groups"],
      bed.remove(path),
      bed.get(path),
    ]).toEqual([
      [200, { group: shown }],
      [200, { group: { ...shown, description: "all", colour: "red" } }],
      [{ ...shown, description: "all", colour: "red" }],
      204,
      [
        404,
        { error: { code: 404, title: "Not Found", message: `Could not find group: ${bed.group}` } },
      ],
    ]);
  });

  it.each([
    [{}, "name field is required and cannot be empty"],
    [
      { name: "x".repeat(65) },
      `String length exceeded.The length of string '${"x".repeat(65)}' exceeded the limit of column name(CHAR(64)).`,
    ],
    [{ name: "testers" }, "Conflict occurred attempting to store group - Duplicate Entry"],
    [{ name: "a", domain_id: "nowhere" }, "Could not find domain: nowhere"],
  ])("refuse %j", (group, message) => {
    const bed = new GroupBed();
    expect(bed.v3As(bed.admin, "POST", "/groups", { group })[1]).toMatchObject({
      error: { message },
    });
  });

  it("keep a member that is added twice, and know who is none", () => {
    const bed = new GroupBed();
    const [demo, nova] = [bed.user("demo"), bed.user("nova")];
    const of = (user: string): string => `/groups/${bed.group}/users/${user}`;
    const message = `User '${nova}' not found in group '${bed.group}'`;
    expect([
      bed.put(of(demo)),
      bed.get(of(demo))[0],
      bed.v3As(bed.admin, "HEAD", of(nova))[0],
      bed.get(of(nova))[1],
      bed.v3As(bed.admin, "DELETE", of(nova))[1],
      bed.database.memberships.size,
    ]).toMatchObject([204, 204, 404, { error: { message } }, { error: { message } }, 1]);
  });

  it("are listed for a user, and users for a group, to whoever may", () => {
    const bed = new GroupBed();
    const names = (path: string, key: string): unknown =>
      (bed.get(path)[1][key] as { name: string }[]).map(({ name }) => name);
    const demo = bed.login("demo");
    expect([
      names(`/users/${bed.user("demo")}/groups`, "groups"),
      names(`/groups/${bed.group}/users`, "users"),
      names(`/groups/${bed.group}/users?name=x`, "users"),
      bed.v3As(demo, "GET", `/users/${bed.user("demo")}/groups`)[0],
      bed.v3As(demo, "GET", `/groups/${bed.group}/users`)[0],
    ]).toEqual([["testers"], ["demo"], [], 200, 403]);
  });

  it("tell the world when they come, change and go", () => {
    const bed = new GroupBed({ flags: { notification_driver: ["messaging"] } });
    bed.v3As(bed.admin, "PATCH", `/groups/${bed.group}`, { group: { name: "others" } });
    bed.remove(`/groups/${bed.group}`);
    const events = bed
      .of<{ kind: "notification"; event_type: string }>("notification")
      .map(({ event_type }) => event_type);
    expect(events.filter((event) => event.startsWith("identity.group"))).toEqual([
      "identity.group.created",
      "identity.group.updated",
      "identity.group.deleted",
    ]);
  });
});

describe("grants to groups (assignment/core.py)", () => {
  it("give every member the role, in tokens of both versions", () => {
    const bed = new GroupBed();
    bed.grant();
    const v2 = bed.post({
      passwordCredentials: { username: "demo", password: "secret" },
      tenantName: "demo",
    }).body as { access: { user: { roles: { name: string }[] } } };
    expect(v2.access.user.roles.map(({ name }) => name)).toEqual(["_member_", "admin"]);
  });

  it("one that is taken back kills the tokens of every member", () => {
    const bed = new GroupBed();
    const path = bed.grant();
    const token = bed.login("demo");
    expect([bed.get(path)[0], bed.alive(token), bed.remove(path), bed.alive(token)]).toEqual([
      204,
      true,
      204,
      false,
    ]);
  });

  it("who leaves a group, and whose group goes, has no token left", () => {
    const bed = new GroupBed();
    const first = bed.login("demo");
    bed.remove(`/groups/${bed.group}/users/${bed.user("demo")}`);
    const second = bed.login("demo");
    bed.put(`/groups/${bed.group}/users/${bed.user("demo")}`);
    const before = [bed.alive(first), bed.alive(second)];
    bed.remove(`/groups/${bed.group}`);
    expect([before, bed.alive(second)]).toEqual([[false, true], false]);
  });

  it("the list has the grant, and ?effective one entry for each member", () => {
    const bed = new GroupBed();
    const path = bed.grant();
    const query = `/role_assignments?role.id=${bed.role("admin")}&scope.project.id=${bed.project("demo")}`;
    const entry = {
      role: { id: bed.role("admin") },
      scope: { project: { id: bed.project("demo") } },
      links: { assignment: `${MAIN}/v3${path}` },
    };
    const membership = `${MAIN}/v3/groups/${bed.group}/users/${bed.user("demo")}`;
    expect([
      bed.get(query)[1]["role_assignments"],
      bed.get(`${query}&effective=0`)[1]["role_assignments"],
      bed.get(`${query}&effective`)[1]["role_assignments"],
    ]).toEqual([
      [{ group: { id: bed.group }, ...entry }],
      [{ group: { id: bed.group }, ...entry }],
      [{ user: { id: bed.user("demo") }, ...entry, links: { ...entry.links, membership } }],
    ]);
  });

  it("a project that only a group has a role on is disabled: the event kills, the rows stay", () => {
    const bed = new GroupBed();
    const path = `/projects/${bed.project("admin")}/groups/${bed.group}/roles/${bed.role("_member_")}`;
    bed.put(path);
    const token = bed.login("demo", "admin");
    bed.wait(seconds(1));
    bed.v3As(bed.admin, "PATCH", `/projects/${bed.project("admin")}`, {
      project: { enabled: false },
    });
    expect([bed.database.tokens.get(token)!.valid, bed.alive(token)]).toEqual([true, false]);
  });
});

describe("OS-INHERIT (assignment/routers.py, assignment/core.py)", () => {
  const inherited = (bed: GroupBed): string =>
    `/OS-INHERIT/domains/default/users/${bed.user("demo")}/roles/${bed.role("admin")}/inherited_to_projects`;

  it("has no paths unless it is switched on", () => {
    const bed = new GroupBed();
    expect(bed.v3As(bed.admin, "PUT", inherited(bed))).toEqual([
      404,
      { error: { code: 404, title: "Not Found", message: "The resource could not be found." } },
    ]);
  });

  it("gives a role on every project of the domain, and none on the domain itself", () => {
    const bed = new GroupBed({ flags: { "os_inherit.enabled": true } });
    bed.put(inherited(bed));
    const scoped = (scope: object): number =>
      bed.ask("POST", `${MAIN}/v3/auth/tokens`, {
        auth: {
          identity: {
            methods: ["password"],
            password: { user: { id: bed.user("demo"), password: "secret" } },
          },
          scope,
        },
      }).status;
    const projects = bed.get(`/users/${bed.user("demo")}/projects`)[1]["projects"] as object[];
    const effective = bed.get(`/role_assignments?effective&user.id=${bed.user("demo")}`)[1];
    expect([
      bed.get(inherited(bed))[0],
      scoped({ project: { id: bed.project("service") } }),
      scoped({ domain: { id: "default" } }),
      projects.length,
      (effective["role_assignments"] as object[]).length,
      bed.remove(inherited(bed)),
      scoped({ project: { id: bed.project("service") } }),
    ]).toEqual([204, 201, 401, 3, 4, 204, 401]);
  });
});
