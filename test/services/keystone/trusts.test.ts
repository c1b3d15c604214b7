/** Laws of trusts: keystone/trust/controllers.py, keystone/trust/backends/sql.py at 2014.2. */
import { describe, expect, it } from "vitest";
import { seconds } from "../../../src/kernel/index.js";
import type { JsonObject } from "../../../src/python/index.js";
import type { HttpResponse } from "../../../src/http/index.js";
import type { TestBedOptions } from "../bed.js";
import { ADMIN, IdentityBed, MAIN } from "./bed.js";

/** demo trusts nova with its role on its project. */
class TrustBed extends IdentityBed {
  readonly trustor = this.login("demo");
  readonly trustee = this.login("nova", "service");

  constructor(options: TestBedOptions = {}) {
    super(options);
  }

  wanted(more: object = {}): JsonObject {
    return {
      trustor_user_id: this.user("demo"),
      trustee_user_id: this.user("nova"),
      project_id: this.project("demo"),
      impersonation: true,
      roles: [{ name: "_member_" }],
      ...more,
    };
  }

  create(more: object = {}): [number, JsonObject] {
    return this.v3As(this.trustor, "POST", "/OS-TRUST/trusts", { trust: this.wanted(more) });
  }

  id(more: object = {}): string {
    return (this.create(more)[1]["trust"] as { id: string }).id;
  }

  /** A v3 token by the trust, for `user`. */
  scoped(trust: string, user = "nova"): HttpResponse {
    return this.ask("POST", `${MAIN}/v3/auth/tokens`, {
      auth: {
        identity: {
          methods: ["password"],
          password: { user: { id: this.user(user), password: "secret" } },
        },
        scope: { "OS-TRUST:trust": { id: trust } },
      },
    });
  }

  alive(token: string): boolean {
    const headers = { "x-auth-token": token };
    return this.ask("GET", `${MAIN}/v3/auth/projects`, undefined, headers).status === 200;
  }

  uses(trust: string): number | null {
    return this.database.trusts.get(trust)!.remaining_uses;
  }
}

const message = (text: string) => ({ error: { message: text } });
const FORBIDDEN = "You are not authorized to perform the requested action.";

describe("POST /v3/OS-TRUST/trusts", () => {
  it("answers 201 with the roles in full and links of its own", () => {
    const bed = new TrustBed();
    const [status, body] = bed.create({
      expires_at: "2014-09-18T05:00:00.000000",
      remaining_uses: 2,
    });
    const { id } = body["trust"] as { id: string };
    const role = bed.role("_member_");
    expect([status, body["trust"]]).toEqual([
      201,
      {
        id,
        trustor_user_id: bed.user("demo"),
        trustee_user_id: bed.user("nova"),
        project_id: bed.project("demo"),
        impersonation: true,
        expires_at: "2014-09-18T05:00:00.000000Z",
        remaining_uses: 2,
        deleted_at: null,
        roles: [{ id: role, name: "_member_", links: { self: `${MAIN}/v3/roles/${role}` } }],
        roles_links: {
          self: `${MAIN}/v3/OS-TRUST/trusts/${id}/roles`,
          next: null,
          previous: null,
        },
        links: { self: `${MAIN}/v3/OS-TRUST/trusts/${id}` },
      },
    ]);
  });

  it.each([
    [
      { trustor_user_id: "somebody" },
      403,
      "You are not authorized to perform the requested action: identity:create_trust",
    ],
    [{ impersonation: "yes" }, 400, "Invalid input for field 'impersonation'. The value is 'yes'."],
    [
      { remaining_uses: true },
      400,
      "Invalid input for field 'remaining_uses'. The value is 'True'.",
    ],
    [{ roles: [] }, 403, FORBIDDEN],
    [{ trustee_user_id: "nobody" }, 404, "Could not find user: nobody"],
    [
      { roles: [{}] },
      400,
      "Expecting to find id or name in roles - the server could not comply with the request since it is either malformed or otherwise incorrect. The client is assumed to be in error.",
    ],
    [{ roles: [{ name: "king" }] }, 404, "role king is not defined"],
    [{ roles: [{ id: "r1" }] }, 404, "Could not find role: r1"],
    [{ project_id: "nowhere" }, 404, "Could not find project: nowhere"],
    [
      { expires_at: "tomorrow" },
      400,
      "Timestamp not in expected format. The server could not comply with the request since it is either malformed or otherwise incorrect. The client is assumed to be in error.",
    ],
    [{ remaining_uses: 0 }, 400, "remaining_uses must be a positive integer or null."],
  ])("refuses %j with %i", (more, status, text) => {
    expect(new TrustBed().create(more)).toMatchObject([status, message(text)]);
  });

  it("a role that the trustor does not have it cannot hand on", () => {
    const bed = new TrustBed();
    const id = bed.role("admin");
    expect(bed.create({ roles: [{ id }] })).toMatchObject([
      404,
      message(`Could not find role: ${id}`),
    ]);
  });

  it("no token that came by a trust makes another one", () => {
    const bed = new TrustBed();
    const token = bed.scoped(bed.id()).headers["x-subject-token"]!;
    const [status, body] = bed.v3As(token, "POST", "/OS-TRUST/trusts", { trust: bed.wanted() });
    expect([status, body]).toMatchObject([403, message(FORBIDDEN)]);
  });
});

describe("who sees a trust", () => {
  it("lists are for oneself, all of them for admins; expired and spent ones are in", () => {
    const bed = new TrustBed();
    bed.id({ expires_at: "2014-09-18T04:03:10Z" });
    bed.wait(seconds(5));
    const list = (token: string, query: string) =>
      bed.v3As(token, "GET", `/OS-TRUST/trusts${query}`);
    const [demo, nova] = [bed.user("demo"), bed.user("nova")];
    const [status, all] = list(bed.trustee, "");
    expect([
      list(bed.trustor, "")[0],
      [status, all["links"]],
      (all["trusts"] as object[]).map((trust) => "roles" in trust),
      list(bed.trustor, `?trustor_user_id=${demo}`)[1]["trusts"],
      list(bed.trustor, `?trustee_user_id=${nova}`)[0],
      list(bed.trustee, `?trustee_user_id=${nova}`)[0],
    ]).toMatchObject([
      403,
      [200, { next: null, self: `${MAIN}/v3/OS-TRUST/trusts`, previous: null }],
      [false],
      [{ expires_at: "2014-09-18T04:03:10.000000Z" }],
      403,
      200,
    ]);
  });

  it("shown to the two of them alone; who has no token is not told so", () => {
    const bed = new TrustBed();
    const path = `/OS-TRUST/trusts/${bed.id()}`;
    expect([
      bed.v3As(bed.trustor, "GET", path)[0],
      bed.v3As(bed.trustee, "GET", path)[0],
      bed.v3As(bed.login("admin"), "GET", path)[1],
      bed.ask("GET", `${MAIN}/v3${path}`).body,
    ]).toMatchObject([200, 200, message(FORBIDDEN), message("Could not find token: ")]);
  });

  it("one that is past its time is not found", () => {
    const bed = new TrustBed();
    const id = bed.id({ expires_at: "2014-09-18T04:03:10Z" });
    bed.wait(seconds(5));
    expect(bed.v3As(bed.trustor, "GET", `/OS-TRUST/trusts/${id}`)).toMatchObject([
      404,
      message(`Could not find trust: ${id}`),
    ]);
  });

  it("its roles, all and one by one", () => {
    const bed = new TrustBed();
    const path = `/OS-TRUST/trusts/${bed.id()}/roles`;
    const [member, admin] = [bed.role("_member_"), bed.role("admin")];
    expect([
      bed.v3As(bed.trustee, "GET", path)[1],
      bed.v3As(bed.trustee, "GET", `${path}/${member}`)[1],
      bed.v3As(bed.trustee, "HEAD", `${path}/${member}`)[0],
      bed.v3As(bed.trustee, "GET", `${path}/${admin}`),
    ]).toMatchObject([
      { roles: [{ id: member }], links: { self: `${MAIN}/v3${path}` } },
      { role: { id: member, name: "_member_" } },
      200,
      [404, message(`Could not find role: ${admin}`)],
    ]);
  });

  it("taken back by the trustor alone; the row stays, the tokens do not", () => {
    const bed = new TrustBed();
    const id = bed.id();
    const token = bed.scoped(id).headers["x-subject-token"]!;
    const path = `/OS-TRUST/trusts/${id}`;
    expect([
      bed.v3As(bed.trustee, "DELETE", path)[0],
      bed.v3As(bed.login("admin"), "DELETE", path)[0],
      // The token of the configuration would do, but cannot be validated.
      bed.v3As("ADMIN", "DELETE", path)[1],
      bed.alive(token),
      bed.v3As(bed.trustor, "DELETE", path)[0],
      bed.alive(token),
      bed.database.trusts.getAny(id)!.deleted_at !== null,
    ]).toMatchObject([403, 403, message("Could not find token: ADMIN"), true, 204, false, true]);
  });
});

describe("tokens by a trust", () => {
  it("the trustee acts as the trustor, or as itself", () => {
    const bed = new TrustBed();
    const users = [true, false].map((impersonation) => {
      const trust = bed.id({ impersonation });
      const { body } = bed.scoped(trust);
      return (body as { token: JsonObject }).token;
    });
    const trustor_user = { id: bed.user("demo") };
    const trustee_user = { id: bed.user("nova") };
    expect(users).toMatchObject([
      {
        user: { name: "demo" },
        project: { name: "demo" },
        roles: [{ name: "_member_" }],
        "OS-TRUST:trust": { impersonation: true, trustor_user, trustee_user },
      },
      { user: { name: "nova" }, "OS-TRUST:trust": { impersonation: false } },
    ]);
  });

  it("403 for another user, a trustor that is off or has lost the role; 401 if spent", () => {
    const bed = new TrustBed();
    const trust = bed.id({ remaining_uses: 1 });
    const other = bed.scoped(trust, "glance").status;
    const used = [bed.uses(trust), bed.scoped(trust).status, bed.uses(trust)];
    const spent = bed.scoped(trust).status;
    const second = bed.id();
    const member = bed.database.assignments.first({
      actor_id: bed.user("demo"),
      role_id: bed.role("_member_"),
    })!;
    bed.database.assignments.remove(member.id);
    const lost = bed.scoped(second).status;
    bed.database.users.update(bed.user("demo"), { enabled: false });
    expect([other, used, spent, lost, bed.scoped(second).status]).toEqual([
      403,
      [1, 201, 0],
      401,
      403,
      403,
    ]);
  });

  it("cannot be used to get another token, in either version", () => {
    const bed = new TrustBed();
    const id = bed.scoped(bed.id()).headers["x-subject-token"]!;
    const v3 = bed.ask("POST", `${MAIN}/v3/auth/tokens`, {
      auth: { identity: { methods: ["token"], token: { id } } },
    });
    const v2 = bed.post({ token: { id }, tenantName: "demo" });
    expect([v3.status, v3.body, v2.status, v2.body]).toMatchObject([
      403,
      message(FORBIDDEN),
      403,
      message(FORBIDDEN),
    ]);
  });

  it("v2 takes a trust with a token, and whatever is wrong with it is a 403", () => {
    const bed = new TrustBed();
    const trust_id = bed.id();
    const ask = (id: string, trust: string, tenantName = "demo"): HttpResponse =>
      bed.post({ token: { id }, tenantName, trust_id: trust });
    const good = ask(bed.trustee, trust_id).body as { access: JsonObject };
    expect([
      good.access,
      ask(bed.login("glance", "service"), trust_id).status,
      ask(bed.trustee, "unknown").status,
      ask(bed.trustee, trust_id, "service").status,
    ]).toMatchObject([
      {
        user: { name: "demo", roles: [{ name: "_member_" }] },
        trust: {
          id: trust_id,
          impersonation: true,
          trustor_user_id: bed.user("demo"),
          trustee_user_id: bed.user("nova"),
        },
      },
      403,
      403,
      403,
    ]);
  });

  it("v2 with a password asks nothing about a trust, and counts a use of it all the same", () => {
    const bed = new TrustBed();
    const trust_id = bed.id({ remaining_uses: 3 });
    const passwordCredentials = { username: "glance", password: "secret" };
    const given = bed.post({ passwordCredentials, trust_id });
    expect([given.status, bed.uses(trust_id)]).toEqual([200, 2]);
    expect(bed.post({ passwordCredentials, trust_id: "unknown" }).body).toMatchObject(
      message("Could not find trust: unknown"),
    );
  });

  it("no use is counted for a token that was not issued", () => {
    const bed = new TrustBed();
    const trust = bed.id({ remaining_uses: 2 });
    bed.scoped(trust, "glance");
    expect(bed.uses(trust)).toBe(2);
  });

  it("v2 is asked about one of v3 that took the last use: Python's own mistake, a 400", () => {
    const bed = new TrustBed();
    const [two, one] = [2, 1].map((remaining_uses) => {
      const token = bed.scoped(bed.id({ remaining_uses })).headers["x-subject-token"]!;
      const headers = { "x-auth-token": bed.trustee };
      return bed.ask("GET", `${ADMIN}/v2.0/tokens/${token}`, undefined, headers);
    });
    expect([two!.status, one!.status, one!.body]).toMatchObject([
      200,
      400,
      message("'NoneType' object has no attribute '__getitem__'"),
    ]);
  });

  it("die with a change of the trustor's password", () => {
    const bed = new TrustBed();
    const token = bed.scoped(bed.id()).headers["x-subject-token"]!;
    const admin = bed.login("admin");
    bed.v3As(admin, "PATCH", `/users/${bed.user("demo")}`, { user: { password: "new" } });
    expect(bed.alive(token)).toBe(false);
  });

  it("[trust] enabled: off, a scope of a trust is a 403", () => {
    const bed = new TrustBed({ flags: { "trust.enabled": false } });
    expect(bed.scoped("any").status).toBe(403);
  });
});
