/** Laws of revocation events: keystone/contrib/revoke at 2014.2. */
import { describe, expect, it } from "vitest";
import { seconds } from "../../../src/kernel/index.js";
import type { JsonObject } from "../../../src/python/index.js";
import type { TestBedOptions } from "../bed.js";
import { ADMIN, IdentityBed, MAIN } from "./bed.js";

class RevokeBed extends IdentityBed {
  readonly admin: string;

  constructor(options: TestBedOptions = {}) {
    super(options);
    this.admin = this.login("admin");
    this.wait(seconds(1));
  }

  events(query = ""): JsonObject[] {
    return this.v3As(this.admin, "GET", `/OS-REVOKE/events${query}`)[1]["events"] as JsonObject[];
  }

  alive(token: string): boolean {
    const headers = { "x-auth-token": token };
    return this.ask("GET", `${MAIN}/v3/auth/projects`, undefined, headers).status === 200;
  }

  asAdmin(method: string, path: string, body?: unknown): [number, JsonObject] {
    return this.v3As(this.admin, method, path, body);
  }
}

const SECOND = expect.stringMatching(/^2014-09-18T04:\d\d:\d\d\.000000Z$/);

describe("GET /v3/OS-REVOKE/events", () => {
  it("each kind of revocation names what it is about, in whole seconds", () => {
    const bed = new RevokeBed();
    const [demo, project, role] = [bed.user("demo"), bed.project("demo"), bed.role("_member_")];
    const audit_id = bed.database.tokens.get(bed.admin)!.audit_ids[0];
    const token = bed.login("admin");
    const own = bed.database.tokens.get(token)!.audit_ids[0];
    bed.asAdmin("PATCH", `/users/${demo}`, { user: { enabled: false } });
    bed.asAdmin("PATCH", `/projects/${project}`, { project: { enabled: false } });
    bed.asAdmin("DELETE", `/projects/${project}/users/${demo}/roles/${role}`);
    bed.ask("DELETE", `${MAIN}/v3/auth/tokens`, undefined, {
      "x-auth-token": bed.admin,
      "x-subject-token": token,
    });
    bed.asAdmin("DELETE", `/users/${demo}`);
    expect(bed.events()).toEqual([
      { user_id: demo, issued_before: SECOND },
      { project_id: project, issued_before: SECOND },
      { user_id: demo, role_id: role, project_id: project, issued_before: SECOND },
      // The manager of assignments tells that of identity, and is heard itself.
      { user_id: demo, issued_before: SECOND },
      { user_id: demo, issued_before: SECOND },
      { audit_id: own, issued_before: SECOND },
      { user_id: demo, issued_before: SECOND },
    ]);
    expect(own).not.toBe(audit_id);
  });

  it("since a date only what is newer; a date that is none is refused", () => {
    const bed = new RevokeBed();
    bed.asAdmin("PATCH", `/users/${bed.user("nova")}`, { user: { enabled: false } });
    bed.wait(seconds(60));
    bed.asAdmin("PATCH", `/users/${bed.user("glance")}`, { user: { enabled: false } });
    const [status, body] = bed.asAdmin("GET", "/OS-REVOKE/events?since=2014-09-18T04:03:40Z");
    expect([status, body, bed.asAdmin("GET", "/OS-REVOKE/events?since=late")]).toMatchObject([
      200,
      {
        events: [{ user_id: bed.user("glance") }],
        links: { self: `${MAIN}/v3/OS-REVOKE/events/events`, next: null, previous: null },
      },
      [400, { error: { message: "invalid date format late" } }],
    ]);
  });

  it("an event is forgotten when no token can be left that it is about", () => {
    const bed = new RevokeBed({ flags: { "revoke.expiration_buffer": 100 } });
    bed.asAdmin("PATCH", `/users/${bed.user("nova")}`, { user: { enabled: false } });
    bed.wait(seconds(3600));
    const token = bed.login("admin");
    const list = (): unknown => bed.v3As(token, "GET", "/OS-REVOKE/events")[1]["events"];
    const before = list();
    bed.wait(seconds(102));
    expect([before, list(), bed.database.revocations.size]).toMatchObject([[{}], [], 0]);
  });

  it("is for whoever has a token", () => {
    const bed = new RevokeBed();
    expect([
      bed.v3As(bed.login("demo"), "GET", "/OS-REVOKE/events")[0],
      bed.ask("GET", `${MAIN}/v3/OS-REVOKE/events`).status,
    ]).toEqual([200, 401]);
  });
});

describe("what an event kills", () => {
  it("older tokens that agree with all it names; what comes after it lives", () => {
    const bed = new RevokeBed({ flags: { "token.revoke_by_id": false } });
    const [demo, other] = [bed.login("demo"), bed.login("nova", "service")];
    bed.wait(seconds(2));
    bed.asAdmin("PATCH", `/users/${bed.user("demo")}`, { user: { password: "secret" } });
    const young = bed.login("demo");
    expect([
      [demo, other, young].map((token) => bed.alive(token)),
      bed.database.tokens.find({ valid: false }),
    ]).toEqual([[false, true, true], []]);
  });

  it("knows whole seconds, so a token of the same second outlives it", () => {
    const bed = new RevokeBed({ flags: { "token.revoke_by_id": false } });
    const token = bed.login("demo");
    bed.asAdmin("PATCH", `/users/${bed.user("demo")}`, { user: { password: "secret" } });
    expect(bed.alive(token)).toBe(true);
  });

  it("a role that is deleted kills every token that has it, and a domain all of its own", () => {
    const bed = new RevokeBed({ flags: { "token.revoke_by_id": false } });
    const tokens = [bed.login("demo"), bed.login("nova", "service")];
    bed.wait(seconds(2));
    bed.asAdmin("DELETE", `/roles/${bed.role("_member_")}`);
    const afterRole = tokens.map((token) => bed.alive(token));
    bed.wait(seconds(2));
    bed.asAdmin("PATCH", "/domains/default", { domain: { enabled: false } });
    expect([afterRole, tokens.map((token) => bed.alive(token))]).toEqual([
      [false, true],
      [false, false],
    ]);
  });

  it("v2 says of such a token that it failed to validate", () => {
    const bed = new RevokeBed({ flags: { "token.revoke_by_id": false } });
    const token = bed.login("demo");
    bed.wait(seconds(2));
    bed.asAdmin("PATCH", `/users/${bed.user("demo")}`, { user: { enabled: false } });
    const headers = { "x-auth-token": bed.admin };
    expect(bed.ask("GET", `${ADMIN}/v2.0/tokens/${token}`, undefined, headers).body).toMatchObject({
      error: { code: 404, message: "Failed to validate token" },
    });
  });

  it("v2 describes a token of v3 anew, as if it were issued now: no event is older than that", () => {
    const bed = new RevokeBed({ flags: { "token.revoke_by_id": false } });
    const auth = {
      identity: {
        methods: ["password"],
        password: { user: { id: bed.user("demo"), password: "secret" } },
      },
      scope: { project: { id: bed.project("demo") } },
    };
    const id = bed.ask("POST", `${MAIN}/v3/auth/tokens`, { auth }).headers["x-subject-token"]!;
    bed.wait(seconds(2));
    bed.asAdmin("PATCH", `/users/${bed.user("demo")}`, { user: { enabled: false } });
    const headers = { "x-auth-token": bed.admin, "x-subject-token": id };
    expect([
      bed.ask("GET", `${ADMIN}/v3/auth/tokens`, undefined, headers).status,
      bed.ask("GET", `${ADMIN}/v2.0/tokens/${id}`, undefined, headers).status,
    ]).toEqual([404, 200]);
  });

  it("a grant that never was is a 404, and has killed by then", () => {
    const bed = new RevokeBed();
    const token = bed.login("demo");
    bed.wait(seconds(2));
    const path = `/projects/${bed.project("demo")}/users/${bed.user("demo")}/roles/${bed.role("admin")}`;
    const [status] = bed.asAdmin("DELETE", path);
    expect([status, bed.events().length, bed.alive(token)]).toEqual([404, 1, true]);
    const member = bed.role("_member_");
    const group = (
      bed.asAdmin("POST", "/groups", { group: { name: "g" } })[1]["group"] as { id: string }
    ).id;
    bed.asAdmin("PUT", `/groups/${group}/users/${bed.user("demo")}`);
    bed.asAdmin("DELETE", `/projects/${bed.project("demo")}/groups/${group}/roles/${member}`);
    expect(bed.alive(token)).toBe(false);
  });
});
